/** A build, and its files as they are served → the data of its report. */

import { concernWarnings } from '../concern-warnings';
import type { Groups } from '../core/groups';
import { stableNames } from '../core/names';
import { isStyleName } from '../core/styles/names';
import type { PackageOf } from '../fs/packages';
import { isVirtual } from '../fs/virtual';
import type { PlannedAsset } from '../placing';
import { sourceName } from '../render/maps';
import type { Finished } from '../run';
import type { BuildWarning } from '../warnings';
import { partsOf, type ServedFile } from './contents';
import type {
  ReportAsset,
  ReportBundle,
  ReportData,
  ReportModule,
  ReportPage,
  ReportRequest,
  ReportStandalone,
  ReportWarning,
} from './data';
import { describeSplit } from './merged';
import { type DescribedModules, describeModules } from './modules';
import { listPackages } from './packages';

/** What a report is made from. */
export interface ReportInput {
  build: Finished;
  /** By name, all bundles and assets. */
  served: ReadonlyMap<string, ServedFile>;
  packageOf: PackageOf;
  /** Directory that names are relative to. */
  root: string;
  /** Version of dynapack. */
  version: string;
  /** Named groups of modules. */
  groups: Groups;
}

/** What is known of all of it by index. */
interface Context extends ReportInput, DescribedModules {
  /** Index of each bundle, by name: those of modules, and behind them those of loaders. */
  bundles: ReadonlyMap<string, number>;
  requests: ReportRequest[];
  pages: ReportPage[];
}

const indexOf = <Key>(keys: Iterable<Key>): Map<Key, number> =>
  new Map([...keys].map((key, index) => [key, index]));

/** What can be requested. */
function listRequests({ build, bundles }: Pick<Context, 'build' | 'bundles'>): ReportRequest[] {
  const roots = [...build.split.loads.keys()];
  const indices = indexOf(roots);
  return roots.map((module) => ({
    module,
    bundles: bundlesNamed(build.metadata.roots[build.names.id(build.paths[module] as string)] ?? [], bundles),
    next: (build.split.next.get(module) ?? []).map((root) => indices.get(root) as number),
  }));
}

const bundlesNamed = (names: readonly string[], bundles: Context['bundles']): number[] =>
  names.map((name) => bundles.get(name) as number);

/** What visits start with: styles in the order of the page, the loader where it is a file, then scripts. */
function listPages({
  build,
  bundles,
  requests,
}: Pick<Context, 'build' | 'bundles' | 'requests'>): ReportPage[] {
  const { entries, graph, metadata, styles, loaderName, workers, workerLoaderName, numbers, names } = build;
  const requestOf = (module: number): number => requests.findIndex((request) => request.module === module);
  const loader = (name: string | undefined): string[] => (name === undefined ? [] : [name]);
  return [
    ...entries.map(({ name }, index): ReportPage => {
      const own = metadata.entries[name] as string[];
      const shown = (styles.get(name) ?? []).filter((style) => own.includes(style));
      const scripts = own.filter((each) => !isStyleName(each));
      const start = [...shown, ...(scripts.length > 0 ? loader(loaderName) : []), ...scripts];
      return {
        name,
        kind: 'entry',
        request: requestOf(graph.entries[index] as number),
        bundles: bundlesNamed(start, bundles),
      };
    }),
    ...workers.map(({ path, id }): ReportPage => {
      const own = metadata.roots[id] ?? [];
      const scripts = [...loader(workerLoaderName), ...own.filter((each) => !isStyleName(each))];
      return {
        name: names.name(path),
        kind: 'worker',
        request: requestOf(numbers.get(path) as number),
        bundles: bundlesNamed(scripts, bundles),
      };
    }),
  ];
}

/** Requests that have the bundle: where they must have it, they may be the first to. */
function coresOf({ bundles, requests, pages }: Context): number[][] {
  const cores = [...bundles].map((): number[] => []);
  requests.forEach((request, index) => {
    for (const bundle of request.bundles) cores[bundle]?.push(index);
  });
  for (const page of pages)
    for (const bundle of page.bundles)
      if (!cores[bundle]?.includes(page.request)) cores[bundle]?.push(page.request);
  return cores.map((core) => core.sort((a, b) => a - b));
}

