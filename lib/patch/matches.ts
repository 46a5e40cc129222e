/** Which pieces of the old texts a piece of the new text may be copied from. */
import { extendHash, firstFrom, groupOf, indexSeeds, type SeedIndex } from './seeds';

export interface Matcher {
  old: Uint16Array;
  text: Uint16Array;
  indexes: readonly SeedIndex[];
  /** Units compared and places looked at so far: what bounds are measured in. */
  work: number;
}

/** A way to go on: `length` units are equal from `source` on. */
export type Visit = (source: number, length: number) => void;

/** Short ones find what is left between two changes, long ones the place a whole block came from. */
const SEED_LENGTHS = [4, 8, 24];
/** Offsets that a change may have moved what follows by, forward: a few units deleted or replaced. */
const NEAR = 10;
/** Literals after which the place to go on is no longer looked for at every unit. */
const MAX_RUN = 64;

export function createMatcher(old: Uint16Array, text: Uint16Array): Matcher {
  return { old, text, indexes: SEED_LENGTHS.map((length) => indexSeeds(old, length)), work: 0 };
}

/** How far the texts are equal from `source` and `at` on. */
export function matchLength(matcher: Matcher, source: number, at: number): number {
  const { old, text } = matcher;
  const most = Math.min(text.length - at, old.length - source);
  let length = 0;
  while (length < most && old[source + length] === text[at + length]) length++;
  matcher.work += length + 1;
  return length;
}

/**
 * Visits the pieces that continue a copy which ended at `end`, `run` literals before `at`: what follows an
 * insertion, a deletion of a few units, or a replacement by as many.
 */
export function visitNear(matcher: Matcher, end: number, run: number, at: number, visit: Visit): void {
  const { old, text } = matcher;
  if (run > MAX_RUN) return;
  matcher.work += NEAR;
  const unit = text[at];
  for (let source = end; source <= end + NEAR; source++) {
    if (old[source] === unit) visit(source, matchLength(matcher, source, at));
  }
  const source = end + run;
  if (run > NEAR && old[source] === unit) visit(source, matchLength(matcher, source, at));
}

/**
 * Visits pieces from anywhere, each longer than the one before: of those that begin with the same seed as `at`,
 * the `depth` nearest to `expected`, for each length of seeds.
 */
export function visitFar(matcher: Matcher, expected: number, at: number, depth: number, visit: Visit): void {
  let hash = 0;
  let hashed = 0;
  for (const index of matcher.indexes) {
    if (at + index.length > matcher.text.length) return;
    matcher.work += index.length - hashed;
    hash = extendHash(hash, matcher.text, at, hashed, index.length);
    hashed = index.length;
    const group = groupOf(index, hash);
    const from = index.starts[group] as number;
    const to = index.starts[group + 1] as number;
    // What begins with a longer seed begins with the shorter one, too.
    if (from === to) return;
    visitGroup(matcher, index, from, to, expected, at, depth, visit);
  }
}

function visitGroup(
  matcher: Matcher,
  { positions, length }: SeedIndex,
  from: number,
  to: number,
  expected: number,
  at: number,
  depth: number,
  visit: Visit,
): void {
  let right = firstFrom(positions, from, to, expected);
  let left = right - 1;
  let longest = length - 1;
  for (let tries = Math.min(depth, to - from); tries > 0; tries--) {
    const isRight =
      left < from ||
      (right < to && (positions[right] as number) - expected <= expected - (positions[left] as number));
    const source = positions[isRight ? right++ : left--] as number;
    matcher.work++;
    if (matcher.old[source + longest] !== matcher.text[at + longest]) continue;
    const found = matchLength(matcher, source, at);
    if (found <= longest) continue;
    longest = found;
    visit(source, found);
  }
}
