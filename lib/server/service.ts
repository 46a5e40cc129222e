/** One instance at work: made of settings when it is first asked for something, and anew when they change. */
import type { DynapackError } from '../errors';
import { ReleaseStore } from '../releases/store';
import type { Asset } from './assets';
import { parseWish } from './assets';
import type { Catalog } from './catalog';
import { findCookie, readCookie, type Visitor } from './cookie';
import { Current, keyOf, type Offer, offerFor, type Served } from './current';
import { entryAsAsset, unknownAsset, unknownVersion } from './failures';
import type { Piece } from './formats';
import { type Delivery, negotiate, type Situation } from './negotiate';
import { Patches } from './patches';
import type { Settings } from './settings';
import type { ReleaseReader } from './sources/release';
import { typeOf } from './sources/source';
import { type Entry, idOf, type State, States } from './states';
import { openStorage } from './storage';
import { Texts } from './texts';

/** A version that a request may name. */
export interface KnownVersion {
  version: string;
  name: string;
  type: 'js' | 'css';
  /** What was asked for will always mean this version. */
  isFixed: boolean;
}

export class Service {
  readonly texts: Texts;
  readonly patches: Patches;
  readonly states: States;
  readonly current: Current;
  private readonly wholes = new WeakMap<Offer, Piece | Promise<Piece>>();

  constructor(
    readonly settings: Settings,
    private readonly catalog: Catalog,
    releases: () => ReleaseReader | undefined,
  ) {
    const storage = openStorage(settings);
    const store = new ReleaseStore(storage);
    const warn = warnOnce();
    this.states = new States(store, warn);
    this.texts = new Texts(() => [
      (version) => store.bytes(version),
      async (version) => releases()?.bytes(version),
    ]);
    this.patches = new Patches(storage, this.texts, (version) => this.states.isServed(version));
    this.current = new Current(settings, catalog, this.states, this.texts, (state) => {
      this.patches.prune().catch(warn);
      this.prepare(state).catch(warn);
    });
  }

  /** Makes the patches that most visitors will need before they ask. */
  private async prepare(state: State): Promise<void> {
    for (const { key, version } of this.states.previous(state)?.entries ?? []) {
      const entry = state.byAsset.get(idOf(key))?.find((one) => one.key === key);
      if (entry && entry.version !== version) await this.patches.get(version, entry.version);
    }
  }

  /**
   * What a page gets of the assets it wants, in their order, each once: a patch is for a text that is there no longer when it has been applied.
   * Nothing is waited for when the visitor has everything.
   * @throws (rejects with) UNKNOWN_ASSET, UNKNOWN_VERSION, and what sources throw
   */
  async serve(cookies: string | undefined, wishes: readonly string[]): Promise<Piece[]> {
    const visitor = readCookie(findCookie(cookies, this.settings.cookieName));
    const served = this.current.peek() ?? (await this.current.get());
    const states = visitor.held.map(({ state }) => this.states.peek(state));
    if (states.includes(undefined)) await this.findStates(visitor, states);
    const wanted = new Set(wishes.flatMap((wish) => this.expand(wish, served)));
    const pieces = Array.from(wanted, (wish) => this.serveOne(wish, served, visitor, states));
    return pieces.every(isPiece) ? pieces : Promise.all(pieces);
  }

  /** Looks for the states that are not known yet. */
  private async findStates({ held }: Visitor, states: (State | undefined)[]): Promise<void> {
    const found = await Promise.all(held.map(({ state }) => this.states.find(state)));
    states.splice(0, states.length, ...found);
  }

  private serveOne(
    wish: string,
    served: Served,
    visitor: Visitor,
    states: readonly (State | undefined)[],
  ): Piece | Promise<Piece> {
    const offer = served.offers.get(wish);
    if (offer === undefined)
      return this.find(wish, served).then((found) => this.serveOffer(found, visitor, states));
    return this.serveOffer(offer, visitor, states);
  }

