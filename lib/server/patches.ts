/**
 * Patches between versions: each made once, then kept in memory and in the storage.
 *
 *     patches:<old version>.<new version>    <sha256 of the rest> LF <size> " " <size of the text> LF <patch>
 *
 * A value is checked when it is read; one that is damaged or half written is made again.
 */
import { sha256 } from '../hash';
import { bytesOf, type Storage } from '../releases/storage';
import { withDeadline } from './deadline';
import { Lru } from './lru';
import type { PatchSizes } from './negotiate';
import { SingleFlight } from './single-flight';
import type { HeldText, Texts } from './texts';
import { encodeInThread } from './threads';

/** A patch that was made, with its compressed size and that of the text. */
export interface MadePatch {
  patch: string;
  sizes: PatchSizes;
}

/** Units of patches that stay in memory. */
const LIMIT = 32 * 1024 * 1024;
/** What the memory of a patch costs beside its text. */
const OVERHEAD = 500;
/** Patches that may be waiting to be made: nobody shall have to wait for what others have asked for in great numbers. */
const MOST_WAITING = 1_000;
/** Milliseconds that a page waits for a patch. The whole text is faster, then. */
const PATIENCE = 5_000;
/** Patches that the storage may have. */
const MOST_SAVED = 2_000;
const KEY = /^patches:[\w-]{43}\.([\w-]{43})$/;

export class Patches {
  private readonly recent = new Lru<MadePatch | 'none'>(LIMIT);
  private readonly flights = new SingleFlight<MadePatch | undefined>();
  private waiting = 0;

  constructor(
    private readonly storage: Storage,
    private readonly texts: Texts,
    /** Whether a version is one that pages have been given: only patches that lead to such are kept in the storage. */
    private readonly isServed: (version: string) => boolean,
  ) {}

  /** The patch that makes one version of another; `undefined` when there can be none. */
  async get(from: string, to: string): Promise<MadePatch | undefined> {
    const key = `patches:${from}.${to}`;
    const known = this.recent.get(key);
    if (known !== undefined) return known === 'none' ? undefined : known;
    return this.flights.run(key, () => this.load(key, from, to));
  }

  /** As `get`, for who cannot wait long: `undefined` also when the patch is not there in time, which it may be for the next one. */
  getSoon(from: string, to: string): Promise<MadePatch | undefined> {
    return withDeadline(this.get(from, to), PATIENCE, () => undefined);
  }

  /** Removes patches that lead to versions which are not served any more, and those beyond a number. */
  async prune(): Promise<void> {
    const keys = await this.storage.getKeys('patches');
    const isNeeded = (key: string): boolean => this.isServed(KEY.exec(key)?.[1] ?? '');
    const kept = new Set(keys.filter(isNeeded).slice(-MOST_SAVED));
    for (const key of keys) {
      if (!kept.has(key)) await this.storage.removeItem(key);
    }
  }

  private async load(key: string, from: string, to: string): Promise<MadePatch | undefined> {
    const saved = await this.storage.getItemRaw(key).then(read, () => undefined);
    if (saved) return this.remember(key, saved);
    const [old, text] = [await this.texts.find(from), await this.texts.find(to)];
    if (old === undefined || text === undefined || this.waiting >= MOST_WAITING) return undefined;
    try {
      const made = await this.make(old, text);
      if (made && this.isServed(to)) await this.storage.setItemRaw(key, write(made)).catch(() => {});
      return this.remember(key, made);
    } catch {
      // The thread broke down. The whole text will do, and the next one may have more luck.
      return undefined;
    }
  }

  private async make(old: HeldText, text: HeldText): Promise<MadePatch | undefined> {
    this.waiting++;
    try {
      const encoded = await encodeInThread({ old, text });
      return encoded && { patch: encoded.patch, sizes: { patch: encoded.size, full: encoded.full } };
    } finally {
      this.waiting--;
    }
  }

  private remember(key: string, made: MadePatch | undefined): MadePatch | undefined {
    this.recent.set(key, made ?? 'none', OVERHEAD + (made?.patch.length ?? 0));
    return made;
  }
}

function write({ patch, sizes }: MadePatch): Buffer {
  const rest = `${sizes.patch} ${sizes.full}\n${patch}`;
  return Buffer.from(`${sha256(rest)}\n${rest}`);
}

function read(value: unknown): MadePatch | undefined {
  const saved = bytesOf(value)?.toString() ?? '';
  const [, hash, rest] = /^([\w-]{43})\n([\s\S]*)$/.exec(saved) ?? [];
  if (rest === undefined || sha256(rest) !== hash) return undefined;
  const [, size, full, patch] = /^(\d+) (\d+)\n([\s\S]*)$/.exec(rest) ?? [];
  return patch === undefined ? undefined : { patch, sizes: { patch: Number(size), full: Number(full) } };
}
