/** A Redis of the tests' own, on a free port of this machine, in memory only. */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import Client from 'ioredis';

/** Milliseconds until it counts as not starting. */
const LONGEST_START = 20_000;

/** Path of `redis-server`, if there is one. */
export function findRedis(): string | undefined {
  const paths = (process.env.PATH ?? '').split(delimiter).map((path) => join(path, 'redis-server'));
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function freePort(): Promise<number> {
  return new Promise((onPort, onFailure) => {
    const server = createServer();
    server.on('error', onFailure);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => onPort(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

export class Redis {
  private constructor(
    readonly port: number,
    private readonly server: ChildProcess,
    private readonly client: Client,
  ) {}

  static async start(path: string): Promise<Redis> {
    const port = await freePort();
    const options = { port, bind: '127.0.0.1', save: '', appendonly: 'no', maxmemory: '64mb' };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const server = spawn(path, args, { stdio: 'ignore' });
    const client = new Client({ host: '127.0.0.1', port, retryStrategy: () => 50 });
    // It refuses connections until it has started.
    client.on('error', () => {});
    const redis = new Redis(port, server, client);
    const timer = setTimeout(() => redis.stop(), LONGEST_START);
    await client.ping().finally(() => clearTimeout(timer));
    return redis;
  }

  async clear(): Promise<void> {
    await this.client.flushall();
  }

  stop(): void {
    this.client.disconnect();
    this.server.kill('SIGKILL');
  }
}
