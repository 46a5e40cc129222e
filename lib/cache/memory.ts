/** What a cache remembers of modules, so that a later build reads and parses only what may have changed. */
import { dirname } from 'node:path';
import type { ModuleText } from '../analyse';
import type { Missing } from '../check/missing';
import type { Sources } from '../core/unchanged';
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
} from '../fs/stamps';
import { isVirtual } from '../fs/virtual';
import { DirectoryWatch, type Happenings } from '../fs/watch';
import { sha256 } from '../hash';
import type { Module } from '../model';
import { fileOf } from '../module-path';
import type { Evidence } from './evidence';
import { restoreModule, type Saved, saveModule } from './saved';

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
  /** An earlier process learned it. */
  isRestored?: boolean;
  /** Which state of the directories its references were resolved in. */
  generation?: number;
}

/** A point in a memory's life. */
export interface Mark {
  generation: number;
  at: number;
}

/** A module that a build wants. */
interface Asked {
  path: string;
  file?: { contents: unknown } | undefined;
}

/** Milliseconds after a build. */
const IDLE = 300;

/** The modules of builds with the same options, by path. */
export class Memory {
  private readonly known = new Map<string, Known>();
  /** Every directory in which a file that comes or goes can change what a specifier means. */
  private readonly listings = new Map<string, Listing>();
  /** Every package.json that counts for a module, and every place where one would count. */
  private readonly manifests = new Map<string, Content>();
  /** By file, paths of the modules that are made from it, besides the file itself. */
  private readonly instances = new Map<string, Set<string>>();
  /** When reading began, by path, for modules that have not come through. */
  private readonly pending = new Map<string, Stamp>();
  /** The directories to watch: those of modules, and all above them. */
  private readonly directories = new Set<string>();
  /** Modules to look at, whatever the system tells. */
  private readonly unsure = new Set<string>();
  private watch: DirectoryWatch | undefined;
  /** How many modules have been analysed since the last `save`. */
  private learned = 0;
  /** Paths of modules in the order in which they were learned; some more than once. */
  private journal: string[] = [];
  /** Modules with references that mean nothing, and those that nobody asked for. */
  private readonly incomplete = new Set<string>();
  private readonly extra = new Set<string>();
  /** Grows when specifiers may mean something else than before. */
  private generation = 0;
  /** Paths that may have changed, as of the last `refresh`. */
  private changed = new Set<string>();

  /** @param isSpliced whether transforms make the texts: what an earlier process knew then counts only where the text is the same */
  constructor(private readonly isSpliced: boolean) {}

  /** Looks what has changed on the disk. Called once per build, before anything else. */
  async refresh(): Promise<void> {
    const happenings = await this.watch?.take();
    if (this.hasNewManifest(happenings)) this.forget();
    this.changed = new Set(this.suspects(happenings).filter((path) => this.mayDiffer(path)));
    this.unsure.clear();
    if (this.hasNewNames(happenings)) this.generation++;
  }

  /** What a later process may know. */
  save(): Saved {
    // What was read from the disk has a stamp.
    const current = [...this.known.values()].filter(
      (known) => known.stamp !== undefined && !known.isExtra && this.isResolved(known),
    );
    this.learned = 0;
    return { modules: current.map(saveModule), listings: [...this.listings], manifests: [...this.manifests] };
  }

  /** Takes what an earlier process knew. */
  restore({ modules, listings, manifests }: Saved): void {
    for (const [path, listing] of listings) this.listings.set(path, listing);
    for (const [path, content] of manifests) this.manifests.set(path, content);
    for (const saved of modules) this.remember({ ...restoreModule(saved), isRestored: true });
    for (const path of this.listings.keys()) this.directories.add(path);
    for (const path of this.manifests.keys()) this.directories.add(dirname(path));
  }

