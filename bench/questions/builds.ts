/** Whole builds in fresh processes, measured once for all questions that ask for them. */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { jobOf, median, NotMeasured, type Run, run } from '../measure';
import { type PeerName, peerOf } from '../peers';
import type { Peer } from '../peers/peer';
import type { App } from '../program';
import type { Wish } from './question';

const done = new Map<string, Promise<Run[]>>();

/** The bundler, if it can build the program at all. */
export function peerFor(name: PeerName, app: App): Peer {
  const peer = peerOf(name, resolve(__dirname, '../..'));
  if (app.hasModules && !peer.readsModules) throw new NotMeasured('reads no ES modules');
  return peer;
}

async function repeat(times: number, action: () => Promise<Run>): Promise<Run[]> {
  const runs: Run[] = [];
  while (runs.length < times) runs.push(await action());
  return runs;
}

/** Builds without any cache but that of the system, which the first build, not counted, fills. */
export function coldBuilds(name: PeerName, app: App, { runs, timeout }: Wish): Promise<Run[]> {
  peerFor(name, app);
  const key = `${name} ${app.name} ${runs}`;
  const build = () => run({ peer: name, job: jobOf(name, app, 'cold') }, timeout);
  const found = done.get(key) ?? (runs > 1 ? build() : Promise.resolve()).then(() => repeat(runs, build));
  done.set(key, found);
  return found;
}

/** Builds with what a build before has left on the disk. */
export async function warmBuilds(name: PeerName, app: App, { runs, timeout }: Wish): Promise<Run[]> {
  if (!peerFor(name, app).hasDiskCache) throw new NotMeasured('has no disk cache');
  const job = jobOf(name, app, 'warm');
  for (const directory of [job.cache as string, job.output])
    rmSync(directory, { recursive: true, force: true });
  const build = () => run({ peer: name, job }, timeout);
  await build();
  return repeat(runs, build);
}

/** Medians of a table's cells: wall time, and processor time. */
export const times = (runs: readonly { seconds: number; userSeconds: number }[]): number[] => [
  median(runs.map(({ seconds }) => seconds)),
  median(runs.map(({ userSeconds }) => userSeconds)),
];
