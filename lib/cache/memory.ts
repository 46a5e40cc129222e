/** What a cache remembers of modules, so that a later build reads and parses only what may have changed. */

import type { Sources } from '../core/unchanged';
import type { ModuleText } from '../draft';
import type { ResolutionObserver } from '../fs/resolve';
import type { ResolverSettings, ResolveSettings } from '../fs/settings';
import { mayHaveChanged, type Stamp, stampOf } from '../fs/stamps';
import { isVirtual } from '../fs/virtual';
import { type Happenings, isReplaced, isTold } from '../fs/watch';
import { sha256 } from '../hash';
import { fileOf } from '../module-path';
import type { Evidence } from './evidence';
import { Journal } from './journal';
import { type Asked, isSameInput, type Known, KnownModules } from './known';
import { noteAgain, observerOf } from './noting';
import { Places } from './places';
import { restoreModule, type Saved, saveModule } from './saved';

/** A point in a memory's life. */
export interface Mark {
  generation: number;
  at: number;
}

/** How much is known. */
interface Extent {
  modules: number;
  notes: number;
}

/** How many more modules, or notes, there may be than were in use. */
const withSpare = (used: number): number => 1.25 * used + 20;

const NO_STAMPS: NonNullable<Known['stamps']> = new Map();

/** Milliseconds after a build. */
const IDLE = 300;

/** Milliseconds from one look to the next where the system tells nothing. */
const PERIOD = 1000;

