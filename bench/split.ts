/** How long splitting takes on large programs: `npx gulp bench`. */
import { execFileSync } from 'node:child_process';
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

/** The most memory this process has had so far, in MB. */
const peakMemory = (): number => process.resourceUsage().maxRSS / 1024;

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
  const base = peakMemory();
  const result = split(graph);
  const checked = isMinimal(graph, result);
  const once = peakMemory();
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
    base.toFixed(0),
    once.toFixed(0),
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
  'graph MB',
  'peak MB',
];

function printRow(cells: readonly (number | string)[]): void {
  console.log(
    cells.map((cell, index) => String(cell).padStart((HEADINGS[index] as string).length + 2)).join(''),
  );
}

/** Peak memory is a process's, so every size has one of its own: this file again, with the size's index. */
function runInProcess(index: number): void {
  execFileSync(process.execPath, ['--import', 'tsx', __filename, String(index)], { stdio: 'inherit' });
}

const [index] = process.argv.slice(2);
if (index === undefined) {
  printRow(HEADINGS);
  SIZES.forEach((_, position) => {
    runInProcess(position);
  });
} else {
  printRow(measureGraph(generateGraph(SIZES[Number(index)] as GraphSize, 1)));
}
