/** What builds have looked at besides modules: directories and package.json files, and whether they are as they were. */
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { candidatesOf, isPath, packageName, upwards } from '../fs/candidates';
import { isDirectory } from '../fs/files';
import type { ResolveSettings } from '../fs/settings';
import {
  type Content,
  changedListing,
  contentOf,
  hasNewContent,
  haveSameWays,
  type Listing,
  leadsTo,
  listingOf,
  mayHaveChanged,
} from '../fs/stamps';
import { DirectoryWatch, type Happenings, isReplaced, isWithin, type Listener } from '../fs/watch';

/** What is not as it was. */
export interface Changes {
  /** What the system has told; all may have changed where it is absent. */
  happenings: Happenings | undefined;
  /** A package.json says something else. */
  hasNewManifest: boolean;
  /** Names have come or gone, or lead elsewhere: specifiers may mean something else. */
  hasNewNames: boolean;
}

/** The deepest directory that both are in. */
function commonDirectory(directory: string, path: string): string {
  for (const at of upwards(directory)) if (isWithin(path, at)) return at;
  return dirname(path);
}

const manifestOf = (directory: string): string => join(directory, 'package.json');

/** Whether packages are installed in the directory. */
const holdsPackages = (directory: string): boolean => /^(node_modules$|@)/.test(basename(directory));

/** Paths are noted before they are looked at, so that what changes meanwhile differs from what was noted. */
export class Places {
  /** Every directory in which a name that comes or goes can change what a specifier means. */
  private listings = new Map<string, Listing>();
  /** Every package.json that counts for a module, and every place where one would count. */
  private manifests = new Map<string, Content>();
  /** What was known before, while it is settled what is kept of it. */
  private before: { listings: Map<string, Listing>; manifests: Map<string, Content> } | undefined;
  /** Directory → the places above it where packages may be installed, all of which are noted, and what is beside these. */
  private readonly climbed = new Map<string, readonly string[]>();
  /** What was noted while no directory came or went: there is nothing more to note of it. */
  private readonly done = new Set<string>();
  /** Paths to look at, whatever the system tells. */
  private readonly unsure = new Set<string>();
  private watch: DirectoryWatch | undefined;
  /** A path that was noted after it was looked at: it may have changed in between. */
  private late: string | undefined;

  /** Notes the directory of a module; and from there upwards, where packages are looked for and where a package.json counts. */
  noteModule(path: string): void {
    const directory = dirname(path);
    this.noteListing(directory);
    this.climb(directory);
  }

  /** Notes what the meaning of a specifier depends on, before it is looked for. */
  noteSpecifier(specifier: string, directory: string): void {
    if (this.isDone(`${specifier}\n${directory}`)) return;
    if (isPath(specifier)) {
      const path = resolve(directory, specifier);
      this.noteWay(specifier.startsWith('.') ? commonDirectory(directory, path) : this.nearest(path), path);
      return;
    }
    for (const place of this.climb(directory)) {
      if (this.listings.get(place)?.names === '') continue;
      const installed = join(place, packageName(specifier));
      this.noteWay(place, installed);
      if (this.listings.has(installed)) this.noteWay(installed, join(place, specifier));
    }
  }

  /** Notes what else the meaning of a specifier depends on, once it is known. */
  noteResolved(specifier: string, path: string): void {
    if (this.isDone(path)) return;
    const directory = dirname(path);
    this.climb(directory);
    const isOnWay = isPath(specifier) && this.listings.has(directory);
    // What a package.json names as its file may be a directory, or lack its extension.
    if (!isOnWay) for (const at of this.insidePackage(directory)) this.noteListing(at);
    this.noteListing(directory);
  }

  /** Notes a directory whose names count, whether there is one or not; or a link in one that was noted, with what it leads to. */
  noteDirectory(path: string): void {
    const above = dirname(path);
    const listing = this.listings.get(above);
    if (listing && leadsTo(listing, basename(path))) this.noteWay(above, path);
    else this.noteListing(path);
  }

  private isDone(key: string): boolean {
    const isDone = this.done.has(key);
    this.done.add(key);
    return isDone;
  }

  /** The directory, and those above it that are of the same package. */
  private insidePackage(directory: string): string[] {
    const above = [...upwards(directory)];
    const root = above.findIndex(
      (at) => holdsPackages(dirname(at)) || this.manifests.get(manifestOf(at))?.text !== undefined,
    );
    return above.slice(0, root + 1);
  }

  /** Notes where files can come that a specifier without a meaning would mean. */
  noteMissing(specifier: string, directory: string, settings: ResolveSettings): void {
    const before = this.listings.size + this.manifests.size;
    for (const path of candidatesOf(specifier, directory, settings)) this.noteWay(this.nearest(path), path);
    if (this.listings.size + this.manifests.size > before) this.late = directory;
  }

  /** A path that may have changed since it was looked at, though nobody tells; once. */
  takeLate(): string | undefined {
    const { late } = this;
    this.late = undefined;
    return late;
  }

