/** How long splitting takes on large programs: `npx gulp bench`. */
import { execFileSync } from 'node:child_process';
import { mergeBundles } from '../lib/core/merge';
import { priceOf } from '../lib/core/price';
import { coresOf, isMinimal, split } from '../lib/core/split';
import type { ModuleGraph } from '../lib/model';
import { countEdges, type GraphSize, generateGraph, generateSizes } from './generate-graph';

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

/** Median time in ms of merging, with a kilobyte for a request. */
function measureMerging(graph: ModuleGraph): number {
  const cores = coresOf(graph);
  const made = split(graph, cores);
  const sizes = generateSizes(graph.size, 1);
  return measure(() => mergeBundles(made, cores, sizes, 1000));
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
    measureMerging(graph).toFixed(0),
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
  'merge ms',
  'minimal',
  'graph MB',
  'peak MB',
];

function printRow(cells: readonly (number | string)[], headings = HEADINGS): void {
  console.log(
    cells.map((cell, index) => String(cell).padStart((headings[index] as string).length + 2)).join(''),
  );
}

const COSTS = [0, 512, 1_000, 2_000, 8_000];
const PRICED: GraphSize = { modules: 1_000, roots: 200, edges: 4_000, entries: 20 };
const PRICED_GRAPHS = 50;
const PRICE_HEADINGS = ['request cost', 'bundles %', 'files per load', 'most files', 'too early %'];

/** What merging costs and saves: means over many graphs. */
function printPrices(): void {
  const graphs = Array.from({ length: PRICED_GRAPHS }, (_, index) => {
    const graph = generateGraph(PRICED, index + 1);
    const cores = coresOf(graph);
    return { cores, made: split(graph, cores), sizes: generateSizes(graph.size, index + 1) };
  });
  const bytes = graphs.flatMap(({ made, sizes }) =>
    made.bundles.map((modules) => modules.reduce((sum, module) => sum + (sizes[module] as number), 0)),
  );
  const share = (limit: number): string =>
    `${((100 * bytes.filter((each) => each < limit).length) / bytes.length).toFixed(0)} %`;
  const { modules, roots } = PRICED;
  console.log(`\n${PRICED_GRAPHS} graphs of ${modules} modules and ${roots} roots; of their bundles`);
  console.log(`${share(1_000)} have less than 1 KB, ${share(5_000)} less than 5 KB:\n`);
  printRow(PRICE_HEADINGS, PRICE_HEADINGS);
  for (const cost of COSTS) {
    const prices = graphs.map(({ cores, made, sizes }) =>
      priceOf(made, mergeBundles(made, cores, sizes, cost), cores, sizes),
    );
    const mean = (numberOf: (price: (typeof prices)[number]) => number): number =>
      prices.reduce((sum, price) => sum + numberOf(price), 0) / prices.length;
    printRow(
      [
        cost,
        mean(({ before, after }) => (100 * after) / before).toFixed(1),
        mean(({ filesAfter }) => filesAfter.mean).toFixed(2),
        mean(({ filesAfter }) => filesAfter.most).toFixed(1),
        mean(({ overfetch }) => 100 * overfetch.share).toFixed(2),
      ],
      PRICE_HEADINGS,
    );
  }
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
  printPrices();
} else {
  printRow(measureGraph(generateGraph(SIZES[Number(index)] as GraphSize, 1)));
}
