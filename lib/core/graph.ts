import type { Entry, Module, ModuleGraph } from '../model';

/** The graph in numbers, and what the numbers stand for. */
export interface NumberedGraph {
  graph: ModuleGraph;
  /** Path of each module. */
  paths: readonly string[];
  /** Number by path. */
  numbers: ReadonlyMap<string, number>;
}

/** The graph with its modules, by number. */
export interface NumberedModules extends NumberedGraph {
  modules: readonly Module[];
}

/**
 * Makes the graph that is split from modules whose dependencies are known. Numbers ascend with the stable names
 * that `nameOf` gives to paths, so nothing made from them depends on the order in which modules arrived.
 * `graph.entries` are in the order of `entries`.
 */
export function toGraph(
  modules: ReadonlyMap<string, Module>,
  entries: readonly Entry[],
  nameOf: (path: string) => string,
): NumberedModules {
  const named = [...modules.keys()].map((path) => ({ path, name: nameOf(path) }));
  const paths = named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ path }) => path);
  const numbers = new Map(paths.map((path, number) => [path, number]));
  const numbered = paths.map((path) => modules.get(path) as Module);
  const edges = numbered.map((module) => findEdges(module, numbers));
  const graph = {
    size: paths.length,
    staticEdges: edges.map((edge) => edge.fixed),
    dynamicEdges: edges.map((edge) => edge.later),
    entries: entries.map(({ path }) => numberOf(numbers, path, 'the entries')),
  };
  return { graph, paths, numbers, modules: numbered };
}

/**
 * The modules by the numbers of an earlier graph; `undefined` when their paths are not the same. Numbers follow from paths, and so
 * do names: both can be taken from there.
 */
export function inOrderOf(
  { paths }: NumberedGraph,
  modules: ReadonlyMap<string, Module>,
): readonly Module[] | undefined {
  if (paths.length !== modules.size) return undefined;
  const ordered: Module[] = [];
  for (const path of paths) {
    const module = modules.get(path);
    if (module === undefined) return undefined;
    ordered.push(module);
  }
  return ordered;
}

/** The earlier graph with other modules at the same paths: the edges of those that are what they were stay. */
export function updateGraph(before: NumberedModules, modules: readonly Module[]): NumberedModules {
  const staticEdges = before.graph.staticEdges.slice();
  const dynamicEdges = before.graph.dynamicEdges.slice();
  modules.forEach((module, number) => {
    if (module === before.modules[number]) return;
    const { fixed, later } = findEdges(module, before.numbers);
    staticEdges[number] = fixed;
    dynamicEdges[number] = later;
  });
  const { paths, numbers } = before;
  return { graph: { ...before.graph, staticEdges, dynamicEdges }, paths, numbers, modules };
}

/** Targets of a module, each once, ascending. What it needs at once and later is there at once: static beats dynamic. */
function findEdges(
  module: Module,
  numbers: ReadonlyMap<string, number>,
): { fixed: number[]; later: number[] } {
  const fixed = new Set<number>();
  const later = new Set<number>();
  module.targets.forEach((target, index) => {
    if (target === undefined) return;
    const kind = module.facts.references[index]?.kind;
    (kind === 'require' || kind === 'import' ? fixed : later).add(numberOf(numbers, target, module.path));
  });
  const helpers = [...Object.values(module.shims), module.runtime ?? []].flat();
  for (const helper of helpers) fixed.add(numberOf(numbers, helper, module.path));
  for (const target of fixed) later.delete(target);
  return { fixed: sortNumbers(fixed), later: sortNumbers(later) };
}

/** Whoever calls `toGraph` has all modules; a missing one is an error of dynapack and must not pass unnoticed. */
function numberOf(numbers: ReadonlyMap<string, number>, path: string, importer: string): number {
  const number = numbers.get(path);
  if (number === undefined) throw new Error(`No module '${path}' in the graph, but ${importer} needs it.`);
  return number;
}

function sortNumbers(numbers: Iterable<number>): number[] {
  return [...numbers].sort((a, b) => a - b);
}
