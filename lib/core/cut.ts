/** The split that a build has: the fewest bundles, or what options ask for in their place, and the price of that. */
import type { ModuleGraph, Split, SplitPrice } from '../model';
import { isComplete } from './complete';
import { mergeBundles } from './merge';
import { isMinimal, type Proof, proofOf } from './minimal';
import { priceOf } from './price';
import { type Cores, coresOf, onePerModule, split, splitGroups } from './split';
import { inAnyVisit, withPages } from './together';

/** What bundles are to be. */
export interface Cut {
  /** One for each module, and nothing of the rest. */
  debug: boolean;
  /** Bytes that a request is worth: 0 for the fewest clean bundles. */
  requestCost: number;
  /** Number of the group of each module, -1 for none; absent without groups. */
  groupOf: ArrayLike<number> | undefined;
  /** Entries that are requested together; absent where each may be alone. */
  pages: readonly (readonly number[])[] | undefined;
  /** Bytes of each module. */
  sizes: readonly number[];
}

/** A split that has been checked. */
interface Checked {
  split: Split;
  /** It has the fewest bundles possible, for visits that begin as they are said to. */
  isFewest: boolean;
  /** Where they are not asked for. */
  price?: SplitPrice;
}

/** A graph, and all that is known of it. */
interface Known {
  graph: ModuleGraph;
  cores: Cores;
  proof: Proof;
}

/**
 * Splits a graph, and checks the split. What options ask for is complete, or an error of dynapack, which must not pass unnoticed.
 * @param proof of the graph
 */
export function cut(graph: ModuleGraph, cores: Cores, proof: Proof, wanted: Cut): Checked {
  const { debug, requestCost, groupOf, pages } = wanted;
  const all = { graph, cores, proof };
  if (debug) return check(onePerModule(graph, cores), all);
  if (requestCost === 0 && groupOf === undefined && pages === undefined)
    return check(split(graph, cores), all);
  const visited = pages === undefined ? all : knowledgeOf(withPages(graph, pages));
  const made = cutVisited(visited, wanted);
  assertComplete(made.split, visited, groupOf);
  if (pages === undefined) return made;
  const inAny = inAnyVisit(made.split, graph, cores);
  assertComplete(inAny, all);
  return { ...made, split: inAny };
}

const check = (made: Split, { graph, proof }: Known): Checked => ({
  split: made,
  isFewest: isMinimal(graph, made, proof),
});

function assertComplete(made: Split, { graph, proof }: Known, groupOf?: ArrayLike<number>): void {
  if (!isComplete(graph, made, proof, groupOf)) throw new Error('Bundles do not hold what requests need.');
}

const knowledgeOf = (graph: ModuleGraph): Known => ({ graph, cores: coresOf(graph), proof: proofOf(graph) });

function cutVisited(visited: Known, { requestCost, groupOf, sizes }: Cut): Checked {
  const { graph, cores } = visited;
  const fewest = split(graph, cores);
  const clean = groupOf === undefined ? fewest : splitGroups(graph, groupOf, cores);
  const isFixed = (bundle: number): boolean =>
    groupOf !== undefined && groupOf[(clean.bundles[bundle] as number[])[0] as number] !== -1;
  const made = requestCost === 0 ? clean : mergeBundles(clean, cores, sizes, requestCost, isFixed);
  return { ...check(made, visited), price: priceOf(fewest, made, cores, sizes) };
}
