import type { ModuleGraph } from '../lib/model';

/** Numbers in [0, 1) that are the same for the same seed on every machine (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** How large a generated program is. */
export interface GraphSize {
  modules: number;
  roots: number;
  edges: number;
  /** How many of the roots are entries. */
  entries: number;
}

/** Modules from `first` on that belong together; those with lower positions import those with higher ones. */
export interface Unit {
  first: number;
  length: number;
}

/** A program while it grows. */
interface Draft {
  staticEdges: number[][];
  dynamicEdges: number[][];
  /** A random whole number below `limit`. */
  below: (limit: number) => number;
}

/** What a program consists of. Its modules are numbered in this order. */
export interface Units {
  /** Each has a root, its first module. */
  features: Unit[];
  /** Shared by a few features. */
  parts: Unit[];
  packages: Unit[];
}

const PACKAGE_SIZE = 25;
const PART_SIZE = 5;

/**
 * A program as large ones are. Two fifths of its modules are features, each with a root; a fifth are parts that a
 * few features share; the rest are packages in layers, some used everywhere and most hardly anywhere, with cycles
 * inside. Features request features, and a few packages request something as well.
 */
export function generateGraph(size: GraphSize, seed: number): ModuleGraph {
  const random = randomNumbers(seed);
  const draft: Draft = {
    staticEdges: Array.from({ length: size.modules }, () => []),
    dynamicEdges: Array.from({ length: size.modules }, () => []),
    below: (limit) => Math.floor(random() * limit),
  };
  const { features, parts, packages } = cutProgram(size);
  for (const unit of [...features, ...parts, ...packages]) connectUnit(draft, unit);
  for (const part of parts) shareAmong(draft, part, features);
  const roots = features.map(({ first }) => first);
  requestLater(draft, roots.slice(size.entries), features, packages);
  addImports(draft, size.edges, [...features, ...parts], packages);
  const { staticEdges, dynamicEdges } = draft;
  return { size: size.modules, staticEdges, dynamicEdges, entries: roots.slice(0, size.entries) };
}

/** The units of the program that `generateGraph` makes of this size. */
export function cutProgram({ modules, roots }: GraphSize): Units {
  const partsFrom = Math.floor(modules * 0.4);
  const packagesFrom = Math.floor(modules * 0.6);
  return {
    features: cutUnits(0, partsFrom, Math.ceil(partsFrom / roots)),
    parts: cutUnits(partsFrom, packagesFrom, PART_SIZE),
    packages: cutUnits(packagesFrom, modules, PACKAGE_SIZE),
  };
}

function cutUnits(from: number, to: number, length: number): Unit[] {
  const count = Math.ceil((to - from) / length);
  return Array.from({ length: count }, (_, index) => {
    const first = from + index * length;
    return { first, length: Math.min(length, to - first) };
  });
}

/** Makes the first module of a unit need all others, each through an earlier one; now and then there is a way back. */
function connectUnit({ staticEdges, below }: Draft, { first, length }: Unit): void {
  for (let index = 1; index < length; index++) {
    staticEdges[first + below(index)]?.push(first + index);
    if (below(20) === 0) staticEdges[first + index]?.push(first + below(index));
  }
}

/** Makes a few features need a part, mostly neighbours. */
function shareAmong({ staticEdges, below }: Draft, part: Unit, features: readonly Unit[]): void {
  const start = below(features.length);
  for (let times = 2 + below(4); times > 0; times--) {
    const feature = features[
      (start + below(below(10) === 0 ? features.length : 8)) % features.length
    ] as Unit;
    staticEdges[feature.first + below(feature.length)]?.push(part.first);
  }
}

/** Gives each of `roots` one to three places that request it: in features, seldom in a package. */
function requestLater(
  draft: Draft,
  roots: readonly number[],
  features: readonly Unit[],
  packages: readonly Unit[],
): void {
  for (const root of roots) {
    for (let times = 1 + draft.below(3); times > 0; times--) {
      const units = draft.below(40) === 0 ? packages : features;
      const { first, length } = units[draft.below(units.length)] as Unit;
      draft.dynamicEdges[first + draft.below(length)]?.push(root);
    }
  }
}

/** Adds imports until there are `edges`: within units, of packages by anything, and of later packages by packages. */
function addImports(draft: Draft, edges: number, own: readonly Unit[], packages: readonly Unit[]): void {
  const { staticEdges, dynamicEdges, below } = draft;
  const missing = edges - countEdges(staticEdges) - countEdges(dynamicEdges);
  for (let count = 0; count < missing; count++) {
    const units = below(2) === 0 ? own : packages;
    const number = below(units.length);
    const { first, length } = units[number] as Unit;
    const lowest = units === packages ? number : 0;
    const used = below(3) === 0 ? pickPackage(draft, packages, lowest) : (units[number] as Unit);
    const isInside = used.first === first;
    staticEdges[first + below(length)]?.push(used.first + below(isInside ? length : 2));
  }
}

/** Any of the packages from `lowest` on, but much more often one of the last, which everything needs. */
function pickPackage({ below }: Draft, packages: readonly Unit[], lowest: number): Unit {
  const distance = packages.length - lowest;
  const spread = below(2) === 0 ? distance : Math.min(distance, 20);
  return packages[packages.length - 1 - below(spread)] as Unit;
}

/** Edges in all lists, repeated ones included. */
export function countEdges(lists: readonly (readonly number[])[]): number {
  return lists.reduce((sum, targets) => sum + targets.length, 0);
}

/** Median size of a module in bytes, and the deviation of its logarithm: those of files in packages, comments left out. */
const MEDIAN_SIZE = 800;
const SIZE_DEVIATION = 1.8;

/** Bytes of modules: most are small, and a few hold most of the bytes. */
export function generateSizes(modules: number, seed: number): number[] {
  const random = randomNumbers(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: modules }, () => Math.round(MEDIAN_SIZE * Math.exp(SIZE_DEVIATION * normal())));
}
