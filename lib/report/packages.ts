/** Which installed packages modules belong to. */
import type { PackageInfo, PackageOf } from '../fs/packages';
import { sourceName } from '../render/maps';
import type { ReportPackage } from './data';

/** The package of a module, if that is an installed one: others are the project's own. */
export function installedPackage(path: string, packageOf: PackageOf): PackageInfo | undefined {
  const found = packageOf(path);
  return found && /[\\/]node_modules[\\/]/.test(found.directory) ? found : undefined;
}

/** The packages in the order of their directories, and for each path the index of its own. */
export function listPackages(
  paths: readonly string[],
  packageOf: PackageOf,
  root: string,
): { packages: ReportPackage[]; indexOf: ReadonlyMap<string, number> } {
  const directories = new Map<string, PackageInfo>();
  const directoryOf = new Map<string, string>();
  for (const path of paths) {
    const found = installedPackage(path, packageOf);
    if (found === undefined) continue;
    const directory = sourceName(found.directory, root);
    directories.set(directory, found);
    directoryOf.set(path, directory);
  }
  const sorted = [...directories.keys()].sort();
  const numbers = new Map(sorted.map((directory, number) => [directory, number]));
  const packages = sorted.map((directory): ReportPackage => {
    const { name = directory, version } = directories.get(directory) as PackageInfo;
    return { name, ...(version !== undefined && { version }), directory };
  });
  const indexOf = new Map(
    [...directoryOf].map(([path, directory]) => [path, numbers.get(directory) as number]),
  );
  return { packages, indexOf };
}
