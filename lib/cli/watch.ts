/** Builds again whenever something changes that the last build has looked at, or has looked for and not found. */
import { resolve } from 'node:path';
import { Cache } from '../cache/cache';
import type { Command } from './arguments';
import { type Built, bundle, describeBuilt, outputPaths } from './bundle';
import { explain } from './explain';
import type { Output } from './output';
import { readWritten } from './written';

/** Milliseconds that a change may be followed by others: editors write in several steps, and package managers in very many. */
const PATIENCE = 30;

/** Milliseconds that changes may go on before they are built all the same. */
const LONGEST = 1000;

/** Longer than which no timer runs. */
const FOR_EVER = 2 ** 31 - 1;

/**
 * What is said of a build that is not the first; nothing of one that has made nothing new, unless an error stands above. A comparison that is asked for follows.
 * @param isMended whether the build before has failed
 */
function describeRebuilt(
  { bundles, assets, change = '' }: Built,
  milliseconds: number,
  isMended: boolean,
): string {
  const names = [...bundles, ...assets].map(({ name }) => name).join(', ');
  const time = ` (${Math.round(milliseconds)} ms)\n`;
  if (names === '') return isMended ? `Nothing new, and no error any more${time}` : '';
  return names + time + change;
}

/**
 * Goes on until the process ends. An error is shown, and the next change is waited for; a build under way gives way to a
 * newer change.
 */
export function watchAndBundle(command: Command, stdout: Output, stderr: Output): Promise<never> {
  const cache = new Cache();
  const written = new Set<string>();
  let hasBuilt = false;
  let shownError = '';
  let running: AbortController | undefined;
  let timer: NodeJS.Timeout | undefined;
  let latest = Number.POSITIVE_INFINITY;

  async function build(): Promise<void> {
    latest = Number.POSITIVE_INFINITY;
    running?.abort();
    const controller = new AbortController();
    running = controller;
    const start = performance.now();
    try {
      const before = hasBuilt ? undefined : readWritten(command.output);
      const { signal } = controller;
      const built = await bundle(command, stderr, { cache, signal, onBundled: noteOutputs });
      const time = performance.now() - start;
      const isMended = shownError !== '';
      const isNew = built.bundles.length + built.assets.length > 0;
      if (built.excess) {
        if (isNew) stdout.write(describeBuilt(built, command));
        throw built.excess;
      }
      stdout.write(hasBuilt ? describeRebuilt(built, time, isMended) : describeBuilt(built, command, before));
      hasBuilt = true;
      shownError = '';
    } catch (error) {
      if (!controller.signal.aborted) fail(`${explain(error)}\n`);
    } finally {
      if (running === controller) running = undefined;
    }
  }

  function fail(text: string): void {
    if (text === shownError) return;
    stderr.write(text);
    shownError = text;
  }

  function later(milliseconds: number): void {
    const now = performance.now();
    latest = Math.min(latest, now + LONGEST);
    clearTimeout(timer);
    timer = setTimeout(build, Math.min(milliseconds, latest - now));
  }

  /** What a build writes is no change. */
  function noteOutputs(metadata: Built['metadata']): void {
    for (const path of [...outputPaths(metadata, command), resolve(command.output)]) written.add(path);
  }

  cache.on('change', (path) => {
    if (!written.has(resolve(path))) later(PATIENCE);
  });
  void build();
  setInterval(() => {}, FOR_EVER);
  return new Promise(() => {});
}
