/** What of a plan has a place outside of it: files that are given out, and modules that start as workers. */
import { nameAssets } from './core/asset-names';
import type { NumberedModules } from './core/graph';
import type { Styled } from './core/styles/styled';
import type { Split } from './model';
import { fileOf, queryOf, shownPath } from './module-path';
import type { ModuleNames } from './render/references';

/** A file that is given out, and the bundle that knows its URL. */
export interface PlannedAsset {
  name: string;
  /** Path of its module, … */
  path: string;
  /** … and its id. */
  id: string;
  /** Name of the bundle of the module; none where only styles name it. */
  bundle: string | undefined;
  /** Names of the styles that name it. */
  styles: readonly string[];
  /** What the module's URL has behind that of the file. */
  suffix: string;
}

/** A module that starts as a worker. */
export interface PlannedWorker {
  path: string;
  id: string;
  /** Names of the bundles whose modules start it. */
  bundles: readonly string[];
}

/** Names of files. */
export interface FileNaming {
  /** Of each bundle. */
  files: readonly string[];
  /** Of each file of styles. */
  styleFiles: readonly string[];
}

/** What of a plan is known when outputs are placed. */
export interface Placed extends NumberedModules, FileNaming {
  names: ModuleNames;
  split: Split;
  styled: Styled;
}

/** By number of a module, names of the styles that name its file. */
function namingStyles({ styled, styleFiles }: Placed): ReadonlyMap<number, string[]> {
  const found = new Map<number, string[]>();
  styled.assets.forEach((assets, file) => {
    for (const asset of assets) found.set(asset, [...(found.get(asset) ?? []), styleFiles[file] as string]);
  });
  return found;
}

/** Those that no visit comes to have no name; modules of one file have one. */
export function placeAssets(
  extensions: ReadonlyMap<number, string>,
  placed: Placed,
  hash: (text: string) => string,
): PlannedAsset[] {
  const { paths, names, split: result, files } = placed;
  const naming = namingStyles(placed);
  const found = [...extensions].flatMap(([number, extension]) => {
    const path = paths[number] as string;
    const bundle = files[result.bundleOf[number] as number];
    const styles = naming.get(number) ?? [];
    const stem = names.name(path).slice(0, fileOf(path).length - shownPath(path).length || undefined);
    const written = stem.replace(/\.[^./]*$/, '') + extension;
    return bundle === undefined && styles.length === 0 ? [] : [{ path, bundle, styles, written }];
  });
  const written = [...new Set(found.map((each) => each.written))];
  const fileNames = new Map(nameAssets(written, hash).map((name, index) => [written[index], name]));
  return found.map(({ path, bundle, styles, written: name }) => ({
    name: fileNames.get(name) as string,
    path,
    id: names.id(path),
    bundle,
    styles,
    suffix: queryOf(path),
  }));
}

/** Those that some visit can start. */
export function placeWorkers({ graph, split: result, paths, names, files }: Placed): PlannedWorker[] {
  const starting = new Map<number, Set<string>>();
  graph.workerEdges?.forEach((targets, module) => {
    const bundle = files[result.bundleOf[module] as number];
    if (bundle === undefined) return;
    for (const target of targets) starting.set(target, (starting.get(target) ?? new Set()).add(bundle));
  });
  return [...starting]
    .sort(([a], [b]) => a - b)
    .map(([number, bundles]) => {
      const path = paths[number] as string;
      return { path, id: names.id(path), bundles: [...bundles].sort() };
    });
}
