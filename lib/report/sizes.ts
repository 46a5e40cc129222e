/** Bytes → their sizes, as they are and compressed. */
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Sizes } from './data';

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

/** What servers make of a file that they compress once: gzip as it comes, brotli at its best quality. In threads of Node's. */
export async function sizesOf(bytes: Buffer): Promise<Sizes> {
  const [zipped, brotli] = await Promise.all([toGzip(bytes), toBrotli(bytes)]);
  return { raw: bytes.length, gzip: zipped.length, brotli: brotli.length };
}

/** The same without what takes time. */
export const rawSizeOf = async (bytes: Buffer): Promise<Sizes> => ({ raw: bytes.length, gzip: 0, brotli: 0 });

/** The brotli size alone. */
export const brotliSize = async (bytes: Buffer): Promise<number> => (await toBrotli(bytes)).length;

/** The sum of some sizes. */
export function addSizes(all: readonly Sizes[]): Sizes {
  const sum = (size: keyof Sizes): number => all.reduce((total, each) => total + each[size], 0);
  return { raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli') };
}

/** For people: kilobytes of a thousand bytes, as browsers show them. */
export const showBytes = (bytes: number): string =>
  bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
