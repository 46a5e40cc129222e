/** Modules and entries → everything that follows from them but the texts: names, graph, split, and what is told of it. */
import { again, eachAgain, isSameList, isSameMap, kept, type Step } from './core/again';
import { type Cut, cut } from './core/cut';
import { type NumberedModules, toGraph } from './core/graph';
import { findGroups } from './core/groups';
import { proofOf } from './core/minimal';
import { entryNames } from './core/names';
import { findRuns, type Runs } from './core/runs';
import type { Runtimes } from './core/runtime';
import { isSameSplit } from './core/same-split';
import { sizeOf } from './core/sizes';
import { coresOf, nextOf } from './core/split';
import { isSameStyled, planStyles, type Styled } from './core/styles/styled';

import { unknownPageEntry } from './errors';
import type { BuildMetadata, Entry, Module, ModuleGraph, Split, SplitPrice, Standalone } from './model';

import { type Described, describe, type Named, namesTaken, type OfPages, type PlanOptions } from './naming';
import type { FileNaming } from './placing';
import {
  nameStandalone,
  planStandalone,
  type StandaloneEntry,
  type StandaloneOptions,
  type StandalonePlan,
  tellStandalone,
} from './plan-standalone';
import { nameModules } from './render/module-names';
import type { ModuleNames } from './render/references';

/** What follows from the graph alone: the same for all modules of the same shapes. */
export interface Plan extends NumberedModules, Described, FileNaming {
  split: Split;
  entries: readonly Entry[];
  styled: Styled;
  names: ModuleNames;
  /** Bytes of each module, where options ask for other bundles than the fewest; else none. */
  sizes: readonly number[];
  /** Whether the bundles have source maps. */
  hasMaps: boolean;
  /** The scripts that stand alone. */
  alone: readonly StandalonePlan[];
  /** Which modules run one right after the other; absent where each stays by itself. */
  runs?: Runs;
  /** Absent where none is needed. */
  runtimes?: Runtimes;
  naming: Step<Named, OfPages>;
  telling: Step<Told, Pick<Described, 'metadata'>>;
}

/** All that is told. */
type Told = [ofPages: BuildMetadata, alone: readonly StandalonePlan[]];

/** An entry as the names are made from it. */
export interface EntryPath {
  path: string;
  /** What its name in outputs is made from. */
  relative: string;
  /** Of one that no page starts. */
  alone?: Standalone;
}

/** Entries with their names, in the order of their names: those of pages, and those that stand alone. */
function nameEntries(
  written: readonly EntryPath[],
  { root, hash, becomesStyle }: PlanOptions,
): [pages: Entry[], alone: StandaloneEntry[]] {
  const names = entryNames(written, root, hash, becomesStyle);
  const named = written.map(({ path, alone }, index) => ({ path, name: names[index] as string, alone }));
  named.sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    named.flatMap(({ path, name, alone }) => (alone ? [] : { path, name })),
    named.flatMap(({ path, name, alone }) => (alone ? { path, name, ...alone } : [])),
  ];
}

const isSameEntries = (a: readonly Entry[], b: readonly Entry[]): boolean =>
  isSameList(a.flatMap(Object.values), b.flatMap(Object.values));

/** Of assets, by number. */
function extensionsIn(modules: readonly Module[]): Map<number, string> {
  const extensions = new Map<number, string>();
  modules.forEach(({ asset }, number) => {
    if (asset !== undefined) extensions.set(number, asset.extension);
  });
  return extensions;
}

/** Which module starts which worker, by number: pairs, one after the other. */
const workersIn = ({ workerEdges = [] }: ModuleGraph): number[] =>
  workerEdges.flatMap((targets, module) => targets.flatMap((target) => [module, target]));
const isSamePrice = (a: SplitPrice | undefined, b: SplitPrice | undefined): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** What options say of the bundles. */
function cuttingOf(
  numbered: NumberedModules,
  entries: readonly Entry[],
  options: PlanOptions,
  before: Plan | undefined,
): Omit<Cut, 'debug'> {
  const { requestCost, groups, pages } = options.split;
  const groupOf = isEmpty(groups) ? undefined : findGroups(numbered.paths, groups, options);
  const isAsked = requestCost > 0 || groupOf !== undefined || !isEmpty(pages);
  return {
    requestCost,
    groupOf,
    pages: isEmpty(pages) ? undefined : findPages(numbered, entries, pages),
    sizes: isAsked && !options.debug ? sizesOf(numbered, before) : [],
  };
}

