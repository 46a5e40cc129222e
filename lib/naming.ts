/** What outputs are called, and what the outside is told of a plan. */
import type { NumberedModules } from './core/graph';
import { findGroups, type Groups } from './core/groups';
import { nameBundles } from './core/names';
import type { StyleItem } from './core/styles/documents';
import { nameStyleFiles, type StyleFile } from './core/styles/names';
import type { Styled } from './core/styles/styled';
import type { BuildMetadata, Entry, ModuleGraph, Split, SplitPrice } from './model';
import { fileOf, shownPath, wrappersOf } from './module-path';
import {
  type FileNaming,
  type Placed,
  type PlannedAsset,
  type PlannedWorker,
  placeAssets,
  placeWorkers,
} from './placing';
import type { ModuleNames } from './render/references';

/** What a plan depends on besides the modules. */
export interface PlanOptions {
  root: string;
  debug: boolean;
  /** Whether what nobody needs is left out. */
  shake: boolean;
  /** Whether functions and classes keep their names to the end; if not, modules may share functions. */
  keepNames: boolean;
  /** Which bundles are wanted in place of the fewest. */
  split: { requestCost: number; groups: Groups; pages: Readonly<Record<string, readonly string[]>> };
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
  /** Whether an entry at a path is a style. */
  becomesStyle(path: string): boolean;
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
  /** Name of the file that starts workers. */
  workerLoaderName: string | undefined;
  /** In the order of their names. */
  workers: readonly PlannedWorker[];
  /** In the order of their modules. */
  assets: readonly PlannedAsset[];
  /** Entry name → names of the styles that visits from it can come to hold, in the order of its page. */
  styles: ReadonlyMap<string, readonly string[]>;
  /** The scripts that stand alone. */
  alone: readonly NamedScript[];
}

/** A script that stands alone. */
export interface NamedScript {
  /** Of its file. */
  name: string;
  /** Name of the entry, and the path of its module. */
  entry: string;
  path: string;
}

/** What names of pages are made into. */
export type OfPages = Omit<Described, 'alone'> & FileNaming;

/** All that names are made from. */
export type Named = [
  names: ModuleNames,
  entries: readonly Entry[],
  split: Split,
  minimal: boolean,
  /** By number, the extension of each asset. */
  extensions: ReadonlyMap<number, string>,
  styled: Styled,
  /** Names of the scripts that stand alone. */
  alone: readonly string[],
  /** Which module starts which worker: what follows from it is read from the graph. */
  starting: readonly number[],
  price: SplitPrice | undefined,
];

/** What an earlier plan has told. */
interface Before extends Pick<Described, 'metadata'> {
  names: ModuleNames;
  split: Split;
}

/** What is loaded later, or by a worker, as a set of numbers. */
const rootsBesides = ({ dynamicEdges, workerEdges = [] }: ModuleGraph): ReadonlySet<number> =>
  new Set([...dynamicEdges.flat(), ...workerEdges.flat()]);

const loaderNameOf = ({ loader, name }: Pick<PlanOptions, 'loader' | 'name'>): string | undefined =>
  loader === 'file' ? `${name}-loader.js` : undefined;

const workerLoaderNameOf = ({ name }: Pick<PlanOptions, 'name'>): string => `${name}-worker-loader.js`;

/** Names that no bundle has: of the files of loaders, and of what `scripts()` writes, often into the directory of the bundles. */
export const namesTaken = (
  entries: readonly Entry[],
  options: Pick<PlanOptions, 'loader' | 'name'>,
): string[] => [
  'aliases.json',
  'manifest.json',
  'dynapack-worker.js',
  ...entries.flatMap(({ name }) => [`${name}.html`, `${name}.head.html`]),
  ...[loaderNameOf(options) ?? []].flat(),
  workerLoaderNameOf(options),
];

