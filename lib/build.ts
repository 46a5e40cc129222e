/**
 * One build, from modules to bundles, as pure calls: graph → split → names → render. Everything that reads,
 * writes or waits is elsewhere; the same modules give the same bytes, in whatever order they arrived.
 */
import { type NumberedGraph, toGraph } from './core/graph';
import { bundleNames, entryNames, moduleIds, stableNames } from './core/names';
import { isMinimal, onePerModule, split } from './core/split';
import type { BuildMetadata, Bundle, Entry, Module, ModuleGraph, Split } from './model';
import { renderBundle, renderBundleMap } from './render/bundle';
import { textOf } from './render/edits';
import { renderModule } from './render/module';
import { isEsModule, type ModuleNames, RUNTIME } from './render/references';
import { loaderFile } from './render/snippet';

/** What a build depends on besides the modules. */
interface BuildOptions {
  root: string;
  debug: boolean;
  /** Name of the global registry. */
  name: string;
  loader: 'inline' | 'file';
  /** `undefined`: when a module has one. */
  sourcemaps: boolean | undefined;
  /** Text → base64url of its SHA-256. */
  hash(text: string): string;
  /** Text of the loader, a function expression. */
  loaderText: string;
  /** Why an engine refuses a script, or `undefined` when it does not. */
  refusalOf(text: string): string | undefined;
  /** Is told of every module of a bundle that an engine refuses, with the expression it was rendered to. May throw. */
  onRefused(module: Module, code: string): void;
  /** Path of the module that links ES modules: its id is known to the loader. */
  runtime: string;
}

/** Everything the outputs are made from. */
export interface Build {
  /** The bundles, and last the loader's own file if it has one. */
  bundles: Bundle[];
  metadata: BuildMetadata;
  /** Root id → ids of the roots that may be requested once it is loaded. */
  next: ReadonlyMap<string, readonly string[]>;
  /** Entry name → root id. */
  entryIds: ReadonlyMap<string, string>;
  /** Name of the loader's own file. */
  loaderName: string | undefined;
}

/** An entry as the names are made from it. */
export interface EntryPath {
  path: string;
  /** What its name in outputs is made from. */
  relative: string;
}

/** Entries with their names, in the order of their names. */
function nameEntries(written: readonly EntryPath[], { root, hash }: BuildOptions): Entry[] {
  const names = entryNames(written, root, hash);
  const entries = written.map(({ path }, index) => ({ path, name: names[index] as string }));
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Targets of dynamic edges, as a set of numbers. */
const dynamicTargets = (graph: ModuleGraph): ReadonlySet<number> => new Set(graph.dynamicEdges.flat());

/** Names of all modules, and what rendering asks of them. */
function nameModules(
  modules: ReadonlyMap<string, Module>,
  { root, hash, debug, runtime }: BuildOptions,
): ModuleNames {
  const names = stableNames(modules.keys(), root);
  const ids = moduleIds(names.values(), hash, debug);
  const name = (path: string): string => names.get(path) as string;
  return {
    name,
    id: (path) => (path === runtime ? RUNTIME : (ids.get(name(path)) as string)),
    isEsModule: (path) => isEsModule(modules.get(path) as Module),
  };
}

/** What `scripts()` writes, often into the directory of the bundles. */
const scriptsNames = (entries: readonly Entry[]): string[] => [
  'aliases.json',
  'manifest.json',
  ...entries.map(({ name }) => `${name}.html`),
];

/** A split with the things its numbers stand for. */
interface NamedSplit extends NumberedGraph {
  split: Split;
  entries: readonly Entry[];
  names: ModuleNames;
  /** Name of each bundle. */
  files: readonly string[];
}

function splitAndName(
  numbered: NumberedGraph,
  entries: readonly Entry[],
  names: ModuleNames,
  { debug, hash }: BuildOptions,
  loaderName: string | undefined,
): NamedSplit {
  const { graph, paths } = numbered;
  const result = debug ? onePerModule(graph) : split(graph);
  const roots = dynamicTargets(graph);
  const files = bundleNames({
    bundles: result.bundles,
    names: paths.map(names.name),
    entries: new Map(graph.entries.map((module, index) => [module, (entries[index] as Entry).name])),
    isRoot: (module) => roots.has(module),
    reserved: [...scriptsNames(entries), ...(loaderName === undefined ? [] : [loaderName])],
    hash,
    debug,
  });
  return { ...numbered, split: result, entries, names, files };
}

function renderBundles(
  modules: ReadonlyMap<string, Module>,
  { split: { bundles }, paths, names, files }: NamedSplit,
  { name: registry, root, sourcemaps, refusalOf, onRefused }: BuildOptions,
): Bundle[] {
  const hasMaps = sourcemaps ?? [...modules.values()].some(({ input }) => input?.map !== undefined);
  return bundles.map((numbers, index) => {
    const held = numbers.map((number) => paths[number] as string);
    const rendered = held.map((path) => {
      const module = modules.get(path) as Module;
      return { module, pieces: renderModule(module, names) };
    });
    const texts = rendered.map(({ module, pieces }) => textOf(pieces, module.source));
    const name = files[index] as string;
    const contents = renderBundle(registry, name, texts);
    // One question for the whole bundle: many times faster than one for each module.
    if (refusalOf(contents) !== undefined) {
      held.forEach((path, at) => {
        onRefused(modules.get(path) as Module, `({${texts[at]}})`);
      });
    }
    const map = hasMaps ? renderBundleMap(registry, name, rendered, root) : undefined;
    return { name, modules: held, contents, map };
  });
}

/** Object with sorted keys: metadata is the same for the same input, too. */
function record<T>(pairs: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function describe(named: NamedSplit, bundles: readonly Bundle[], read: Iterable<string>): BuildMetadata {
  const { split: result, graph, paths, names, files, entries } = named;
  const idOf = (number: number): string => names.id(paths[number] as string);
  const loads = (root: number): string[] =>
    (result.loads.get(root) ?? []).map((bundle) => files[bundle] as string);
  const emitted = bundles.flatMap(({ modules }) => modules);
  return {
    modules: record(emitted.map((path) => [names.id(path), path])),
    bundles: record(bundles.map(({ name, modules }) => [name, modules])),
    entries: record(graph.entries.map((number, index) => [(entries[index] as Entry).name, loads(number)])),
    roots: record([...result.loads.keys()].map((root) => [idOf(root), loads(root)])),
    files: [...read].sort(),
    minimal: isMinimal(graph, result),
  };
}

/**
 * Splits the modules into bundles and renders them.
 * @param modules every module by path, in any order
 * @param written the entries, in any order
 * @param read every file that was read
 */
export function build(
  modules: ReadonlyMap<string, Module>,
  written: readonly EntryPath[],
  read: Iterable<string>,
  options: BuildOptions,
): Build {
  const entries = nameEntries(written, options);
  const names = nameModules(modules, options);
  const loaderName = options.loader === 'file' ? `${options.name}-loader.js` : undefined;
  const named = splitAndName(toGraph(modules, entries, names.name), entries, names, options, loaderName);
  const bundles = renderBundles(modules, named, options);
  const metadata = describe(named, bundles, read);
  const { paths, split: result } = named;
  const idOf = (number: number): string => names.id(paths[number] as string);
  if (loaderName !== undefined) {
    bundles.push({ name: loaderName, modules: [], contents: loaderFile(options.loaderText) });
  }
  return {
    bundles,
    metadata,
    next: new Map([...result.next].map(([root, following]) => [idOf(root), following.map(idOf)])),
    entryIds: new Map(entries.map(({ name, path }) => [name, names.id(path)])),
    loaderName,
  };
}
