import { invalidOption, invalidOptions } from '../errors';
import { isReleasesPlace } from '../releases/open';
import type { Storage } from '../releases/storage';
import { checkOptions, isRecord, type Rules } from './rules';

import type File = require('vinyl');

/** What `pack.patches(options)` takes. */
export interface PatchesOptions {
  /** Where releases are kept: a directory, or a `Storage` of unstorage. */
  releases: string | Storage;
  /** How many earlier releases patches are made from. Default 5. */
  keep?: number;
  /** What a patch and its request may cost at most, as a share of the full text, both after compression. Default 0.7. */
  minGain?: number;
}

/** What `dynapack.patches(options)` takes. */
export interface LonePatchesOptions extends PatchesOptions {
  /**
   * What a File is known by from release to release: the same for each of its versions. Default: its path relative to
   * its base, as it was before gulp-rev.
   */
  name?: (file: File) => string;
}

const patchesRules: Rules<PatchesOptions> = {
  releases: ['a directory or a Storage of unstorage', isReleasesPlace],
  keep: ['a whole number, 0 or more', (value) => Number.isSafeInteger(value) && (value as number) >= 0],
  minGain: ['a number above 0, 1 at most', (value) => typeof value === 'number' && value > 0 && value <= 1],
};

const lonePatchesRules: Rules<LonePatchesOptions> = {
  ...patchesRules,
  name: ['a function', (value) => typeof value === 'function'],
};

/**
 * Checks what `patches()` was given, and fills in the defaults.
 * @throws UNKNOWN_OPTION or INVALID_OPTION, naming the option and the nearest right one
 */
export function resolvePatchesOptions<Options extends PatchesOptions>(
  options: Options,
  isAlone: boolean,
): Options & Required<PatchesOptions> {
  if (!isRecord(options)) throw invalidOptions('patches()', options, "{ releases: 'releases' }");
  checkOptions<LonePatchesOptions>(
    'patches()',
    options,
    isAlone ? lonePatchesRules : (patchesRules as Rules<LonePatchesOptions>),
  );
  if (options.releases === undefined)
    throw invalidOption('patches()', 'releases', patchesRules.releases[0], options.releases);
  return { ...options, keep: options.keep ?? 5, minGain: options.minGain ?? 0.7 };
}
