/** What is served now: the head of every asset, and what else pages have asked for. */
import type { Release } from '../releases/manifest';
import type { Asset } from './assets';
import type { Catalog } from './catalog';
import { unknownAsset } from './failures';
import type { Piece } from './formats';
import type { Settings } from './settings';
import { nameOf } from './sources/release';
import { type SourceText, typeOf } from './sources/source';
import { type Content, type Entry, idOf, type State, type States } from './states';
import type { Texts } from './texts';

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

/** Versions beside heads that pages may ask for; more of them are not remembered in cookies. */
const MOST_PINS = 100;
/** Bytes of texts that states of the development mode may have in all. */
const DEV_LIMIT = 100 * 1024 * 1024;

export const keyOf = (id: string, reference: string): string =>
  reference === 'HEAD' ? id : `${id}#${reference}`;

export class Current {
  private served: Promise<Served> | undefined;
  /** The same once it is there. */
  private ready: Served | undefined;
  private refreshing: Promise<Served> | undefined;
  private next: Promise<Served> | undefined;
  private refreshed = 0;
  private last: Served | undefined;
  private readonly pins = new Map<string, { asset: Asset; reference: string }>();

  constructor(
    private readonly settings: Settings,
    private readonly catalog: Catalog,
    private readonly states: States,
    private readonly texts: Texts,
    /** Is told of every new state. */
    private readonly onChange: (state: State) => void,
  ) {}

  /**
   * What is served now. Sources are asked again when the last answer is older than `refresh`, and nobody waits for that; in
   * development, or when `refresh` is 0, they always are, and everybody does.
   */
  async get(): Promise<Served> {
    if (this.isImpatient()) return this.refreshAfter();
    return this.peek() ?? this.served ?? this.serve(this.refreshAfter());
  }

  /** What is served, if that is known without asking anybody. */
  peek(): Served | undefined {
    if (this.ready === undefined || this.isImpatient()) return undefined;
    if (Date.now() - this.refreshed > this.settings.refresh * 1000) this.refreshBehind();
    return this.ready;
  }

  /** Forgets what is served: assets have changed. */
  invalidate(): void {
    this.served = undefined;
    this.ready = undefined;
  }

  /** What is served when this version of an asset is served, too. */
  async pin(asset: Asset, reference: string): Promise<Served> {
    const key = keyOf(asset.id, reference);
    const served = await this.get();
    if (served.offers.has(key) || this.pins.has(key) || this.pins.size >= MOST_PINS) return served;
    this.pins.set(key, { asset, reference });
    return this.serve(this.refreshAfter());
  }

  private isImpatient(): boolean {
    return this.settings.dev || this.settings.refresh === 0;
  }

  /** Serves what a look will find. What has failed is tried again by who asks next. */
  private serve(looking: Promise<Served>): Promise<Served> {
    this.served = looking;
    looking.then(
      (served) => {
        if (this.served === looking) this.ready = served;
      },
      () => {
        if (this.served === looking) this.served = undefined;
      },
    );
    return looking;
  }

  /** Looks, and goes on serving what there is meanwhile. */
  private refreshBehind(): void {
    this.refreshed = Date.now();
    const before = this.served;
    this.refreshAfter().then(
      (served) => {
        if (this.served === before) this.serve(Promise.resolve(served));
      },
      () => {},
    );
  }

  /** A look at the sources that begins now, or when the one that is under way has ended: all who ask meanwhile share it. */
  private refreshAfter(): Promise<Served> {
    if (this.refreshing === undefined) return this.refresh();
    this.next ??= this.refreshing
      .catch(() => {})
      .then(() => {
        this.next = undefined;
        return this.refresh();
      });
    return this.next;
  }

  private refresh(): Promise<Served> {
    this.refreshing = this.look().finally(() => {
      this.refreshing = undefined;
      this.refreshed = Date.now();
    });
    return this.refreshing;
  }

  private async look(): Promise<Served> {
    const found = await this.readAll();
    const release = await this.catalog.releases.latest();
    const content = this.contentOf(release);
    const texts = new Map<string, string>();
    for (const [key, { name, text }] of found.texts) {
      const version = this.texts.add(text);
      texts.set(version, text);
      content[key] = { version, served: name, size: Buffer.byteLength(text) };
    }
    const before = this.last?.state;
    const state = await this.states.record(content, texts, this.keep(texts));
    const offers = makeOffers(state, found.texts);
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
      [...heads, ...this.pins.values()].map(async ({ asset, reference }) => {
        const key = keyOf(asset.id, reference);
        try {
          const found = await this.catalog.read(asset, reference);
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

  private async lastText(key: string): Promise<SourceText | undefined> {
    const offer = this.last?.offers.get(key);
    const text = offer && (await this.texts.get(offer.entry.version));
    return offer && text !== undefined ? { name: offer.entry.name, text, type: offer.type } : undefined;
  }

  /** The bundles of a release that are not registered as something else. */
  private contentOf(release: Release | undefined): Content {
    const bundles = Object.entries(release?.bundles ?? {});
    const others = bundles.filter(([name]) => this.catalog.assets.get(name) === undefined);
    return Object.fromEntries(others.map(([name, bundle]) => [name, { ...bundle, served: nameOf(bundle) }]));
  }

  private keep(texts: ReadonlyMap<string, string>): number {
    if (!this.settings.dev) return this.settings.keep;
    const size = [...texts.values()].reduce((sum, text) => sum + text.length, 1);
    return Math.max(2, Math.min(this.settings.keep, Math.floor(DEV_LIMIT / size)));
  }
}

function makeOffers(state: State, texts: ReadonlyMap<string, SourceText>): Map<string, Offer> {
  return new Map(
    state.entries.map((entry) => {
      const id = idOf(entry.key);
      const type = texts.get(entry.key)?.type ?? typeOf(texts.has(entry.key) ? '' : id);
      return [entry.key, { id, entry, type, reference: makeReference(id, entry, type, state) }];
    }),
  );
}

function makeReference(id: string, entry: Entry, type: 'js' | 'css', state: State): Piece {
  const place = `${state.id}.${entry.index}`;
  const { name: to, version } = entry;
  return { id, from: null, to, version, kind: 'reference', content: '', place, type };
}

/** The offer for a key. @throws what keeps it from being there */
export function offerFor({ offers, failures, names, emptyPlace }: Served, key: string): Offer {
  const offer = offers.get(key);
  if (offer) return offer;
  throw failures.get(key) ?? unknownAsset(key, names, emptyPlace);
}
