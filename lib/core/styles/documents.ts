/** Modules → the order in which evaluating a root comes to styles: its document. */
import type { Reference } from '../../facts';
import type { Module, ModuleGraph } from '../../model';

/**
 * What has a place of its own in the order of styles: a style, or what stands before one of its imports, by index among its heads; the
 * style itself has the index behind these.
 */
export interface StyleItem {
  module: number;
  piece: number;
}

/** What evaluating a module does, in order: a module is evaluated before, or an item, written as `-1 - item`, has its turn. */
export type Steps = readonly (readonly number[])[];

export interface StyledModules {
  items: StyleItem[];
  /** By module. */
  steps: Steps;
}

/** All styles of the modules, and in which order each module comes to what. */
export function findStyles(modules: readonly Module[], numbers: ReadonlyMap<string, number>): StyledModules {
  const items: StyleItem[] = [];
  const steps = modules.map((module, number) => {
    const targets = staticTargets(module, numbers);
    const { style } = module.facts;
    if (style === undefined) return inOrderOf(module, targets).map(({ target }) => target);
    const heads = style.heads.map(({ start }, piece) => ({ start, target: addItem(items, number, piece) }));
    const imports = targets.filter(({ kind }) => kind === '@import');
    const before = [...heads, ...imports].sort((a, b) => a.start - b.start);
    const composed = targets.filter(({ kind }) => kind === 'composes');
    const own = style.isEmpty ? [] : [{ target: addItem(items, number, style.heads.length) }];
    return [...before, ...composed, ...own].map(({ target }) => target);
  });
  return { items, steps };
}

/** @returns the step that stands for it */
const addItem = (items: StyleItem[], module: number, piece: number): number => -items.push({ module, piece });

interface Target extends Pick<Reference, 'kind' | 'start'> {
  target: number;
}

function staticTargets({ facts, targets }: Module, numbers: ReadonlyMap<string, number>): Target[] {
  return facts.references.flatMap(({ kind, start }, index) => {
    const target = numbers.get(targets[index] ?? '');
    const isStatic = kind !== 'declared' && kind !== 'import()' && kind !== 'url()';
    return target === undefined || !isStatic ? [] : [{ kind, start, target }];
  });
}

/** Imports run before all else, wherever they stand. */
function inOrderOf({ facts }: Module, targets: readonly Target[]): readonly Target[] {
  if (facts.syntax === undefined) return targets;
  const isImport = ({ kind }: Target): boolean => kind === 'import';
  return [...targets.filter(isImport), ...targets.filter((each) => !isImport(each))];
}

/** Which modules lead to an item, 1 or 0. */
function findStyled(steps: Steps): Uint8Array {
  const importers: number[][] = steps.map(() => []);
  const isStyled = new Uint8Array(steps.length);
  const line: number[] = [];
  steps.forEach((list, module) => {
    if (list.some((step) => step < 0)) line.push(module);
    for (const step of list) if (step >= 0) importers[step]?.push(module);
  });
  for (const module of line) {
    if (isStyled[module] === 1) continue;
    isStyled[module] = 1;
    line.push(...(importers[module] as number[]));
  }
  return isStyled;
}

/**
 * The document of each root: the items that it comes to over static edges, each once, what is imported before what imports it.
 * @param roots those that visits can request
 */
export function findDocuments(
  graph: Pick<ModuleGraph, 'size'>,
  steps: Steps,
  roots: Iterable<number>,
): Map<number, number[]> {
  const isStyled = findStyled(steps);
  const visitedBy = new Int32Array(graph.size).fill(-1);
  const nextStep = new Int32Array(graph.size);
  const documents = new Map<number, number[]>();
  for (const root of roots) {
    const document: number[] = [];
    const path: number[] = [];
    const enter = (module: number): void => {
      if (visitedBy[module] === root || isStyled[module] === 0) return;
      visitedBy[module] = root;
      nextStep[module] = 0;
      path.push(module);
    };
    enter(root);
    while (path.length > 0) {
      const module = path[path.length - 1] as number;
      const step = steps[module]?.[nextStep[module] as number];
      nextStep[module] = (nextStep[module] as number) + 1;
      if (step === undefined) path.pop();
      else if (step < 0) document.push(-1 - step);
      else enter(step);
    }
    documents.set(root, document);
  }
  return documents;
}
