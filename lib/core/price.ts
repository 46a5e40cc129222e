/**
 * What merging costs and saves, exactly. A request for a root can fetch, in one visit or another, the bundles of `loads`, and no others; of
 * these it has no need of the modules whose cores do not hold the root (`merge.ts`). Both are summed up here from the bundles as they
 * are, not as they came about.
 */
import type { Split, SplitPrice } from '../model';
import { eachBit } from './bits';
import type { Cores } from './split';

/** Mean and most of a list; 0 of none. */
const meanAndMost = (numbers: readonly number[]): { mean: number; most: number } => ({
  mean: sum(numbers) / Math.max(1, numbers.length),
  most: numbers.reduce((most, number) => Math.max(most, number), 0),
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const filesOf = ({ loads }: Split): number[] => [...loads.values()].map((list) => list.length);

/**
 * @param before the fewest clean bundles
 * @param after those that there are
 * @param sizes bytes of each module
 */
export function priceOf(before: Split, after: Split, known: Cores, sizes: ArrayLike<number>): SplitPrice {
  const { fetched, needed } = bytesOf(after, known, sizes);
  const early = fetched.map((bytes, root) => bytes - (needed[root] as number));
  return {
    before: before.bundles.length,
    after: after.bundles.length,
    filesBefore: meanAndMost(filesOf(before)),
    filesAfter: meanAndMost(filesOf(after)),
    overfetch: { ...meanAndMost(early), share: sum(early) / Math.max(1, sum(fetched)) },
  };
}

/** By root, the bytes that a request for it can fetch, and those of them that it needs. */
function bytesOf({ bundles, loads }: Split, { roots, cores, coreOf }: Cores, sizes: ArrayLike<number>) {
  const fetched = roots.modules.map(() => 0);
  const needed = roots.modules.map(() => 0);
  const fetching = bundles.map((): number[] => []);
  roots.modules.forEach((module, root) => {
    for (const bundle of loads.get(module) ?? []) fetching[bundle]?.push(root);
  });
  bundles.forEach((modules, bundle) => {
    const isFetching = new Set(fetching[bundle]);
    for (const { first, size } of groupByCore(modules, coreOf, sizes)) {
      for (const root of isFetching) fetched[root] = (fetched[root] as number) + size;
      eachBit(cores, roots.signatureOf[first] as number, (root) => {
        if (isFetching.has(root)) needed[root] = (needed[root] as number) + size;
      });
    }
  });
  return { fetched, needed };
}

/** For each core of the modules, the first that has it, and the bytes of all. */
function groupByCore(
  modules: readonly number[],
  coreOf: Int32Array,
  sizes: ArrayLike<number>,
): Iterable<{ first: number; size: number }> {
  const groups = new Map<number, { first: number; size: number }>();
  for (const module of modules) {
    const core = coreOf[module] as number;
    const group = groups.get(core) ?? { first: module, size: 0 };
    group.size += sizes[module] as number;
    groups.set(core, group);
  }
  return groups.values();
}
