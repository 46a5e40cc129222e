import { randomNumbers } from '../../bench/generate-graph';
import type { ModuleGraph } from '../../lib/model';

/** A graph of at most `limit` modules, the same for the same seed: sparse or dense, with all the oddities small graphs can have. */
export function randomGraph(seed: number, limit = 7): ModuleGraph {
  const random = randomNumbers(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  const size = 1 + below(limit);
  const entries = new Set(Array.from({ length: 1 + below(3) }, () => below(size)));
  const pick = (density: number): number[][] =>
    Array.from({ length: size }, () =>
      Array.from({ length: size }, (_, target) => target).filter(() => random() < density / size),
    );
  return { size, staticEdges: pick(random() * 2), dynamicEdges: pick(random() * 2.5), entries: [...entries] };
}

/** Such a graph with workers, which other modules start, or they themselves. */
export function randomGraphWithWorkers(seed: number, limit = 7): ModuleGraph {
  const graph = randomGraph(seed, limit);
  const random = randomNumbers(seed + 0.5);
  const density = random();
  const workerEdges = graph.staticEdges.map(() =>
    graph.staticEdges.map((_, target) => target).filter(() => random() < density / graph.size),
  );
  return { ...graph, workerEdges };
}

/** A graph in a line: `a⇒b,c; b,c→d`. `→` is static, `⇒` dynamic, `⇛` starts a worker; modules are numbered in the order of their letters. */
export function parseGraph(text: string, entries: string): { graph: ModuleGraph; names: string[] } {
  const rules = text.split(';').map((rule) => rule.trim().split(/([→⇒⇛])/));
  const listed = rules.flatMap(([from = '', , to = '']) => `${from},${to}`.split(','));
  const names = [...new Set([...listed, ...entries.split(',')])].filter((name) => name !== '').sort();
  const numbersOf = (list: string): number[] => list.split(',').map((name) => names.indexOf(name));
  const staticEdges: number[][] = names.map(() => []);
  const dynamicEdges: number[][] = names.map(() => []);
  const workerEdges: number[][] = names.map(() => []);
  for (const [from = '', arrow, to = ''] of rules) {
    const edges = { '→': staticEdges, '⇒': dynamicEdges, '⇛': workerEdges }[arrow as '→'] ?? [];
    for (const module of numbersOf(from)) edges[module]?.push(...numbersOf(to));
  }
  const graph = { size: names.length, staticEdges, dynamicEdges, workerEdges, entries: numbersOf(entries) };
  return { graph, names };
}
