/** Modules and entries → everything that follows from them but the texts: names, graph, split, and what is told of it. */
import { again, isSameList, kept, type Step } from './core/again';
import { nameAssets } from './core/asset-names';
import { isEsModule } from './core/es-module';
import { type NumberedModules, toGraph } from './core/graph';
import { entryNames, moduleIds, type NamedBundle, nameBundles, stableNames } from './core/names';
import { isSameSplit } from './core/same-split';
import { isMinimal, onePerModule, split } from './core/split';
import type { BuildMetadata, Entry, Module, ModuleGraph, Split } from './model';
import { fileOf, queryOf, shownPath } from './module-path';
import { type ModuleNames, RUNTIME } from './render/references';

/** What a plan depends on besides the modules. */
export interface PlanOptions {
  root: string;
  debug: boolean;
  /** Name of the global registry. */
  name: string;
  loader: 'inline' | 'file';
  /** `undefined`: when a module has one. */
  sourcemaps: boolean | undefined;
  /** Text → base64url of its SHA-256. */
  hash(text: string): string;
  /** Path of the module that links ES modules: its id is known to the loader. */
  runtime: string;
  /** Whether the module at a path is a file. */
  isFile(path: string): boolean;
}

/** A file that is given out, and the bundle that knows its URL. */
export interface PlannedAsset {
  name: string;
  /** Path of its module, … */
  path: string;
  /** … and its id. */
  id: string;
  /** Name of the bundle of the module. */
  bundle: string;
  /** What the module's URL has behind that of the file. */
  suffix: string;
}

/** What is told of a plan. */
export interface Described {
  metadata: BuildMetadata;
  /** Root id → ids of the roots that may be requested once it is loaded. */
  next: ReadonlyMap<string, readonly string[]>;
  /** Entry name → root id. */
  entryIds: ReadonlyMap<string, string>;
  /** Bundle name → id of one of its modules: where that is, the bundle is. */
  bundleIds: ReadonlyMap<string, string>;
  /** Name of the loader's own file. */
  loaderName: string | undefined;
  /** In the order of their modules. */
  assets: readonly PlannedAsset[];
}

/** All that names are made from. */
type Named = [
  names: ModuleNames,
  entries: readonly Entry[],
  split: Split,
  minimal: boolean,
  /** By number, the extension of each asset. */
  extensions: ReadonlyMap<number, string>,
];

/** What follows from the graph alone: the same for all modules of the same shapes. */
export interface Plan extends NumberedModules, Described {
  split: Split;
  entries: readonly Entry[];
  /** Name of each bundle. */
  files: readonly string[];
  names: ModuleNames;
  /** Whether the bundles have source maps. */
  hasMaps: boolean;
  naming: Step<Named, Described & Pick<Plan, 'files'>>;
}

/** An entry as the names are made from it. */
export interface EntryPath {
  path: string;
  /** What its name in outputs is made from. */
  relative: string;
}

/** Entries with their names, in the order of their names. */
function nameEntries(written: readonly EntryPath[], { root, hash }: PlanOptions): Entry[] {
  const names = entryNames(written, root, hash);
  const entries = written.map(({ path }, index) => ({ path, name: names[index] as string }));
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const isSameEntries = (a: readonly Entry[], b: readonly Entry[]): boolean =>
  isSameList(a.flatMap(Object.values), b.flatMap(Object.values));

/** Targets of dynamic edges, as a set of numbers. */
const dynamicTargets = (graph: ModuleGraph): ReadonlySet<number> => new Set(graph.dynamicEdges.flat());

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
  const esModules = new Set([...modules.values()].filter(isEsModule).map(({ path }) => path));
  return {
    name,
    id: (path) => (path === runtime ? RUNTIME : (ids.get(name(path)) as string)),
    isEsModule: (path) => esModules.has(path),
  };
}

const areNamed = (modules: ReadonlyMap<string, Module>, before: Plan): boolean =>
  before.modules.length === modules.size &&
  before.modules.every((old) => {
    const now = modules.get(old.path);
    return now === old || (now !== undefined && isEsModule(now) === before.names.isEsModule(old.path));
  });

/** What `scripts()` writes, often into the directory of the bundles. */
const scriptsNames = (entries: readonly Entry[]): string[] => [
  'aliases.json',
  'manifest.json',
  'dynapack-worker.js',
  ...entries.map(({ name }) => `${name}.html`),
];