const isEmpty = (options: object): boolean => Object.keys(options).length === 0;

/** The modules of the entries on each page. */
function findPages(
  { graph }: NumberedModules,
  entries: readonly Entry[],
  pages: PlanOptions['split']['pages'],
): number[][] {
  const modules = new Map(entries.map(({ name }, index) => [name, graph.entries[index] as number]));
  return Object.entries(pages).map(([page, names]) =>
    names.map((name) => {
      const module = modules.get(name);
      if (module === undefined) throw unknownPageEntry(page, name, [...modules.keys()]);
      return module;
    }),
  );
}

/** As `graph.ts` has edges: those of an earlier plan whose numbers follow from the same names. */
function sizesOf({ modules }: NumberedModules, before: Plan | undefined): number[] {
  const known = before?.sizes.length ? { inputs: before.modules, outputs: before.sizes } : undefined;
  return eachAgain(known, modules, sizeOf);
}

/**
 * Names the modules and splits them into bundles; and says what scripts hold that stand alone, which take no part in that.
 * @param modules every module of pages by path, in any order
 * @param all these, and those of scripts that stand alone
 * @param written the entries, in any order
 * @param before an earlier plan of the same entries with the same options, see core/again.ts
 */
export function makePlan(
  modules: ReadonlyMap<string, Module>,
  all: ReadonlyMap<string, Module>,
  written: readonly EntryPath[],
  options: PlanOptions & StandaloneOptions,
  before?: Plan,
): Plan {
  const [pages, apart] = nameEntries(written, options);
  const entries = kept(before?.entries, pages, isSameEntries);
  const apartNames = nameStandalone(apart, namesTaken(entries, options), options.hash);
  const alone = planStandalone(apart, apartNames, all, options, before?.alone);
  const names = nameModules(
    modules,
    entries.map(({ path }) => path),
    options,
    before,
  );
  const same = names === before?.names ? before : undefined;
  const numbered = toGraph(modules, entries, names.name, same);
  const { graph, scripts } = numbered;
  const cores = coresOf(scripts);
  // The proof is of this graph: an earlier one is none.
  const proof = proofOf(scripts);
  const { debug } = options;
  const cutting = cuttingOf(numbered, entries, options, same);
  const made = cut(scripts, cores, proof, { debug, ...cutting });
  // Workers show nothing: styles are those of pages.
  const { workerEdges, ...shown } = graph;
  const isSame = scripts === graph && workerEdges === undefined;
  const [allCores, wholeProof] = isSame ? [cores, () => proof] : [coresOf(shown), () => proofOf(shown)];
  const planned = planStyles(numbered, nextOf(allCores), allCores, debug, wholeProof);
  const result = kept(before?.split, made.split, isSameSplit);
  const styled = kept(before?.styled, planned.styled, isSameStyled);
  const extensions = kept(before?.naming.inputs[4], extensionsIn(numbered.modules), isSameMap);
  const reserved = kept(before?.naming.inputs[6], apartNames, isSameList);
  const starting = kept(before?.naming.inputs[7], workersIn(graph), isSameList);
  const price = kept(before?.naming.inputs[8], made.price, isSamePrice);
  const minimal = made.isFewest && planned.minimal;
  const named: Named = [names, entries, result, minimal, extensions, styled, reserved, starting, price];
  const naming = again(before?.naming, named, (...inputs) => describe(numbered, inputs, options, before));
  const hasMaps = options.sourcemaps ?? numbered.modules.some(({ input }) => input?.map !== undefined);
  const told: Told = [naming.output.metadata, alone];
  const telling = again(before?.telling, told, (metadata, scripts) => ({
    metadata: tellStandalone(metadata, scripts, options.isFile),
  }));
  const described = { ...naming.output, ...telling.output };
  const isJoined = options.shake && !debug && !options.keepNames;
  return {
    ...numbered,
    ...described,
    naming,
    telling,
    alone,
    split: result,
    styled,
    entries,
    names,
    sizes: cutting.sizes,
    hasMaps,
    ...(isJoined && { runs: findRuns(numbered, result) }),
  };
}
