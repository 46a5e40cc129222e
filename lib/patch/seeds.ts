/**
 * Where each *seed*, a few units in a row, occurs in a text: all positions, grouped by a hash of the seed, ascending
 * within a group. Made by counting sort, in linear time and five words per unit at most.
 */

export interface SeedIndex {
  /** Units of a seed. */
  length: number;
  /** Bits that a hash is shifted by to give a group. */
  shift: number;
  /** Group → index of its first position; the next group's is its end. */
  starts: Int32Array;
  positions: Int32Array;
}

/** Rabin and Karp's rolling hash: the same for equal seeds, wherever they begin. */
const MULTIPLIER = 0x01000193;
/** Spreads a hash over its upper bits (Fibonacci hashing). */
const SPREAD = 0x9e3779b1;
const MIN_BITS = 8;
const MAX_BITS = 22;

export function indexSeeds(text: Uint16Array, length: number): SeedIndex {
  const count = Math.max(0, text.length - length + 1);
  const bits = Math.min(MAX_BITS, Math.max(MIN_BITS, 32 - Math.clz32(count)));
  const groups = groupSeeds(text, length, 32 - bits, count);
  const starts = new Int32Array((1 << bits) + 1);
  for (const group of groups) starts[group + 1] = (starts[group + 1] as number) + 1;
  for (let group = 1; group < starts.length; group++) {
    starts[group] = (starts[group] as number) + (starts[group - 1] as number);
  }
  const next = starts.slice();
  const positions = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    const group = groups[at] as number;
    positions[next[group] as number] = at;
    next[group] = (next[group] as number) + 1;
  }
  return { length, shift: 32 - bits, starts, positions };
}

/** The group of every seed of a text. */
function groupSeeds(text: Uint16Array, length: number, shift: number, count: number): Uint32Array {
  const groups = new Uint32Array(count);
  let power = 1;
  for (let times = 0; times < length; times++) power = Math.imul(power, MULTIPLIER);
  let hash = 0;
  for (let end = 0; end < text.length; end++) {
    hash = (Math.imul(hash, MULTIPLIER) + (text[end] as number)) | 0;
    if (end >= length) hash = (hash - Math.imul(text[end - length] as number, power)) | 0;
    if (end >= length - 1) groups[end - length + 1] = Math.imul(hash, SPREAD) >>> shift;
  }
  return groups;
}

/** Carries the hash of the units from `at` on from `from` of them to `to`; 0 is the hash of none. */
export function extendHash(hash: number, text: Uint16Array, at: number, from: number, to: number): number {
  let extended = hash;
  for (let index = at + from; index < at + to; index++) {
    extended = (Math.imul(extended, MULTIPLIER) + (text[index] as number)) | 0;
  }
  return extended;
}

/** The group of seeds with a hash. */
export const groupOf = ({ shift }: SeedIndex, hash: number): number => Math.imul(hash, SPREAD) >>> shift;

/** Index of the first of the positions from `low` to `high` that is not before `wanted`: binary search. */
export function firstFrom(positions: Int32Array, low: number, high: number, wanted: number): number {
  let from = low;
  let to = high;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((positions[middle] as number) < wanted) from = middle + 1;
    else to = middle;
  }
  return from;
}
