/**
 * One build, from modules to bundles, as pure calls: graph → split → names → render. Everything that reads,
 * writes or waits is elsewhere; the same modules give the same bytes, in whatever order they arrived.
 */
import { type NumberedGraph, toGraph } from './core/graph';
import { bundleNames, entryNames, moduleIds, stableNames } from './core/names';
import { neededPaths } from './core/reachable';
import { isSameShape } from './core/shape';
import { isMinimal, onePerModule, split } from './core/split';
import type { Bundle, Entry, Module, ModuleGraph, Split, SplitMetadata } from './model';
import { renderBundle, renderBundleMap } from './render/bundle';
import { textOf } from './render/edits';
import type { RenderedModule } from './render/maps';
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
  metadata: SplitMetadata;
  /** Root id → ids of the roots that may be requested once it is loaded. */
  next: ReadonlyMap<string, readonly string[]>;
  /** Entry name → root id. */
  entryIds: ReadonlyMap<string, string>;
  /** Name of the loader's own file. */
  loaderName: string | undefined;
  /** For the next build: the modules, their split, and their texts. */
  reached: ReadonlyMap<string, Module>;
  named: NamedSplit;
  rendered: ReadonlyMap<string, Rendered>;
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
  const esModules = new Set([...modules.values()].filter(isEsModule).map(({ path }) => path));
  return {
    name,
    id: (path) => (path === runtime ? RUNTIME : (ids.get(name(path)) as string)),
    isEsModule: (path) => esModules.has(path),
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

/** A rendered module, and the text its pieces make. */
interface Rendered extends RenderedModule {
  text: string;
}

/** Whether the module would be rendered to the same text again. */
function isCurrent(
  rendered: Rendered | undefined,
  module: Module,
  before: ModuleNames,
  now: ModuleNames,
): boolean {
  if (rendered?.module !== module) return false;
  if (before === now) return true;
  return [module.path, ...neededPaths(module)].every(
    (path) => before.id(path) === now.id(path) && before.isEsModule(path) === now.isEsModule(path),
  );
}

function renderModules(
  modules: ReadonlyMap<string, Module>,
  { names }: NamedSplit,
  previous: Build | undefined,
) {
  const all = new Map<string, Rendered>();
  for (const [path, module] of modules) {
    const known = previous?.rendered.get(path);
    if (known && isCurrent(known, module, (previous as Build).named.names, names)) all.set(path, known);
    else {
      const pieces = renderModule(module, names);
      all.set(path, { module, pieces, text: textOf(pieces, module.source) });
    }
  }
  return all;
}

function renderBundles(
  rendered: ReadonlyMap<string, Rendered>,
  { split: { bundles }, paths, files }: NamedSplit,
  options: BuildOptions,
  previous: Build | undefined,
): Bundle[] {
  const hasMaps = options.sourcemaps ?? [...rendered.values()].some(({ module }) => module.input?.map);
  const known = new Map(previous?.bundles.map((bundle) => [bundle.name, bundle]));
  return bundles.map((numbers, index) => {
    const held = numbers.map((number) => rendered.get(paths[number] as string) as Rendered);
    const name = files[index] as string;
    const before = known.get(name);
    const isSame =
      before?.modules.length === held.length &&
      held.every((each, at) => each === previous?.rendered.get(before.modules[at] as string));
    return isSame && Boolean(before.map) === Boolean(hasMaps)
      ? before
      : makeBundle(name, held, Boolean(hasMaps), options);
  });
}

function makeBundle(name: string, held: readonly Rendered[], hasMap: boolean, options: BuildOptions): Bundle {
  const { name: registry, root } = options;
  const texts = held.map(({ text }) => text);
  const contents = renderBundle(registry, name, texts);
  assertAccepted(contents, held, options);
  const map = hasMap ? renderBundleMap(registry, name, held, root) : undefined;
  return { name, modules: held.map(({ module }) => module.path), contents, map };
}

/** How many modules an engine is asked about one by one. */
const FEW = 16;

/** Nothing that an engine refuses gets out. One question for a whole bundle costs less than one for each of many modules. */
function assertAccepted(
  contents: string,
  held: readonly Rendered[],
  { refusalOf, onRefused }: BuildOptions,
): void {
  const fresh = held.filter(({ module }) => !module.isAccepted);
  const areFine = fresh.length > FEW && refusalOf(contents) === undefined;
  for (const { module, text } of fresh) {
    const code = `({${text}})`;
    if (!areFine && refusalOf(`return ${code}`) !== undefined) onRefused(module, code);
    module.isAccepted = true;
  }
}

/** Object with sorted keys: metadata is the same for the same input, too. */
function record<T>(pairs: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the outside is told of a split. */
function describe(named: NamedSplit): Pick<Build, 'metadata' | 'next' | 'entryIds'> {
  const { split: result, graph, paths, names, files, entries } = named;
  const pathOf = (number: number): string => paths[number] as string;
  const idOf = (number: number): string => names.id(pathOf(number));
  const loads = (root: number): string[] =>
    (result.loads.get(root) ?? []).map((bundle) => files[bundle] as string);
  const metadata: SplitMetadata = {
    modules: record(result.bundles.flat().map((number) => [idOf(number), pathOf(number)])),
    bundles: record(result.bundles.map((numbers, index) => [files[index] as string, numbers.map(pathOf)])),
    entries: record(graph.entries.map((number, index) => [(entries[index] as Entry).name, loads(number)])),
    roots: record([...result.loads.keys()].map((root) => [idOf(root), loads(root)])),
    minimal: isMinimal(graph, result),
  };
  return {
    metadata,
    next: new Map([...result.next].map(([root, following]) => [idOf(root), following.map(idOf)])),
    entryIds: new Map(entries.map(({ name, path }) => [name, names.id(path)])),
  };
}

/** Everything that follows from the graph alone. */
function nameSplit(
  modules: ReadonlyMap<string, Module>,
  written: readonly EntryPath[],
  loaderName: string | undefined,
  options: BuildOptions,
): NamedSplit {
  const entries = nameEntries(written, options);
  const names = nameModules(modules, options);
  return splitAndName(toGraph(modules, entries, names.name), entries, names, options, loaderName);
}

/** Whether all that `nameSplit` looks at is as it was. */
export function isSameGraph(before: ReadonlyMap<string, Module>, now: ReadonlyMap<string, Module>): boolean {
  if (before.size !== now.size) return false;
  for (const [path, module] of now) {
    const known = before.get(path);
    if (known !== module && (known === undefined || !isSameShape(known, module))) return false;
  }
  return true;
}

/**
 * Splits the modules into bundles and renders them.
 * @param modules every module by path, in any order
 * @param written the entries, in any order
 * @param previous an earlier build of the same entries with the same options: what has not changed is taken from it
 * @param isSame whether that build's graph is that of the modules, see `isSameGraph`
 */
export function build(
  modules: ReadonlyMap<string, Module>,
  written: readonly EntryPath[],
  options: BuildOptions,
  previous?: Build,
  isSame = false,
): Build {
  const loaderName = options.loader === 'file' ? `${options.name}-loader.js` : undefined;
  const named = previous && isSame ? previous.named : nameSplit(modules, written, loaderName, options);
  const rendered = renderModules(modules, named, previous);
  const bundles = renderBundles(rendered, named, options, previous);
  if (loaderName !== undefined) {
    bundles.push({ name: loaderName, modules: [], contents: loaderFile(options.loaderText) });
  }
  const made = { reached: modules, named, rendered, bundles, loaderName };
  return previous && isSame ? { ...previous, ...made } : { ...made, ...describe(named) };
}
