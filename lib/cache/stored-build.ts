/** Whole builds that processes leave to later ones, which take them over when nothing has changed. */
import type { Outcome } from '../build';
import { concernWarnings } from '../concern-warnings';
import { isVirtual } from '../fs/virtual';
import type { Finished } from '../run';
import type { BuildWarning, ModuleWarning } from '../warnings';
import type { Evidence } from './evidence';

export interface StoredBuild extends Outcome {
  /** Paths of the modules that were read. */
  paths: readonly string[];
  warnings: readonly BuildWarning[];
  moduleWarnings: readonly ModuleWarning[];
  evidence: Evidence;
}

/** A build without the modules it was made of. */
export function toStored(build: Finished, evidence: Evidence): StoredBuild {
  const { bundles, assetFiles, assets, styles, metadata, next, entryIds, bundleIds, loaderName } = build;
  const { alone, warnings, sources, workers, workerLoaderName } = build;
  const { paths, modules } = sources;
  const moduleWarnings = modules.filter(({ path }) => !isVirtual(path)).flatMap(concernWarnings);
  const made = { bundles, assetFiles, assets, styles, metadata, next, entryIds, bundleIds, loaderName };
  const scripts = alone.map(({ name, entry, path }) => ({ name, entry, path }));
  return { ...made, workers, workerLoaderName, alone: scripts, paths, warnings, moduleWarnings, evidence };
}
