/** Whole builds that processes leave to later ones, which take them over when nothing has changed. */
import type { Outcome } from '../build';
import type { Finished } from '../run';
import type { BuildWarning } from '../warnings';
import type { Evidence } from './evidence';

export interface KeptBuild extends Outcome {
  /** Paths of the modules that were read. */
  paths: readonly string[];
  warnings: readonly BuildWarning[];
  evidence: Evidence;
}

/** A build without the modules it was made of. */
export function keptBuild(
  { bundles, metadata, next, entryIds, bundleIds, loaderName, sources: { paths } }: Finished,
  warnings: readonly BuildWarning[],
  evidence: Evidence,
): KeptBuild {
  return { bundles, metadata, next, entryIds, bundleIds, loaderName, paths, warnings, evidence };
}
