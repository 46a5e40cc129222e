/** Modules and entries → everything that follows from them but the texts: names, graph, split, and what is told of it. */
import { again, eachAgain, isSameList, kept, type Step } from './core/again';
import { type Cut, cut } from './core/cut';
import { isEsModule } from './core/es-module';
import { type NumberedModules, toGraph } from './core/graph';
import { findGroups } from './core/groups';
import { isPlainStyle } from './core/kinds';
import { proofOf } from './core/minimal';
import { entryNames, moduleIds, stableNames } from './core/names';
import { isSameSplit } from './core/same-split';
import { sizeOf } from './core/sizes';
import { coresOf, nextOf } from './core/split';
import { isSameStyled, planStyles, type Styled } from './core/styles/styled';
import { unknownPageEntry } from './errors';
import type { Entry, Module, Split, SplitPrice } from './model';
import { type Described, describe, type FileNaming, type Named, type PlanOptions } from './naming';
import { type ModuleNames, RUNTIME } from './render/references';

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
  naming: Step<Named, Described & FileNaming>;
}

/** An entry as the names are made from it. */
export interface EntryPath {
  path: string;
  /** What its name in outputs is made from. */
  relative: string;
}

/** Entries with their names, in the order of their names. */
function nameEntries(written: readonly EntryPath[], { root, hash, becomesStyle }: PlanOptions): Entry[] {
  const names = entryNames(written, root, hash, becomesStyle);
  const entries = written.map(({ path }, index) => ({ path, name: names[index] as string }));
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const isSameEntries = (a: readonly Entry[], b: readonly Entry[]): boolean =>
  isSameList(a.flatMap(Object.values), b.flatMap(Object.values));

/**
 * Names of all modules, and what rendering asks of them. They follow from the modules' paths, and from which of these are ES modules.
 * @param before an earlier plan, with names
 */
function nameModules(
  modules: ReadonlyMap<string, Module>,
  { root, hash, debug, runtime }: PlanOptions,
  before?: Plan,
): ModuleNames {
  if (before !== undefined && areNamed(modules, before)) return before.names;
  const names = stableNames(modules.keys(), root);
  const ids = moduleIds(names.values(), hash, debug);
  const name = (path: string): string => names.get(path) as string;
  const pathsOf = (isWanted: (module: Module) => boolean): ReadonlySet<string> =>
    new Set([...modules.values()].filter(isWanted).map(({ path }) => path));
  const esModules = pathsOf(isEsModule);
  const plainStyles = pathsOf(isPlainStyle);
  return {
    name,
    id: (path) => (path === runtime ? RUNTIME : (ids.get(name(path)) as string)),
    isEsModule: (path) => esModules.has(path),
    isPlainStyle: (path) => plainStyles.has(path),
  };
}

const areNamed = (modules: ReadonlyMap<string, Module>, before: Plan): boolean =>
  before.modules.length === modules.size &&
  before.modules.every((old) => {
    const now = modules.get(old.path);
    if (now === undefined || now === old) return now === old;
    const { names } = before;
    return (
      isEsModule(now) === names.isEsModule(now.path) && isPlainStyle(now) === names.isPlainStyle(now.path)
    );
  });

/** Of assets, by number. */
function extensionsIn(modules: readonly Module[]): Map<number, string> {
  const extensions = new Map<number, string>();
  modules.forEach(({ asset }, number) => {
    if (asset !== undefined) extensions.set(number, asset.extension);
  });
  return extensions;
}

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

const isSameMap = (a: ReadonlyMap<number, string>, b: ReadonlyMap<number, string>): boolean =>
  isSameList([...a].flat(), [...b].flat());

/**
 * Names the modules and splits them into bundles.
 * @param modules every module by path, in any order
 * @param written the entries, in any order
 * @param before an earlier plan of the same entries with the same options, see core/again.ts
 */
export function makePlan(
  modules: ReadonlyMap<string, Module>,
  written: readonly EntryPath[],
  options: PlanOptions,
  before?: Plan,
): Plan {
  const entries = kept(before?.entries, nameEntries(written, options), isSameEntries);
  const names = nameModules(modules, options, before);
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
  const { workerEdges, ...pages } = graph;
  const isSame = scripts === graph && workerEdges === undefined;
  const [allCores, wholeProof] = isSame ? [cores, () => proof] : [coresOf(pages), () => proofOf(pages)];
  const planned = planStyles(numbered, nextOf(allCores), allCores, debug, wholeProof);
  const result = kept(before?.split, made.split, isSameSplit);
  const styled = kept(before?.styled, planned.styled, isSameStyled);
  const extensions = kept(before?.naming.inputs[4], extensionsIn(numbered.modules), isSameMap);
  const minimal = made.isFewest && planned.minimal;
  const price = kept(before?.naming.inputs[6], made.price, isSamePrice);
  const named: Named = [names, entries, result, minimal, extensions, styled, price];
  const naming = again(before?.naming, named, (...inputs) => describe(numbered, inputs, options, before));
  const hasMaps = options.sourcemaps ?? numbered.modules.some(({ input }) => input?.map !== undefined);
  return {
    ...numbered,
    ...naming.output,
    naming,
    split: result,
    styled,
    entries,
    names,
    sizes: cutting.sizes,
    hasMaps,
  };
}
