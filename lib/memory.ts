/** What a cache remembers of modules, so that a later build reads and parses only what may have changed. */
import { dirname } from 'node:path';
import type { ModuleText } from './analyse';
import {
  type Content,
  changedListing,
  contentOf,
  hasNewContent,
  type Listing,
  listingOf,
  mayHaveChanged,
  type Stamp,
  stampOf,
} from './fs/stamps';
import { isVirtual } from './fs/virtual';
import type { Missing } from './missing';
import type { Module } from './model';

/** A module as it came through the loop. */
export interface Known {
  module: Module;
  text: ModuleText;
  missing: Missing[];
  /** What the file was when it was read; absent when the contents were given, or the module is on no disk. */
  stamp?: Stamp;
  /** Contents that were written into the pack. */
  given?: Buffer;
  /** Nobody asked for it: a transform added it. */
  isExtra: boolean;
}

/** A module that a build wants. */
interface Asked {
  path: string;
  file?: { contents: unknown } | undefined;
}

/** The modules of builds with the same options, by path. */
export class Memory {
  private readonly known = new Map<string, Known>();
  /** Every directory in which a file that comes or goes can change what a specifier means. */
  private readonly listings = new Map<string, Listing>();
  /** Every package.json that counts for a module, and every place where one would count. */
  private readonly manifests = new Map<string, Content>();
  /** When reading began, by path, for modules that have not come through. */
  private readonly pending = new Map<string, Stamp>();
  /** Paths that may have changed, as of the last `refresh`. */
  private changed = new Set<string>();

  /**
   * Looks what has changed on the disk. Called once per build, before anything else.
   * @returns whether specifiers may mean something else than before
   */
  refresh(): boolean {
    for (const [path, content] of this.manifests) {
      if (!hasNewContent(path, content)) continue;
      this.forget();
      return true;
    }
    this.changed = new Set();
    for (const [path, { stamp, given }] of this.known) {
      if (given === undefined && !isVirtual(path) && mayHaveChanged(path, stamp)) this.changed.add(path);
    }
    let hasMoved = false;
    for (const [path, listing] of this.listings) {
      const now = changedListing(path, listing);
      if (now === undefined) continue;
      this.listings.set(path, now);
      hasMoved = true;
    }
    return hasMoved;
  }

  /** What is known of the module, if it cannot have changed. */
  recall({ path, file }: Asked): Known | undefined {
    const known = this.known.get(path);
    if (known === undefined || this.changed.has(path)) return undefined;
    if (file === undefined) return known.given === undefined ? known : undefined;
    return Buffer.isBuffer(file.contents) && known.given?.equals(file.contents) ? known : undefined;
  }

  /** What is known of the module if the text is the same, wherever it came from. */
  recallText({ path, fileName, text, map }: ModuleText): Known | undefined {
    const known = this.known.get(path);
    if (known?.text.text !== text || known.text.fileName !== fileName) return undefined;
    return known.text.map === undefined && map === undefined ? known : undefined;
  }

  /** The modules that transforms added. */
  extras(): Known[] {
    return [...this.known.values()].filter(({ isExtra }) => isExtra);
  }

  /** Notes what a file is before it is read. */
  willRead(path: string): void {
    this.pending.set(path, stampOf(path));
  }

  /** Remembers a module that has come through. */
  learn(known: Known): void {
    const { path } = known.module;
    const isOnDisk = known.given === undefined && !isVirtual(path);
    const stamp = this.pending.has(path) ? this.pending.get(path) : known.stamp;
    this.pending.delete(path);
    this.known.set(path, isOnDisk ? { ...known, stamp } : known);
    this.changed.delete(path);
    if (!isVirtual(path)) this.watchDirectories(dirname(path));
  }

  /** The directory itself; and from there upwards, where packages are looked for and where a package.json counts. */
  private watchDirectories(directory: string): void {
    if (!this.listings.has(directory)) this.listings.set(directory, listingOf(directory));
    for (let above = directory; ; above = dirname(above)) {
      const manifest = `${above}/package.json`;
      if (this.manifests.has(manifest)) return;
      this.manifests.set(manifest, contentOf(manifest));
      const packages = `${above}/node_modules`;
      if (!this.listings.has(packages)) this.listings.set(packages, listingOf(packages));
      if (dirname(above) === above) return;
    }
  }

  private forget(): void {
    this.known.clear();
    this.listings.clear();
    this.manifests.clear();
  }
}
