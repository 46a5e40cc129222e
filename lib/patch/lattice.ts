/**
 * The ways to write a block of the new text, as far as they are worth keeping: at every position the few cheapest,
 * each with another place in the old texts to go on from.
 */
import type { Copy } from './format';

/** What leads from one state to a later one. */
const LITERAL = -1;
/** The predecessor of a block's first state. */
const NONE = -1;
/** States per position. More than three gain next to nothing. */
export const STATES = 3;

export interface Lattice {
  /** By state, as all below: bits so far. A state's number is its position in the block · STATES, and up. */
  price: Float64Array;
  /** Where the last copy ended in the old texts. */
  end: Int32Array;
  /** Literals since then. */
  run: Int32Array;
  /** The state before. */
  previous: Int32Array;
  /** Where the copy that led here began in the old texts, or LITERAL. */
  source: Int32Array;
}

export function createLattice(positions: number): Lattice {
  const size = positions * STATES;
  return {
    price: new Float64Array(size).fill(Number.POSITIVE_INFINITY),
    end: new Int32Array(size),
    run: new Int32Array(size),
    previous: new Int32Array(size),
    source: new Int32Array(size),
  };
}

/** Forgets the states of the first `positions`, and begins with one at position 0. */
export function resetLattice(lattice: Lattice, positions: number, end: number, run: number): void {
  lattice.price.fill(Number.POSITIVE_INFINITY, 0, positions * STATES);
  lattice.price[0] = 0;
  lattice.end[0] = end;
  lattice.run[0] = run;
  lattice.previous[0] = NONE;
}

/** Adds a state that a copy leads to. */
export function addCopy(
  lattice: Lattice,
  position: number,
  price: number,
  source: number,
  end: number,
  previous: number,
): void {
  const state = placeFor(lattice, position, price, end);
  if (state === NONE) return;
  lattice.run[state] = 0;
  lattice.source[state] = source;
  lattice.previous[state] = previous;
}

/** Adds the state that a literal leads to from `previous`. */
export function addLiteral(lattice: Lattice, position: number, price: number, previous: number): void {
  const state = placeFor(lattice, position, price, lattice.end[previous] as number);
  if (state === NONE) return;
  lattice.run[state] = (lattice.run[previous] as number) + 1;
  lattice.source[state] = LITERAL;
  lattice.previous[state] = previous;
}

/** Makes room for a state: instead of the one that goes on from the same place, else of the dearest, if cheaper. */
function placeFor({ price, end }: Lattice, position: number, newPrice: number, newEnd: number): number {
  const first = position * STATES;
  let place = first;
  for (let state = first; state < first + STATES; state++) {
    if (end[state] === newEnd && (price[state] as number) < Number.POSITIVE_INFINITY) {
      place = state;
      break;
    }
    if ((price[state] as number) > (price[place] as number)) place = state;
  }
  if (newPrice >= (price[place] as number)) return NONE;
  price[place] = newPrice;
  end[place] = newEnd;
  return place;
}

/** The cheapest state at a position. */
export function cheapest({ price }: Lattice, position: number): number {
  const first = position * STATES;
  let best = first;
  for (let state = first + 1; state < first + STATES; state++) {
    if ((price[state] as number) < (price[best] as number)) best = state;
  }
  return best;
}

/** The copies that lead to `state`, in order. `start` is where the block begins in the text. */
export function traceCopies({ previous, source }: Lattice, state: number, start: number): Copy[] {
  const copies: Copy[] = [];
  for (let to = state; previous[to] !== NONE; to = previous[to] as number) {
    const from = source[to] as number;
    if (from === LITERAL) continue;
    const at = Math.floor((previous[to] as number) / STATES);
    copies.push({ at: start + at, from, length: Math.floor(to / STATES) - at });
  }
  return copies.reverse();
}