  /** What shows that nothing has changed of these modules; `undefined` when nothing can. */
  evidenceOf(paths: readonly string[]): Evidence | undefined {
    if (this.incomplete.size > 0 || this.isSpliced) return undefined;
    const files: Evidence['files'] = [];
    const given: Evidence['given'] = [];
    for (const path of paths.filter((each) => !isVirtual(each))) {
      const known = this.known.get(path);
      if (known === undefined) return undefined;
      const { stamp, text } = known;
      // Entries are what is written.
      if (known.given && fileOf(path) === path) given.push([path, sha256(String(known.given))]);
      else if (!known.given)
        files.push([fileOf(path), stamp, stamp === undefined ? sha256(text.text) : undefined]);
    }
    return { files, given, listings: [...this.listings], manifests: [...this.manifests] };
  }

  /** Whether the module was learned by an earlier process, and nothing was said of it yet in this one. */
  isNews(known: Known): boolean {
    const isNews = known.isRestored === true && !this.isSpliced;
    if (isNews) known.isRestored = false;
    return isNews;
  }

  /** Whether enough is new to be worth saving. */
  isWorthSaving(): boolean {
    return this.learned > this.known.size / 20;
  }

  /**
   * Soon the system shall tell what changes, as far as it can; otherwise `refresh` goes on looking at everything. A process that
   * builds once has ended by then.
   */
  watchSoon(): void {
    if (this.watch === undefined) setTimeout(() => this.watchDisk(), IDLE).unref();
  }

  private watchDisk(): void {
    if (this.watch !== undefined) return;
    const watch = new DirectoryWatch();
    for (const directory of this.directories) watch.add(directory);
    if (!watch.isReliable) return;
    for (const path of this.known.keys()) if (this.mayDiffer(path)) this.unsure.add(path);
    this.watch = watch;
  }

  private hasNewManifest(happenings: Happenings | undefined): boolean {
    const manifests = happenings
      ? [...happenings.files].filter((path) => path.endsWith('/package.json'))
      : this.manifests.keys();
    for (const path of manifests) {
      const content = this.manifests.get(path);
      if (content === undefined ? happenings !== undefined : hasNewContent(path, content)) return true;
    }
    return false;
  }

  /** Known modules to look at: all, where nobody tells of changes. */
  private suspects(happenings: Happenings | undefined): string[] {
    if (happenings === undefined) return [...this.known.keys()];
    const files = [...happenings.files].flatMap((file) => this.modulesOf(file));
    return [...new Set([...files, ...this.unsure, ...this.changed])].filter((path) => this.known.has(path));
  }

  private mayDiffer(path: string): boolean {
    const { given, stamp } = this.known.get(path) as Known;
    return given === undefined && !isVirtual(path) && mayHaveChanged(fileOf(path), stamp);
  }

  private hasNewNames(happenings: Happenings | undefined): boolean {
    let isNew = false;
    for (const path of happenings ? happenings.directories : this.listings.keys()) {
      const before = this.listings.get(path);
      const now = before && changedListing(path, before);
      if (now) this.listings.set(path, now);
      // Of a directory without modules only this matters: that packages can be found in it now.
      if (now || (!before && happenings?.files.has(`${path}/node_modules`))) isNew = true;
    }
    return isNew;
  }

  /** Where `changedSince` begins for what is built from now on. */
  mark(): Mark {
    return { generation: this.generation, at: this.journal.length };
  }

  /**
   * Modules that may not be what they were, incomplete ones excepted.
   * @param mark when the build began that they come from
   * @returns some of their paths; `undefined` when it may be any
   */
  changedSince({ generation, at }: Mark, { numbers, modules }: Sources): Set<string> | undefined {
    if (generation !== this.generation) return undefined;
    const suspects = [...this.changed, ...this.journal.slice(at)].filter((path) => {
      const number = numbers.get(path);
      if (number === undefined) return false;
      return this.changed.has(path) || this.known.get(path)?.module !== modules[number];
    });
    return new Set(suspects);
  }

  /** Modules with references that mean nothing: they may mean something at any time. */
  incompletes(): Known[] {
    return [...this.incomplete].map((path) => this.known.get(path) as Known);
  }

  /** Whether the references of a known module still mean what they meant. */
  isResolved({ generation, missing }: Known): boolean {
    return generation === this.generation && missing.length === 0;
  }

