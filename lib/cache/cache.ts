/** What survives from build to build. */
import { EventEmitter } from 'node:events';
import type { ResolverSettings } from '../fs/settings';
import { load, save } from '../fs/store';
import type { EntryPath } from '../plan';
import { Recent } from '../recent';
import type { Finished } from '../run';
import { Told } from '../told';
import { Destinations } from './destinations';
import { type Earlier, findDropped } from './dropped-entries';
import { holds, type Written } from './evidence';
import { type Mark, Memory } from './memory';
import { MinifiedMemory } from './minified';
import { readVersioned, type Saved, writeVersioned } from './saved';
import { type StoredBuild, toStored } from './stored-build';

/** Sets of options, sets of entries, and minifiers, of which something is kept: more than a project has. Those used last count. */
const MOST_KINDS = 8;
const MOST_ENTRIES = 8;
const MOST_MINIFIERS = 4;

/** What is known of the builds of a kind. */
interface Shelf {
  memory: Memory;
  /** Resolves when what earlier processes have left is known, too. */
  opening: Promise<void> | undefined;
  /** Builds under way. */
  running: number;
  programs: Recent<Program>;
  destinations: Destinations;
  minified: Recent<{ memory?: Promise<MinifiedMemory> }>;
}

/** What is remembered of the builds of the same entries. */
interface Program {
  /** The last one, and when it began. */
  last?: { build: Finished; mark: Mark } & Earlier;
  /** What one that has failed since was made of, besides what it took from that one. */
  tried?: ReadonlySet<string> | undefined;
  /** Whether this process has left one to later ones. */
  isStored: boolean;
}

/**
 * Give one to `dynapack({ cache })`, and make it outside of the task: a later build then reads, transforms and parses only
 * what has changed, and emits only the bundles that have. Tasks with transforms of their own need a cache of their own.
 *
 * The event `change` tells of everything that builds have looked at, or have looked for and not found: modules, package.json
 * files, directories, wherever they are. It comes as soon as something changes, with the path, as often as it does.
 */
export class Cache extends EventEmitter<{ change: [path: string]; newListener: [event: string] }> {
  readonly told = new Told();
  private readonly shelves = new Recent<Shelf>(
    MOST_KINDS,
    (key) => this.newShelf(key),
    ({ memory }) => memory.close(),
  );
  private isListening = false;
  private readonly tell = (path: string): void => {
    this.emit('change', path);
  };

  /** @param directory where modules are kept from process to process; in memory only without one */
  constructor(private readonly directory?: string) {
    super();
    this.on('newListener', (event) => {
      if (event === 'change') this.listen();
    });
  }

  private listen(): void {
    if (this.isListening) return;
    this.isListening = true;
    for (const { memory } of this.shelves.all()) memory.listen(this.tell);
  }

  private newShelf(key: string): Shelf {
    const memory = new Memory(key.startsWith(SPLICED));
    if (this.isListening) memory.listen(this.tell);
    return {
      memory,
      opening: undefined,
      running: 0,
      programs: new Recent<Program>(MOST_ENTRIES, () => ({ isStored: false })),
      destinations: new Destinations(),
      minified: new Recent(MOST_MINIFIERS, () => ({})),
    };
  }

  private shelf(kind: Kind): Shelf {
    return this.shelves.get(keyOf(kind));
  }

  /** The modules of builds of a kind. */
  memoryFor(kind: Kind): Memory {
    return this.shelf(kind).memory;
  }

  /** Waits for what earlier processes have left, once. */
  open(kind: Kind): Promise<void> {
    const shelf = this.shelf(kind);
    shelf.opening ??= this.restore(kind, shelf.memory);
    return shelf.opening;
  }

