/**
 * States: which version of each asset was served at one time. They are recorded as releases, so that a cookie can say
 * what a visitor holds with a number and a few bits, and so that texts which their source no longer has, such as yesterday's
 * file, can still be what a patch is made from.
 */
import { isSameContent, type Release, type ReleasedBundle, writeManifest } from '../releases/manifest';
import type { ReleaseStore } from '../releases/store';
import type { HeldText } from './texts';

/** One asset in a state. */
export interface Entry {
  /** Of the asset, or `<id>#<version>` for one that a page has asked for beside its head. */
  key: string;
  /** Of the text. */
  version: string;
  /** How the version is called. */
  name: string;
  /** Bytes of the text. */
  size: number;
  /** Place in the bit masks of cookies. */
  index: number;
}

export interface State {
  id: string;
  release: Release;
  /** Sorted by key. */
  entries: readonly Entry[];
  /** Id of an asset → what the state has of it. */
  byAsset: ReadonlyMap<string, readonly Entry[]>;
}

/** What a state is made of: key → version, name and size. */
export type Content = Record<string, ReleasedBundle>;

const releaseOf = (bundles: Content) => ({ bundles, roots: {}, entries: {} });

/** Milliseconds for which a state that nobody knows is not looked for again. */
const PATIENCE = 1_000;

export class States {
  /** By id, oldest first. */
  private readonly known = new Map<string, State>();
  private newest: State | undefined;
  /** Of all texts of all states, once somebody has asked. */
  private versions: Set<string> | undefined;
  private listed = Number.NEGATIVE_INFINITY;

  /**
   * @param store which other instances may share
   * @param warn is told when it fails: states are then known to this process only
   */
  constructor(
    private readonly store: ReleaseStore,
    private readonly warn: (error: Error) => void,
  ) {}

  /**
   * Records what is served now, if that is anything new.
   * @param texts by version: those that no other place keeps
   * @param keep how many states there may be afterwards
   */
  async record(content: Content, texts: ReadonlyMap<string, HeldText>, keep: number): Promise<State> {
    const wanted = releaseOf(content);
    if (this.newest && isSameContent(this.newest.release, wanted)) return this.newest;
    try {
      await this.store.record(wanted, texts, keep - 1);
      await this.list();
    } catch (error) {
      this.warn(error as Error);
    }
    const recorded = [...this.known.values()].reverse().find(({ release }) => isSameContent(release, wanted));
    this.newest = recorded ?? this.improvise(content);
    return this.newest;
  }

  /** The state that was served before another one. */
  previous(state: State): State | undefined {
    const states = [...this.known.values()];
    return states[states.indexOf(state) - 1];
  }

  /** The state with an id, if it is known here. */
  peek(id: string): State | undefined {
    return this.known.get(id);
  }

  /** The state with an id that a visitor has named; other instances may have recorded it. */
  async find(id: string): Promise<State | undefined> {
    const found = this.known.get(id);
    if (found || performance.now() - this.listed < PATIENCE) return found;
    await this.list().catch(this.warn);
    return this.known.get(id);
  }

  /** What was served once of an asset, by its version, the beginning of it, or its name; of several, the newest. */
  findEntry(id: string, reference: string): Entry | undefined {
    for (const { byAsset } of [...this.known.values()].reverse()) {
      const found = byAsset.get(id)?.find((entry) => isCalled(entry, reference));
      if (found) return found;
    }
    return undefined;
  }

  /** Whether a version of any asset is in a state that visitors may have. */
  isServed(version: string): boolean {
    const all = [...this.known.values()];
    this.versions ??= new Set(all.flatMap(({ entries }) => entries.map((entry) => entry.version)));
    return this.versions.has(version);
  }

  /** Learns which states there are, also those of other instances. */
  private async list(): Promise<void> {
    this.listed = performance.now();
    const releases = await this.store.list();
    const before = new Map(this.known);
    this.known.clear();
    this.versions = undefined;
    for (const release of releases) this.remember(before.get(release.id) ?? makeState(release));
    if (this.newest && !this.known.has(this.newest.id)) this.remember(this.newest);
  }

  /** A state that could not be recorded. */
  private improvise(content: Content): State {
    const number = (this.newest?.release.number ?? 0) + 1;
    const { id } = writeManifest(number, releaseOf(content));
    const state = makeState({ id, number, ...releaseOf(content) });
    this.remember(state);
    return state;
  }

  private remember(state: State): void {
    this.known.set(state.id, state);
    this.versions = undefined;
  }
}

/** The asset of an entry's key. */
export const idOf = (key: string): string => key.replace(/#.*$/s, '');

function makeState(release: Release): State {
  const keys = Object.keys(release.bundles).sort((a, b) => (a < b ? -1 : 1));
  const entries = keys.map((key, index): Entry => {
    const { version, served, size } = release.bundles[key] as ReleasedBundle;
    return { key, version, name: served, size, index };
  });
  const byAsset = new Map<string, Entry[]>();
  for (const entry of entries) {
    const id = idOf(entry.key);
    byAsset.set(id, [...(byAsset.get(id) ?? []), entry]);
  }
  return { id: release.id, release, entries, byAsset };
}

const SHORT = 11;

const isCalled = ({ name, version }: Entry, reference: string): boolean =>
  name === reference || (reference.length >= SHORT && version.startsWith(reference));