  private serveOffer(
    offer: Offer,
    visitor: Visitor,
    states: readonly (State | undefined)[],
  ): Piece | Promise<Piece> {
    const held = findHeld(offer.id, visitor, states);
    if (held?.version === offer.entry.version) return offer.reference;
    return held === undefined ? this.deliverWhole(offer, visitor) : this.serveChanged(offer, held, visitor);
  }

  private async serveChanged(offer: Offer, held: Entry, visitor: Visitor): Promise<Piece> {
    const { entry, reference } = offer;
    const made = await this.patches.getSoon(held.version, entry.version);
    if (made === undefined) return this.deliverWhole(offer, visitor);
    const delivery = negotiate({
      ...this.situationOf(offer, visitor),
      held: held.version,
      sizes: made.sizes,
    });
    if (delivery !== 'patch') return this.deliverWhole(offer, visitor);
    return { ...reference, ...(await this.fill(delivery, entry, held, made.patch)) };
  }

  /** What who has nothing gets, or who has what helps nothing: a reference, or the whole text. */
  private deliverWhole(offer: Offer, visitor: Visitor): Piece | Promise<Piece> {
    const isWhole = negotiate(this.situationOf(offer, visitor)) === 'full';
    return isWhole ? (this.wholes.get(offer) ?? this.makeWhole(offer)) : offer.reference;
  }

  private situationOf({ entry }: Offer, { isForgetful }: Visitor): Situation {
    return { for: 'page', wanted: entry.version, isLong: entry.size > this.settings.maxInline, isForgetful };
  }

  /** The whole text of an offer: the same piece for all who get it, so that its call is written once. */
  private makeWhole(offer: Offer): Promise<Piece> {
    const { entry, reference } = offer;
    const whole = this.fill('full', entry, undefined, undefined).then((filled) => {
      const piece = { ...reference, ...filled };
      this.wholes.set(offer, piece);
      return piece;
    });
    this.wholes.set(offer, whole);
    whole.catch(() => this.wholes.delete(offer));
    return whole;
  }

  /** The name of an entry stands for its bundles, unless an asset has that name. Its styles are in the head, where nothing may wait for them. */
  private expand(wish: string, { offers, entries }: Served): readonly string[] {
    const isAsset = offers.has(wish) || this.catalog.assets.get(parseWish(wish).name) !== undefined;
    return !isAsset && Object.hasOwn(entries, wish)
      ? (entries[wish] as string[]).filter((bundle) => typeOf(bundle) === 'js')
      : [wish];
  }

  /** What a wish of a page means. */
  private async find(wish: string, served: Served): Promise<Offer> {
    const { name, reference } = parseWish(wish);
    const asset = this.catalog.assets.get(name);
    const key = keyOf(asset?.id ?? name, reference);
    const isServed = asset === undefined || reference === 'HEAD' || served.offers.has(key);
    return isServed ? offerFor(served, key) : this.current.pin(asset, reference);
  }

  private async fill(
    delivery: Delivery,
    { key, version }: Pick<Entry, 'key' | 'version'>,
    held: Pick<Entry, 'name'> | undefined,
    patch: string | undefined,
  ): Promise<Pick<Piece, 'kind' | 'content' | 'from'>> {
    if (delivery === 'reference') return { kind: 'reference', content: '', from: null };
    if (delivery === 'patch') return { kind: 'patch', content: patch as string, from: held?.name ?? null };
    const text = await this.texts.get(version);
    if (text === undefined) throw unknownVersion(key, version);
    return { kind: 'full', content: text, from: null };
  }

  /** The asset with a name, also a bundle that nobody has registered. */
  async findAsset(name: string): Promise<Asset | undefined> {
    const registered = this.catalog.assets.get(name);
    if (registered) return registered;
    return (await this.current.get()).offers.has(name) ? { id: name, source: 'release' } : undefined;
  }

