/** Modules → the order in which evaluating a root comes to styles: its document. */
import type { Reference } from '../../facts';
import type { Module } from '../../model';

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
  /** By module, what it may request later, in the order of its source. */
  requests: readonly (readonly number[])[];
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
  return { items, steps, requests: modules.map((module) => laterTargets(module, numbers)) };
}

/** @returns the step that stands for it */
const addItem = (items: StyleItem[], module: number, piece: number): number => -items.push({ module, piece });

interface Target extends Pick<Reference, 'kind' | 'start'> {
  target: number;
}

const NOT_STATIC: ReadonlySet<Reference['kind']> = new Set(['declared', 'import()', 'url()', 'new Worker()']);

function staticTargets({ facts, targets }: Module, numbers: ReadonlyMap<string, number>): Target[] {
  return facts.references.flatMap(({ kind, start }, index) => {
    const target = numbers.get(targets[index] ?? '');
    const isStatic = !NOT_STATIC.has(kind);
    return target === undefined || !isStatic ? [] : [{ kind, start, target }];
  });
}

function laterTargets({ facts, targets }: Module, numbers: ReadonlyMap<string, number>): number[] {
  return facts.references.flatMap(({ kind }, index) => {
    const target = numbers.get(targets[index] ?? '');
    return target === undefined || (kind !== 'declared' && kind !== 'import()') ? [] : [target];
  });
}

/** Imports run before all else, wherever they stand. */
function inOrderOf({ facts }: Module, targets: readonly Target[]): readonly Target[] {
  if (facts.syntax === undefined) return targets;
  const isImport = ({ kind }: Target): boolean => kind === 'import';
  return [...targets.filter(isImport), ...targets.filter((each) => !isImport(each))];
}

/**
 * Which modules lead to one of some, 1 or 0.
 * @param isOne whether a module is one of them
 */
function leadingTo(steps: Steps, isOne: (module: number) => boolean): Uint8Array {
  const importers: number[][] = steps.map(() => []);
  const isStyled = new Uint8Array(steps.length);
  const line: number[] = [];
  steps.forEach((list, module) => {
    if (isOne(module)) line.push(module);
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
 * Evaluates a root alone: what is imported before what imports it, each module once.
 * @param counts modules that lead to nothing of interest are left out: 0
 * @param onStep is told of each item, as a step, and of each module when it is done
 */
function evaluator(steps: Steps, counts: Uint8Array, onStep: (step: number) => void): (root: number) => void {
  const visitedBy = new Int32Array(steps.length).fill(-1);
  const nextStep = new Int32Array(steps.length);
  return (root) => {
    const path: number[] = [];
    const enter = (module: number): void => {
      if (visitedBy[module] === root || counts[module] === 0) return;
      visitedBy[module] = root;
      nextStep[module] = 0;
      path.push(module);
    };
    enter(root);
    while (path.length > 0) {
      const module = path[path.length - 1] as number;
      const step = steps[module]?.[nextStep[module] as number];
      nextStep[module] = (nextStep[module] as number) + 1;
      if (step === undefined) onStep(path.pop() as number);
      else if (step < 0) onStep(step);
      else enter(step);
    }
  };
}

/**
 * The document of each root: the items that it comes to over static edges, each once, what is imported before what imports it.
 * @param roots those that visits can request
 */
export function findDocuments(steps: Steps, roots: Iterable<number>): Map<number, number[]> {
  const isStyled = leadingTo(steps, (module) =>
    (steps[module] as readonly number[]).some((step) => step < 0),
  );
  let document: number[] = [];
  const evaluate = evaluator(steps, isStyled, (step) => {
    if (step < 0) document.push(-1 - step);
  });
  const documents = new Map<number, number[]>();
  for (const root of roots) {
    document = [];
    evaluate(root);
    documents.set(root, document);
  }
  return documents;
}

/**
 * Entry → the roots that visits from it can request: the entry first, then as modules that run ask for them, root by root.
 * @param next root → those that can be requested once it is loaded, in any order
 */
export function findPages(
  { steps, requests }: StyledModules,
  entries: Iterable<number>,
  next: ReadonlyMap<number, readonly number[]>,
): Map<number, number[]> {
  const asks = leadingTo(steps, (module) => (requests[module] as readonly number[]).length > 0);
  let asked = new Set<number>();
  const evaluate = evaluator(steps, asks, (step) => {
    if (step >= 0) for (const root of requests[step] as readonly number[]) asked.add(root);
  });
  const following = new Map<number, number[]>();
  const followingOf = (root: number): number[] => {
    const known = following.get(root);
    if (known) return known;
    asked = new Set();
    evaluate(root);
    const possible = new Set(next.get(root));
    const ordered = [...asked].filter((each) => possible.has(each));
    following.set(root, ordered);
    return ordered;
  };
  return new Map(
    [...entries].map((entry) => {
      const found = new Set([entry]);
      for (const root of found) for (const later of followingOf(root)) found.add(later);
      return [entry, [...found]];
    }),
  );
}
