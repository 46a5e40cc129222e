/** The split that a build has: the fewest bundles, or what options ask for in their place, and the price of that. */
import type { ModuleGraph, Split, SplitPrice } from '../model';
import { isComplete } from './complete';
import { mergeBundles } from './merge';
import { isMinimal, type Proof } from './minimal';
import { priceOf } from './price';
import { type Cores, onePerModule, split, splitGroups } from './split';

/** What bundles are to be. */
export interface Cut {
  /** One for each module, and nothing of the rest. */
  debug: boolean;
  /** Bytes that a request is worth: 0 for the fewest clean bundles. */
  requestCost: number;
  /** Number of the group of each module, -1 for none; absent without groups. */
  groupOf: ArrayLike<number> | undefined;
  /** Bytes of each module. */
  sizes: ArrayLike<number>;
}

/** A split that has been checked. */
interface Checked {
  split: Split;
  /** It has the fewest bundles possible. */
  isFewest: boolean;
  /** Where they are not asked for. */
  price?: SplitPrice;
}

/**
 * Splits a graph, and checks the split. What options ask for is complete, or an error of dynapack, which must not pass unnoticed.
 * @param proof of the graph
 */
export function cut(graph: ModuleGraph, known: Cores, proof: Proof, wanted: Cut): Checked {
  const { debug, requestCost, groupOf, sizes } = wanted;
  const check = (made: Split): Checked => ({ split: made, isFewest: isMinimal(graph, made, proof) });
  if (debug) return check(onePerModule(graph, known));
  const fewest = split(graph, known);
  if (requestCost === 0 && groupOf === undefined) return check(fewest);
  const clean = groupOf === undefined ? fewest : splitGroups(graph, groupOf, known);
  const isFixed = (bundle: number): boolean =>
    groupOf !== undefined && groupOf[(clean.bundles[bundle] as number[])[0] as number] !== -1;
  const made = requestCost === 0 ? clean : mergeBundles(clean, known, sizes, requestCost, isFixed);
  if (!isComplete(graph, made, proof, groupOf)) throw new Error('Bundles do not hold what requests need.');
  return { ...check(made), price: priceOf(fewest, made, known, sizes) };
}