  /** Looks what has changed. */
  async refresh(): Promise<Changes> {
    const happenings = await this.watch?.take();
    const manifests = this.suspects(this.manifests, happenings, happenings?.files);
    const listings = this.suspects(this.listings, happenings, happenings?.directories);
    this.unsure.clear();
    const hasNewManifest = manifests.some((path) => hasNewContent(path, this.manifests.get(path) as Content));
    // Each of them is brought up to date.
    const hasNewNames = listings.filter((path) => this.updateListing(path)).length > 0;
    if (hasNewManifest) this.forget();
    return { happenings, hasNewManifest, hasNewNames };
  }

  /** From now on the system shall tell what changes, as far as it can. Until then `refresh` looks at everything. */
  watchDisk({ isOfInterest, onHappening }: Listener): void {
    this.watch = new DirectoryWatch({
      isOfInterest: (path) => this.manifests.has(path) || isOfInterest(path),
      onHappening,
    });
    this.watchNoted();
  }

  private watchNoted(): void {
    for (const directory of this.listings.keys()) this.watch?.add(directory);
    for (const path of this.outdated()) this.unsure.add(path);
  }

  /** Watches nothing any more: `refresh` looks at everything again. */
  close(): void {
    this.watch?.close();
  }

  /** Paths that may not be as they were noted. */
  *outdated(): Generator<string> {
    for (const [path, { stamp }] of this.listings) if (mayHaveChanged(path, stamp)) yield path;
    for (const [path, { stamp }] of this.manifests) if (mayHaveChanged(path, stamp)) yield path;
  }

  /** Whether the system tells of changes as they happen. */
  get isTold(): boolean {
    return this.watch?.isTelling === true;
  }

  /** What a later process may know. */
  save(): { listings: [string, Listing][]; manifests: [string, Content][] } {
    return { listings: [...this.listings], manifests: [...this.manifests] };
  }

  restore({ listings, manifests }: ReturnType<Places['save']>): void {
    for (const [path, listing] of listings) this.listings.set(path, listing);
    for (const [path, content] of manifests) this.manifests.set(path, content);
    // Nobody has told of what happened before.
    if (this.watch) this.watchNoted();
  }

  /** How much is noted. */
  get size(): number {
    const { listings, manifests, climbed, done, watch } = this;
    const watchedInVain = Math.max(0, (watch?.size ?? 0) - listings.size);
    return listings.size + manifests.size + climbed.size + done.size + watchedInVain;
  }

  /**
   * Forgets what is not noted again.
   * @param noteAgain notes what still matters: it stays as it is known, and is not looked at
   */
  keep(noteAgain: () => void): void {
    const { listings, manifests, late } = this;
    this.forget();
    this.before = { listings, manifests };
    noteAgain();
    this.before = undefined;
    this.late = late;
    this.watch?.keep(this.listings.keys());
  }

  private forget(): void {
    this.listings = new Map();
    this.manifests = new Map();
    this.climbed.clear();
    this.done.clear();
  }

  /** Paths of those to look at: all, where nobody tells of changes. */
  private suspects(
    noted: ReadonlyMap<string, unknown>,
    happenings: Happenings | undefined,
    told: ReadonlySet<string> = new Set(),
  ): string[] {
    if (happenings === undefined) return [...noted.keys()];
    const suspects = new Set([...told, ...this.unsure].filter((path) => noted.has(path)));
    const { replaced } = happenings;
    if (replaced.size > 0)
      for (const path of noted.keys()) if (isReplaced(path, replaced)) suspects.add(path);
    return [...suspects];
  }

  private updateListing(path: string): boolean {
    const before = this.listings.get(path) as Listing;
    const now = changedListing(path, before);
    if (now === undefined) return false;
    this.listings.set(path, now);
    if (!haveSameWays(before, now)) this.done.clear();
    return true;
  }

  private climb(directory: string): readonly string[] {
    const known = this.climbed.get(directory);
    if (known) return known;
    this.noteManifest(directory);
    const above = dirname(directory);
    const places = above === directory ? [] : [...this.climb(above)];
    if (!directory.endsWith('node_modules')) {
      const place = join(directory, 'node_modules');
      this.noteListing(place);
      places.unshift(place);
    }
    this.climbed.set(directory, places);
    return places;
  }

  /** The nearest directory above that is noted, or that there is. */
  private nearest(path: string): string {
    for (const at of upwards(dirname(path))) if (this.listings.has(at) || isDirectory(at)) return at;
    return dirname(path);
  }

  /** Notes the directories on the way down to a path, as far as there are some, and what links on it lead to. */
  private noteWay(from: string, to: string): void {
    let at = from;
    this.noteListing(at);
    if (to !== from) {
      for (const name of relative(from, to).split(sep)) {
        const target = leadsTo(this.listings.get(at) as Listing, name);
        if (target === undefined) return;
        at = join(at, name);
        if (this.noteListing(at) && target !== '') this.noteWay(dirname(target), target);
      }
    }
    this.noteManifest(at);
  }

  /** @returns whether it was not noted before */
  private noteListing(directory: string): boolean {
    if (this.listings.has(directory)) return false;
    const known = this.before?.listings.get(directory);
    if (known === undefined) this.watch?.add(directory);
    this.listings.set(directory, known ?? listingOf(directory));
    return true;
  }

  private noteManifest(directory: string): void {
    const path = manifestOf(directory);
    if (this.manifests.has(path)) return;
    this.manifests.set(path, this.before?.manifests.get(path) ?? contentOf(path));
  }
}
