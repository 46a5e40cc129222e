/** Files that a server gives away: read anew whenever they are asked for, without holding up others. */

import { isAscii, isUtf8 } from 'node:buffer';
import { rmSync } from 'node:fs';
import { type FileHandle, open, readdir, readFile, rm, stat } from 'node:fs/promises';
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

/** Bytes that are worked on at a time: others shall not have to wait for more. */
const PART = 1 << 18;

const BOM = Buffer.from('\ufeff');
const CONTINUATION = 0xc0;

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

/**
 * The bytes of a text in a file, in memory that threads share, or `undefined` when there is none; nothing is done with all of them at once.
 * @throws NOT_TEXT when it is not UTF-8, and what the system reports otherwise
 */
export async function readSharedText(path: string): Promise<Buffer | undefined> {
  const file = await unlessAbsent(open(path));
  if (file === undefined) return undefined;
  try {
    const bytes = await unlessAbsent(readShared(file));
    return bytes && (await checkText(bytes, path));
  } finally {
    await file.close();
  }
}

/**
 * Bytes that came from elsewhere, likewise.
 * @throws (rejects with) NOT_TEXT when they are not UTF-8
 */
export const shareText = async (bytes: Uint8Array, path: string): Promise<Buffer> =>
  checkText(await shareBytes(bytes), path);

/** Bytes of a text, without a byte order mark. */
async function checkText(bytes: Buffer, path: string): Promise<Buffer> {
  if (!(await isUtf8InParts(bytes))) throw notText(path);
  return bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;
}

async function readShared(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const bytes = Buffer.from(new SharedArrayBuffer(size));
  let end = 0;
  for (let count = -1; count !== 0 && end < size; end += count) {
    count = (await file.read(bytes, end, Math.min(PART, size - end), end)).bytesRead;
  }
  return bytes.subarray(0, end);
}

async function isUtf8InParts(bytes: Buffer): Promise<boolean> {
  for (let at = 0; at < bytes.length; ) {
    await new Promise(setImmediate);
    let end = Math.min(at + PART, bytes.length);
    // A part ends before a character, of which there are four bytes at most.
    for (let back = 0; back < 3 && ((bytes[end] ?? 0) & CONTINUATION) === 0x80; back++) end--;
    if (!isUtf8(bytes.subarray(at, end))) return false;
    at = end;
  }
  return true;
}

/** Bytes in memory that threads share. */
export async function shareBytes(bytes: Uint8Array): Promise<Buffer> {
  if (Buffer.isBuffer(bytes) && bytes.buffer instanceof SharedArrayBuffer) return bytes;
  const shared = Buffer.from(new SharedArrayBuffer(bytes.length));
  for (let at = 0; at < bytes.length; at += PART) {
    await new Promise(setImmediate);
    shared.set(bytes.subarray(at, at + PART), at);
  }
  return shared;
}

/** Bytes of a file; none when there is none. */
export const servedSize = async (path: string): Promise<number> =>
  (await unlessAbsent(stat(path)))?.size ?? 0;

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
