import type { Split } from '../model';
import { isSameList } from './again';

/** In the same order, too. */
function isSameTable(a: ReadonlyMap<number, number[]>, b: ReadonlyMap<number, number[]>): boolean {
  const keys = [...b.keys()];
  return (
    a.size === b.size &&
    [...a].every(([key, list], index) => key === keys[index] && isSameList(list, b.get(key) as number[]))
  );
}

/** Whether two splits of modules with the same numbers are the same: `bundles` follow from `bundleOf`. */
export function isSameSplit(a: Split, b: Split): boolean {
  return isSameList(a.bundleOf, b.bundleOf) && isSameTable(a.loads, b.loads) && isSameTable(a.next, b.next);
}
