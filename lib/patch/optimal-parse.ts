/**
 * The cheapest way to make the new text of literals and copies, by dynamic programming: Storer and Szymanski's
 * optimal parse (J. ACM 29, 1982) with prices that depend on where the last copy ended, as LZMA's encoder has them.
 *
 * Positions are visited in order. Each has up to three states: the cheapest ways to get there, with different ends
 * of the last copy, because a dearer way may have the better place to go on from. From a state lead a literal and
 * copies: of what continues near that end, and of what begins with the same seeds anywhere.
 *
 * What keeps this near-linear: a copy of NICE units and more is taken at once, so all before it is settled and its
 * inside is never visited; states that are far dearer than others are dropped; and where a cheaper way leads past
 * a position, only literals lead on from it. When `work` exceeds its limit, which only adversarial texts achieve,
 * fewer and shorter copies are compared. Memory is one block, whatever the length of the text.
 */
import type { Copy } from './format';
import {
  addCopy,
  addLiteral,
  cheapest,
  createLattice,
  type Lattice,
  resetLattice,
  STATES,
  traceCopies,
} from './lattice';
import { type Matcher, visitFar, visitNear } from './matches';
import { literalPrice, numberClass, type Prices } from './prices';

/** Positions after which the cheapest way is taken even though no copy was nice. */
const BLOCK = 1 << 15;
/** Length of a continuation that leaves nothing to look for elsewhere. */
const FAMILIAR = 24;

interface Effort {
  /** Length of a copy that is taken at once. */
  nice: number;
  /** Places to look at per length of seeds. */
  depth: number;
  /** How far above the cheapest, in bits, a state may be to be followed. */
  margin: number;
}

const FULL: Effort = { nice: 200, depth: 12, margin: 30 };
const REDUCED: Effort = { nice: 12, depth: 1, margin: 0 };

/** A copy that is long enough to be taken without looking further. */
interface NiceCopy extends Copy {
  state: number;
  value: number;
}

/** Where a block stands. */
interface Block {
  lattice: Lattice;
  start: number;
  effort: Effort;
  /** The end of the cheapest copy that leads beyond the position being visited, and its price. */
  aheadAt: number;
  aheadPrice: number;
  nice: NiceCopy | undefined;
}

/**
 * Copies in the order of the new text, such that they and the literals between them cost least.
 * @param limit units that may be compared before the effort is reduced, counted in `matcher.work`
 */
export function parseOptimally(matcher: Matcher, prices: Prices, limit: number): Copy[] {
  const size = matcher.text.length;
  const lattice = createLattice(Math.min(BLOCK, size) + FULL.nice + 2);
  const copies: Copy[] = [];
  let start = 0;
  let end = 0;
  let run = 0;
  let used = 0;
  while (start < size) {
    resetLattice(lattice, used, end, run);
    const effort = matcher.work < limit ? FULL : REDUCED;
    const block: Block = { lattice, start, effort, aheadAt: 0, aheadPrice: 0, nice: undefined };
    const length = visitBlock(matcher, prices, block);
    used = length + FULL.nice + 1;
    const { nice } = block;
    const last = nice?.state ?? cheapest(lattice, length);
    for (const copy of traceCopies(lattice, last, start)) append(copies, copy);
    if (nice !== undefined) append(copies, { at: nice.at, from: nice.from, length: nice.length });
    start += length + (nice?.length ?? 0);
    end = nice === undefined ? (lattice.end[last] as number) : nice.from + nice.length;
    run = nice === undefined ? (lattice.run[last] as number) : 0;
  }
  return copies;
}

/** Visits positions until a nice copy is found or the block is full; gives how many. */
function visitBlock(matcher: Matcher, prices: Prices, block: Block): number {
  const { lattice, start, effort } = block;
  const length = Math.min(BLOCK, matcher.text.length - start);
  for (let position = 0; position < length; position++) {
    const best = cheapest(lattice, position);
    const lowest = lattice.price[best] as number;
    if (lowest === Number.POSITIVE_INFINITY) continue;
    const ahead = block.aheadAt > position ? block.aheadPrice : Number.POSITIVE_INFINITY;
    addLiterals(matcher, prices, block, position, Math.min(lowest, ahead) + effort.margin);
    if (ahead < lowest || isLowSurrogate(matcher.text, start + position)) continue;
    addCopies(matcher, prices, block, position, best, Math.min(lowest + effort.margin, ahead));
    if (block.nice !== undefined) return position;
  }
  return length;
}

/** No copy begins or ends before the second half of a pair. */
const isLowSurrogate = (text: Uint16Array, at: number): boolean => (text[at] as number) >> 10 === 0x37;

function addLiterals({ text }: Matcher, prices: Prices, block: Block, position: number, most: number): void {
  const { lattice, start } = block;
  const unit = text[start + position] as number;
  const first = position * STATES;
  for (let state = first; state < first + STATES; state++) {
    const price = lattice.price[state] as number;
    if (price > most) continue;
    addLiteral(
      lattice,
      position + 1,
      price + literalPrice(prices, unit, lattice.run[state] as number),
      state,
    );
  }
}

/** Adds what can be reached by a copy from the states of a position that cost no more than `most`. */
function addCopies(
  matcher: Matcher,
  prices: Prices,
  block: Block,
  position: number,
  best: number,
  most: number,
): void {
  const { lattice, effort } = block;
  const at = block.start + position;
  const first = position * STATES;
  let longest = 0;
  const visit = (source: number, found: number): void => {
    longest = Math.max(longest, found);
    const length = isLowSurrogate(matcher.text, at + found) ? found - 1 : found;
    if (length > 0) addCopyFrom(prices, block, position, most, source, length);
  };
  for (let state = first; state < first + STATES; state++) {
    if ((lattice.price[state] as number) > most) continue;
    visitNear(matcher, lattice.end[state] as number, lattice.run[state] as number, at, visit);
  }
  if (longest >= FAMILIAR) return;
  const expected = (lattice.end[best] as number) + (lattice.run[best] as number);
  visitFar(matcher, expected, at, effort.depth, visit);
}

function addCopyFrom(
  prices: Prices,
  block: Block,
  position: number,
  most: number,
  source: number,
  length: number,
): void {
  const { lattice } = block;
  const first = position * STATES;
  const lengthPrice = prices.length[numberClass(length)] as number;
  for (let state = first; state < first + STATES; state++) {
    const before = lattice.price[state] as number;
    if (before > most) continue;
    const offset = numberClass(source - (lattice.end[state] as number));
    const run = numberClass(lattice.run[state] as number);
    const price =
      before + lengthPrice + (prices.offset[offset] as number) + (prices.runLength[run] as number);
    if (length >= block.effort.nice) {
      considerNice(block, { at: block.start + position, from: source, length, state, value: length - price });
      continue;
    }
    addCopy(lattice, position + length, price, source, source + length, state);
    if (block.aheadAt > position && block.aheadPrice <= price) continue;
    block.aheadAt = position + length;
    block.aheadPrice = price;
  }
}

function considerNice(block: Block, copy: NiceCopy): void {
  if (block.nice === undefined || copy.value > block.nice.value) block.nice = copy;
}

/** Adds a copy, or makes the last one longer when this one continues it. */
function append(copies: Copy[], copy: Copy): void {
  const last = copies.at(-1);
  const continues =
    last !== undefined && last.at + last.length === copy.at && last.from + last.length === copy.from;
  if (continues) last.length += copy.length;
  else copies.push(copy);
}
