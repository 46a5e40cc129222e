/** Sets of offsets as sorted, disjoint ranges. */

import type { Range } from './facts';

export type { Range };

/** The outermost of nested ranges, in source order; of equal ranges the first given. Ranges of one tree nest or are apart. */
export function outermost<Item extends Range>(items: readonly Item[]): Item[] {
  const sorted = items.toSorted((a, b) => a.start - b.start || b.end - a.end);
  let end = -1;
  return sorted.filter((item) => {
    if (item.start < end) return false;
    end = item.end;
    return true;
  });
}

/** The index of the one among ranges that holds the offset, or -1. They are sorted and apart. */
export function rangeAt(ranges: readonly Range[], offset: number): number {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ranges[middle] as Range).end <= offset) low = middle + 1;
    else high = middle;
  }
  return low < ranges.length && (ranges[low] as Range).start <= offset ? low : -1;
}

/** Whether one of the ranges holds the offset. They are sorted and apart. */
export const covers = (ranges: readonly Range[], offset: number): boolean => rangeAt(ranges, offset) >= 0;
