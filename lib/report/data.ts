/**
 * What a report shows: plain data, the same for the same build. Lists refer to each other by index. Sizes are bytes of files as they are served
 * (after minifiers and whatever else they have gone through), each compressed by itself.
 */
export interface ReportData {
  version: 1;
  /** Version of dynapack. */
  dynapack: string;
  /** The build has the fewest bundles possible, checked. */
  minimal: boolean;
  bundles: ReportBundle[];
  modules: ReportModule[];
  packages: ReportPackage[];
  /** Entries, then workers. */
  pages: ReportPage[];
  /** All that can be requested later, entries and workers included: roots. */
  requests: ReportRequest[];
  assets: { name: string; served: string; raw: number; bundles: number[] }[];
  warnings: { code: string; message: string; path?: string; line?: number; column?: number; hint?: string }[];
  /** The newest last; with a store of releases only. */
  releases?: ReportRelease[];
  /** With `split`: what it costs and saves. */
  price?: ReportPrice;
}

export interface Sizes {
  raw: number;
  gzip: number;
  brotli: number;
}

export interface ReportBundle extends Sizes {
  /** Before plugins renamed it. */
  name: string;
  served: string;
  kind: 'script' | 'style';
  modules: number[];
  /** The core: requests that may be the first to need it, indices into `requests`. */
  core: number[];
}

export interface ReportModule {
  /** Stable name: `./src/a.js`, `lodash/map.js`. */
  name: string;
  /** Index into `packages`; absent for the project's own. */
  package?: number;
  kind: 'esm' | 'cjs' | 'json' | 'style' | 'asset' | 'text';
  /** Index into `bundles`; -1 where it is in none. */
  bundle: number;
  /** Bytes that it has in its bundle, as served. */
  size: number;
  /** Bytes of its source. */
  source: number;
  /** Indices into `modules`: what it imports or requires, what it may load later, workers that it starts. */
  imports: number[];
  later: number[];
  workers: number[];
  /** Of ES modules, names of exports that are kept, and that were left out. */
  exports?: { kept: string[]; dropped: string[] };
  /** How many of its statements that only declare are kept, and were left out. */
  statements?: { kept: number; dropped: number };
  /** Why it is there although nobody asks for what it exports: `effects`, or `cycle` …; absent where somebody does. */
  keptFor?: 'effects' | 'entry' | 'require' | 'namespace';
}

export interface ReportPackage {
  name: string;
  version?: string;
  directory: string;
}

export interface ReportPage {
  /** Name of the entry, stable name of a worker's module. */
  name: string;
  kind: 'entry' | 'worker';
  /** Index into `requests`. */
  request: number;
  /** Bundles that it starts with, in the order of the page: indices. */
  bundles: number[];
}

export interface ReportRequest {
  /** Index into `modules`. */
  module: number;
  /** Bundles that it must have: indices. Those held are not fetched again. */
  bundles: number[];
  /** What can be requested once it is loaded: indices into `requests`. */
  next: number[];
}

export interface ReportRelease {
  id: string;
  /** By page (index), what a visitor who has all of this release downloads of the newest one. */
  visitors: {
    page: number;
    bytes: number;
    bundles: { bundle: number; how: 'held' | 'patch' | 'whole'; bytes: number }[];
  }[];
}

export interface ReportPrice {
  /** Bundles without the option, and with it. */
  before: number;
  after: number;
  /** Files that a first load fetches: mean and most, before and after. */
  filesBefore: { mean: number; most: number };
  filesAfter: { mean: number; most: number };
  /** Bytes that visits can fetch without needing them: mean over roots, most, and as a share of what first loads fetch. */
  overfetch: { mean: number; most: number; share: number };
}
