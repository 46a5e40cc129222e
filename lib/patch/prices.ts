/**
 * What literals and numbers of a patch will cost after compression, in bits. First guessed, then measured on a
 * parse made with the guess, as Zopfli does for Deflate: what is used often becomes cheap, and so is used more.
 */
import type { Copy } from './format';

export interface Prices {
  /** Class of a unit → price relative to others. */
  literal: Float64Array;
  /** Literals before this one in its run → price: long insertions compress well, single characters do not. */
  run: Float64Array;
  /** Class of a number → price, in each column. */
  offset: Float64Array;
  length: Float64Array;
  runLength: Float64Array;
}

/** Units of Latin 1 have a class of their own; all others share one. */
const UNITS = 257;
const OTHER = 256;
/** What is left to say of a unit of the shared class, in bits. */
const OTHER_PRICE = 6;
const RUNS = 64;
const RUN_DECAY = 0.7;
/** Numbers below have a class of their own; above, those of as many bits share one. */
const EXACT = 32;
const EXACT_BITS = 5;
const CLASSES = 64;

/** The class of a number; negative ones have the upper half. */
export function numberClass(value: number): number {
  const size = value < 0 ? -value : value;
  const sizeClass = size < EXACT ? size : EXACT + 31 - Math.clz32(size) - EXACT_BITS;
  return value < 0 ? CLASSES + sizeClass : sizeClass;
}

/** How many numbers a class has. */
function classWidth(index: number): number {
  const sizeClass = index % CLASSES;
  return sizeClass < EXACT ? 1 : 2 ** (sizeClass - EXACT + EXACT_BITS);
}

/** The smallest number of a class, without its sign. */
const classStart = (index: number): number => (index % CLASSES < EXACT ? index % CLASSES : classWidth(index));

/** A price per class: `first` for zero, a bit more for each doubling, `negative` more below zero. */
function guessNumbers(first: number, negative: number): Float64Array {
  return Float64Array.from({ length: 2 * CLASSES }, (_, index) => {
    return first + Math.log2(classStart(index) + 1) + (index < CLASSES ? 0 : negative);
  });
}

/**
 * Prices before anything is known.
 * @param short price of a literal alone
 * @param long price of a literal in a long run
 */
export function guessPrices(short: number, long: number): Prices {
  return {
    literal: new Float64Array(UNITS).fill(1),
    run: Float64Array.from({ length: RUNS }, (_, index) => long + (short - long) * RUN_DECAY ** index),
    offset: guessNumbers(2, 2),
    length: guessNumbers(2, Number.POSITIVE_INFINITY),
    runLength: guessNumbers(1.5, Number.POSITIVE_INFINITY),
  };
}

const unitClass = (unit: number): number => Math.min(unit, OTHER);

/** The price of a literal that `before` literals precede in its run. */
export function literalPrice({ literal, run }: Prices, unit: number, before: number): number {
  return (literal[unitClass(unit)] as number) * (run[Math.min(before, RUNS - 1)] as number);
}

/** How often each class occurs in each column, and each unit among the literals. */
interface Statistics {
  offset: Float64Array;
  length: Float64Array;
  runLength: Float64Array;
  literal: Float64Array;
  literals: number;
}

/** Prices from what a parse of `text` used, smoothed by the guess that it was made with. */
export function measurePrices(text: Uint16Array, copies: readonly Copy[], guess: Prices): Prices {
  const { literal, literals, ...columns } = count(text, copies);
  const single = guess.run[0] as number;
  return {
    literal: literal.map((times, index) => {
      const rest = index === OTHER ? OTHER_PRICE : 0;
      return (literalEntropy(times, literals) + rest) / single;
    }),
    run: guess.run,
    offset: measureNumbers(columns.offset, copies.length, guess.offset),
    length: measureNumbers(columns.length, copies.length, guess.length),
    runLength: measureNumbers(columns.runLength, copies.length, guess.runLength),
  };
}

/** How much a literal inside a run counts: what is in long insertions says little of single characters. */
const LITERAL_WEIGHTS = Float64Array.from({ length: RUNS }, (_, index) => Math.max(0.15, 0.8 ** index));

function count(text: Uint16Array, copies: readonly Copy[]): Statistics {
  const numbers = (): Float64Array => new Float64Array(2 * CLASSES);
  const statistics: Statistics = {
    offset: numbers(),
    length: numbers(),
    runLength: numbers(),
    literal: new Float64Array(UNITS),
    literals: 0,
  };
  let end = 0;
  let source = 0;
  for (const { at, from, length } of copies) {
    increase(statistics.offset, numberClass(from - source), 1);
    increase(statistics.length, numberClass(length), 1);
    increase(statistics.runLength, numberClass(at - end), 1);
    for (let index = end; index < at; index++) {
      const weight = LITERAL_WEIGHTS[Math.min(index - end, RUNS - 1)] as number;
      increase(statistics.literal, unitClass(text[index] as number), weight);
      statistics.literals += weight;
    }
    end = at + length;
    source = from + length;
  }
  return statistics;
}

function increase(counts: Float64Array, index: number, by: number): void {
  counts[index] = (counts[index] as number) + by;
}

/** How many numbers, and how many literals, the guess is worth. */
const NUMBER_WEIGHT = 100;
const LITERAL_WEIGHT = 40;
/** Different literals that the guess expects. */
const ALPHABET = 80;
/** Literals cost more than their entropy: few of them repeat, and brotli must describe its codes. */
const LITERAL_OVERHEAD = 1.15;
const MAX_LITERAL = 9;
const MAX_NUMBER = 40;

function literalEntropy(times: number, total: number): number {
  const share = (times + LITERAL_WEIGHT / ALPHABET) / (total + LITERAL_WEIGHT);
  return Math.min(MAX_LITERAL, -LITERAL_OVERHEAD * Math.log2(share));
}

function measureNumbers(counts: Float64Array, total: number, guess: Float64Array): Float64Array {
  const expected = guess.map((price, index) => 2 ** -price * classWidth(index));
  const sum = expected.reduce((all, share) => all + share, 0);
  return counts.map((times, index) => {
    const share = (times + (NUMBER_WEIGHT * (expected[index] as number)) / sum) / (total + NUMBER_WEIGHT);
    return Math.min(MAX_NUMBER, Math.log2(classWidth(index)) - Math.log2(share));
  });
}
