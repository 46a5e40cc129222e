/** What survives from build to build. */
import { EventEmitter } from 'node:events';
import type { EntryPath } from '../build';
import { load, save } from '../fs/store';
import type { Finished } from '../run';
import type { BuildWarning } from '../warnings';
import { holds, type Written } from './evidence';
import { type KeptBuild, keptBuild } from './kept';
import { Memory } from './memory';
import { MinifiedMemory } from './minified';
import { Outputs } from './outputs';
import { readVersioned, type Saved, writeVersioned } from './saved';

/**
 * Give one to `dynapack({ cache })`, and make it outside of the task: a later build then reads, transforms and parses only
 * what has changed, and emits only the bundles that have. Tasks with transforms of their own need a cache of their own.
 *
 * The event `change` tells of everything that builds have looked at, or have looked for and not found: modules, package.json
 * files, directories, wherever they are. It comes as soon as something changes, with the path, as often as it does.
 */
export class Cache extends EventEmitter<{ change: [path: string]; newListener: [event: string] }> {
  private readonly memories = new Map<string, Memory>();
  private readonly outputs = new Map<string, Outputs>();
  private readonly loading = new Map<string, Promise<void>>();
  /** Keys of the builds that this process has kept. */
  private readonly kept = new Set<string>();
  private isListening = false;
  private readonly tell = (path: string): void => {
    this.emit('change', path);
  };
  private readonly minified = new Map<string, Promise<MinifiedMemory>>();

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
    for (const memory of this.memories.values()) memory.listen(this.tell);
  }

  /** The modules of builds of a kind. */
  memoryFor(kind: Kind): Memory {
    return getOrMake(this.memories, keyOf(kind), () => {
      const memory = new Memory(kind.isSpliced);
      if (this.isListening) memory.listen(this.tell);
      return memory;
    });
  }

  /** Waits for what earlier processes have left, once. */
  open(kind: Kind): Promise<void> {
    return getOrMake(this.loading, keyOf(kind), () => this.restore(kind));
  }

  private async restore(kind: Kind): Promise<void> {
    const data = this.directory === undefined ? undefined : await load(this.directory, keyOf(kind));
    const saved = data && readVersioned<Saved>(data);
    if (saved) this.memoryFor(kind).restore(saved);
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
  async keptBuild(kind: Kind, entries: readonly (EntryPath & Written)[]): Promise<KeptBuild | undefined> {
    const isWatched = this.loading.has(keyOf(kind));
    if (this.directory === undefined || isWatched || kind.isSpliced || this.isListening) return undefined;
    if (entries.some(({ file }) => file?.sourceMap)) return undefined;
    const data = await load(this.directory, keptKey(kind, entries));
    const kept = data && readVersioned<KeptBuild>(data);
    return kept && holds(kept.evidence, entries) ? kept : undefined;
  }

  /** Keeps the first build of these entries in this process for later ones. */
  async keepBuild(
    kind: Kind,
    entries: readonly (EntryPath & Written)[],
    build: Finished,
    warnings: readonly BuildWarning[],
  ): Promise<void> {
    const key = keptKey(kind, entries);
    if (this.directory === undefined || this.kept.has(key)) return;
    this.kept.add(key);
    const evidence = this.memoryFor(kind).evidenceOf(build.sources.paths);
    if (evidence === undefined || entries.some(({ file }) => file?.sourceMap)) return;
    await save(this.directory, key, writeVersioned(keptBuild(build, warnings, evidence)));
  }

  /** The outputs of builds of a kind with the same entries. */
  outputsFor(kind: Kind, entries: readonly EntryPath[]): Outputs {
    return getOrMake(this.outputs, entriesKey(kind, entries), () => new Outputs());
  }

  /**
   * The minified modules of such builds.
   * @param minifier stands for what minifies them, and how
   * @param isKept whether later processes may have them
   */
  minifiedFor(
    kind: Kind,
    entries: readonly EntryPath[],
    minifier: string,
    isKept: boolean,
  ): Promise<MinifiedMemory> {
    const key = `${entriesKey(kind, entries)} ${minifier}`;
    const make = () => new MinifiedMemory(isKept ? this.directory : undefined, key).open();
    return getOrMake(this.minified, key, make);
  }
}

/** Builds that can share what is known of modules. */
export interface Kind {
  /** Stands for the options. */
  signature: string;
  /** Whether transforms stand between the disk and the modules. */
  isSpliced: boolean;
}

const keyOf = ({ signature, isSpliced }: Kind): string => `${isSpliced ? 'spliced ' : ''}${signature}`;

const keptKey = (kind: Kind, entries: readonly EntryPath[]): string => `build ${entriesKey(kind, entries)}`;

function entriesKey(kind: Kind, entries: readonly EntryPath[]): string {
  return JSON.stringify([keyOf(kind), entries.map(({ path, relative }) => `${path}\n${relative}`).sort()]);
}

function getOrMake<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
