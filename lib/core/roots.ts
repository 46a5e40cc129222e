/**
 * Roots are what can be requested: what visits start with, and the targets of dynamic edges. This file finds which roots
 * need which module, and which root can be requested after which.
 */
import type { ModuleGraph } from '../model';
import { addBit, type BitMatrix, bitMatrix, classifyRows, eachBit, uniteRow } from './bits';
import { findStarts } from './starts';

/** What splitting must know about a graph. Roots have numbers of their own: their positions in `modules`. */
export interface Roots {
  /** Module of each root, ascending; only roots that some visit can request. */
  modules: number[];
  /** The roots that visits start with. */
  starts: number[];
  /** Root → the roots that modules of its closure may request, ascending: the root graph. */
  next: number[][];
  /** The distinct signatures, a set of roots per row. */
  signatures: BitMatrix;
  /** Row of each module in `signatures`; -1 for a module that no entry can reach. */
  signatureOf: Int32Array;
}

/** Finds the roots of `graph`, the signatures of its modules and the root graph. O((modules + edges) · roots / 32). */
export function findRoots(graph: ModuleGraph): Roots {
  const starts = findStarts(graph);
  const reached = findReachable(graph, starts);
  const modules = listRoots(graph, starts, reached);
  const rootOf = new Map(modules.map((module, root) => [module, root]));
  const { signatures, signatureOf } = findSignatures(graph, modules);
  return {
    modules,
    starts: starts.map((module) => rootOf.get(module) as number),
    next: linkRoots(graph, rootOf, signatures, signatureOf),
    signatures,
    signatureOf,
  };
}

/**
 * Which modules a visit reaches over edges of both kinds, 1 or 0. These are the modules some visit can load; a
 * dynamic edge of any other module makes no root, for nobody can ever follow it.
 */
function findReachable(graph: ModuleGraph, starts: readonly number[]): Uint8Array {
  const reached = new Uint8Array(graph.size);
  const pending: number[] = [];
  const reach = (module: number): void => {
    if (reached[module] === 1) return;
    reached[module] = 1;
    pending.push(module);
  };
  starts.forEach(reach);
  for (let module = pending.pop(); module !== undefined; module = pending.pop()) {
    graph.staticEdges[module]?.forEach(reach);
    graph.dynamicEdges[module]?.forEach(reach);
  }
  return reached;
}

function listRoots(graph: ModuleGraph, starts: readonly number[], reached: Uint8Array): number[] {
  const isRoot = new Uint8Array(graph.size);
  for (const start of starts) isRoot[start] = 1;
  graph.dynamicEdges.forEach((targets, module) => {
    if (reached[module] === 1) for (const target of targets) isRoot[target] = 1;
  });
  const roots: number[] = [];
  isRoot.forEach((flag, module) => {
    if (flag === 1) roots.push(module);
  });
  return roots;
}

/** Strongly connected components of the part of the static graph that was searched. */
export interface Components {
  count: number;
  /** Component of each module, numbered so that edges lead from higher numbers to lower; -1 where none was searched. */
  componentOf: Int32Array;
  /** The modules that were searched, by ascending component. */
  modules: number[];
}

/**
 * Tarjan's algorithm over the static edges, from the modules `starts`. It keeps its own stack, because a chain of
 * imports may be longer than the engine's.
 */
export function findComponents(graph: ModuleGraph, starts: readonly number[]): Components {
  const { size, staticEdges } = graph;
  const componentOf = new Int32Array(size).fill(-1);
  const modules: number[] = [];
  /** When each module was met, from 1; and the earliest such time known to be reachable from it. */
  const met = new Int32Array(size);
  const low = new Int32Array(size);
  const nextEdge = new Int32Array(size);
  const path: number[] = [];
  const open: number[] = [];
  let time = 0;
  let count = 0;

  const enter = (module: number): void => {
    time++;
    met[module] = time;
    low[module] = time;
    path.push(module);
    open.push(module);
  };
  const lower = (module: number, value: number): void => {
    if (value < (low[module] as number)) low[module] = value;
  };
  const close = (first: number): void => {
    const members = open.splice(open.lastIndexOf(first));
    for (const member of members) componentOf[member] = count;
    for (const member of members) modules.push(member);
    count++;
  };
  const leave = (module: number): void => {
    path.pop();
    if (low[module] === met[module]) close(module);
    const importer = path[path.length - 1];
    if (importer !== undefined) lower(importer, low[module] as number);
  };
  const step = (module: number): void => {
    const targets = staticEdges[module] as readonly number[];
    const edge = nextEdge[module] as number;
    const target = targets[edge];
    nextEdge[module] = edge + 1;
    if (target === undefined) leave(module);
    else if (met[target] === 0) enter(target);
    else if (componentOf[target] === -1) lower(module, met[target] as number);
  };

  for (const start of starts) {
    if (met[start] !== 0) continue;
    enter(start);
    while (path.length > 0) step(path[path.length - 1] as number);
  }
  return { count, componentOf, modules };
}

/**
 * The signature of a module is the set of roots whose closure holds it. Modules of one component share theirs;
 * from importers to imports every component hands its own on.
 */
function findSignatures(
  graph: ModuleGraph,
  roots: readonly number[],
): { signatures: BitMatrix; signatureOf: Int32Array } {
  const { count, componentOf, modules } = findComponents(graph, roots);
  const needed = bitMatrix(count, roots.length);
  roots.forEach((module, root) => {
    addBit(needed, componentOf[module] as number, root);
  });
  for (let index = modules.length - 1; index >= 0; index--) {
    const module = modules[index] as number;
    const component = componentOf[module] as number;
    for (const target of graph.staticEdges[module] as readonly number[]) {
      if (componentOf[target] !== component)
        uniteRow(needed, componentOf[target] as number, needed, component);
    }
  }
  const { classOf, firstRows } = classifyRows(needed);
  const signatures = bitMatrix(firstRows.length, roots.length);
  firstRows.forEach((row, signature) => {
    uniteRow(signatures, signature, needed, row);
  });
  const signatureOf = componentOf.map((component) =>
    component === -1 ? -1 : (classOf[component] as number),
  );
  return { signatures, signatureOf };
}

/** The root graph: a dynamic edge can be followed from every root that needs the module it starts in. */
function linkRoots(
  graph: ModuleGraph,
  rootOf: ReadonlyMap<number, number>,
  signatures: BitMatrix,
  signatureOf: Int32Array,
): number[][] {
  const previous = bitMatrix(rootOf.size, rootOf.size);
  graph.dynamicEdges.forEach((targets, module) => {
    const signature = signatureOf[module] as number;
    if (signature === -1) return;
    for (const target of targets) uniteRow(previous, rootOf.get(target) as number, signatures, signature);
  });
  const next: number[][] = Array.from({ length: rootOf.size }, () => []);
  for (let root = 0; root < rootOf.size; root++) {
    eachBit(previous, root, (importer) => next[importer]?.push(root));
  }
  return next;
}
