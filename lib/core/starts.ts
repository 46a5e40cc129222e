/** Where visits begin: a page with an entry; a worker with its own module, since it has nothing of what its page has. */
import type { ModuleGraph } from '../model';

/** The entries, and what the modules that these lead to start workers with; each once, ascending. */
export function findStarts({ size, entries, staticEdges, dynamicEdges, workerEdges }: ModuleGraph): number[] {
  const starts = new Set(entries);
  if (workerEdges !== undefined) {
    const reached = new Uint8Array(size);
    const line = [...starts];
    for (const module of line) {
      if (reached[module] === 1) continue;
      reached[module] = 1;
      for (const worker of workerEdges[module] as readonly number[]) starts.add(worker);
      for (const edges of [staticEdges, dynamicEdges, workerEdges]) line.push(...(edges[module] as number[]));
    }
  }
  return [...starts].sort((a, b) => a - b);
}
