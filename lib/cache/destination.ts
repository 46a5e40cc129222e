/** A place that outputs go to, and what is known of it. */
import { findWritten, isAsLeft, type Left } from '../fs/written';
import type { SourceMap } from '../model';
import type { ServedText } from '../releases/manifest';
import { ReportMemory } from './report-memory';
import { ScriptsMemory } from './scripts-memory';

/** What a build gives out under a name. */
export interface Product {
  name: string;
  contents: string;
  map?: SourceMap | undefined;
  /** Names of others that the text names: who renames these has to see it. */
  files?: readonly string[];
}

/** Tells whether all that was given out has come through the streams. */
interface Delivery {
  isComplete: boolean;
}

/** A product that has arrived. */
interface Arrived {
  product: Product;
  /** Path → what the file was when it had been written. */
  files: Map<string, Left>;
  /** How many builds have come by that had nothing of the name. */
  unused: number;
}

/** After so many builds without it an output is forgotten: it may be one of another task's, or is made no more. */
const UNUSED = 32;

/** How many there have been. */
let count = 0;

/** Each build has one, of which nothing is known at first; where its files turn out to arrive, it takes over what is known of that place. */
export class Destination {
  private readonly arrived = new Map<string, Arrived>();
  /** Names of what has arrived in this build. */
  private readonly fresh = new Set<string>();
  private readonly scripts = new Map<string, ScriptsMemory>();
  private readonly reports = new Map<string, ReportMemory>();
  /** What `patches()` was told of bundles: those that have not changed do not come by again. */
  readonly texts = new Map<string, ServedText>();
  private delivery: Delivery | undefined;
  private readonly since = Date.now();
  private readonly number = count++;

  /**
   * @param way stands for the streams that lead there
   * @param names of what the build has
   */
  constructor(
    readonly way: string,
    private readonly names: ReadonlySet<string>,
  ) {}

  /** Has something on its way from now on. */
  expect(delivery: Delivery): void {
    this.delivery = delivery;
  }

  /** Whether all that was on its way has come through. A stream that fails may have left anything. */
  get isReliable(): boolean {
    if (this.delivery?.isComplete) this.delivery = undefined;
    return this.delivery === undefined;
  }

  /** What a call of `scripts()` knows of the bundles here. */
  scriptsOf(call: string): ScriptsMemory {
    const memory = this.scripts.get(call) ?? new ScriptsMemory();
    this.scripts.set(call, memory);
    return memory;
  }

  /** What a call of `report()` knows of the bundles and assets here. */
  reportOf(call: string): ReportMemory {
    const memory = this.reports.get(call) ?? new ReportMemory();
    this.reports.set(call, memory);
    return memory;
  }

  /** Whether something of the name has arrived, this product or an earlier one. */
  knows(name: string): boolean {
    return this.arrived.has(name);
  }

  /**
   * Names of the products that are here. Where plugins have renamed what a product names, it has to go through them with all of that, if any of it does:
   * they know the new names of what they see.
   */
  rightOf(products: readonly Product[]): Set<string> {
    const right = new Set(products.filter((each) => this.has(each)).map(({ name }) => name));
    const groups = products
      .filter(({ files = [] }) => files.some((file) => this.isRenamed(file)))
      .map(({ name, files = [] }) => [name, ...files]);
    for (let isLess = true; isLess; ) {
      isLess = false;
      for (const group of groups)
        if (!group.every((name) => right.has(name)))
          for (const name of group) isLess = right.delete(name) || isLess;
    }
    return right;
  }

  /** Whether a product has become a file that is called otherwise. */
  private isRenamed(name: string): boolean {
    const paths = [...(this.arrived.get(name)?.files.keys() ?? [])];
    return paths.length > 0 && !paths.some((path) => path.replaceAll('\\', '/').endsWith(`/${name}`));
  }

  /** Whether the product is here, and nobody has touched what it became. */
  private has(product: Product): boolean {
    const arrived = this.arrived.get(product.name);
    if (arrived === undefined || !isSameProduct(arrived.product, product)) return false;
    for (const [path, left] of arrived.files) if (!isAsLeft(path, left)) return false;
    return true;
  }

  /**
   * Notes a file of a product that has come out of a stream.
   * @returns whether it is on the disk
   */
  note(product: Product, path: string, contents: Buffer): boolean {
    const left = findWritten(path, contents, this.since);
    if (left === undefined) return false;
    const { name } = product;
    if (!this.fresh.has(name)) this.arrived.set(name, { product, files: new Map(), unused: 0 });
    this.fresh.add(name);
    this.arrived.get(name)?.files.set(path, left);
    return true;
  }

  /** Whether something of the name has become this file. */
  isAt(name: string, path: string): boolean {
    return this.arrived.get(name)?.files.has(path) ?? false;
  }

  /** Whether the build of the other one began before. What an earlier build that has failed still writes says nothing of later ones. */
  isLaterThan(other: Destination): boolean {
    return this.number > other.number;
  }

  /** Whether a product that both know has become a file here that is none of its files there. */
  contradicts(other: Destination): boolean {
    for (const [name, { product, files }] of this.arrived) {
      const there = other.arrived.get(name);
      if (there === undefined || !isSameProduct(there.product, product)) continue;
      for (const path of files.keys()) if (!there.files.has(path)) return true;
    }
    return false;
  }

  /** Takes over what an earlier build has left at the same place. */
  inherit(earlier: Destination): void {
    for (const [name, arrived] of earlier.arrived) {
      arrived.unused = this.names.has(name) ? 0 : arrived.unused + 1;
      if (!this.arrived.has(name) && arrived.unused <= UNUSED) this.arrived.set(name, arrived);
    }
    for (const [call, memory] of earlier.scripts) this.scriptsOf(call).inherit(memory, this.arrived);
    for (const [call, memory] of earlier.reports) this.reportOf(call).inherit(memory, this.arrived.keys());
    for (const [name, text] of earlier.texts)
      if (!this.texts.has(name) && this.arrived.has(name)) this.texts.set(name, text);
  }
}

function isSameProduct(before: Product, now: Product): boolean {
  if (before === now) return true;
  return before.contents === now.contents && JSON.stringify(before.map) === JSON.stringify(now.map);
}
