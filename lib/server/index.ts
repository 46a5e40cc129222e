/** The package `dynapack/server`: an instance that is ready to use, and its types. */

import { DynapackError as ServerError } from '../errors';
import type { AssetOptions as ServerAssetOptions } from './assets';
import { DynoSrc as ServerDynoSrc } from './dynosrc';
import type { PatchRecord as ServerPatchRecord } from './formats';
import type { Globals as ServerGlobals } from './settings';
import type { Source as ServerSource, SourceText as ServerSourceText } from './sources/source';

interface Server extends ServerDynoSrc {
  /** The class of instances. */
  DynoSrc: typeof ServerDynoSrc;
  /** The class of every failure. */
  DynapackError: typeof ServerError;
}

const dynosrc: Server = Object.assign(new ServerDynoSrc(), {
  DynoSrc: ServerDynoSrc,
  DynapackError: ServerError,
});

declare namespace dynosrc {
  type DynoSrc = ServerDynoSrc;
  type Globals = ServerGlobals;
  type AssetOptions = ServerAssetOptions;
  type PatchRecord = ServerPatchRecord;
  type Source = ServerSource;
  type SourceText = ServerSourceText;
  type DynapackError = ServerError;
}

export = dynosrc;
