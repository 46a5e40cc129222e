/** What is remembered of minified modules, so that a later build minifies only those whose text has changed. */
import { load, save } from '../fs/store';
import { sha256 } from '../hash';
import type { MinifiedModule } from '../minify/minify';
import { readVersioned, writeVersioned } from './saved';

/** A module before and after. */
interface Known {
  /** Text before, or its hash where another process minified it. */
  before: string | { hash: string };
  path: string;
  after: MinifiedModule;
  /** How many builds have come by without it. */
  unused?: number;
}

/** After so many builds without it a module is forgotten: it may be one of another task's entries, or is needed no more. */
const UNUSED = 32;

type Saved = [id: string, known: Known & { before: { hash: string } }][];

/** The modules of the builds with the same options and the same minifier. */
export class MinifiedMemory {
  private readonly known = new Map<string, Known>();
  private learned = 0;

  /**
   * @param directory where it is kept from process to process, if at all
   * @param key its name there
   */
  constructor(
    private readonly directory: string | undefined,
    private readonly key: string,
  ) {}

  /** Waits for what earlier processes have left. */
  async open(): Promise<this> {
    const data = this.directory === undefined ? undefined : await load(this.directory, this.key);
    for (const [id, known] of (data && readVersioned<Saved>(data)) ?? []) this.known.set(id, known);
    return this;
  }

  /** What the text of a module was made into. */
  recall(id: string, path: string, before: string): MinifiedModule | undefined {
    const known = this.known.get(id);
    if (known?.path !== path) return undefined;
    const isSame =
      typeof known.before === 'string' ? known.before === before : known.before.hash === sha256(before);
    if (!isSame) return undefined;
    known.before = before;
    return known.after;
  }

  learn(id: string, path: string, before: string, after: MinifiedModule): void {
    this.known.set(id, { before, path, after });
    this.learned++;
  }

  /**
   * Forgets modules that have been in no bundle for long, and leaves the others to later processes if enough of them are new.
   * @param ids of the modules of a build
   */
  async close(ids: ReadonlySet<string>): Promise<void> {
    for (const [id, known] of this.known) {
      known.unused = ids.has(id) ? 0 : (known.unused ?? 0) + 1;
      if (known.unused > UNUSED) this.known.delete(id);
    }
    if (this.directory === undefined || this.learned <= this.known.size / 20) return;
    this.learned = 0;
    const saved = [...this.known].map(([id, { before, unused: _, ...rest }]) => {
      const hash = typeof before === 'string' ? sha256(before) : before.hash;
      return [id, { ...rest, before: { hash } }];
    });
    await save(this.directory, this.key, writeVersioned(saved));
  }
}
