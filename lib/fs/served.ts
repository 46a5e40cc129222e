/** Files that a server gives away: read anew whenever they are asked for, without holding up others. */
import { rmSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { notText } from '../errors';

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

async function unlessAbsent<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (ABSENT.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Bytes as the text that a page sees of them.
 * @throws NOT_TEXT when they are not UTF-8
 */
export function decodeText(bytes: Uint8Array, path: string): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw notText(path);
  }
}

/**
 * The text of a file, or `undefined` when there is none.
 * @throws NOT_TEXT when it is not UTF-8, and what the system reports otherwise
 */
export async function readServedText(path: string): Promise<string | undefined> {
  const bytes = await unlessAbsent(readFile(path));
  return bytes && decodeText(bytes, path);
}

/** The names in a directory; none when it is not there. */
export const listDirectory = async (path: string): Promise<string[]> =>
  (await unlessAbsent(readdir(path))) ?? [];

/** The unpacked bytes of a gzip file, or `undefined` when there is none. */
export async function readGzip(path: string): Promise<Buffer | undefined> {
  const bytes = await unlessAbsent(readFile(path));
  return bytes && (await promisify(gunzip)(bytes));
}

/** Removes a directory with all that is in it, if it is there. */
export const removeDirectory = (path: string): Promise<void> => rm(path, { recursive: true, force: true });

/** Removes what was written into a directory more than `age` milliseconds ago. */
export async function removeOlderFiles(directory: string, age: number): Promise<void> {
  for (const name of await listDirectory(directory)) {
    const path = join(directory, name);
    const { mtimeMs } = (await unlessAbsent(stat(path))) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > age) await removeDirectory(path);
  }
}

/** The same at once, for when a process ends. */
export const removeDirectoryNow = (path: string): void => rmSync(path, { recursive: true, force: true });
