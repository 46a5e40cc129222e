/** Where the outputs of builds have gone: the same to as many places as streams lead to. */
import type { Destination, Product } from './destination';

/** More places than tasks have; those that nothing has gone to for longest are forgotten. */
const MOST = 16;

export class Destinations {
  private known: Destination[] = [];

  /** The places that Files on this way have arrived at. */
  at(way: string): Destination[] {
    return this.known.filter((each) => each.way === way && each.isReliable);
  }

  /**
   * Notes a file that has come out of a stream. Where an earlier build has left the same product as the same file, the two have
   * the same destination.
   * @returns the destinations that have turned out to be this one, and were taken over
   */
  arrive(destination: Destination, product: Product, path: string, contents: Buffer): Destination[] {
    if (!destination.note(product, path, contents)) return [];
    const same = this.known.filter(
      (each) =>
        destination.isLaterThan(each) && each.way === destination.way && each.isAt(product.name, path),
    );
    // They may have some files in common without being the same.
    const areOne = same.every((each) => same.every((other) => !each.contradicts(other)));
    const found = areOne ? same.filter((each) => each.isReliable && !destination.contradicts(each)) : [];
    return this.takeOver(destination, found, same);
  }

  /** Lets a destination have what is known of others, which are known no more. */
  takeOver(destination: Destination, others: readonly Destination[], outdated = others): Destination[] {
    for (const other of others) destination.inherit(other);
    const gone = new Set([...outdated, destination]);
    this.known = [...this.known.filter((each) => !gone.has(each)), destination].slice(-MOST);
    return [...others];
  }
}
