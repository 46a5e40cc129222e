import { sha256 } from '../hash';
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
}

/** What a call of `scripts()` has emitted. */
interface Emitted {
  /** What it was made from. */
  metadata: object;
  revision: number;
  /** File name → hash of its text. */
  hashes: ReadonlyMap<string, string>;
}

/** What the `scripts()` of builds of the same entries with the same options remember from build to build. */
export class ScriptsMemory implements ServedKnown {
  /** Bundles that have not changed do not come by again. */
  readonly aliases = new Aliases();
  readonly integrity = new Map<string, string>();
  readonly texts = new Map<string, ServedText>();
  readonly patches = new Map<string, readonly KnownPatch[]>();
  private readonly emitted = new Map<string, Emitted>();
  /** Grows with what is learned. */
  private revision = 0;

  learn({ aliases, integrity, texts, patches }: ServedKnown): void {
    const isNew = [
      this.aliases.absorb(aliases),
      addAll(this.integrity, integrity),
      addAll(this.texts, texts),
      addAll(this.patches, patches),
    ];
    if (isNew.includes(true)) this.revision++;
  }

  /**
   * Whether a call has emitted already what it would now.
   * @param call stands for the call within its build
   * @param metadata of the build; the same object while the split is the same
   */
  isEmitted(call: string, metadata: object): boolean {
    const emitted = this.emitted.get(call);
    return emitted?.metadata === metadata && emitted.revision === this.revision;
  }

  /**
   * Those files whose text is not the one that the call has emitted last.
   * @param files name and text of each
   */
  toEmit(
    call: string,
    metadata: object,
    files: readonly (readonly [string, string])[],
  ): (readonly [string, string])[] {
    const before = this.emitted.get(call)?.hashes;
    const hashes = new Map(files.map(([name, text]) => [name, sha256(text)]));
    this.emitted.set(call, { metadata, revision: this.revision, hashes });
    return files.filter(([name]) => before?.get(name) !== hashes.get(name));
  }

  /** Nothing that was emitted counts any more. */
  forgetEmitted(): void {
    this.emitted.clear();
  }
}
