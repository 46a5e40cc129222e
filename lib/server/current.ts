/** What is served now: the head of every asset, and what else pages have asked for. */
import type { Release, ReleasedBundle } from '../releases/manifest';
import type { Asset } from './assets';
import type { Catalog } from './catalog';
import { withDeadline } from './deadline';
import { silentSource, unknownAsset } from './failures';
import { longText } from './file-texts';
import type { Piece } from './formats';
import { Lru } from './lru';
import { Pins } from './pins';
import { rebaseStyle } from './rebase';
import type { Settings } from './settings';
import { nameOf } from './sources/release';
import { FileVersion, longBytesOf, markOf, type SourceText, typeOf } from './sources/source';
import { type Content, type Entry, idOf, type State, type States } from './states';
import type { HeldText, Texts } from './texts';

/** A version of an asset that pages are given. */
export interface Offer {
  id: string;
  entry: Entry;
  type: 'js' | 'css';
  /** What pages get whose visitors have it. */
  reference: Piece;
}

export interface Served {
  state: State;
  /** By key. */
  offers: ReadonlyMap<string, Offer>;
  /** Entry of a dynapack site → the bundles that its pages start with. */
  entries: Readonly<Record<string, readonly string[]>>;
  /** Key → why there is no offer. */
  failures: ReadonlyMap<string, Error>;
  /** What pages may ask for: ids, aliases, bundles and entries. */
  names: readonly string[];
  /** Where releases should be, when there are none. */
  emptyPlace: string | undefined;
}

/** What part of `refresh` passes before the next look begins while requests come. */
const EARLY = 0.5;
/** Milliseconds that a look waits for a source. */
const PATIENCE = 5_000;
/** Versions that pages were lent, which the endpoint knows for that. */
const MOST_LENT = 1_000;
/** Styles of releases that are known to be fit for pages, or not. */
const MOST_STYLES = 1_000;
/** Bytes of texts that states of the development mode may have in all. */
const DEV_LIMIT = 100 * 1024 * 1024;

export const keyOf = (id: string, reference: string): string =>
  reference === 'HEAD' ? id : `${id}#${reference}`;

/** A look at the sources. */
interface Look {
  /** When it began, in milliseconds of the process's own clock, which nobody sets. */
  since: number;
  found: Promise<Served>;
  /** Assets have changed since. */
  isOutdated: boolean;
}

export class Current {
  /** What the last look has found, and when that began. */
  private ready: { served: Served; since: number } | undefined;
  private looking: Look | undefined;
  private next: Promise<Served> | undefined;
  private last: Served | undefined;
  private readonly pins = new Pins();
  /** Key → what was found last. */
  private readonly added = new Map<string, { mark: string; version: string; size: number }>();
  /** Version of a style of a release → whether pages can have it. */
  private readonly styles = new Lru<Error | 'fit'>(MOST_STYLES);
  /** Id and version → reference. */
  private readonly lent = new Lru<string>(MOST_LENT);

  constructor(
    private readonly settings: Settings,
    private readonly catalog: Catalog,
    private readonly states: States,
    private readonly texts: Texts,
    /** Is told of every new state. */
    private readonly onChange: (state: State) => void,
  ) {}

  /**
   * What is served now, by a look that began no more than `refresh` seconds ago; in development, or when `refresh` is 0, by one that
   * begins now.
   */
  async get(): Promise<Served> {
    const known = this.peek();
    if (known) return known;
    const { looking } = this;
    return looking && !looking.isOutdated && this.isRecent(looking) ? looking.found : this.refreshAfter();
  }

  /** The same, if that is known without asking anybody. Where many ask, nobody has to wait: the next look begins early. */
  peek(): Served | undefined {
    if (this.ready === undefined || !this.isRecent(this.ready)) return undefined;
    if (!this.isRecent(this.ready, EARLY) && this.looking === undefined) this.refresh().catch(() => {});
    return this.ready.served;
  }

  /** Forgets what is served: assets have changed. */
  invalidate(): void {
    this.ready = undefined;
    if (this.looking) this.looking.isOutdated = true;
  }

