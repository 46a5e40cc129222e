/** Bytes → their sizes, as they are and compressed. */
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Sizes } from './data';

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

/** What servers make of a file that they compress once: gzip as it comes, brotli at its best quality. In threads of Node's. */
export async function sizesOf(bytes: Buffer): Promise<Sizes> {
  const [zipped, brotli] = await Promise.all([toGzip(bytes), brotliSize(bytes)]);
  return { raw: bytes.length, gzip: zipped.length, brotli };
}

/** The same without what takes time. */
export const rawSizeOf = async (bytes: Buffer): Promise<Sizes> => ({ raw: bytes.length });

/** While a file is the same, it is not compressed again: a report and budgets may ask for it, and one build after the other. */
const known = new WeakMap<Buffer, Promise<number>>();

/** The brotli size alone. */
export function brotliSize(bytes: Buffer): Promise<number> {
  const size = known.get(bytes) ?? toBrotli(bytes).then(({ length }) => length);
  known.set(bytes, size);
  return size;
}

/** For people: kilobytes of a thousand bytes, as browsers show them. */
export const showBytes = (bytes: number): string =>
  bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
