/** What visits fetched, against what they needed. */
import type { ModuleGraph } from '../../lib/model';
import { closureOf } from './modules';
import type { Request } from './visit';

/** Sums over requests, in bytes of modules' sources. */
export interface Waste {
  needed: number;
  /** Not needed by the request that fetched it, whatever may need it later. */
  early: number;
  /** There already. */
  again: number;
}

/** What is known of a program and of its bundles. */
export interface Served {
  graph: ModuleGraph;
  /** Script → its modules. */
  bundles: ReadonlyMap<string, readonly number[]>;
  sizeOf(module: number): number;
}

/** Adds up a visit: its requests in their order, beginning with nothing. */
export function wasteOf(visit: readonly Request[], { graph, bundles, sizeOf }: Served): Waste {
  const waste: Waste = { needed: 0, early: 0, again: 0 };
  const there = new Set<number>();
  for (const { root, files } of visit) {
    const closure = closureOf(root, graph);
    for (const module of files.flatMap((file) => bundles.get(file) ?? [])) {
      const kind = there.has(module) ? 'again' : closure.has(module) ? 'needed' : 'early';
      waste[kind] += sizeOf(module);
      there.add(module);
    }
  }
  return waste;
}
