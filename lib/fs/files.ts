/** The one place that reads the disk for a build; the rest of the library asks here. */

import { isUtf8 } from 'node:buffer';
import {
  type Dirent,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { notText, unreadable } from '../errors';

export { realpathSync };

/** What the system says of a path that cannot be that of anything: below a file, too long, or a link that leads to itself. */
const NOWHERE = new Set(['ENOTDIR', 'ENAMETOOLONG', 'ELOOP']);

/** The system's facts of what is at a path, if anything is: not below a file either, where a directory was before. */
export function statOf(path: string): Stats | undefined {
  // No system has such a path, and Node throws.
  if (path.includes('\0')) return undefined;
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (NOWHERE.has((error as NodeJS.ErrnoException).code as string)) return undefined;
    throw error;
  }
}

export const isFile = (path: string): boolean => statOf(path)?.isFile() ?? false;

export const isDirectory = (path: string): boolean => statOf(path)?.isDirectory() ?? false;

/** The names in a directory, or `undefined` when it is none. */
export function namesIn(path: string): string[] | undefined {
  return isDirectory(path) ? readdirSync(path) : undefined;
}

/** What there is in a directory; nothing when it is none, or is going just now. */
export function entriesIn(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** Where a symbolic link leads, absolutely; `undefined` when the path is none. What is there may be a link again, or nothing. */
export function linkTarget(path: string): string | undefined {
  try {
    if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return undefined;
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return undefined;
  }
}

/** The text of a file, or `undefined` when there is none. */
export function readTextIfFile(path: string): string | undefined {
  return isFile(path) ? readFileSync(path, 'utf8') : undefined;
}

/**
 * The bytes of a file. Not asynchronously: what the system has at hand, and a build's files mostly are, costs a quarter
 * of the time this way.
 * @param importer the module that names it, for the message; none for an entry
 * @throws NOT_FOUND, NOT_A_FILE or UNREADABLE, naming the file
 */
export const readModuleFile = (path: string, importer?: string): Buffer =>
  readBy((file) => readFileSync(file), path, importer);

/** As `readModuleFile`, for who wants nothing but the text: Node then has no buffer to make, and no size to ask for. */
export const readModuleText = (path: string, importer?: string): string =>
  readBy((file) => readFileSync(file, 'utf8'), path, importer);

function readBy<Contents>(read: (path: string) => Contents, path: string, importer?: string): Contents {
  try {
    return read(path);
  } catch (cause) {
    throw unreadable(path, cause as NodeJS.ErrnoException, importer);
  }
}

/** Whether a text has lost bytes that are no UTF-8. */
export const isDamaged = (text: string, bytes: () => Buffer): boolean =>
  text.includes('\uFFFD') && !isUtf8(bytes());

/** The real path of an existing file, or the path itself: an entry and a `require` of it must be one module. */
export function canonicalPath(path: string, symlinks: boolean): string {
  try {
    return symlinks ? realpathSync(path) : path;
  } catch {
    return path;
  }
}

/** As `canonicalPath`, for many paths at one time: each directory is looked at once. */
export function createCanonicalPath(symlinks: boolean): (path: string) => string {
  const known = new Map<string, string>();
  function find(path: string): string {
    const above = dirname(path);
    if (above === path) return path;
    const found = known.get(path) ?? follow(join(find(above), basename(path)));
    known.set(path, found);
    return found;
  }
  const follow = (path: string): string => (lstatSync(path).isSymbolicLink() ? realpathSync(path) : path);
  return (path) => {
    try {
      return symlinks ? find(path) : path;
    } catch {
      return path;
    }
  };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A file as text.
 * @throws NOT_FOUND, NOT_A_FILE, UNREADABLE, or NOT_TEXT when it is not UTF-8
 */
export function readText(path: string): string {
  const bytes = readModuleFile(path);
  try {
    return utf8.decode(bytes);
  } catch {
    throw notText(path);
  }
}

export function writeText(path: string, text: string): void {
  writeFileSync(path, text);
}

/** As `writeText`, and makes the directories that are missing. */
export function writeInto(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeText(path, text);
}
