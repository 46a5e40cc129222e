/** How long builds take, and how much memory. */
import { jobOf, median, NotMeasured, type Run, run } from '../measure';
import { coldBuilds, peerFor, times, warmBuilds } from './builds';
import type { Question } from './question';

const timeColumns = [
  { heading: 'seconds', digits: 2, ratio: true },
  { heading: 'user CPU s', digits: 2, ratio: true },
] as const;

const ofProcesses = (runs: readonly Run[]): number[] =>
  times(runs.map(({ seconds, usage }) => ({ seconds, userSeconds: usage.userSeconds })));

const apps = ['real', '1k', '1k-cjs', '10k', '50k'] as const;

export const cold: Question = {
  title: 'Cold build, whole process, no cache',
  apps,
  columns: timeColumns,
  ask: async (peer, app, wish) => ofProcesses(await coldBuilds(peer, app, wish)),
};

export const warm: Question = {
  title: 'Warm build, whole process, disk cache, nothing changed',
  apps: ['real', '1k', '10k'],
  columns: timeColumns,
  ask: async (peer, app, wish) => ofProcesses(await warmBuilds(peer, app, wish)),
};

export const memory: Question = {
  title: 'Peak memory of a cold build, all processes',
  apps,
  columns: [{ heading: 'MB', ratio: true }],
  ask: async (peer, app, wish) => {
    const runs = await coldBuilds(peer, app, wish);
    return [median(runs.map(({ usage }) => usage.peakMegabytes))];
  },
};

export const rebuild: Question = {
  title: 'Rebuild after one edit, same process',
  apps: ['real', '1k', '10k', '50k'],
  columns: [
    { heading: 'milliseconds', ratio: true },
    { heading: 'user CPU ms', ratio: true },
  ],
  async ask(peer, app, { runs, timeout }) {
    if (peerFor(peer, app).open === undefined) throw new NotMeasured('keeps nothing from build to build');
    const { rebuilds } = await run({ peer, job: jobOf(peer, app, 'edited'), edits: runs }, timeout);
    return times(rebuilds).map((seconds) => seconds * 1000);
  },
};
