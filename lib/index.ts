/** The package: `dynapack(options)` and its types. */
import type { Duplex } from 'node:stream';

import { Cache as PackCache } from './cache/cache';
import { DynapackError as PackError } from './errors';
import type { Minify as PackMinify } from './minify/minifier';
import type { BuildMetadata as PackBuildMetadata } from './model';
import type { MinifyOptions as PackMinifyOptions } from './options/minify';
import type { Options as PackOptions, SplitOptions as PackSplitOptions } from './options/pack';
import type { LonePatchesOptions } from './options/patches';
import type { ReportOptions as PackReportOptions } from './options/report';
import type { ScriptsOptions as PackScriptsOptions } from './options/scripts';
import {
  createPack,
  type BuildGraph as PackBuildGraph,
  type LogEvent as PackLogEvent,
  type Pack as PackStream,
} from './pack';
import type { ReportData as PackReportData } from './report/data';
import type { EntryInput as PackEntryInput } from './streams/entries';
import { forwardErrors } from './streams/forward-errors';
import { watchInput } from './streams/input';
import { createLonePatches } from './streams/patches';
import type { BuildWarning } from './warnings';

interface Dynapack {
  /**
   * A fresh Transform: entries in, bundles out. Works with and without `new`.
   * @throws DynapackError UNKNOWN_OPTION or INVALID_OPTION, naming the nearest right option
   */
  (options?: PackOptions): PackStream;
  new (options?: PackOptions): PackStream;
  /** The class of every failure. */
  DynapackError: typeof PackError;
  /**
   * What survives from build to build. Make it outside of the task that it is for.
   * @param directory where modules are kept from process to process, such as `node_modules/.cache/dynapack`; it may be
   * deleted at any time
   */
  cache(directory?: string): PackCache;
  /**
   * For scripts and styles that no pack has made: they pass, patches from earlier releases are added, and `patches.json`,
   * which tells of them.
   * @throws DynapackError UNKNOWN_OPTION or INVALID_OPTION, naming the nearest right option
   */
  patches(options: LonePatchesOptions): Duplex;
}

function factory(options?: PackOptions): PackStream {
  return createPack(options);
}

const dynapack = Object.assign(factory, {
  DynapackError: PackError,
  cache: (directory?: string) => new PackCache(directory),
  patches: (options: LonePatchesOptions) =>
    watchInput(forwardErrors(createLonePatches(options)), { name: 'dynapack.patches()' }),
}) as unknown as Dynapack;

declare namespace dynapack {
  type Options = PackOptions;
  type SplitOptions = PackSplitOptions;
  type ScriptsOptions = PackScriptsOptions;
  type PatchesOptions = LonePatchesOptions;
  type Pack = PackStream;
  type ReportOptions = PackReportOptions;
  type ReportData = PackReportData;
  type EntryInput = PackEntryInput;
  type Minify = PackMinify;
  /** What `pack.minify()` takes besides. */
  type MinifyOptions = PackMinifyOptions;
  type BuildMetadata = PackBuildMetadata;
  type BuildGraph = PackBuildGraph;
  type LogEvent = PackLogEvent;
  type WarningEvent = BuildWarning;
  type DynapackError = PackError;
  type Cache = PackCache;
}

export = dynapack;
