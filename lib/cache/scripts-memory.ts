import { Aliases, addAll } from '../render/aliases';
import type { KnownPatch, ServedText } from '../render/served';

/** What is known of served bundles. */
export interface ServedKnown {
  aliases: Aliases;
  /** By bundle name, as all below; where it is asked for. */
  integrity: ReadonlyMap<string, string>;
  /** With updates. */
  texts: ReadonlyMap<string, ServedText>;
  patches: ReadonlyMap<string, readonly KnownPatch[]>;
  /** With budgets. */
  contents: ReadonlyMap<string, Buffer>;
}

/** A file that `scripts()` gives out. */
interface Script {
  name: string;
  contents: string;
}

/** What a call of `scripts()` remembers from build to build, of bundles that go to the same place. */
export class ScriptsMemory implements ServedKnown {
  /** Bundles that have not changed do not come by again. */
  readonly aliases = new Aliases();
  readonly integrity = new Map<string, string>();
  readonly texts = new Map<string, ServedText>();
  readonly patches = new Map<string, readonly KnownPatch[]>();
  readonly contents = new Map<string, Buffer>();
  /** Bytes after brotli, of contents. */
  /** What was made of all that is known, and of this metadata; the same object while the split is the same. */
  private made: { metadata: object; scripts: readonly Script[] } | undefined;
  private isEmpty = true;

  learn({ aliases, integrity, texts, patches, contents }: ServedKnown): void {
    const isNew = [
      this.aliases.absorb(aliases),
      addAll(this.integrity, integrity),
      addAll(this.texts, texts),
      addAll(this.patches, patches),
    ];
    addAll(this.contents, contents);
    this.isEmpty = false;
    if (isNew.includes(true)) this.made = undefined;
  }

  /** Takes over what an earlier build has left, of the bundles of these names that nothing is known of yet. */
  inherit(earlier: ScriptsMemory, bundles: ReadonlyMap<string, unknown>): void {
    this.aliases.inherit(earlier.aliases, bundles.keys());
    for (const name of bundles.keys()) {
      inheritOne(this.integrity, earlier.integrity, name);
      inheritOne(this.texts, earlier.texts, name);
      inheritOne(this.patches, earlier.patches, name);
      inheritOne(this.contents, earlier.contents, name);
    }
    this.made = this.isEmpty ? earlier.made : undefined;
    this.isEmpty = false;
  }

  /** The files for the metadata; made again when something else is known. */
  scriptsFor(metadata: object, make: () => readonly Script[]): readonly Script[] {
    if (this.made?.metadata !== metadata) this.made = { metadata, scripts: make() };
    return this.made.scripts;
  }
}

function inheritOne<Value>(map: Map<string, Value>, earlier: ReadonlyMap<string, Value>, key: string): void {
  const value = earlier.get(key);
  if (value !== undefined && !map.has(key)) map.set(key, value);
}