  /**
   * The offer of a version beside the head. From then on it is served as heads are; when too many are, it is lent: no cookie names
   * it, so that every page holds it anew.
   * @throws (rejects with) UNKNOWN_VERSION, and what the source throws
   */
  async pin(asset: Asset, reference: string): Promise<Offer> {
    const key = keyOf(asset.id, reference);
    const found = await this.read(asset, reference);
    if (found === undefined) throw await this.catalog.explain(asset, reference);
    if (this.pins.add(key, { asset, reference })) return offerFor(await this.refreshAfter(), key);
    return this.lend(asset.id, key, reference, found);
  }

  /** What the source calls a version that was lent. */
  lentReference(id: string, version: string): string | undefined {
    return this.lent.get(`${id} ${version}`);
  }

  private lend(id: string, key: string, reference: string, found: SourceText): Offer {
    const { name, type = 'js' } = found;
    const { version, size } = this.texts.add(found);
    this.lent.set(`${id} ${version}`, reference, 1);
    const entry = { key, version, name, size, index: -1 };
    return { id, entry, type, reference: makeReference(id, entry, type) };
  }

  private isRecent({ since }: { since: number }, share = 1): boolean {
    return !this.settings.dev && performance.now() - since < this.settings.refresh * 1000 * share;
  }

  /** A look at the sources that begins now, or when the one that is under way has ended: all who ask meanwhile share it. */
  private refreshAfter(): Promise<Served> {
    if (this.looking === undefined) return this.refresh();
    this.next ??= this.looking.found
      .catch(() => {})
      .then(() => {
        this.next = undefined;
        return this.refresh();
      });
    return this.next;
  }

  private refresh(): Promise<Served> {
    const look: Look = { since: performance.now(), found: this.lookOrKeep(), isOutdated: false };
    this.looking = look;
    look.found.then(
      (served) => this.end(look, served),
      () => this.end(look),
    );
    return look.found;
  }

  /** What a look has found counts, unless assets have changed meanwhile. Who asks after one that has failed begins another. */
  private end({ since, isOutdated }: Look, served?: Served): void {
    this.looking = undefined;
    if (served && !isOutdated) this.ready = { served, since };
  }

  /** When the places of states or releases fail, what was served goes on being served. */
  private async lookOrKeep(): Promise<Served> {
    try {
      return await this.look();
    } catch (error) {
      if (this.last) return this.last;
      throw error;
    }
  }

  private async look(): Promise<Served> {
    const found = await this.readAll();
    const release = await this.catalog.releases.latest();
    const content = await this.contentOf(release, found.failures);
    const texts = new Map<string, HeldText>();
    for (const [key, one] of found.texts) {
      const known = this.added.get(key);
      // A text that has not changed has not to be hashed again.
      const added = known?.mark === markOf(one) ? known : { mark: markOf(one), ...this.texts.add(one) };
      this.added.set(key, added);
      texts.set(added.version, longBytesOf(one) ?? one.text);
      content[key] = { version: added.version, served: one.name, size: added.size };
    }
    const before = this.last?.state;
    const state = await this.states.record(content, texts, this.keep(texts));
    const offers = makeOffers(state, found.texts, (entry) => this.servedName(entry, release));
    const entries = release?.entries ?? {};
    const names = [
      ...this.catalog.assets.names(),
      ...Object.keys(release?.bundles ?? {}),
      ...Object.keys(entries),
    ];
    const emptyPlace = release === undefined ? this.catalog.releases.place() : undefined;
    this.last = { state, offers, entries, failures: found.failures, names, emptyPlace };
    if (state !== before) this.onChange(state);
    return this.last;
  }

  /** Every registered asset and every pin; one that fails now is served as it was last. */
  private async readAll(): Promise<{ texts: Map<string, SourceText>; failures: Map<string, Error> }> {
    const texts = new Map<string, SourceText>();
    const failures = new Map<string, Error>();
    const heads = this.catalog.assets.list().map((asset) => ({ asset, reference: 'HEAD' }));
    await Promise.all(
      [...heads, ...this.pins.list()].map(async ({ asset, reference }) => {
        const key = keyOf(asset.id, reference);
        try {
          const found = await this.read(asset, reference);
          if (found === undefined) throw await this.catalog.explain(asset, reference);
          texts.set(key, found);
        } catch (error) {
          const last = await this.lastText(key);
          if (last) texts.set(key, last);
          else failures.set(key, error as Error);
        }
      }),
    );
    return { texts, failures };
  }

