/**
 * One build, from modules to bundles, as pure calls: graph → split → names → render. Everything that reads,
 * writes or waits is elsewhere; the same modules give the same bytes, in whatever order they arrived.
 */
import { isEsModule } from './core/es-module';
import { inOrderOf, type NumberedModules, toGraph, updateGraph } from './core/graph';
import { entryNames, moduleIds, type NamedBundle, nameBundles, stableNames } from './core/names';
import { originOf } from './core/prune';
import { neededPaths } from './core/reachable';
import { isSameSplit } from './core/same-split';
import { isMinimal, onePerModule, split } from './core/split';
import type { BuildMetadata, Bundle, Entry, Module, ModuleGraph, Split } from './model';
import { fileOf, shownPath } from './module-path';
import { renderBundle, renderBundleMap } from './render/bundle';
import { textOf } from './render/edits';
import { type LoaderTexts, loaderFile } from './render/loader';
import type { RenderedModule } from './render/maps';
import { renderModule } from './render/module';
import { type Question, questionOf } from './render/question';
import { type ModuleNames, RUNTIME } from './render/references';
import { verifyText } from './render/verify';

/** What a build depends on besides the modules. */
export interface BuildOptions {
  root: string;
  debug: boolean;
  /** Name of the global registry. */
  name: string;
  loader: 'inline' | 'file';
  /** `undefined`: when a module has one. */
  sourcemaps: boolean | undefined;
  /** Text → base64url of its SHA-256. */
  hash(text: string): string;
  loaderTexts: LoaderTexts;
  /** Why an engine refuses a script, or `undefined` when it does not. */
  refusalOf(text: string): string | undefined;
  /** Throws the error for a module of a bundle that an engine refuses. */
  onRefused(module: Module, question: Question): never;
  /** Path of the module that links ES modules: its id is known to the loader. */
  runtime: string;
  /** Whether the module at a path is a file. */
  isFile(path: string): boolean;
}

/** What a build gives to those who do not ask how it was made. */
export interface Outcome {
  /** The bundles in the order of the split, and last the loader's own file if it has one. */
  bundles: readonly Bundle[];
  metadata: BuildMetadata;
  /** Root id → ids of the roots that may be requested once it is loaded. */
  next: ReadonlyMap<string, readonly string[]>;
  /** Entry name → root id. */
  entryIds: ReadonlyMap<string, string>;
  /** Bundle name → id of one of its modules: where that is, the bundle is. */
  bundleIds: ReadonlyMap<string, string>;
  /** Name of the loader's own file. */
  loaderName: string | undefined;
}

/** What follows from the graph alone: the same for all modules of the same shapes. */
export interface Plan extends NumberedModules, Omit<Outcome, 'bundles'> {
  split: Split;
  /** Name of each bundle. */
  files: readonly string[];
  names: ModuleNames;
  /** Whether the bundles have source maps. */
  hasMaps: boolean;
}