/** Lists the bundles, and tells the modules where they are. */
function listBundles(context: Context): ReportBundle[] {
  const { build, served, indices, modules } = context;
  const cores = coresOf(context);
  const parts = partsOf(build);
  const loaders = new Map([
    [build.loaderName, 'page' as const],
    [build.workerLoaderName, 'worker' as const],
  ]);
  return [...context.bundles].map(([name, bundle]): ReportBundle => {
    const { served: servedName, sizes, parts: bytes } = served.get(name) as ServedFile;
    const kind = isStyleName(name) ? 'style' : 'script';
    const loader = loaders.get(name);
    const held = new Map<number, number>();
    (parts.get(name) ?? []).forEach(({ path }, part) => {
      const index = indices.get(path) as number;
      held.set(index, (held.get(index) ?? 0) + (bytes[part] ?? 0));
    });
    const own = [...held].filter(([index, size]) =>
      place(modules[index] as ReportModule, kind, bundle, size),
    );
    return {
      name,
      served: servedName,
      kind,
      ...sizes,
      modules: own.map(([index]) => index),
      core: cores[bundle] as number[],
      ...(loader && { loader }),
    };
  });
}

/** @returns whether the bundle is where the module is: a style is in its file, whatever scripts know of it */
function place(module: ReportModule, kind: ReportBundle['kind'], bundle: number, size: number): boolean {
  if (module.kind === 'style' && kind === 'script') {
    module.script = { bundle, size };
    return false;
  }
  // What stands before imports from a style may be in another file.
  if (module.bundle !== -1) return false;
  module.bundle = bundle;
  module.size += size;
  return true;
}

function listStandalone({ build, served, indices }: Context): ReportStandalone[] {
  const parts = partsOf(build);
  return build.alone.map(({ name, entry, path }) => {
    const { served: servedName, sizes, parts: bytes } = served.get(name) as ServedFile;
    const modules = (parts.get(name) ?? []).map(({ path }, part) => ({
      module: indices.get(path) as number,
      size: bytes[part] as number,
    }));
    return { entry, module: indices.get(path) as number, name, served: servedName, ...sizes, modules };
  });
}

/** Files that are equal are one. */
function listAssets({ build, served, bundles, indices }: Context): ReportAsset[] {
  const byName = new Map<string, PlannedAsset[]>();
  for (const asset of build.assets) byName.set(asset.name, [...(byName.get(asset.name) ?? []), asset]);
  return [...byName].map(([name, all]) => {
    const file = served.get(name) as ServedFile;
    const naming = new Set(all.flatMap(({ bundle, styles }) => [bundle ?? [], ...styles].flat()));
    return {
      name,
      served: file.served,
      raw: file.sizes.raw,
      bundles: bundlesNamed([...naming], bundles),
      modules: all.map(({ path }) => indices.get(path) as number),
    };
  });
}

function listWarnings({ build, root }: ReportInput): ReportWarning[] {
  const ofModules = build.sources.modules
    .filter(({ path }) => !isVirtual(path))
    .flatMap(concernWarnings)
    .map(({ warning }) => warning);
  const all = [...ofModules, ...build.warnings].map((warning) => toWarning(warning, root));
  const keyOf = ({ path = '', line = 0, column = 0, code }: ReportWarning): string =>
    [path, String(line).padStart(9), String(column).padStart(9), code].join('\n');
  return all.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

const toWarning = (
  { code, message, path, lineNumber, columnNumber, hint }: BuildWarning,
  root: string,
): ReportWarning => ({
  code,
  message,
  path: sourceName(path, root),
  ...(lineNumber !== undefined && { line: lineNumber }),
  ...(columnNumber !== undefined && { column: columnNumber }),
  hint,
});

/** Makes the data, but for releases. */
export function makeReport(input: ReportInput): ReportData {
  const { build, root, version } = input;
  const loaders = [build.loaderName, build.workerLoaderName].filter((name) => name !== undefined);
  const bundles = indexOf([...build.files, ...build.styleFiles, ...loaders]);
  const described = describeModules(build, (paths) => stableNames([...build.paths, ...paths], root));
  const requests = listRequests({ build, bundles });
  const pages = listPages({ build, bundles, requests });
  const context: Context = { ...input, ...described, bundles, requests, pages };
  const { packages, indexOf: packageIndex } = listPackages(described.paths, input.packageOf, root, version);
  described.paths.forEach((path, index) => {
    const found = packageIndex.get(path);
    if (found !== undefined) (described.modules[index] as ReportModule).package = found;
  });
  const listed = listBundles(context);
  const split = describeSplit({
    ...input,
    sizeOf: (number) => {
      const module = described.modules[number] as ReportModule;
      return module.kind === 'style' ? (module.script?.size ?? 0) : module.size;
    },
    requestOf: (module) => requests.findIndex((request) => request.module === module),
  });
  return {
    version: 1,
    dynapack: version,
    minimal: build.metadata.minimal,
    bundles: listed.map((bundle, index) => ({ ...bundle, ...split[index] })),
    modules: described.modules,
    packages,
    pages,
    requests,
    assets: listAssets(context),
    ...(build.alone.length > 0 && { standalone: listStandalone(context) }),
    warnings: listWarnings(input),
    ...(build.metadata.price && { price: build.metadata.price }),
  };
}
