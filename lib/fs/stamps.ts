/** Whether files and directories may have changed since they were read, without reading them again. */
import type { Dirent, Stats } from 'node:fs';
import { join } from 'node:path';
import { entriesIn, linkTarget, readTextIfFile, statOf } from './files';

/** What a file was at some time; `undefined` where that says nothing, because it was written just then. */
export type Stamp = string | undefined;

/**
 * Clocks of file systems tick slowly, some every 4 ms, some every 2 s: a file written within a tick may be written once more
 * without a trace. (Git has the same trouble, see its "racy git" notes.)
 */
const TICK = 2000;

/** Taken before the file is read. A file that is not there has a stamp, too. */
export const stampOf = (path: string, now = Date.now()): Stamp => stampFrom(statOf(path), now);

/** The stamp that the system's facts of a file make, which were asked for at a time. */
export function stampFrom(stat: Stats | undefined, now: number): Stamp {
  if (stat === undefined) return 'none';
  const { mtimeMs, ctimeMs, size, ino } = stat;
  return now - Math.max(mtimeMs, ctimeMs) < TICK ? undefined : `${mtimeMs} ${ctimeMs} ${size} ${ino}`;
}

/**
 * What a directory holds: names, which of them are directories, and where links lead. The time it was changed does not tell
 * whether it holds something else.
 */
export interface Listing {
  stamp: Stamp;
  names: string;
}

export function listingOf(path: string): Listing {
  const stamp = stampOf(path);
  const entries = stamp === 'none' ? [] : entriesIn(path);
  // No package begins with a dot, but caches in node_modules do, and come and go.
  const counting = path.endsWith('node_modules')
    ? entries.filter(({ name }) => !name.startsWith('.'))
    : entries;
  return {
    stamp,
    names: counting
      .map((entry) => `\n${describe(path, entry)}`)
      .sort()
      .join(''),
  };
}

/** A name as a listing has it. The marks are such that no name holds them. */
function describe(directory: string, entry: Dirent): string {
  if (entry.isDirectory()) return `${entry.name}/`;
  return entry.isSymbolicLink() ? `${entry.name}/${linkTarget(join(directory, entry.name))}` : entry.name;
}

/** Where a name leads: a link to its target, a directory nowhere else (''); `undefined` when it is neither. */
export function leadsTo({ names }: Listing, name: string): string | undefined {
  const marked = `\n${name}/`;
  const start = names.indexOf(marked);
  if (start < 0) return undefined;
  const end = names.indexOf('\n', start + 1);
  return names.slice(start + marked.length, end < 0 ? undefined : end);
}

/** Whether the same names lead to the same directories. */
export function haveSameWays(a: Listing, b: Listing): boolean {
  const waysOf = ({ names }: Listing): string => (names.match(/^.*\/.*$/gm) ?? []).join('\n');
  return waysOf(a) === waysOf(b);
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
  return { stamp, text: stamp === 'none' ? undefined : textOf(path) };
}

/** Whether the file holds something else than before. */
export function hasNewContent(path: string, before: Content): boolean {
  if (!mayHaveChanged(path, before.stamp)) return false;
  const now = contentOf(path);
  before.stamp = now.stamp;
  return now.text !== before.text;
}

/** What cannot be read, or is going just now, is for whoever resolves by it to report. */
function textOf(path: string): string | undefined {
  try {
    return readTextIfFile(path);
  } catch {
    return undefined;
  }
}