/** Everything the outputs are made from. */
export interface Build extends Plan, Outcome {
  /** The modules' texts, by number. */
  rendered: readonly Rendered[];
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

/** Graph and names of all modules; where an earlier build has modules at the same paths, what has not changed is taken from it. */
function numberModules(
  modules: ReadonlyMap<string, Module>,
  entries: readonly Entry[],
  options: BuildOptions,
  previous: Build | undefined,
): NumberedModules & Pick<Plan, 'names' | 'hasMaps'> {
  const known = previous && inOrderOf(previous, modules);
  const names = known ? namesAgain(previous, known, modules, options) : nameModules(modules, options);
  const numbered = known ? updateGraph(previous, known) : toGraph(modules, entries, names.name);
  const isOld = (module: Module, number: number): boolean =>
    known !== undefined && previous?.hasMaps === false && module === previous.modules[number];
  const hasMap = (module: Module, number: number): boolean =>
    !isOld(module, number) && module.input?.map !== undefined;
  return { ...numbered, names, hasMaps: options.sourcemaps ?? numbered.modules.some(hasMap) };
}

/** The earlier names themselves, unless they say of some module no more what it is. */
function namesAgain(
  previous: Build,
  known: readonly Module[],
  modules: ReadonlyMap<string, Module>,
  options: BuildOptions,
): ModuleNames {
  const isRight = known.every(
    (module, number) =>
      module === previous.modules[number] || isEsModule(module) === previous.names.isEsModule(module.path),
  );
  return isRight ? previous.names : nameModules(modules, options);
}

/** What `scripts()` writes, often into the directory of the bundles. */
const scriptsNames = (entries: readonly Entry[]): string[] => [
  'aliases.json',
  'manifest.json',
  'dynapack-worker.js',
  ...entries.map(({ name }) => `${name}.html`),
];

/** A rendered module, and the text its pieces make. */
interface Rendered extends RenderedModule {
  text: string;
}

/** Whether the module would be rendered to the same text again. */
function isCurrent(rendered: Rendered, module: Module, before: ModuleNames, now: ModuleNames): boolean {
  if (rendered.module !== module) return false;
  if (before === now) return true;
  return [module.path, ...neededPaths(module)].every(
    (path) => before.id(path) === now.id(path) && before.isEsModule(path) === now.isEsModule(path),
  );
}

function render(module: Module, names: ModuleNames): Rendered {
  const pieces = renderModule(module, names);
  const text = textOf(pieces, module.source);
  verifyText(originOf(module), text, names, module.isBridge);
  return { module, pieces, text };
}

/** All modules; as they were rendered before, where that is right still. */
function renderModules({ modules, names }: Plan, previous: Build | undefined): Rendered[] {
  return modules.map((module) => {
    const number = previous?.numbers.get(module.path);
    const known = number === undefined ? undefined : previous?.rendered[number];
    const isKnown = known !== undefined && isCurrent(known, module, (previous as Build).names, names);
    return isKnown ? known : render(module, names);
  });
}

/** All bundles; as they were made before, where all their modules are what they were. */
function makeBundles(plan: Plan, rendered: readonly Rendered[], options: BuildOptions, previous?: Build) {
  const known = new Map(previous?.bundles.map((bundle, index) => [bundle.name, { bundle, index }]));
  return plan.split.bundles.map((numbers, index) => {
    const before = known.get(plan.files[index] as string);
    const held = before && previous?.split.bundles[before.index];
    const isSame =
      held?.length === numbers.length &&
      numbers.every((number, at) => rendered[number] === previous?.rendered[held[at] as number]);
    return isSame && before && previous?.hasMaps === plan.hasMaps
      ? before.bundle
      : makeBundle(plan, index, rendered, options);
  });
}

function makeBundle(
  { split: { bundles }, files, hasMaps }: Plan,
  index: number,
  rendered: readonly Rendered[],
  options: BuildOptions,
): Bundle {
  const { name: registry, root } = options;
  const name = files[index] as string;
  const held = (bundles[index] as number[]).map((number) => rendered[number] as Rendered);
  assertAccepted(held, options);
  const texts = held.map(({ text }) => text);
  const contents = renderBundle(registry, texts);
  const map = hasMaps ? renderBundleMap(registry, name, held, root) : undefined;
  return { name, modules: held.map(({ module }) => module.path), contents, map };
}

/** How many modules an engine is asked about one by one. */
const FEW = 16;

/** Nothing that an engine refuses gets out. One question about many modules costs less than one for each. */
function assertAccepted(held: readonly Rendered[], { refusalOf, onRefused }: BuildOptions): void {
  const fresh = held.filter(({ module }) => !module.isAccepted);
  const questions = fresh.map((each) => questionOf(each, each.text));
  const areFine = fresh.length > FEW && refusalOf(questions.map(({ code }) => code).join(';')) === undefined;
  fresh.forEach(({ module }, index) => {
    const question = questions[index] as Question;
    if (!areFine && refusalOf(question.code) !== undefined) onRefused(module, question);
    module.isAccepted = true;
  });
}

/** Object with sorted keys: metadata is the same for the same input, too. */
function record<T>(pairs: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

type Described = Pick<Plan, 'metadata' | 'next' | 'entryIds' | 'bundleIds'>;

/** What the outside is told of a plan. */
function describe(
  { graph, paths, split: result, files, names }: Omit<Plan, keyof Described>,
  bundles: readonly NamedBundle[],
  entries: readonly Entry[],
  isFile: BuildOptions['isFile'],
  minimal: boolean,
  previous: Build | undefined,
): Described {
  const pathOf = (number: number): string => shownPath(paths[number] as string);
  const idOf = (number: number): string => names.id(paths[number] as string);
  const loads = (root: number): string[] =>
    (result.loads.get(root) ?? []).map((bundle) => files[bundle] as string);
  const isWhole = [result, previous?.split].every((each) => each?.bundleOf.includes(-1) === false);
  const known = names === previous?.names && isWhole ? previous.metadata : undefined;
  const metadata: BuildMetadata = {
    modules: known?.modules ?? record(result.bundles.flat().map((number) => [idOf(number), pathOf(number)])),
    bundles: record(result.bundles.map((numbers, index) => [files[index] as string, numbers.map(pathOf)])),
    entries: record(graph.entries.map((number, index) => [(entries[index] as Entry).name, loads(number)])),
    roots: record([...result.loads.keys()].map((root) => [idOf(root), loads(root)])),
    minimal,
    files: known?.files ?? [...new Set(paths.filter(isFile).map(fileOf))].sort(),
  };
  return {
    metadata,
    next: new Map([...result.next].map(([root, following]) => [idOf(root), following.map(idOf)])),
    entryIds: new Map(entries.map(({ name, path }) => [name, names.id(path)])),
    bundleIds: new Map(bundles.map(({ name, representative }) => [name, idOf(representative)])),
  };
}

/** Whether the modules are named and split, and the entries called, as they were in an earlier build. */
function isSamePlan(
  { names, split: result }: Pick<Plan, 'names' | 'split'>,
  entries: readonly Entry[],
  previous: Build,
): boolean {
  return (
    names === previous.names &&
    isSameSplit(result, previous.split) &&
    entries.length === previous.entryIds.size &&
    entries.every(({ name, path }) => previous.entryIds.get(name) === names.id(path))
  );
}

/**
 * Names the modules and splits them into bundles.
 * @param modules every module by path, in any order
 * @param written the entries, in any order
 * @param previous an earlier build of the same entries with the same options: what has not changed is taken from it
 */
export function planBuild(
  modules: ReadonlyMap<string, Module>,
  written: readonly EntryPath[],
  options: BuildOptions,
  previous?: Build,
): Plan {
  const { debug, hash, loader, name } = options;
  const entries = nameEntries(written, options);
  const numbered = numberModules(modules, entries, options, previous);
  const { graph, paths, names } = numbered;
  const result = debug ? onePerModule(graph) : split(graph);
  // The proof is of this graph: an earlier one is none.
  const minimal = isMinimal(graph, result);
  if (previous?.metadata.minimal === minimal && isSamePlan({ names, split: result }, entries, previous)) {
    const { split: same, files, loaderName, metadata, next, entryIds, bundleIds } = previous;
    return { ...numbered, split: same, files, loaderName, metadata, next, entryIds, bundleIds };
  }
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
  const plan = { ...numbered, split: result, files: bundles.map((bundle) => bundle.name), loaderName };
  return { ...plan, ...describe(plan, bundles, entries, options.isFile, minimal, previous) };
}

/**
 * Renders the modules and makes the bundles.
 * @param previous an earlier build with the same options: what has not changed is taken from it
 */
export function build(plan: Plan, options: BuildOptions, previous?: Build): Build {
  const rendered = renderModules(plan, previous);
  const bundles = makeBundles(plan, rendered, options, previous);
  if (plan.loaderName !== undefined) {
    bundles.push({ name: plan.loaderName, modules: [], contents: loaderFile(options.loaderTexts) });
  }
  return { ...plan, rendered, bundles };
}

/**
 * The earlier build with some of its modules changed: nothing else is looked at.
 * @param changed each has the same path and shape as one of the earlier build, see `isSameShape`
 */
export function rebuild(previous: Build, changed: readonly Module[], options: BuildOptions): Build {
  const modules = previous.modules.slice();
  const rendered = previous.rendered.slice();
  const bundles = previous.bundles.slice();
  const numbers = changed.map(({ path }) => previous.numbers.get(path) as number);
  changed.forEach((module, index) => {
    modules[numbers[index] as number] = module;
    rendered[numbers[index] as number] = render(module, previous.names);
  });
  for (const index of new Set(numbers.map((number) => previous.split.bundleOf[number] as number))) {
    bundles[index] = makeBundle(previous, index, rendered, options);
  }
  return { ...previous, modules, rendered, bundles };
}
