/** Searches of the root graph, thirty-two at once: they walk mostly the same ways, and where they do, one step serves them all. */
import { type BitMatrix, eachBit } from './bits';
import type { Roots } from './roots';

/**
 * For each set of roots, a row of `sets`, searches the root graph from the entries, never continuing beyond a root of the set. Calls `visit` for all
 * roots and thirty-two sets at a time, from the set `first` on: bits of `arrived` say which searches have come to the root, those of `members` which sets
 * hold it. There are `count` of them.
 */
export function searchAll(
  roots: Roots,
  sets: BitMatrix,
  visit: (root: number, arrived: number, members: number, first: number, count: number) => void,
): void {
  for (let first = 0; first < sets.rows; first += 32) {
    const count = Math.min(32, sets.rows - first);
    const members = transpose(sets, first, count, roots.modules.length);
    search(roots, members).forEach((arrived, root) => {
      visit(root, arrived, members[root] as number, first, count);
    });
  }
}

/** For each root a word that tells which of `count` sets, from row `first` on, it belongs to. */
function transpose(sets: BitMatrix, first: number, count: number, roots: number): Int32Array {
  const members = new Int32Array(roots);
  for (let bit = 0; bit < count; bit++) {
    eachBit(sets, first + bit, (root) => {
      members[root] = (members[root] as number) | (1 << bit);
    });
  }
  return members;
}

/**
 * Searches the root graph from the entries, for up to 32 sets at once: a bit arrives at a root when the
 * root can be requested before, or as the first of, the roots of its set.
 */
function search({ modules, starts, next }: Roots, members: Int32Array): Int32Array {
  const arrived = new Int32Array(modules.length);
  const waiting = new Uint8Array(modules.length);
  const queue: number[] = [];
  const arrive = (root: number, bits: number): void => {
    const known = arrived[root] as number;
    if ((bits & ~known) === 0) return;
    arrived[root] = known | bits;
    if (waiting[root] === 1) return;
    waiting[root] = 1;
    queue.push(root);
  };
  for (const start of starts) arrive(start, -1);
  for (let index = 0; index < queue.length; index++) {
    const root = queue[index] as number;
    waiting[root] = 0;
    const passing = (arrived[root] as number) & ~(members[root] as number);
    if (passing !== 0) for (const later of next[root] as readonly number[]) arrive(later, passing);
  }
  return arrived;
}
