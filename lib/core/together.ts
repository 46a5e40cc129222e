/**
 * Entries that stand on pages together: what none of these pages can tell apart may share a bundle, which is more than is possible where each entry may be alone.
 *
 * The theorem of `split.ts` holds for whatever is requested as one, so a page is a root like any other: a module that is in no bundle, with
 * the entries as its imports, in their place. Visits begin with pages then. What requests load is worked out from the graph without pages, though: what is held by
 * every visit to a page costs nothing to list, and who opens an entry by itself lacks nothing, but fetches more than is needed.
 */
import type { ModuleGraph, Split } from '../model';
import { bitMatrix, eachBit, uniteRow } from './bits';
import { findCores } from './merge';
import { type Cores, nextOf } from './split';

/**
 * The graph whose visits begin with pages.
 * @param pages the entries of each
 */
export function withPages(graph: ModuleGraph, pages: readonly (readonly number[])[]): ModuleGraph {
  const { size, staticEdges, dynamicEdges, workerEdges, textless = [] } = graph;
  const sorted = pages.map((page) => [...new Set(page)].sort((a, b) => a - b));
  const several = [
    ...new Map(sorted.filter((page) => page.length > 1).map((page) => [String(page), page])).values(),
  ];
  const ofPages = new Set(sorted.flat());
  const alone = [
    ...graph.entries.filter((entry) => !ofPages.has(entry)),
    ...sorted.flatMap((page) => (page.length === 1 ? page : [])),
  ];
  const added = several.map((_, index) => size + index);
  const none = several.map(() => []);
  return {
    size: size + several.length,
    staticEdges: [...staticEdges, ...several],
    dynamicEdges: [...dynamicEdges, ...none],
    ...(workerEdges && { workerEdges: [...workerEdges, ...none] }),
    entries: [...alone, ...added],
    textless: new Set([...textless, ...added]),
  };
}

/** The same bundles, with what requests load in any visit, whatever entries it begins with. */
export function inAnyVisit({ bundles, bundleOf }: Split, { size }: ModuleGraph, known: Cores): Split {
  const { roots, cores } = known;
  const sets = bitMatrix(bundles.length, roots.modules.length);
  bundles.forEach((modules, bundle) => {
    for (const module of modules) uniteRow(sets, bundle, cores, roots.signatureOf[module] as number);
  });
  const found = findCores(roots, sets).cores;
  const lists: number[][] = roots.modules.map(() => []);
  for (const bundle of bundles.keys()) eachBit(found, bundle, (root) => lists[root]?.push(bundle));
  const loads = new Map(roots.modules.map((module, root) => [module, lists[root] as number[]]));
  return { bundles, bundleOf: bundleOf.slice(0, size), loads, next: nextOf(known) };
}
