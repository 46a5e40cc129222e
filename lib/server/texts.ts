/** Texts by version, those used last in memory. */
import { sha256 } from '../hash';
import { Lru } from './lru';

/** Units of text that stay in memory. */
const LIMIT = 64 * 1024 * 1024;

/** Gives a text by its version; checked, or `undefined`. */
export type ReadText = (version: string) => Promise<string | undefined>;

export class Texts {
  private readonly recent = new Lru<string>(LIMIT);

  /** @param places where else a text may be, in the order in which they are asked */
  constructor(private readonly places: () => readonly ReadText[]) {}

  /** Remembers a text for a while and gives its version. */
  add(text: string): string {
    const version = sha256(text);
    this.recent.set(version, text, text.length);
    return version;
  }

  async get(version: string): Promise<string | undefined> {
    const known = this.recent.get(version);
    if (known !== undefined) return known;
    for (const read of this.places()) {
      // A place that does not answer is one that does not have it.
      const text = await read(version).catch(() => undefined);
      if (text === undefined) continue;
      this.recent.set(version, text, text.length);
      return text;
    }
    return undefined;
  }
}