/** Object with sorted keys: metadata is the same for the same input, too. */
export function record<T>(pairs: Iterable<readonly [string, T]>): Record<string, T> {
  return Object.fromEntries([...pairs].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Names bundles, and says what the outside is told. */
export function describe(
  numbered: NumberedModules,
  [names, entries, result, minimal, extensions, styled, alone, _starting, price]: Named,
  options: PlanOptions,
  before: Before | undefined,
): OfPages {
  const { graph, paths } = numbered;
  const { debug, hash, isFile, split } = options;
  const roots = rootsBesides(graph);
  const entryNameOf = new Map(graph.entries.map((module, index) => [module, (entries[index] as Entry).name]));
  const workerLoaderName = graph.workerEdges === undefined ? undefined : workerLoaderNameOf(options);
  const reserved = [...namesTaken(entries, options), ...alone];
  const bundles = nameBundles({
    bundles: result.bundles,
    names: paths.map(names.name),
    entries: entryNameOf,
    isRoot: (module) => roots.has(module),
    groupOf: (module) => {
      const [group] = findGroups([paths[module] as string], split.groups, options);
      return Object.keys(split.groups)[group as number];
    },
    reserved,
    hash,
    debug,
  });
  const idOf = (number: number): string => names.id(paths[number] as string);
  const files = bundles.map((bundle) => bundle.name);
  const styles = nameStyles(numbered, styled, names, entryNameOf, [...reserved, ...files], hash);
  const styleFiles = styles.map((each) => each.name);
  const placed = { ...numbered, names, split: result, files, styled, styleFiles };
  const assets = placeAssets(extensions, placed, hash);
  const workers = placeWorkers(placed);
  return {
    files,
    styleFiles,
    loaderName: loaderNameOf(options),
    workerLoaderName,
    workers,
    assets,
    styles: new Map(
      [...styled.orders].map(([entry, order]) => [
        entryNameOf.get(entry) as string,
        order.map((file) => styleFiles[file] as string),
      ]),
    ),
    metadata: tell({ ...placed, entries, minimal, price, assets, workers }, isFile, before),
    next: new Map([...result.next].map(([root, following]) => [idOf(root), following.map(idOf)])),
    entryIds: new Map(entries.map(({ name: entry, path }) => [entry, names.id(path)])),
    bundleIds: new Map([
      ...bundles.map(({ name: bundle, representative }): [string, string] => [bundle, idOf(representative)]),
      ...styles.map(({ name: file, id }): [string, string] => [file, id]),
    ]),
  };
}

/** What tells what stands before imports from the style itself. */
function suffixOfHead({ module, piece }: StyleItem, { modules }: NumberedModules): string {
  const heads = modules[module]?.facts.style?.heads.length ?? 0;
  return piece < heads ? `.${piece}` : '';
}

/** Names files of styles, and gives the id of one item of each. */
function nameStyles(
  numbered: NumberedModules,
  { files, items, loads }: Styled,
  names: ModuleNames,
  entryNameOf: ReadonlyMap<number, string>,
  reserved: readonly string[],
  hash: PlanOptions['hash'],
): { name: string; id: string }[] {
  const rootsOf = files.map((): number[] => []);
  for (const [root, list] of loads) for (const file of list) rootsOf[file]?.push(root);
  const owners = rootsOf.map(([root, other]) => (other === undefined ? root : undefined));
  const nameOf = (number: number): string => names.name(numbered.paths[number] as string);
  const at = (style: number): StyleItem => items[style] as StyleItem;
  const described = files.map((file, index): StyleFile => {
    const root = owners[index];
    const entry = entryNameOf.get(root as number);
    return {
      names: file.map((style) => nameOf(at(style).module) + suffixOfHead(at(style), numbered)),
      owner:
        root === undefined
          ? undefined
          : {
              name: entry ?? nameOf(root),
              isEntry: entry !== undefined,
              isLast: owners.lastIndexOf(root) === index,
            },
    };
  });
  return nameStyleFiles(described, reserved, hash).map(({ name, representative }, index) => {
    const item = at(files[index]?.[representative] as number);
    // The module itself may be in a script.
    return { name, id: `${names.id(numbered.paths[item.module] as string)}#${suffixOfHead(item, numbered)}` };
  });
}

/** A style is its file, whatever it is wrapped in. */
export const toldPath = (path: string): string =>
  wrappersOf(path).length > 0 ? fileOf(path) : shownPath(path);

function tell(
  plan: Placed & {
    entries: readonly Entry[];
    assets: readonly PlannedAsset[];
    workers: readonly PlannedWorker[];
    minimal: boolean;
    price: SplitPrice | undefined;
  },
  isFile: PlanOptions['isFile'],
  before: Before | undefined,
): BuildMetadata {
  const {
    graph,
    paths,
    split: result,
    files,
    names,
    entries,
    minimal,
    price,
    assets,
    workers,
    styled,
    styleFiles,
  } = plan;
  const pathOf = (number: number): string => toldPath(paths[number] as string);
  const idOf = (number: number): string => names.id(paths[number] as string);
  const moduleOf = (style: number): number => (styled.items[style] as StyleItem).module;
  const stylesOf = new Set(styled.files.flat().map(moduleOf));
  const scriptsOf = (root: number): string[] =>
    (result.loads.get(root) ?? []).map((bundle) => files[bundle] as string);
  const loads = (root: number): string[] => [
    ...scriptsOf(root),
    ...(styled.loads.get(root) ?? []).map((file) => styleFiles[file] as string),
  ];
  const besides = plan.modules.flatMap(({ dependencies = [] }) => dependencies);
  const isWhole = [result, before?.split].every((each) => each?.bundleOf.includes(-1) === false);
  const known = names === before?.names && isWhole ? before.metadata : undefined;
  const bundles = [
    ...result.bundles.map((numbers, index) => [files[index] as string, numbers.map(pathOf)] as const),
    ...styled.files.map((file, index) => {
      const held = [...new Set(file.map((style) => pathOf(moduleOf(style))))];
      return [styleFiles[index] as string, held] as const;
    }),
  ];
  return {
    modules:
      known?.modules ??
      record([...result.bundles.flat(), ...stylesOf].map((number) => [idOf(number), pathOf(number)])),
    bundles: record(bundles),
    entries: record(graph.entries.map((number, index) => [(entries[index] as Entry).name, loads(number)])),
    workers: record(workers.map(({ path }) => [toldPath(path), scriptsOf(plan.numbers.get(path) as number)])),
    roots: record([...result.loads.keys()].map((root) => [idOf(root), loads(root)])),
    assets: record(assets.map(({ name, path }) => [name, fileOf(path)])),
    // Of pages there are none: `tellStandalone` adds them.
    standalone: {},
    minimal,
    ...(price && { price }),
    files:
      (besides.length === 0 && known?.files) ||
      [...new Set([...paths.filter(isFile).map(fileOf), ...besides])].sort(),
  };
}
