/** How long splitting takes on large programs: `npx tsx bench/split.ts`. */
import { isMinimal, split } from '../lib/core/split';
import type { ModuleGraph } from '../lib/model';
import { countEdges, type GraphSize, generateGraph } from './generate-graph';

const RUNS = 7;
const SIZES: readonly GraphSize[] = [
  { modules: 2_000, roots: 100, edges: 10_000, entries: 20 },
  { modules: 20_000, roots: 1_000, edges: 100_000, entries: 100 },
  { modules: 20_000, roots: 1_000, edges: 100_000, entries: 1 },
  { modules: 100_000, roots: 2_000, edges: 500_000, entries: 200 },
];

/** Memory in use beyond what was before, in MB; typed arrays are external to the heap. */
function memoryInUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
}

/** Median time of `action` in ms, over several runs. */
function measure(action: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = performance.now();
    action();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[RUNS >> 1] as number;
}

function measureGraph(graph: ModuleGraph): (number | string)[] {
  const before = memoryInUse();
  const result = split(graph);
  const afterSplit = memoryInUse() - before;
  const checked = isMinimal(graph, result);
  const afterCheck = memoryInUse() - before;
  return [
    graph.size,
    countEdges(graph.staticEdges) + countEdges(graph.dynamicEdges),
    graph.entries.length,
    result.loads.size,
    [...result.next.values()].reduce((sum, list) => sum + list.length, 0),
    result.bundles.length,
    measure(() => split(graph)).toFixed(0),
    measure(() => isMinimal(graph, result)).toFixed(0),
    checked ? 'yes' : 'NO',
    Math.max(afterSplit, afterCheck).toFixed(0),
  ];
}

const HEADINGS = [
  'modules',
  'edges',
  'entries',
  'roots',
  'root edges',
  'bundles',
  'split ms',
  'check ms',
  'minimal',
  'memory MB',
];

function printRow(cells: readonly (number | string)[]): void {
  console.log(
    cells.map((cell, index) => String(cell).padStart((HEADINGS[index] as string).length + 2)).join(''),
  );
}

printRow(HEADINGS);
for (const size of SIZES) printRow(measureGraph(generateGraph(size, 1)));