/** Object with sorted keys: metadata is the same for the same input, too. */
function record<T>(pairs: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names bundles, and says what the outside is told. */
function describe(
  { graph, paths }: NumberedModules,
  [names, entries, result, minimal, extensions]: Named,
  { debug, hash, loader, name, isFile }: PlanOptions,
  before: Plan | undefined,
): Plan['naming']['output'] {
  const roots = dynamicTargets(graph);
  const loaderName = loader === 'file' ? `${name}-loader.js` : undefined;
  const bundles = nameBundles({
    bundles: result.bundles,
    names: paths.map(names.name),
    entries: new Map(graph.entries.map((module, index) => [module, (entries[index] as Entry).name])),
    isRoot: (module) => roots.has(module),
    reserved: [...scriptsNames(entries), ...(loaderName === undefined ? [] : [loaderName])],
    hash,
    debug,
  });
  const idOf = (number: number): string => names.id(paths[number] as string);
  const files = bundles.map((bundle) => bundle.name);
  const assets = placeAssets(extensions, { paths, names, split: result, files }, hash);
  return {
    files,
    loaderName,
    assets,
    metadata: tell({ graph, paths, split: result, files, names, entries, minimal, assets }, isFile, before),
    next: new Map([...result.next].map(([root, following]) => [idOf(root), following.map(idOf)])),
    entryIds: new Map(entries.map(({ name: entry, path }) => [entry, names.id(path)])),
    bundleIds: new Map(
      bundles.map(({ name: bundle, representative }: NamedBundle) => [bundle, idOf(representative)]),
    ),
  };
}

/** Those that no visit comes to have no name; modules of one file have one. */
function placeAssets(
  extensions: ReadonlyMap<number, string>,
  { paths, names, split: result, files }: Pick<Plan, 'paths' | 'names' | 'split' | 'files'>,
  hash: PlanOptions['hash'],
): PlannedAsset[] {
  const placed = [...extensions].flatMap(([number, extension]) => {
    const path = paths[number] as string;
    const bundle = files[result.bundleOf[number] as number];
    const stem = names.name(path).slice(0, fileOf(path).length - shownPath(path).length || undefined);
    return bundle === undefined ? [] : [{ path, bundle, written: stem.replace(/\.[^./]*$/, '') + extension }];
  });
  const written = [...new Set(placed.map((each) => each.written))];
  const fileNames = new Map(nameAssets(written, hash).map((name, index) => [written[index], name]));
  return placed.map(({ path, bundle, written: name }) => ({
    name: fileNames.get(name) as string,
    path,
    id: names.id(path),
    bundle,
    suffix: queryOf(path),
  }));
}

function tell(
  plan: Pick<Plan, 'graph' | 'paths' | 'split' | 'files' | 'names' | 'entries' | 'assets'> & {
    minimal: boolean;
  },
  isFile: PlanOptions['isFile'],
  before: Plan | undefined,
): BuildMetadata {
  const { graph, paths, split: result, files, names, entries, minimal, assets } = plan;
  const pathOf = (number: number): string => shownPath(paths[number] as string);
  const idOf = (number: number): string => names.id(paths[number] as string);
  const loads = (root: number): string[] =>
    (result.loads.get(root) ?? []).map((bundle) => files[bundle] as string);
  const isWhole = [result, before?.split].every((each) => each?.bundleOf.includes(-1) === false);
  const known = names === before?.names && isWhole ? before.metadata : undefined;
  return {
    modules: known?.modules ?? record(result.bundles.flat().map((number) => [idOf(number), pathOf(number)])),
    bundles: record(result.bundles.map((numbers, index) => [files[index] as string, numbers.map(pathOf)])),
    entries: record(graph.entries.map((number, index) => [(entries[index] as Entry).name, loads(number)])),
    roots: record([...result.loads.keys()].map((root) => [idOf(root), loads(root)])),
    assets: record(assets.map(({ name, path }) => [name, fileOf(path)])),
    minimal,
    files: known?.files ?? [...new Set(paths.filter(isFile).map(fileOf))].sort(),
  };
}

/** Of assets, by number. */
function extensionsIn(modules: readonly Module[]): Map<number, string> {
  const extensions = new Map<number, string>();
  modules.forEach(({ asset }, number) => {
    if (asset !== undefined) extensions.set(number, asset.extension);
  });
  return extensions;
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
  const numbered = toGraph(modules, entries, names.name, names === before?.names ? before : undefined);
  const made = options.debug ? onePerModule(numbered.graph) : split(numbered.graph);
  // The proof is of this graph: an earlier one is none.
  const minimal = isMinimal(numbered.graph, made);
  const result = kept(before?.split, made, isSameSplit);
  const extensions = kept(before?.naming.inputs[4], extensionsIn(numbered.modules), isSameMap);
  const named: Named = [names, entries, result, minimal, extensions];
  const naming = again(before?.naming, named, (...inputs) => describe(numbered, inputs, options, before));
  const hasMaps = options.sourcemaps ?? numbered.modules.some(({ input }) => input?.map !== undefined);
  return { ...numbered, ...naming.output, naming, split: result, entries, names, hasMaps };
}
