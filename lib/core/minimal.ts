/**
 * The proof of every build: is this split really the minimal one? Nothing but the bit sets is shared with the code
 * that made it. It uses the other form of the theorem of `split.ts`, by what a root can rely on:
 *
 *     surely(start) = ∅        surely(s) = ⋂ over all r → s of (closure(r) ∪ surely(r)), the greatest solution
 *     core(m) = { r : m ∈ closure(r), m ∉ surely(r) }
 *
 * `surely(s)` holds the modules that are loaded in every visit before `s` is requested. For a root nobody can
 * request, the greatest solution is all modules: it adds to no core and takes nothing from an intersection.
 *
 * Modules needed by the same roots are indistinguishable here; the sets are sets of such *kinds* of modules.
 */
import type { ModuleGraph, Split } from '../model';
import {
  addBit,
  type BitMatrix,
  bitMatrix,
  classifyRows,
  eachBit,
  eachBitOfWord,
  hasBit,
  uniteRow,
} from './bits';
import { findStarts } from './starts';

/**
 * True when `split` is the clean partition of `graph` with the fewest bundles, complete, and with exactly the
 * `loads` and `next` that follow from it. Worked out anew from `graph`.
 */
export function isMinimal(graph: ModuleGraph, split: Split, proof: Proof = proofOf(graph)): boolean {
  return (
    isPartition(graph, split) &&
    isCutByCore(graph, split, proof) &&
    isEqual(split.loads, loadsBy(proof, firstsOf(split.bundles))) &&
    isEqual(split.next, expectNext(proof))
  );
}

/** What the other formula says of a graph. */
export interface Proof {
  /** Modules that visits start with. */
  starts: readonly number[];
  /** Modules that can be requested. */
  roots: readonly number[];
  /** Kind of each module. */
  kindOf: Int32Array;
  /** The kinds that each root needs. */
  closures: BitMatrix;
  /** Core of each kind. */
  cores: BitMatrix;
  /** Root → the roots that can be requested from it. Both are positions in `roots`. */
  next: readonly number[][];
  isRequested(root: number): boolean;
}

export function proofOf(graph: ModuleGraph): Proof {
  const starts = findStarts(graph);
  const roots = [...new Set([...starts, ...graph.dynamicEdges.flat()])].sort((a, b) => a - b);
  const needed = findNeeded(graph, roots);
  const { classOf: kindOf, firstRows } = classifyRows(needed);
  const kinds = firstRows.length;
  const closures = findClosures(needed, firstRows, roots.length);
  const next = findNext(graph, roots, needed);
  const surely = findSurely(starts, roots, closures, next);
  const cores = findCores(closures, surely, kinds);
  const isRequested = (root: number): boolean => !hasBit(surely, root, kinds);
  return { starts, roots, kindOf, closures, cores, next, isRequested };
}

/** By module, a number that stands for its core; the last is that of a module nobody needs. */
export function classesOf({ kindOf, cores }: Proof): { classOf: Int32Array; empty: number } {
  const { classOf } = classifyRows(cores);
  return {
    classOf: kindOf.map((kind) => classOf[kind] as number),
    empty: classOf[cores.rows - 1] as number,
  };
}

const firstsOf = (bundles: readonly (readonly number[])[]): number[] =>
  bundles.map(([first]) => first as number);

/** The roots that need each module, a set per row: handed along the static edges until nothing changes. */
function findNeeded(graph: ModuleGraph, roots: readonly number[]): BitMatrix {
  const needed = bitMatrix(graph.size, roots.length);
  roots.forEach((module, root) => {
    addBit(needed, module, root);
  });
  const order = orderImportersFirst(graph, roots);
  const isNews = new Uint8Array(graph.size).fill(1);
  const pass = (module: number): boolean => {
    isNews[module] = 0;
    let passed = false;
    for (const target of graph.staticEdges[module] as readonly number[]) {
      if (!uniteRow(needed, target, needed, module)) continue;
      isNews[target] = 1;
      passed = true;
    }
    return passed;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const module of order) if (isNews[module] === 1 && pass(module)) changed = true;
  }
  return needed;
}

/**
 * What the modules `starts` reach over static edges, each before its targets wherever there is no cycle: then
 * one round passes everything along, and only what cycles bring back takes more.
 */
function orderImportersFirst({ size, staticEdges }: ModuleGraph, starts: readonly number[]): number[] {
  const order: number[] = [];
  const nextEdge = new Int32Array(size).fill(-1);
  const path: number[] = [];
  const enter = (module: number): void => {
    if (nextEdge[module] !== -1) return;
    nextEdge[module] = 0;
    path.push(module);
  };
  for (const start of starts) {
    enter(start);
    while (path.length > 0) {
      const module = path[path.length - 1] as number;
      const target = staticEdges[module]?.[nextEdge[module] as number];
      nextEdge[module] = (nextEdge[module] as number) + 1;
      if (target !== undefined) enter(target);
      else order.push(path.pop() as number);
    }
  }
  return order.reverse();
}

/** The kinds of modules in the closure of each root. There is a column more, of a module that nobody needs. */
function findClosures(needed: BitMatrix, firstRows: readonly number[], roots: number): BitMatrix {
  const closures = bitMatrix(roots, firstRows.length + 1);
  firstRows.forEach((row, kind) => {
    eachBit(needed, row, (root) => addBit(closures, root, kind));
  });
  return closures;
}

