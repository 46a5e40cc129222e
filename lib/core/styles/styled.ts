/** All that is planned of the styles of a build. */
import type { StyleFacts } from '../../facts';
import type { Module, ModuleGraph, Split } from '../../model';
import type { NumberedModules } from '../graph';
import { isStyle } from '../kinds';
import type { Proof } from '../minimal';
import { type Cores, listLoads } from '../split';
import { findDocuments, findPages, findStyles, type StyleItem } from './documents';
import { areStylesMinimal } from './minimal';
import { type StyleProblem, type StyleSplit, splitStyles } from './split';

export interface Styled extends StyleSplit {
  items: readonly StyleItem[];
  /** Root → the files whose core holds it, ascending: what a request for it must have. */
  loads: ReadonlyMap<number, number[]>;
  /** Of each file, the modules of the assets that it names, ascending. */
  assets: readonly (readonly number[])[];
}

export const NO_STYLES: Styled = {
  items: [],
  files: [],
  orders: new Map(),
  contradictions: [],
  loads: new Map(),
  assets: [],
};

/** Has to be the first thing in a file, but for others like it. */
const isTop = ({ piece }: StyleItem, { facts }: Module): boolean =>
  facts.style?.heads[piece]?.isImport === true;

/** Whether an item may stand in a file right behind another one. */
function mayFollow(item: StyleItem, before: StyleItem, modules: readonly Module[]): boolean {
  const [own, other] = [modules[item.module] as Module, modules[before.module] as Module];
  const isAlone = ({ facts }: Module): boolean => (facts.style as StyleFacts).isAlone;
  if (isAlone(own) || isAlone(other)) return false;
  return !isTop(item, own) || isTop(before, other);
}

/**
 * Orders and splits the styles.
 * @param next as a split has it, of pages alone
 * @param isWhole every style has a file of its own, for debugging
 * @param proof of the graph, for the check
 */
export function planStyles(
  { graph, modules, numbers }: NumberedModules,
  next: Split['next'],
  cores: Cores,
  isWhole: boolean,
  proof: () => Proof,
): { styled: Styled; minimal: boolean } {
  if (!modules.some(isStyle)) return { styled: NO_STYLES, minimal: true };
  const found = findStyles(modules, numbers);
  const { items, steps } = found;
  const at = (style: number): StyleItem => items[style] as StyleItem;
  const problem: StyleProblem = {
    documents: findDocuments(steps, next.keys()),
    pages: findPages(found, entriesOf(graph), next),
    coreOf: (style) => cores.coreOf[at(style).module] as number,
    mayFollow: (style, before) => !isWhole && mayFollow(at(style), at(before), modules),
  };
  const made = splitStyles(problem);
  const loads = listLoads(
    cores,
    made.files.map(([first]) => at(first as number).module),
  );
  const assets = made.files.map((file) => {
    const named = file.flatMap((style) => assetsIn(modules[at(style).module] as Module, numbers));
    return [...new Set(named)].sort((a, b) => a - b);
  });
  return {
    styled: { ...made, items, loads, assets },
    minimal: areStylesMinimal(proof(), items, problem, made, loads),
  };
}

/** What a style names by `url()`. */
const assetsIn = ({ facts, targets }: Module, numbers: ReadonlyMap<string, number>): number[] =>
  facts.references.flatMap(({ kind }, index) =>
    kind === 'url()' ? (numbers.get(targets[index] ?? '') ?? []) : [],
  );

const entriesOf = ({ entries }: ModuleGraph): number[] => [...new Set(entries)];

/** Whether two of the same modules are the same. */
export const isSameStyled = (a: Styled, b: Styled): boolean => a === b || textOf(a) === textOf(b);

const textOf = ({ items, files, orders, contradictions, loads, assets }: Styled): string =>
  JSON.stringify([items, files, [...orders], contradictions, [...loads], assets]);

/** A chain of static dependencies from a root to a module, both included; the shortest there is. */
export function chainTo(
  { staticEdges }: Pick<ModuleGraph, 'staticEdges'>,
  root: number,
  target: number,
): number[] {
  const importers = new Map<number, number>([[root, -1]]);
  for (const [module] of importers) {
    if (module === target) break;
    for (const next of staticEdges[module] as readonly number[])
      if (!importers.has(next)) importers.set(next, module);
  }
  const chain: number[] = [];
  for (let module = target; module !== -1; module = importers.get(module) as number) chain.unshift(module);
  return chain;
}
