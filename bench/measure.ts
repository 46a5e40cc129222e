/** Starts builds in processes of their own and takes their time. */
import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { PeerName } from './peers';
import type { Job } from './peers/peer';
import type { App } from './program';
import type { Report, Task } from './worker';
import { workspace } from './workspace';

/** One process from start to end. */
export interface Run extends Report {
  seconds: number;
}

/** Why there is no number. */
export class NotMeasured extends Error {}

const project = resolve(__dirname, '..');

let worker: string | undefined;

/** The worker as one plain script, so that nothing but the bundler has to be loaded in its process. */
function compileWorker(): string {
  worker ??= join(workspace, 'worker.cjs');
  buildSync({
    entryPoints: [join(__dirname, 'worker.ts')],
    outfile: worker,
    bundle: true,
    platform: 'node',
    packages: 'external',
    target: 'node20',
  });
  return worker;
}

/** The middle of some numbers; of an even count, the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] as number) + (sorted[Math.floor(half)] as number)) / 2;
}

/** Builds of different kinds have outputs of their own. */
type Kind = 'cold' | 'warm' | 'edited' | 'minified';

/** Where a bundler's output for a program is. */
export const outputOf = (peer: PeerName, app: App, kind: Kind): string =>
  join(workspace, 'output', app.name, kind, peer);

/** The build that a bundler does of a program. */
export function jobOf(peer: PeerName, app: App, kind: Kind): Job {
  const { directory, entries, edited, name } = app;
  const cache = kind === 'warm' ? join(workspace, 'cache', name, peer) : undefined;
  const output = outputOf(peer, app, kind);
  const minify = kind === 'minified';
  return { project, directory, entries, output, cache, minify, edited: join(directory, edited) };
}

/** Ends a process that takes too long, gives what it printed. */
function finish(task: Task, file: string, timeout: number): Promise<string> {
  return new Promise((onDone, onFailure) => {
    const child = spawn(process.execPath, [compiled(), JSON.stringify(task), file], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: timeout * 1000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', onFailure);
    child.on('close', (code, signal) => {
      if (signal === 'SIGKILL') onFailure(new NotMeasured(`takes longer than ${timeout} s`));
      else if (code !== 0) onFailure(new NotMeasured(reasonIn(output)));
      else onDone(output);
    });
  });
}

const compiled = (): string => worker ?? compileWorker();

/** The first line with words. */
function reasonIn(output: string): string {
  const line = output.split('\n').find((text) => /\w/.test(text));
  return `fails: ${(line ?? 'without a word').trim().slice(0, 120)}`;
}

/**
 * Does a task in a process of its own, into an empty directory; but with a cache, what the build before has written may
 * stay, because it need not be written again.
 * @param timeout seconds
 * @throws NotMeasured with the reason
 */
export async function run(task: Task, timeout: number): Promise<Run> {
  if (task.job.cache === undefined) rmSync(task.job.output, { recursive: true, force: true });
  compiled();
  const file = join(workspace, `report-${process.pid}.json`);
  const start = performance.now();
  await finish(task, file, timeout);
  const seconds = (performance.now() - start) / 1000;
  return { ...(JSON.parse(readFileSync(file, 'utf8')) as Report), seconds };
}
