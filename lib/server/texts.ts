/** Texts by version, those used last in memory. */
import { shareBytes } from '../fs/served';
import { sha256 } from '../hash';
import { LONG } from './file-texts';
import { Lru } from './lru';
import { FileVersion, longBytesOf, type SourceText } from './sources/source';

/** Bytes and units of texts that stay in memory. */
const LIMIT = 64 * 1024 * 1024;

/** Gives the bytes of a text by its version; checked, or `undefined`. */
export type ReadText = (version: string) => Promise<Buffer | undefined>;

/** A text; a long one as bytes in memory that threads share. */
export type HeldText = string | Buffer;

export class Texts {
  private readonly recent = new Lru<HeldText>(LIMIT);

  /** @param places where else a text may be, in the order in which they are asked */
  constructor(private readonly places: () => readonly ReadText[]) {}

  /** Remembers what was found for a while, and gives its version and bytes. */
  add(found: SourceText): { version: string; size: number } {
    const held = longBytesOf(found) ?? found.text;
    const version = found instanceof FileVersion ? found.file.version : sha256(found.text);
    this.recent.set(version, held, held.length);
    return { version, size: Buffer.byteLength(held) };
  }

  async get(version: string): Promise<string | undefined> {
    return (await this.find(version))?.toString();
  }

  /** The same as it is held. */
  async find(version: string): Promise<HeldText | undefined> {
    const known = this.recent.get(version);
    if (known !== undefined) return known;
    for (const read of this.places()) {
      // A place that does not answer is one that does not have it.
      const bytes = await read(version).catch(() => undefined);
      if (bytes === undefined) continue;
      const held = bytes.length > LONG ? await shareBytes(bytes) : bytes.toString();
      this.recent.set(version, held, held.length);
      return held;
    }
    return undefined;
  }
}