  /**
   * Notes that a build is under way.
   * @returns to be called when it is over, at least once
   */
  begin(kind: Kind, settings: ResolverSettings): () => void {
    const shelf = this.shelf(kind);
    shelf.running++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      shelf.running--;
      if (shelf.running === 0) tidy(shelf, settings);
    };
  }

  private async restore(kind: Kind, memory: Memory): Promise<void> {
    const data = this.directory === undefined ? undefined : await load(this.directory, keyOf(kind));
    const saved = data && readVersioned<Saved>(data);
    if (saved) memory.restore(saved);
  }

  /** Leaves what is known to later processes, if enough of it is new. */
  async close(kind: Kind): Promise<void> {
    const memory = this.memoryFor(kind);
    if (this.directory === undefined || !memory.isWorthSaving()) return;
    await save(this.directory, keyOf(kind), writeVersioned(memory.save()));
  }

  /**
   * The build of these entries that an earlier process has kept, when nothing has changed since. Modules are not looked at any
   * more then, until a build in this process has to.
   */
  async storedBuild(kind: Kind, entries: readonly (EntryPath & Written)[]): Promise<StoredBuild | undefined> {
    const isWatched = this.shelf(kind).opening !== undefined;
    if (this.directory === undefined || isWatched || kind.isSpliced || this.isListening) return undefined;
    if (entries.some(({ file }) => file?.sourceMap)) return undefined;
    const data = await load(this.directory, buildKey(kind, entries));
    const kept = data && readVersioned<StoredBuild>(data);
    return kept && holds(kept.evidence, entries) ? kept : undefined;
  }

  /** Keeps the first build of these entries in this process for later ones. */
  async storeBuild(
    kind: Kind,
    entries: readonly (EntryPath & Written)[],
    build: Finished,
    mark: Mark,
  ): Promise<void> {
    const program = this.programFor(kind, entries);
    if (this.directory === undefined || program.isStored) return;
    program.isStored = true;
    const evidence = this.memoryFor(kind).evidenceOf(build.sources, mark);
    if (evidence === undefined || entries.some(({ file }) => file?.sourceMap)) return;
    await save(this.directory, buildKey(kind, entries), writeVersioned(toStored(build, evidence)));
  }

  /** The builds of a kind with the same entries. */
  programFor(kind: Kind, entries: readonly EntryPath[]): Program {
    return this.shelf(kind).programs.get(programKey(kind, entries));
  }

  /** Entries of an earlier build of the kind that are missing, because they have not changed. */
  droppedFrom(kind: Kind, entries: readonly string[]): string[] {
    return findDropped(
      entries,
      this.shelf(kind)
        .programs.all()
        .flatMap(({ last = [] }) => last),
    );
  }

  /** Where the outputs of builds of a kind have gone. */
  destinationsFor(kind: Kind): Destinations {
    return this.shelf(kind).destinations;
  }

  /**
   * The minified modules of builds of a kind.
   * @param minifier stands for what minifies them, and how
   * @param isKept whether later processes may have them
   */
  minifiedFor(kind: Kind, minifier: string, isKept: boolean): Promise<MinifiedMemory> {
    const key = `${keyOf(kind)} ${minifier}`;
    const slot = this.shelf(kind).minified.get(minifier);
    slot.memory ??= new MinifiedMemory(isKept ? this.directory : undefined, key).open();
    return slot.memory;
  }
}

/** Lets the memory forget what no build of these entries has used. */
function tidy({ memory, programs }: Shelf, settings: ResolverSettings): void {
  const used = programs.all().flatMap(({ last, tried }) => [last?.build.sources.numbers, tried]);
  memory.tidy((path) => used.some((paths) => paths?.has(path)), settings);
}

/** Builds that can share what is known of modules. */
export interface Kind {
  /** Stands for the options. */
  signature: string;
  /** Whether transforms stand between the disk and the modules. */
  isSpliced: boolean;
  /** See `PlanOptions`: builds are others by it, of the same modules. */
  keepNames: boolean;
}

const SPLICED = 'spliced ';

const keyOf = ({ signature, isSpliced }: Kind): string => `${isSpliced ? SPLICED : ''}${signature}`;

const buildKey = (kind: Kind, entries: readonly EntryPath[]): string =>
  `build ${keyOf(kind)} ${programKey(kind, entries)}`;

const programKey = ({ keepNames }: Kind, entries: readonly EntryPath[]): string =>
  JSON.stringify([keepNames, ...entries.map(({ path, relative }) => `${path}\n${relative}`).sort()]);
