/** What the system tells of directories and files as they change, so that nobody has to look at each. */
import { type FSWatcher, watch } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { linkTarget } from './files';

/** What happened since it was taken last. */
export interface Happenings {
  /** Files that may have been written. */
  files: ReadonlySet<string>;
  /** Directories in which a name has come or gone. */
  directories: ReadonlySet<string>;
  /** Paths that have come, gone or become something else, with all that is below them. */
  replaced: ReadonlySet<string>;
}

/** Who is told. */
export interface Listener {
  /** Whether it matters that this file is written. */
  isOfInterest(path: string): boolean;
  /** Something has happened to the path, or to what is below it. Told at once; `take` tells it once more. */
  onHappening(path: string): void;
}

/** More than this at once, and the system (Linux keeps 16,384 events) may have lost some on the way. */
const MANY = 8000;

/** More than this replaced, and to look at everything takes no longer. */
const MANY_REPLACED = 50;

/** Whether the system tells of everything. */
export const isTold = process.platform === 'linux';

/** The highest directory that is watched. Elsewhere than on Linux, the system tells of all that is below a directory at a price. */
const HIGHEST = isTold ? '/' : process.cwd();

/** What is no failure of the watch: there is nothing at the path, or nothing to be seen. */
const NOTHING = ['ENOENT', 'ENOTDIR', 'EPERM', 'EACCES', 'ELOOP'];

/** Whether a path is another one, or is below it. */
export const isWithin = (path: string, other: string): boolean =>
  path === other || path.startsWith(other.endsWith(sep) ? other : other + sep);

/** Whether a path is one of others, or below one. */
export function isReplaced(path: string, replaced: ReadonlySet<string>): boolean {
  for (const other of replaced) if (isWithin(path, other)) return true;
  return false;
}

/**
 * Watches directories by their paths: also those that do not exist yet, and others that come in their place. The system watches
 * what is at a path now, so everything above is watched as well, and what links on the way lead to.
 *
 * On Linux, a write is in the queue of the system (inotify) before it returns, so that after a turn of the event loop all of
 * it has been heard of. Elsewhere news comes when it comes, and `take` does not know what has happened.
 */
export class DirectoryWatch {
  /** What was added. */
  private readonly wanted = new Set<string>();
  /** What is above that. */
  private readonly ways = new Set<string>();
  private readonly watchers = new Map<string, FSWatcher>();
  /** Those that are taken over while it is settled which are kept. */
  private readonly spare = new Map<string, FSWatcher>();
  /** Where links lead → the links. */
  private readonly links = new Map<string, Set<string>>();
  private files = new Set<string>();
  private directories = new Set<string>();
  private replaced = new Set<string>();
  private count = 0;
  private isBroken = false;

  constructor(private readonly listener: Listener) {}

  /** Watches one more directory, whether there is one or not; its subdirectories are not included. */
  add(directory: string): void {
    if (this.wanted.has(directory)) return;
    this.wanted.add(directory);
    // First what is above: it tells when the directory comes just now.
    this.addWay(dirname(directory));
    this.open(directory);
  }

  /** How many directories were added. */
  get size(): number {
    return this.wanted.size;
  }

  /** Watches no other directories any more than these, some of those that were added. */
  keep(directories: Iterable<string>): void {
    for (const [path, watcher] of this.watchers) this.spare.set(path, watcher);
    for (const each of [this.watchers, this.wanted, this.ways, this.links]) each.clear();
    for (const directory of directories) this.add(directory);
    for (const watcher of this.spare.values()) watcher.close();
    this.spare.clear();
  }

  /** What happened since the last call; `undefined` when that is not known, and everything has to be looked at. */
  async take(): Promise<Happenings | undefined> {
    // What was written before this call is heard of when the loop has been at its poll phase.
    for (let turn = 0; turn < 2; turn++) await new Promise(setImmediate);
    const replaced = this.withLinks(this.replaced);
    const { files, directories } = this;
    const isKnown = this.isReliable && this.count < MANY && replaced.size < MANY_REPLACED;
    this.files = new Set();
    this.directories = new Set();
    this.replaced = new Set();
    this.count = 0;
    if (!isKnown) this.reopen(() => true);
    else if (replaced.size > 0) this.reopen((path) => isReplaced(path, replaced));
    return isKnown ? { files, directories, replaced } : undefined;
  }

  /** Whether `take` can know what has happened. */
  get isReliable(): boolean {
    return !this.isBroken && isTold;
  }

  /** Whether the listener is told of anything. */
  get isTelling(): boolean {
    return !this.isBroken;
  }

  private addWay(path: string): void {
    if (this.ways.has(path)) return;
    this.ways.add(path);
    const above = dirname(path);
    if (above !== path && !this.wanted.has(path)) this.addWay(above);
    if (isWithin(path, HIGHEST)) this.open(path);
  }

  private open(path: string): void {
    if (this.isBroken || this.watchers.has(path)) return;
    this.followLink(path);
    try {
      this.watchers.set(path, this.spare.get(path) ?? this.watcherOf(path));
      this.spare.delete(path);
    } catch (error) {
      // Otherwise the system allows no more of them.
      if (!NOTHING.includes((error as NodeJS.ErrnoException).code ?? '')) this.close();
    }
  }

  private watcherOf(path: string): FSWatcher {
    // Not persistent: it keeps no process alive.
    const watcher = watch(path, { persistent: false }, (event, name) => this.note(path, event, name));
    // Windows says so of a directory that goes.
    watcher.on('error', () => this.note(dirname(path), 'rename', path.slice(dirname(path).length + 1)));
    return watcher;
  }

  private followLink(path: string): void {
    const target = linkTarget(path);
    if (target === undefined || target === path) return;
    const links = this.links.get(target) ?? new Set();
    this.links.set(target, links.add(path));
    this.addWay(target);
  }

  private note(directory: string, event: string, name: string | null): void {
    this.count++;
    if (name === null) {
      this.count = MANY;
      this.listener.onHappening(directory);
      return;
    }
    const path = join(directory, name);
    const isNew = event === 'rename';
    if (isNew && (this.ways.has(path) || this.wanted.has(path))) this.replaced.add(path);
    else if (this.listener.isOfInterest(path)) this.files.add(path);
    else if (!isNew || !this.wanted.has(directory)) return;
    if (isNew && this.wanted.has(directory)) this.directories.add(directory);
    this.listener.onHappening(path);
  }

  /** With the links that lead there, and to what is below. */
  private withLinks(paths: ReadonlySet<string>): Set<string> {
    const all = new Set(paths);
    // What is added while it is walked is walked, too.
    for (const path of all) {
      if (all.size >= MANY_REPLACED) break;
      for (const [target, links] of this.links)
        if (isWithin(target, path)) for (const link of links) all.add(link);
    }
    return all;
  }

  /** Watches what is at the paths now. */
  private reopen(isMeant: (path: string) => boolean): void {
    const again = [...this.wanted, ...this.ways].filter(isMeant);
    for (const path of again) {
      this.watchers.get(path)?.close();
      this.watchers.delete(path);
    }
    // What is above first, as in `add`.
    for (const path of again.sort((a, b) => a.length - b.length)) this.open(path);
  }

  /** Watches nothing any more, and says so. */
  close(): void {
    this.isBroken = true;
    for (const watcher of this.watchers.values()) watcher.close();
    this.watchers.clear();
  }
}
