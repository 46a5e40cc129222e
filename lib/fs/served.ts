/** Files that a server gives away: read anew whenever they are asked for, without holding up others. */

import { isAscii } from 'node:buffer';
import { rmSync } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { notText } from '../errors';
import { type Stamp, stampFrom } from './stamps';

const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

async function unlessAbsent<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (ABSENT.has((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/** Bytes that are decoded at a time: others shall not have to wait for more. */
const PART = 1 << 20;

/**
 * Bytes as the text that a page sees of them.
 * @throws (rejects with) NOT_TEXT when they are not UTF-8
 */
export async function decodeText(bytes: Uint8Array, path: string): Promise<string> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isAscii(buffer)) return buffer.toString('latin1');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const parts: string[] = [];
  try {
    for (let at = 0; at < buffer.length; at += PART) {
      if (at > 0) await new Promise(setImmediate);
      parts.push(utf8.decode(buffer.subarray(at, at + PART), { stream: true }));
    }
    return parts.join('') + utf8.decode();
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

/** What a file is now, without holding up others; see `stampOf`. */
export async function servedStamp(path: string): Promise<Stamp> {
  const now = Date.now();
  return stampFrom(await unlessAbsent(stat(path)), now);
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