  /** A source that does not answer, such as a repository behind a dead line, holds nobody up for long. */
  private read(asset: Asset, reference: string): Promise<SourceText | undefined> {
    return withDeadline(this.catalog.read(asset, reference), PATIENCE, () => {
      throw silentSource(asset.id, asset.source, PATIENCE / 1000);
    });
  }

  private async lastText(key: string): Promise<SourceText | undefined> {
    const offer = this.last?.offers.get(key);
    const held = offer && (await this.texts.find(offer.entry.version));
    if (offer === undefined || held === undefined) return undefined;
    const { name, version } = offer.entry;
    const file = typeof held === 'string' ? { text: held, version } : longText(held, version);
    return new FileVersion(name, file, offer.type);
  }

  /** The bundles of a release that are not registered as something else, and can be served. */
  private async contentOf(release: Release | undefined, failures: Map<string, Error>): Promise<Content> {
    const content: Content = {};
    for (const [name, bundle] of Object.entries(release?.bundles ?? {})) {
      if (this.catalog.assets.get(name) !== undefined) continue;
      const failure = typeOf(name) === 'css' ? await this.failureOf(name, bundle) : undefined;
      if (failure) failures.set(name, failure);
      else content[name] = { ...bundle, served: nameOf(bundle) };
    }
    return content;
  }

  /** Why pages cannot have a style of a release, whose text is as it is. */
  private async failureOf(name: string, { version, served }: ReleasedBundle): Promise<Error | undefined> {
    const known = this.styles.get(version);
    if (known !== undefined) return known === 'fit' ? undefined : known;
    try {
      rebaseStyle({ id: name, source: 'release' }, served, (await this.texts.get(version)) ?? '');
      this.styles.set(version, 'fit', 1);
      return undefined;
    } catch (error) {
      this.styles.set(version, error as Error, 1);
      return error as Error;
    }
  }

  /** The file name of a bundle of the newest release. */
  private servedName({ key, version }: Entry, release: Release | undefined): string | undefined {
    const asset = this.catalog.assets.get(idOf(key)) ?? { id: idOf(key), source: 'release' };
    const bundle = asset.source === 'release' ? release?.bundles[asset.filename ?? asset.id] : undefined;
    return bundle?.version === version ? bundle.served : undefined;
  }

  private keep(texts: ReadonlyMap<string, HeldText>): number {
    if (!this.settings.dev) return this.settings.keep;
    const size = [...texts.values()].reduce((sum, text) => sum + text.length, 1);
    return Math.max(2, Math.min(this.settings.keep, Math.floor(DEV_LIMIT / size)));
  }
}

function makeOffers(
  state: State,
  texts: ReadonlyMap<string, SourceText>,
  servedName: (entry: Entry) => string | undefined,
): Map<string, Offer> {
  return new Map(
    state.entries.map((entry) => {
      const id = idOf(entry.key);
      const type = texts.get(entry.key)?.type ?? typeOf(texts.has(entry.key) ? '' : id);
      const reference = { ...makeReference(id, entry, type, state), served: servedName(entry) };
      return [entry.key, { id, entry, type, reference }];
    }),
  );
}

function makeReference(id: string, entry: Entry, type: 'js' | 'css', state?: State): Piece {
  const place = state && `${state.id}.${entry.index}`;
  const { name: to, version } = entry;
  return { id, from: null, to, version, kind: 'reference', content: '', place, type };
}

/** The offer for a key. @throws what keeps it from being there */
export function offerFor({ offers, failures, names, emptyPlace }: Served, key: string): Offer {
  const offer = offers.get(key);
  if (offer) return offer;
  throw failures.get(key) ?? unknownAsset(key, names, emptyPlace);
}
