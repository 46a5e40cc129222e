/** A Redis of the tests' own, on a free port of this machine, in memory only. */
import { type ChildProcess, spawn } from 'node:child_process';
import Client from 'ioredis';
import { findCommand, installPackages, isRoot } from './commands';
import { freePort } from './ports';

/** Milliseconds until it counts as not starting. */
const LONGEST_START = 20_000;

/** Path of `redis-server`, if there is one. */
export const findRedis = (): string | undefined => findCommand('redis-server');

/** Installs Debian's package when there is none and this process may do that. When it cannot be had, tests say that they are left out. */
export function installRedis(): string | undefined {
  const found = findRedis();
  if (found !== undefined || !isRoot()) return found;
  try {
    installPackages('ignore', 'redis-server');
  } catch {
    return undefined;
  }
  return findRedis();
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
