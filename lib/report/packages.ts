/** Which installed packages modules belong to. */
import type { PackageInfo, PackageOf } from '../fs/packages';
import { isOurs } from '../fs/virtual';
import { pathFrom } from '../relative-path';
import { sourceName } from '../render/maps';
import type { ReportPackage } from './data';

type Installed = Pick<PackageInfo, 'name' | 'directory' | 'version'>;

/** That of what links ES modules, and of what stands for modules that are on no disk. */
const OURS: Installed = { name: 'dynapack', directory: 'dynapack/virtual', version: undefined };

/** The package of a module, if that is an installed one: others are the project's own. */
export function installedPackage(path: string, packageOf: PackageOf): Installed | undefined {
  if (isOurs(path)) return OURS;
  const found = packageOf(path);
  return found && /[\\/]node_modules[\\/]/.test(found.directory) ? found : undefined;
}

/** Relative to the root. Those above it are told from those below, and such as are somewhere else are called by what is behind `node_modules`, as in source maps. */
function shownDirectory(directory: string, root: string): string {
  const path = pathFrom(root, directory);
  return /^(?:\.\.\/)+node_modules\//.test(path) ? path : sourceName(directory, root);
}

/**
 * The packages in the order of their directories, and for each path the index of its own.
 * @param ours version of dynapack
 */
export function listPackages(
  paths: readonly string[],
  packageOf: PackageOf,
  root: string,
  ours: string,
): { packages: ReportPackage[]; indexOf: ReadonlyMap<string, number> } {
  const directories = new Map<string, Installed>();
  const directoryOf = new Map<string, string>();
  for (const path of paths) {
    const found = installedPackage(path, packageOf);
    if (found === undefined) continue;
    const directory = found === OURS ? OURS.directory : shownDirectory(found.directory, root);
    directories.set(directory, found === OURS ? { ...OURS, version: ours } : found);
    directoryOf.set(path, directory);
  }
  const sorted = [...directories.keys()].sort();
  const numbers = new Map(sorted.map((directory, number) => [directory, number]));
  const packages = sorted.map((directory): ReportPackage => {
    const { name = directory, version } = directories.get(directory) as Installed;
    return { name, ...(version !== undefined && { version }), directory };
  });
  const indexOf = new Map(
    [...directoryOf].map(([path, directory]) => [path, numbers.get(directory) as number]),
  );
  return { packages, indexOf };
}
