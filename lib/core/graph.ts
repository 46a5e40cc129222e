/** Modules → the graph that is split. */
import type { Module, ModuleGraph } from '../model';
import { eachAgain } from './again';
import { findTextless, isStyle } from './kinds';

/** The graph in numbers, and what the numbers stand for. */
export interface NumberedGraph {
  graph: ModuleGraph;
  /** Path of each module. */
  paths: readonly string[];
  /** Number by path. */
  numbers: ReadonlyMap<string, number>;
}

/** Targets of a module, each once, ascending. */
interface Edges {
  fixed: number[];
  later: number[];
  workers: number[];
}

/** The graph with its modules, and their edges, by number. */
export interface NumberedModules extends NumberedGraph {
  /** As far as scripts are concerned. */
  scripts: ModuleGraph;
  modules: readonly Module[];
  edges: readonly Edges[];
}

/**
 * Makes the graph that is split from modules whose dependencies are known. Numbers ascend with the stable names
 * that `nameOf` gives to paths, so nothing made from them depends on the order in which modules arrived.
 * `graph.entries` are in the order of `entries`.
 * @param before an earlier graph of modules at the same paths: numbers follow from these
 */
export function toGraph(
  modules: ReadonlyMap<string, Module>,
  entries: readonly { path: string }[],
  nameOf: (path: string) => string,
  before?: NumberedModules,
): NumberedModules {
  const { paths, numbers } = before ?? numberPaths(modules.keys(), nameOf);
  const numbered = paths.map((path) => modules.get(path) as Module);
  const known = before && { inputs: before.modules, outputs: before.edges };
  const edges = eachAgain(known, numbered, (module) => findEdges(module, numbers));
  const graph = {
    size: paths.length,
    staticEdges: edges.map(({ fixed }) => fixed),
    dynamicEdges: edges.map(({ later }) => later),
    ...(edges.some(({ workers }) => workers.length > 0) && {
      workerEdges: edges.map(({ workers }) => workers),
    }),
    entries: entries.map(({ path }) => numberOf(numbers, path, 'the entries')),
    textless: findTextless(numbered, numbers),
  };
  return { graph, scripts: scriptsIn(graph, numbered, numbers), paths, numbers, modules: numbered, edges };
}

/** What a style imports is shown with it. What it would be in scripts, nobody needs for that. */
function scriptsIn(
  graph: ModuleGraph & Required<Pick<ModuleGraph, 'textless'>>,
  modules: readonly Module[],
  numbers: ReadonlyMap<string, number>,
): ModuleGraph {
  const staticEdges = modules.map((module, number) => {
    const targets = graph.staticEdges[number] as number[];
    if (!isStyle(module) || targets.every((target) => graph.textless.has(target))) return targets;
    const composed = module.targets.flatMap((path, index) =>
      module.facts.references[index]?.kind === 'composes' ? (numbers.get(path ?? '') ?? []) : [],
    );
    return targets.filter((target) => !isStyle(modules[target] as Module) || composed.includes(target));
  });
  const isSame = staticEdges.every((targets, number) => targets === graph.staticEdges[number]);
  return isSame ? graph : { ...graph, staticEdges };
}

function numberPaths(
  all: Iterable<string>,
  nameOf: (path: string) => string,
): Pick<NumberedGraph, 'paths' | 'numbers'> {
  const named = [...all].map((path) => ({ path, name: nameOf(path) }));
  const paths = named.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ path }) => path);
  return { paths, numbers: new Map(paths.map((path, number) => [path, number])) };
}

/** What it needs at once and later is there at once: static beats dynamic. The browser has the files that styles name. */
function findEdges(module: Module, numbers: ReadonlyMap<string, number>): Edges {
  const fixed = new Set<number>();
  const later = new Set<number>();
  const workers = new Set<number>();
  module.targets.forEach((target, index) => {
    if (target === undefined) return;
    const kind = module.facts.references[index]?.kind;
    if (kind === 'url()') return;
    const number = numberOf(numbers, target, module.path);
    if (kind === 'new Worker()') workers.add(number);
    else (kind === 'declared' || kind === 'import()' ? later : fixed).add(number);
  });
  const helpers = [...Object.values(module.shims), module.runtime ?? []].flat();
  for (const helper of helpers) fixed.add(numberOf(numbers, helper, module.path));
  const buffer = numbers.get(module.bufferIfThere ?? '');
  if (buffer !== undefined) fixed.add(buffer);
  for (const target of fixed) later.delete(target);
  return { fixed: sortNumbers(fixed), later: sortNumbers(later), workers: sortNumbers(workers) };
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