  /**
   * The version that a reference means.
   * @param isTrusted whether the source may be asked for anything; strangers may only name what they can know of
   */
  async findVersion(asset: Asset, reference: string, isTrusted: boolean): Promise<KnownVersion | undefined> {
    const served = await this.current.get();
    if (reference === 'HEAD') {
      const { entry, type } = offerFor(served, asset.id);
      return { version: entry.version, name: entry.name, type, isFixed: false };
    }
    const entry = this.states.findEntry(asset.id, reference);
    const type = served.offers.get(asset.id)?.type ?? 'js';
    if (entry) return { version: entry.version, name: entry.name, type, isFixed: true };
    const lent = this.current.lentReference(asset.id, reference);
    const isAllowed = isTrusted || lent !== undefined || (await this.catalog.isPublic(asset, reference));
    const found = isAllowed ? await this.catalog.read(asset, lent ?? reference) : undefined;
    if (found === undefined) return undefined;
    const { version } = this.texts.add(found);
    return { version, name: found.name, type: found.type ?? 'js', isFixed: found.name === reference };
  }

  /** That there is no asset of a name. An entry is none either: only pages can have it. */
  private async unknown(name: string): Promise<DynapackError> {
    const { names, entries, emptyPlace } = await this.current.get();
    const bundles = Object.hasOwn(entries, name) ? entries[name] : undefined;
    if (bundles !== undefined) return entryAsAsset(name, bundles);
    return unknownAsset(
      name,
      names.filter((known) => !Object.hasOwn(entries, known)),
      emptyPlace,
    );
  }

  /**
   * What makes one version of another, or the whole text.
   * @param mayRefer whether who asks can load a long text by its URL
   */
  async deliver(
    asset: Asset,
    from: KnownVersion | undefined,
    to: KnownVersion,
    mayRefer: boolean,
  ): Promise<Piece> {
    const made = from && (await this.patches.get(from.version, to.version));
    const text = mayRefer ? await this.texts.find(to.version) : undefined;
    const delivery = negotiate({
      for: 'data',
      held: from?.version,
      wanted: to.version,
      sizes: made?.sizes,
      isLong: text !== undefined && text.length > this.settings.maxInline,
    });
    const content = await this.fill(delivery, { key: asset.id, version: to.version }, from, made?.patch);
    const { place, served } = (await this.findServed(asset.id, to.version)) ?? {};
    return { id: asset.id, to: to.name, version: to.version, type: to.type, ...content, place, served };
  }

  /** What pages are told of a version that is served now. */
  private async findServed(id: string, version: string): Promise<Piece | undefined> {
    const { state, offers } = await this.current.get();
    const entry = state.byAsset.get(id)?.find((one) => one.version === version);
    return entry && offers.get(entry.key)?.reference;
  }

  /** As `deliver`, for those who may name anything. */
  async patch(id: string, from: string | null | undefined, to: string): Promise<Piece> {
    const asset = await this.findAsset(id);
    if (asset === undefined) throw await this.unknown(id);
    const wanted = await this.findVersion(asset, to, true);
    if (wanted === undefined) throw await this.catalog.explain(asset, to);
    const held = from ? await this.findVersion(asset, from, true) : undefined;
    return this.deliver(asset, held, wanted, false);
  }
}

const isPiece = (piece: Piece | Promise<Piece>): piece is Piece => !(piece instanceof Promise);

/** What a visitor holds of an asset, by the newest of the states that he names. */
function findHeld(id: string, visitor: Visitor, states: readonly (State | undefined)[]): Entry | undefined {
  for (const [index, held] of visitor.held.entries()) {
    const found = states[index]?.byAsset.get(id)?.find((entry) => held.has(entry.index));
    if (found) return found;
  }
  return undefined;
}

/** A storage that fails makes everything slower and nothing wrong: said once. */
function warnOnce(): (error: Error) => void {
  let isWarned = false;
  return (error) => {
    if (isWarned) return;
    isWarned = true;
    process.emitWarning(`what was served cannot be kept: ${error.message}`, 'DynapackWarning');
  };
}
