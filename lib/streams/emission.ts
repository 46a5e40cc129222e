/**
 * Gives out what is not at its destination yet. Where Files go is not known before some have arrived: two tasks may share all but
 * a directory. So those come first that are right at no place known so far; when the first of them has arrived, the place is
 * recognised by it, and of the others only those follow that are not right there. When nothing has changed, one File is given out
 * again to see where it goes. Where that cannot be seen (nothing is piped, or Files do not end on the disk), and where a plugin
 * waits for all Files before it gives any out, everything is given out.
 */
import { Destination, type Product } from '../cache/destination';
import type { Destinations } from '../cache/destinations';
import { deferred } from '../deferred';
import type { Delivery } from './delivery';
import { outputId } from './tags';

/** Where products come out. */
interface Outlet {
  /** Tells it from the others of its pack. */
  id: string;
  stream(): NodeJS.ReadableStream;
  delivery: Delivery;
  /** Places that earlier builds have sent to; absent without a cache. */
  destinations(): Destinations | undefined;
  /** Stands for what else, besides streams, makes another destination of it. */
  settings(): string;
  /** The directory that everything is sure to be written to, where that is known. */
  directory?: string | undefined;
}

export class Emission<Output extends Product> {
  /** How many Files will have come out before it looks where they go. */
  announced = 0;
  private readonly decided = deferred<Destination>();
  /** By place that earlier builds have sent to, names of what is right there. */
  private readonly right = new Map<Destination, ReadonlySet<string>>();
  /** Those of the places that turn out to be the destination. */
  private readonly found = new Set<Destination>();

  constructor(private readonly outlet: Outlet) {}

  /** Where the Files go, with all that is known of it, once it is certain which of them come out. */
  get destination(): Promise<Destination> {
    return this.decided.promise;
  }

  /** Nothing comes out any more. */
  abandon(error: Error): void {
    this.decided.reject(error);
  }

  /** Gives those products that have to come out. */
  async *emit(products: readonly Output[]): AsyncGenerator<Output> {
    const place = this.begin(products);
    const first: Output[] = [];
    const others: Output[] = [];
    for (const product of products)
      (this.isRightAt(this.right.keys(), product) ? others : first).push(product);
    const isCertain = others.length === 0 || this.outlet.directory !== undefined;
    if (isCertain) this.decided.resolve(place);
    yield* this.part(place, first);
    if (isCertain) return;
    const telling = first.find(({ name }) => [...this.right.keys()].some((known) => known.knows(name)));
    let isSeen = telling === undefined || (await this.reachesEnd(telling));
    if (isSeen && this.found.size === 0) {
      const probe = this.takeProbe(others);
      yield* this.part(place, [probe]);
      isSeen = await this.reachesEnd(probe);
    }
    this.decided.resolve(place);
    const missing = isSeen ? others.filter((product) => !this.isRightAt(this.found, product)) : others;
    yield* this.part(place, missing);
  }

  /** Looks what is right where, and from now on what arrives. */
  private begin(products: readonly Output[]): Destination {
    const { id, destinations, delivery, stream, settings, directory } = this.outlet;
    const store = destinations();
    const end = store && (directory ?? delivery.wayFrom(stream()));
    const way = JSON.stringify([id, settings(), end]);
    const place = new Destination(way, new Set(products.map(({ name }) => name)));
    if (store === undefined || end === undefined) return place;
    for (const known of store.at(place.way)) this.right.set(known, known.rightOf(products));
    if (directory !== undefined) store.takeOver(place, [...this.right.keys()]);
    this.watch(products, place, store);
    return place;
  }

  private watch(products: readonly Output[], place: Destination, store: Destinations): void {
    const { delivery, stream, id } = this.outlet;
    const byId = new Map(products.map((product) => [outputId(id, product.name), product]));
    delivery.onPassed((output, file, from) => {
      const product = byId.get(output);
      if (product === undefined || from === stream() || !file.isBuffer()) return;
      for (const same of store.arrive(place, product, file.path, file.contents)) this.found.add(same);
    });
  }

  private isRightAt(places: Iterable<Destination>, { name }: Output): boolean {
    for (const place of places) if (this.right.get(place)?.has(name)) return true;
    return false;
  }

  private *part(place: Destination, products: readonly Output[]): Generator<Output> {
    if (products.length > 0) place.expect(this.outlet.delivery);
    this.announced += products.length;
    yield* products;
  }

  private reachesEnd({ name }: Output): Promise<boolean> {
    const { delivery, stream, id } = this.outlet;
    return delivery.reachesEnd(stream(), outputId(id, name));
  }

  /** Of products that are right somewhere, the one that is so at the fewest places; of several, the smallest. */
  private takeProbe(products: Output[]): Output {
    const rank = ({ name, contents }: Output): number[] => [
      [...this.right.values()].filter((names) => names.has(name)).length,
      contents.length,
    ];
    const compare = (a: number[], b: number[]): number =>
      (a[0] as number) - (b[0] as number) || (a[1] as number) - (b[1] as number);
    const ranked = products.map((product, index) => ({ index, rank: rank(product) }));
    const { index } = ranked.reduce((best, each) => (compare(each.rank, best.rank) < 0 ? each : best));
    return products.splice(index, 1)[0] as Output;
  }
}
