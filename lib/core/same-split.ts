import type { Split } from '../model';

const isSameList = (a: readonly number[], b: readonly number[] | undefined): boolean =>
  a.length === b?.length && a.every((item, index) => item === b[index]);

/** In the same order, too. */
function isSameTable(a: ReadonlyMap<number, number[]>, b: ReadonlyMap<number, number[]>): boolean {
  const keys = [...b.keys()];
  return (
    a.size === b.size &&
    [...a].every(([key, list], index) => key === keys[index] && isSameList(list, b.get(key)))
  );
}

/** Whether two splits of modules with the same numbers are the same: `bundles` follow from `bundleOf`. */
export function isSameSplit(a: Split, b: Split): boolean {
  return (
    a.bundleOf.length === b.bundleOf.length &&
    a.bundleOf.every((bundle, module) => bundle === b.bundleOf[module]) &&
    isSameTable(a.loads, b.loads) &&
    isSameTable(a.next, b.next)
  );
}
