/**
 * How long requests may have to wait while an asset of 8 MB changes: the longest delays of the event loop of this process, in
 * milliseconds, as JSON. `idle` is what the machine does to a process that has nothing to do.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import dynosrc from 'dynapack/server';

export interface Delays {
  idle: number[];
  changing: number[];
}

const BYTES = 8_000_000;
const ROUNDS = 9;

const directory = mkdtempSync(join(tmpdir(), 'dynapack-bench-'));
const instance = dynosrc.factory({ assetsDir: directory, outputDir: join(directory, 'output'), refresh: 0 });
const file = join(directory, 'large', '1.0.0.js');
const delay = monitorEventLoopDelay({ resolution: 1 });

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

/** A version whose lines are those of the others but for some. */
function textOf(version: number): Buffer {
  const lines: string[] = [];
  for (let size = 0, line = 0; size < BYTES; size += (lines[line++] as string).length + 1)
    lines.push(
      `  item${line}: () => ${line % 5000 === version ? version : (line * 7919) % 10_007} + '${line.toString(36)}',`,
    );
  return Buffer.from(`self.large = {\n${lines.join('\n')}\n};\n`);
}

/** The longest delay while something goes on. */
async function longest(work: () => Promise<unknown>): Promise<number> {
  await pause(50);
  delay.reset();
  await work();
  await pause(20);
  return delay.max / 1e6;
}

/** A page of one who has the version before, then the text under its URL, as that page loads it. */
async function visit(url: string, cookie: string): Promise<string> {
  const html = (await instance.getPatches({ headers: { cookie } }, { patches: ['large'] })).join('');
  await (await fetch(`${url}/dynoSrc?id=large&from=&to=HEAD&fmt=raw`)).body?.cancel();
  const [, state] = /"(\d+-[\w-]{6})\.0"/.exec(html) ?? [];
  return `_ds=1.${state}.B`;
}

async function main(): Promise<void> {
  const middleware = instance.asset('large').middleware();
  const server = createServer((request, response) => middleware(request, response, () => response.end()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const delays: Delays = { idle: [], changing: [] };
  await mkdir(join(directory, 'large'));
  await writeFile(file, textOf(0));
  delay.enable();
  // The first visit loads what is loaded once.
  let cookie = await visit(url, '');
  for (let round = 1; round <= ROUNDS; round++) {
    const text = textOf(round);
    delays.idle.push(await longest(() => pause(500)));
    const changing = await longest(async () => {
      await writeFile(file, text);
      cookie = await visit(url, cookie);
    });
    delays.changing.push(changing);
  }
  console.log(JSON.stringify(delays));
  rmSync(directory, { recursive: true, force: true });
  process.exit();
}

main();
