/** Builds again whenever something changes that the last build has read, or could not read. */
import { dirname, resolve } from 'node:path';
import { watch } from 'chokidar';
import { Cache } from '../cache/cache';
import { DynapackError } from '../errors';
import type { Command } from './arguments';
import { type Built, bundle, describeBuilt, type Output, outputPaths } from './bundle';
import { explain } from './explain';

/** Milliseconds that a change may be followed by others: editors write in several steps. */
const PATIENCE = 30;

/** Directories whose files matter. Installed packages change when npm says so, in its lock file. */
function directoriesOf({ metadata }: Built): string[] {
  const own = metadata.files.filter((path) => !/[\\/]node_modules[\\/]/.test(path));
  return [...new Set(own.map((path) => dirname(path)))];
}

const lockFile = resolve('node_modules/.package-lock.json');

/**
 * Milliseconds after which to look once more: until a directory that was added is watched for sure, and since of two changes
 * of a file in a few milliseconds the second may not be told.
 */
const ONCE_MORE = 300;

/**
 * What is said of a build that is not the first; nothing of one that has made nothing new, unless an error stands above.
 * @param isMended whether the build before has failed
 */
function describeRebuilt({ bundles }: Built, milliseconds: number, isMended: boolean): string {
  const names = bundles.map(({ name }) => name).join(', ');
  const what = names === '' && isMended ? 'Nothing new, and no error any more' : names;
  return what === '' ? '' : `${what} (${Math.round(milliseconds)} ms)\n`;
}

/**
 * Goes on until the process ends. An error is shown, and the next change is waited for; a build under way gives way to a
 * newer change.
 */
export function watchAndBundle(command: Command, stdout: Output, stderr: Output): Promise<never> {
  const cache = new Cache();
  const written = new Set<string>();
  const watched = new Set<string>();
  const watcher = watch([...command.entries.map((entry) => dirname(resolve(entry))), lockFile], {
    depth: 0,
    ignoreInitial: true,
  });
  let hasBuilt = false;
  let shownError = '';
  let running: AbortController | undefined;
  let timer: NodeJS.Timeout | undefined;
  let second: NodeJS.Timeout | undefined;

  async function build(): Promise<void> {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    const start = performance.now();
    try {
      const built = await bundle(command, stderr, { cache, signal: controller.signal });
      for (const path of outputPaths(built.metadata, command.output)) written.add(path);
      follow(directoriesOf(built));
      const time = performance.now() - start;
      const isMended = shownError !== '';
      stdout.write(hasBuilt ? describeRebuilt(built, time, isMended) : describeBuilt(built, command.output));
      hasBuilt = true;
      shownError = '';
    } catch (error) {
      if (controller.signal.aborted) return;
      if (error instanceof DynapackError && error.fileName) follow([dirname(error.fileName)]);
      const text = `${explain(error)}\n`;
      if (text !== shownError) stderr.write(text);
      shownError = text;
    } finally {
      if (running === controller) running = undefined;
    }
  }

  /** Watches more directories. What was written in them meanwhile is found by looking once more. */
  function follow(directories: readonly string[]): void {
    const added = directories.filter((directory) => !watched.has(directory));
    if (added.length === 0) return;
    for (const directory of added) watched.add(directory);
    watcher.add(added);
    later(ONCE_MORE);
  }

  function later(milliseconds: number): void {
    clearTimeout(timer);
    timer = setTimeout(build, milliseconds);
  }

  watcher.on('all', (_event, path) => {
    if (written.has(resolve(path))) return;
    later(PATIENCE);
    clearTimeout(second);
    second = setTimeout(build, ONCE_MORE);
  });
  watcher.on('ready', build);
  return new Promise(() => {});
}
