/** The package `dynapack/server`: an instance that is ready to use, and its types. */

import { DynapackError as ServerError } from '../errors';
import type { AssetOptions as ServerAssetOptions } from './assets';
import { DynoSrc as ServerDynoSrc } from './dynosrc';
import type { PatchRecord as ServerPatchRecord } from './formats';
import type { Globals as ServerGlobals } from './settings';
import type { Source as ServerSource, SourceText as ServerSourceText } from './sources/source';

/** What users call. These can be imported by name, too: then nobody says whose methods they are. */
const METHODS = [
  'factory',
  'globals',
  'defaults',
  'asset',
  'assets',
  'defineSource',
  'middleware',
  'getPatches',
  'patch',
  'getClientLib',
  'afterPatches',
] satisfies (keyof ServerDynoSrc)[];

/** An instance, as far as users know it. */
type Instance = Pick<ServerDynoSrc, (typeof METHODS)[number]>;

interface Server extends Instance {
  /** The class of instances. */
  DynoSrc: typeof ServerDynoSrc;
  /** The class of every failure. */
  DynapackError: typeof ServerError;
}

const instance = new ServerDynoSrc();

const dynosrc: Server = Object.assign(
  instance,
  Object.fromEntries(METHODS.map((name) => [name, instance[name].bind(instance)])),
  { DynoSrc: ServerDynoSrc, DynapackError: ServerError },
);

declare namespace dynosrc {
  type DynoSrc = Instance;
  type Globals = ServerGlobals;
  type AssetOptions = ServerAssetOptions;
  type PatchRecord = ServerPatchRecord;
  type Source = ServerSource;
  type SourceText = ServerSourceText;
  type DynapackError = ServerError;
}

export = dynosrc;
