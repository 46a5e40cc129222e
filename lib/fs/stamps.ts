/** Whether files and directories may have changed since they were read, without reading them again. */
import { statSync } from 'node:fs';
import { namesIn, readTextIfFile } from './files';

/** What a file was at some time; `undefined` where that says nothing, because it was written just then. */
export type Stamp = string | undefined;

/**
 * Clocks of file systems tick slowly, some every 4 ms, some every 2 s: a file written within a tick may be written once more
 * without a trace. (Git has the same trouble, see its "racy git" notes.)
 */
const TICK = 2000;

/** Taken before the file is read. A file that is not there has a stamp, too. */
export function stampOf(path: string, now = Date.now()): Stamp {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 'none';
  const { mtimeMs, ctimeMs, size, ino } = stat;
  return now - Math.max(mtimeMs, ctimeMs) < TICK ? undefined : `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
}

/** What a directory holds by name; the time it was changed does not tell whether it holds something else. */
export interface Listing {
  stamp: Stamp;
  names: string;
}

export function listingOf(path: string): Listing {
  const stamp = stampOf(path);
  const names = namesIn(path) ?? [];
  // No package begins with a dot, but caches in node_modules do, and come and go.
  const counting = path.endsWith('node_modules') ? names.filter((name) => !name.startsWith('.')) : names;
  return { stamp, names: counting.sort().join('\n') };
}

/** Whether a file may have changed since it had the stamp. */
export const mayHaveChanged = (path: string, stamp: Stamp): boolean =>
  stamp === undefined || stampOf(path) !== stamp;

/** The listing now, when the directory holds other names than before. */
export function changedListing(path: string, before: Listing): Listing | undefined {
  if (!mayHaveChanged(path, before.stamp)) return undefined;
  const now = listingOf(path);
  before.stamp = now.stamp;
  return now.names === before.names ? undefined : now;
}

/** What a small file holds. */
export interface Content {
  stamp: Stamp;
  /** `undefined` when it is not there. */
  text: string | undefined;
}

export function contentOf(path: string): Content {
  const stamp = stampOf(path);
  return { stamp, text: stamp === 'none' ? undefined : readTextIfFile(path) };
}

/** Whether the file holds something else than before. */
export function hasNewContent(path: string, before: Content): boolean {
  if (!mayHaveChanged(path, before.stamp)) return false;
  const now = contentOf(path);
  before.stamp = now.stamp;
  return now.text !== before.text;
}
