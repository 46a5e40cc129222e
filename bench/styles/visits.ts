/** Which visits are made: an entry, then all its parts, in several orders. */
import { randomNumbers } from '../generate-graph';
import { offersOf, type Program } from './program';

/** What is loaded one after the other, the entry first. */
export type Visit = readonly string[];

/** Visits from one entry. */
const MOST = 6;

/** All orders in which something loaded before offers what comes next. */
function ordersOf(program: Program, loaded: Visit): Visit[] {
  const offered = new Set(loaded.flatMap((root) => offersOf(program, root)));
  const next = [...offered].filter((part) => !loaded.includes(part));
  return next.length === 0 ? [loaded] : next.flatMap((part) => ordersOf(program, [...loaded, part]));
}

/** The same visits each time. */
export function visitsOf(program: Program, entry: string): Visit[] {
  const random = randomNumbers(1);
  const visits = ordersOf(program, [entry]);
  while (visits.length > MOST) visits.splice(Math.floor(random() * visits.length), 1);
  return visits;
}
