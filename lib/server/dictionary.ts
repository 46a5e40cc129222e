/** Compression with a text that the browser has as dictionary (RFC 9842), where this Node can do it. */
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { Lru } from './lru';
import type { Encoding } from './negotiate';
import { SingleFlight } from './single-flight';
import type { HeldText } from './texts';

type Compress = (text: Buffer, dictionary: Buffer) => Promise<Buffer>;

/** Newer ones have options that the types of the oldest Node that we support do not. */
interface DictionaryOptions {
  dictionary: Buffer;
  params: Record<number, number>;
}

type Compressor = (
  text: Buffer,
  options: DictionaryOptions,
  callback: (error: Error | null, result: Buffer) => void,
) => void;

/** What stands before a stream: magic bytes, then the SHA-256 of the dictionary. */
const MAGIC: Record<Encoding, Buffer> = {
  dcb: Buffer.from([0xff, 0x44, 0x43, 0x42]),
  dcz: Buffer.from([0x5e, 0x2a, 0x4d, 0x18, 0x20, 0, 0, 0]),
};

const brotli: Compress = (text, dictionary) =>
  promisify(zlib.brotliCompress as unknown as Compressor)(text, {
    dictionary,
    params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 9, [zlib.constants.BROTLI_PARAM_LGWIN]: 22 },
  });

function zstandard(): Compress | undefined {
  const { zstdCompress } = zlib as unknown as { zstdCompress?: Compressor };
  if (zstdCompress === undefined) return undefined;
  const { ZSTD_c_compressionLevel } = zlib.constants as unknown as { ZSTD_c_compressionLevel: number };
  return (text, dictionary) =>
    promisify(zstdCompress)(text, { dictionary, params: { [ZSTD_c_compressionLevel]: 15 } });
}

/** Older Nodes ignore the option. Noise that is its own dictionary tells: nothing else makes it small. */
async function works(compress: Compress): Promise<boolean> {
  const noise = randomBytes(4096);
  const result = await compress(noise, noise).catch(() => noise);
  return result.length < noise.length / 2;
}

/** What this Node can compress with a dictionary, the best first. */
export async function detectEncodings(): Promise<Map<Encoding, Compress>> {
  const candidates: [Encoding, Compress | undefined][] = [
    ['dcb', brotli],
    ['dcz', zstandard()],
  ];
  const found = new Map<Encoding, Compress>();
  for (const [encoding, compress] of candidates) {
    if (compress && (await works(compress))) found.set(encoding, compress);
  }
  return found;
}

const toBytes = (held: HeldText): Buffer => (typeof held === 'string' ? Buffer.from(held) : held);

/** Bytes of compressed texts that stay in memory. */
const LIMIT = 32 * 1024 * 1024;

/** The body of a response with the dictionary, made once for all who ask. */
export class DictionaryCompression {
  private readonly recent = new Lru<Buffer>(LIMIT);
  private readonly flights = new SingleFlight<Buffer>();
  private detected: Promise<Map<Encoding, Compress>> | undefined;

  constructor(private readonly detect = detectEncodings) {}

  /** The best encoding that a browser accepts and that is available here. */
  async choose(acceptEncoding: string): Promise<Encoding | undefined> {
    this.detected ??= this.detect();
    const accepted = acceptEncoding.split(',').flatMap(acceptedEncoding);
    return [...(await this.detected).keys()].find((encoding) => accepted.includes(encoding));
  }

  /** @param version of the dictionary; base64url of its SHA-256 */
  compress(
    encoding: Encoding,
    text: HeldText,
    dictionary: HeldText,
    version: string,
    key: string,
  ): Promise<Buffer> {
    const name = `${encoding} ${version} ${key}`;
    const known = this.recent.get(name);
    if (known) return Promise.resolve(known);
    return this.flights.run(name, async () => {
      const compress = (await this.detected)?.get(encoding) as Compress;
      const stream = await compress(toBytes(text), toBytes(dictionary));
      const body = Buffer.concat([MAGIC[encoding], Buffer.from(version, 'base64url'), stream]);
      this.recent.set(name, body, body.length);
      return body;
    });
  }
}

/** The name in one item of `Accept-Encoding`; a weight of zero means that it is not accepted (RFC 9110, 12.4.2). */
function acceptedEncoding(item: string): string[] {
  const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase());
  return parameters.some((parameter) => /^q\s*=\s*0(?:\.0*)?$/.test(parameter)) ? [] : [name];
}

/** The version that an `Available-Dictionary` header names: a byte sequence of structured fields (RFC 8941), `:<base64>:`. */
export function readAvailableDictionary(header: unknown): string | undefined {
  const [, base64] = /^:([\w+/]{43}=):$/.exec(String(header)) ?? [];
  return base64 && Buffer.from(base64, 'base64').toString('base64url');
}
