/** What survives from build to build. */
import type { EntryPath } from '../build';
import { load, save } from '../fs/store';
import { Memory } from './memory';
import { MinifiedMemory } from './minified';
import { Outputs } from './outputs';
import { readVersioned, type Saved, writeVersioned } from './saved';

/**
 * Give one to `dynapack({ cache })`, and make it outside of the task: a later build then reads, transforms and parses only
 * what has changed, and emits only the bundles that have. Tasks with transforms of their own need a cache of their own.
 */
export class Cache {
  private readonly memories = new Map<string, Memory>();
  private readonly outputs = new Map<string, Outputs>();
  private readonly loading = new Map<string, Promise<void>>();
  private readonly minified = new Map<string, Promise<MinifiedMemory>>();

  /** @param directory where modules are kept from process to process; in memory only without one */
  constructor(private readonly directory?: string) {}

  /** The modules of builds of a kind. */
  memoryFor(kind: Kind): Memory {
    return getOrMake(this.memories, keyOf(kind), () => new Memory(kind.isSpliced));
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

function entriesKey(kind: Kind, entries: readonly EntryPath[]): string {
  return JSON.stringify([keyOf(kind), entries.map(({ path, relative }) => `${path}\n${relative}`).sort()]);
}

function getOrMake<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