/** Root → the roots that modules of its closure may request, ascending. */
function findNext(graph: ModuleGraph, roots: readonly number[], needed: BitMatrix): number[][] {
  const importersOf = bitMatrix(roots.length, roots.length);
  const rootOf = new Map(roots.map((module, root) => [module, root]));
  graph.dynamicEdges.forEach((targets, module) => {
    for (const target of targets) uniteRow(importersOf, rootOf.get(target) as number, needed, module);
  });
  const next: number[][] = roots.map(() => []);
  roots.forEach((_, root) => {
    eachBit(importersOf, root, (importer) => next[importer]?.push(root));
  });
  return next;
}

/**
 * The greatest solution for `surely`: from all modules everywhere, what some way to a root lacks is taken away. The same for bundles, where `closures` are what
 * requests load.
 */
export function findSurely(
  starts: readonly number[],
  roots: readonly number[],
  closures: BitMatrix,
  next: readonly number[][],
): BitMatrix {
  const surely: BitMatrix = { ...closures, data: new Uint32Array(closures.data.length).fill(0xffffffff) };
  const isStart = new Set(starts);
  const pending = new Set<number>();
  roots.forEach((module, root) => {
    if (!isStart.has(module)) return;
    surely.data.fill(0, root * surely.words, (root + 1) * surely.words);
    pending.add(root);
  });
  for (const root of pending) {
    pending.delete(root);
    for (const later of next[root] as readonly number[]) {
      if (retainArrived(surely, later, closures, root)) pending.add(later);
    }
  }
  return surely;
}

/** Takes from `surely(later)` what is not there once `root` is. True when that was anything. */
function retainArrived(surely: BitMatrix, later: number, closures: BitMatrix, root: number): boolean {
  const { words, data } = surely;
  let to = later * words;
  let lost = 0;
  for (let at = root * words, end = at + words; at < end; at++, to++) {
    const old = data[to] as number;
    const kept = old & ((data[at] as number) | (closures.data[at] as number));
    data[to] = kept;
    lost |= old ^ kept;
  }
  return lost !== 0;
}

/** The core of each kind of module, a set of roots per row; the last row is that of the module nobody needs, empty. */
function findCores(closures: BitMatrix, surely: BitMatrix, kinds: number): BitMatrix {
  const { rows, words } = closures;
  const cores = bitMatrix(kinds + 1, rows);
  for (let root = 0; root < rows; root++) {
    for (let word = 0; word < words; word++) {
      const index = root * words + word;
      const firstNeeded = (closures.data[index] as number) & ~(surely.data[index] as number);
      eachBitOfWord(firstNeeded, (bit) => addBit(cores, word * 32 + bit, root));
    }
  }
  return cores;
}

/** `bundles` and `bundleOf` say the same. */
export function isPartition(graph: ModuleGraph, { bundles, bundleOf }: Split): boolean {
  const listed = bundles.reduce((sum, modules) => sum + modules.length, 0);
  return (
    bundleOf.length === graph.size &&
    bundleOf.reduce((count, bundle) => (bundle === -1 ? count : count + 1), 0) === listed &&
    bundles.every((modules, bundle) => modules.length > 0 && isAscendingIn(modules, bundleOf, bundle))
  );
}

function isAscendingIn(modules: readonly number[], bundleOf: Int32Array, bundle: number): boolean {
  return modules.every((module, index) => {
    const previous = index === 0 ? -1 : (modules[index - 1] as number);
    return previous < module && bundleOf[module] === bundle;
  });
}

/** Modules are in the same bundle if and only if their cores are equal, and in none if and only if theirs is empty, or they are nothing in scripts. */
function isCutByCore({ textless }: ModuleGraph, { bundleOf }: Split, proof: Proof): boolean {
  const { classOf, empty } = classesOf(proof);
  const bundleOfCore = new Map([[empty, -1]]);
  const coreOfBundle = new Map([[-1, empty]]);
  return bundleOf.every((bundle, module) => {
    if (textless?.has(module)) return bundle === -1;
    const core = classOf[module] as number;
    if (!bundleOfCore.has(core)) bundleOfCore.set(core, bundle);
    if (!coreOfBundle.has(bundle)) coreOfBundle.set(bundle, core);
    return bundleOfCore.get(core) === bundle && coreOfBundle.get(bundle) === core;
  });
}

/**
 * Root → the bundles that a request for it must have.
 * @param members a module of each bundle
 */
export function loadsBy(
  { roots, kindOf, cores, isRequested }: Proof,
  members: readonly number[],
): Map<number, number[]> {
  const lists: number[][] = roots.map(() => []);
  members.forEach((member, bundle) => {
    eachBit(cores, kindOf[member] as number, (root) => lists[root]?.push(bundle));
  });
  return keepRequested(roots, lists, isRequested);
}

/** What `next` must be. */
export function expectNext({ roots, next, isRequested }: Proof): Map<number, number[]> {
  const lists = next.map((list) => list.map((root) => roots[root] as number));
  return keepRequested(roots, lists, isRequested);
}

function keepRequested(
  roots: readonly number[],
  lists: readonly number[][],
  isRequested: (root: number) => boolean,
): Map<number, number[]> {
  const kept = new Map<number, number[]>();
  roots.forEach((module, root) => {
    if (isRequested(root)) kept.set(module, lists[root] as number[]);
  });
  return kept;
}

export function isEqual(left: ReadonlyMap<number, number[]>, right: ReadonlyMap<number, number[]>): boolean {
  return left.size === right.size && [...right].every(([key, list]) => isSameList(left.get(key), list));
}

function isSameList(left: readonly number[] | undefined, right: readonly number[]): boolean {
  return left?.length === right.length && right.every((item, index) => left[index] === item);
}
