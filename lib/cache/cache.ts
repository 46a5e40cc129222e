/** What survives from build to build. */
import type { Build, EntryPath } from '../build';
import { load, save } from '../fs/store';
import type { Bundle } from '../model';
import { Aliases } from '../render/aliases';
import { Memory } from './memory';
import { read, write } from './saved';

/** What is remembered of the builds of the same entries with the same options. */
export class Outputs {
  /** The last build whose Files were all taken. */
  build: Build | undefined;
  /** What `scripts()` was told of bundles: those that have not changed do not come by again. */
  readonly served = { aliases: new Aliases(), integrity: new Map<string, string>() };

  /** The bundles whose text or map differs from what was emitted last. */
  changed({ bundles }: Build): Bundle[] {
    const before = new Map(this.build?.bundles.map((bundle) => [bundle.name, bundle]));
    return bundles.filter((bundle) => {
      const known = before.get(bundle.name);
      if (known === bundle) return false;
      return known?.contents !== bundle.contents || JSON.stringify(known.map) !== JSON.stringify(bundle.map);
    });
  }
}

/**
 * Give one to `dynapack({ cache })`, and make it outside of the task: a later build then reads, transforms and parses only
 * what has changed, and emits only the bundles that have. Tasks with transforms of their own need a cache of their own.
 */
export class Cache {
  private readonly memories = new Map<string, Memory>();
  private readonly outputs = new Map<string, Outputs>();
  private readonly loading = new Map<string, Promise<void>>();

  /** @param directory where modules are kept from process to process; in memory only without one */
  constructor(private readonly directory?: string) {}

  /**
   * The modules of builds with the same options.
   * @param signature what stands for the options
   */
  memoryFor(signature: string): Memory {
    return getOrMake(this.memories, signature, () => new Memory());
  }

  /** Makes the next build emit everything: what an earlier one has emitted may not have been written. */
  forgetOutputs(): void {
    this.outputs.clear();
  }

  /** Waits for what earlier processes have left, once. */
  open(signature: string): Promise<void> {
    return getOrMake(this.loading, signature, () => this.restore(signature));
  }

  private async restore(signature: string): Promise<void> {
    const data = this.directory === undefined ? undefined : await load(this.directory, signature);
    const saved = data && read(data);
    if (saved) this.memoryFor(signature).restore(saved);
  }

  /** Leaves what is known to later processes, if enough of it is new. */
  async close(signature: string): Promise<void> {
    const memory = this.memoryFor(signature);
    if (this.directory === undefined || !memory.isWorthSaving()) return;
    await save(this.directory, signature, write(memory.save()));
  }

  /** The outputs of builds with the same options and entries. */
  outputsFor(signature: string, entries: readonly EntryPath[]): Outputs {
    const named = entries.map(({ path, relative }) => `${path}\n${relative}`).sort();
    return getOrMake(this.outputs, JSON.stringify([signature, named]), () => new Outputs());
  }
}

function getOrMake<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}
