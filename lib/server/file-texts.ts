/** Texts of files that are asked for again and again: each is read anew when its file may have changed. */
import { decodeText, readServedText, readSharedText, servedSize, servedStamp, shareText } from '../fs/served';
import type { Stamp } from '../fs/stamps';
import { sha256, sha256InParts } from '../hash';
import { Lru } from './lru';

/** A text that was read. */
export interface FileText {
  readonly text: string;
  /** base64url of its SHA-256. */
  readonly version: string;
  /** Of a long one, in memory that threads share. */
  readonly bytes?: Buffer;
}

/** Bytes and units of texts that stay in memory. */
const LIMIT = 64 * 1024 * 1024;

/** Bytes above which a text is long. Whatever is done with one at once, others have to wait for, so its text is only made when needed. */
export const LONG = 1024 * 1024;

export const shortText = (text: string): FileText => ({ text, version: sha256(text) });

export const longText = (bytes: Buffer, version: string): FileText => ({
  bytes,
  version,
  get text() {
    return bytes.toString();
  },
});

/**
 * The text of a file that is part of something else, such as an archive.
 * @throws (rejects with) NOT_TEXT when it is not UTF-8
 */
export async function textOfBytes(bytes: Uint8Array, path: string): Promise<FileText> {
  if (bytes.length <= LONG) return shortText(await decodeText(bytes, path));
  const shared = await shareText(bytes, path);
  return longText(shared, await sha256InParts(shared));
}

async function readLong(path: string): Promise<FileText | undefined> {
  const bytes = await readSharedText(path);
  return bytes && longText(bytes, await sha256InParts(bytes));
}

async function readShort(path: string): Promise<FileText | undefined> {
  const text = await readServedText(path);
  return text === undefined ? undefined : shortText(text);
}

export class FileTexts {
  private readonly known = new Lru<{ stamp: Stamp; file: FileText }>(LIMIT);

  /**
   * The text of a file, or `undefined` when there is none; the same object as long as the file has not changed.
   * @throws (rejects with) NOT_TEXT when it is not UTF-8, and what the system reports otherwise
   */
  async read(path: string): Promise<FileText | undefined> {
    const stamp = await servedStamp(path);
    const known = this.known.get(path);
    if (known && stamp !== undefined && known.stamp === stamp) return known.file;
    if (stamp === 'none') return undefined;
    const read = await ((await servedSize(path)) > LONG ? readLong(path) : readShort(path));
    // A file that was written just now is read again next time.
    const file = read?.version === known?.file.version ? known?.file : read;
    if (file !== undefined) this.known.set(path, { stamp, file }, (file.bytes ?? file.text).length);
    return file;
  }
}