  /** What is known of the module, if it cannot have changed. */
  recall({ path, file }: Asked): Known | undefined {
    const known = this.known.get(path);
    if (known === undefined || this.changed.has(path)) return undefined;
    if (known.isRestored && this.isSpliced) return undefined;
    if (file === undefined) return known.given === undefined ? known : undefined;
    return Buffer.isBuffer(file.contents) && known.given?.equals(file.contents) ? known : undefined;
  }

  /** What is known of the module if the text is the same, wherever it came from. */
  recallText({ path, fileName, text, map }: ModuleText): Known | undefined {
    const known = this.known.get(path);
    if (known?.text.text !== text || known.text.fileName !== fileName) return undefined;
    return known.text.map === undefined && map === undefined && this.isResolved(known) ? known : undefined;
  }

  /** The modules that transforms added. */
  extras(): Known[] {
    return [...this.extra].map((path) => this.known.get(path) as Known);
  }

  /** Notes what a file is before it is read. */
  willRead(path: string): void {
    // Another build reads it, too, and which of them learns what is not known.
    if (this.pending.has(path)) this.unsure.add(path);
    this.pending.set(path, stampOf(fileOf(path)));
  }

  /**
   * Remembers a module that has come through.
   * @param isNew whether it had to be analysed
   */
  learn({ isRestored: _, ...known }: Known, isNew: boolean): void {
    if (isNew) this.learned++;
    const { path } = known.module;
    const isOnDisk = known.given === undefined && !isVirtual(path);
    const stamp = this.stampFor(known);
    const { generation } = this;
    this.put(isOnDisk ? { ...known, generation, stamp } : { ...known, generation });
    this.changed.delete(path);
    if (isVirtual(path)) return;
    // Until its directory is watched, nobody tells of a change.
    const directory = dirname(fileOf(path));
    if (!this.listings.has(directory)) this.unsure.add(path);
    this.noteDirectories(directory);
  }

  private stampFor({ module: { path }, stamp, isExtra }: Known): Stamp {
    // What a transform has added is mostly on no disk.
    if (!this.pending.has(path)) return isExtra ? stampOf(fileOf(path)) : stamp;
    const read = this.pending.get(path);
    this.pending.delete(path);
    return read;
  }

  private put(known: Known): void {
    const { module, missing, isExtra } = known;
    const { path } = module;
    if (this.known.get(path)?.module !== module) this.journal.push(path);
    this.remember(known);
    if (missing.length > 0) this.incomplete.add(path);
    else this.incomplete.delete(path);
    if (isExtra) this.extra.add(path);
    else this.extra.delete(path);
  }

  private remember(known: Known): void {
    const { path } = known.module;
    this.known.set(path, known);
    const file = fileOf(path);
    if (file === path) return;
    const instances = this.instances.get(file);
    if (instances) instances.add(path);
    else this.instances.set(file, new Set([path]));
  }

  /** Paths of the modules that are made from a file, known or not. */
  modulesOf(file: string): string[] {
    return [file, ...(this.instances.get(file) ?? [])];
  }

  /** The directory itself; and from there upwards, where packages are looked for and where a package.json counts. */
  private noteDirectories(directory: string): void {
    this.noteListing(directory);
    for (let above = directory; ; above = dirname(above)) {
      const manifest = `${above}/package.json`;
      if (this.manifests.has(manifest)) return;
      this.manifests.set(manifest, contentOf(manifest));
      this.noteListing(`${above}/node_modules`);
      this.directories.add(above);
      this.watch?.add(above);
      if (dirname(above) === above) return;
    }
  }

  private noteListing(directory: string): void {
    if (this.listings.has(directory)) return;
    const listing = listingOf(directory);
    this.listings.set(directory, listing);
    if (listing.stamp === 'none') return;
    this.directories.add(directory);
    this.watch?.add(directory);
  }

  private forget(): void {
    this.learned = Number.POSITIVE_INFINITY;
    this.generation++;
    this.known.clear();
    this.instances.clear();
    this.journal = [];
    this.incomplete.clear();
    this.extra.clear();
    this.unsure.clear();
    this.changed.clear();
    this.listings.clear();
    this.manifests.clear();
  }
}