/** The modules of builds with the same options, by path. */
export class Memory {
  private readonly known = new KnownModules();
  private readonly places = new Places();
  /** When reading began, by path, for modules that have not come through. */
  private readonly pending = new Map<string, Stamp>();
  /** Modules to look at, whatever the system tells. */
  private readonly unsure = new Set<string>();
  private isWatching = false;
  /** Told of every change that may matter. */
  private onChange: ((path: string) => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** How many modules have been analysed since the last `save`. */
  private learned = 0;
  /** Paths of modules in the order in which they were learned. */
  private readonly journal = new Journal();
  /** More than this, and what no build uses is forgotten. */
  private most: Extent | undefined;
  /** Grows when specifiers may mean something else than before. */
  private generation = 0;
  /** Paths that may have changed, as of the last `refresh`. */
  private changed = new Set<string>();

  /** @param isSpliced whether transforms make the texts: what an earlier process knew then counts only where the text is the same */
  constructor(private readonly isSpliced: boolean) {}

  /** Looks what has changed on the disk. Called once per build, before anything else. */
  async refresh(): Promise<void> {
    const { happenings, hasNewManifest, hasNewNames } = await this.places.refresh();
    if (hasNewManifest) this.forget();
    const differing = this.suspects(happenings).filter((path) => this.mayDiffer(path));
    this.changed = new Set([...differing, ...this.known.open]);
    this.unsure.clear();
    // Another build is reading them, and does not hear of it.
    for (const path of this.pending.keys()) if (happenings?.files.has(fileOf(path))) this.unsure.add(path);
    if (hasNewNames) this.generation++;
  }

  /** What a later process may know. */
  save(): Saved {
    // What was read from the disk has a stamp.
    const current = [...this.known.all()].filter(
      (known) => known.stamp !== undefined && !known.isExtra && this.isResolved(known),
    );
    this.learned = 0;
    return { modules: current.map(saveModule), ...this.places.save() };
  }

  /** Takes what an earlier process knew. */
  restore({ modules, listings, manifests }: Saved): void {
    this.places.restore({ listings, manifests });
    for (const saved of modules) this.known.set({ ...restoreModule(saved), isRestored: true });
    if (this.isWatching) this.doubt();
  }

  /**
   * What shows that nothing has changed of a build; `undefined` when nothing can, or when later builds have learned more.
   * @param mark when it began
   */
  evidenceOf({ paths, modules }: Sources, { generation }: Mark): Evidence | undefined {
    if (this.isSpliced || this.known.incompletes().length > 0) return undefined;
    const isSame = paths.every((path, number) => this.known.get(path)?.module === modules[number]);
    if (!isSame || generation !== this.generation) return undefined;
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
    return { files, given, ...this.places.save() };
  }

  /** Whether the module was learned by an earlier process, and nothing was said of it yet in this one. */
  isNews(known: Known): boolean {
    const isNews = known.isRestored === true;
    if (isNews) known.isRestored = false;
    return isNews;
  }

  /** Whether enough is new to be worth saving. */
  isWorthSaving(): boolean {
    return this.learned > this.known.size / 20;
  }

  /** What the meaning of specifiers depends on is noted as they are resolved. */
  observer({ resolve }: ResolverSettings): ResolutionObserver {
    return observerOf(this.places, resolve);
  }

  /**
   * Forgets what no build uses any more, once it is a quarter of the rest: files may come and go, each with a name of its own. Called
   * while no build is under way.
   * @param isUsed whether a build that counts has the module at a path, or was about to read it
   */
  tidy(isUsed: (path: string) => boolean, { resolve }: ResolverSettings): void {
    const { modules, notes } = this.extent();
    const { most } = this;
    if (most && modules <= most.modules && notes <= most.notes) return;
    if (most) this.keep(isUsed, resolve);
    const kept = this.extent();
    this.most = { modules: withSpare(kept.modules), notes: withSpare(kept.notes) };
  }

  private extent(): Extent {
    const { known, pending, places, journal } = this;
    return { modules: known.size + pending.size, notes: places.size + journal.length };
  }

  private keep(isUsed: (path: string) => boolean, settings: ResolveSettings): void {
    // Which of these would be added again, only their transforms know.
    if (this.extras().filter(({ module }) => !isUsed(module.path)).length > withSpare(0)) this.forget();
    for (const { module, isExtra } of this.known.all())
      if (!isExtra && !isUsed(module.path)) this.drop(module.path);
    for (const path of this.pending.keys()) if (!isUsed(path)) this.pending.delete(path);
    this.journal.forget();
    this.places.keep(() => {
      for (const known of this.known.all()) noteAgain(this.places, known, settings);
      for (const path of this.pending.keys()) this.places.noteModule(fileOf(path));
    });
  }

  private drop(path: string): void {
    this.known.delete(path);
    this.changed.delete(path);
  }

  /**
   * Called when a build is over. Soon the system shall tell what changes, as far as it can; otherwise `refresh` goes on looking
   * at everything. A process that builds once has ended by then.
   */
  rest(): void {
    const late = this.places.takeLate();
    if (late !== undefined) this.onChange?.(late);
    if (!this.isWatching && isTold) setTimeout(() => this.watchDisk(), IDLE).unref();
  }

  /** Tells, from now on, whenever something has changed that builds have looked at, or have looked for. */
  listen(onChange: (path: string) => void): void {
    this.onChange = onChange;
    this.watchDisk();
    this.timer = setInterval(() => this.lookIfNobodyTells(), PERIOD).unref();
  }

  private watchDisk(): void {
    if (this.isWatching) return;
    this.isWatching = true;
    this.places.watchDisk({
      isOfInterest: (path) => this.isRead(path),
      onHappening: (path) => this.onChange?.(path),
    });
    this.doubt();
  }

  /** From now on the system tells, but not of what happened before. */
  private doubt(): void {
    for (const path of this.known.paths()) if (this.mayDiffer(path)) this.unsure.add(path);
  }

  /** Lets go of the system's resources. Whoever uses it still has to look at everything. */
  close(): void {
    clearInterval(this.timer);
    this.onChange = undefined;
    this.isWatching = true;
    this.places.close();
  }

  /** Whether a module is made from the file, or will be. */
  private isRead(file: string): boolean {
    if (this.known.isMade(file)) return true;
    for (const path of this.pending.keys()) if (fileOf(path) === file) return true;
    return false;
  }

  /** The system may allow no more watches. */
  private lookIfNobodyTells(): void {
    if (this.places.isTold) return;
    const outdated = [
      ...this.places.outdated(),
      ...this.known.paths().filter((path) => this.mayDiffer(path)),
    ];
    if (outdated[0] !== undefined) this.onChange?.(outdated[0]);
  }

  /** Known modules to look at: all, where nobody tells of changes. */
  private suspects(happenings: Happenings | undefined): string[] {
    if (happenings === undefined) return this.known.paths();
    const { files, replaced } = happenings;
    const written = [...files].flatMap((file) => this.known.modulesOf(file));
    const below = replaced.size > 0 ? this.known.madeFrom((file) => isReplaced(file, replaced)) : [];
    const suspects = new Set([...written, ...below, ...this.unsure, ...this.changed]);
    return [...suspects].filter((path) => this.known.has(path));
  }

  private mayDiffer(path: string): boolean {
    const { given, stamp, stamps = NO_STAMPS } = this.known.get(path) as Known;
    if ([...stamps].some(([file, before]) => mayHaveChanged(file, before))) return true;
    return given === undefined && !isVirtual(path) && mayHaveChanged(fileOf(path), stamp);
  }

  /** Where `changedSince` begins for what is built from now on. */
  mark(): Mark {
    return { generation: this.generation, at: this.journal.end };
  }

  /**
   * Modules that may not be what they were, incomplete ones excepted.
   * @param mark when the build began that they come from
   * @returns some of their paths; `undefined` when it may be any
   */
  changedSince({ generation, at }: Mark, { numbers, modules }: Sources): Set<string> | undefined {
    const learned = this.journal.since(at);
    if (generation !== this.generation || learned === undefined) return undefined;
    const suspects = [...this.changed, ...learned].filter((path) => {
      const number = numbers.get(path);
      if (number === undefined) return false;
      return this.changed.has(path) || this.known.get(path)?.module !== modules[number];
    });
    return new Set(suspects);
  }

  /** Modules with references that mean nothing: they may mean something at any time. */
  incompletes(): Known[] {
    return this.known.incompletes();
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
  recallText(text: ModuleText): Known | undefined {
    const known = this.known.get(text.path);
    return known && isSameInput(known.text, text) && this.isResolved(known) ? known : undefined;
  }

  /** The modules that transforms added. */
  extras(): Known[] {
    return this.known.extras();
  }

  /** Notes what a file is before it is read. */
  willRead(path: string): void {
    // Another build reads it, too, and which of them learns what is not known.
    if (this.pending.has(path)) this.unsure.add(path);
    this.places.noteModule(fileOf(path));
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
    if (this.known.get(path)?.module !== known.module) this.journal.note(path);
    const { dependencies = [] } = known.module;
    for (const file of dependencies) this.places.noteModule(file);
    const stamps = new Map(dependencies.map((file) => [file, stampOf(file)]));
    const learned = { ...known, generation, ...(stamps.size > 0 && { stamps }) };
    this.known.set(isOnDisk ? { ...learned, stamp } : learned);
    this.changed.delete(path);
    if (isVirtual(path)) return;
    this.places.noteModule(fileOf(path));
  }

  private stampFor({ module: { path }, stamp, isExtra }: Known): Stamp {
    // What a transform has added is mostly on no disk.
    if (!this.pending.has(path)) return isExtra ? stampOf(fileOf(path)) : stamp;
    const read = this.pending.get(path);
    this.pending.delete(path);
    return read;
  }

  /** Paths of the modules that are made from a file, known or not. */
  modulesOf(file: string): string[] {
    return this.known.modulesOf(file);
  }

  private forget(): void {
    this.learned = Number.POSITIVE_INFINITY;
    this.generation++;
    this.known.clear();
    this.journal.forget();
    this.unsure.clear();
    this.changed.clear();
  }
}
