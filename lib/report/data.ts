/** What a report shows. */

/**
 * Plain data, the same for the same build. Lists refer to each other by index. Sizes are bytes of files as they are served (after
 * minifiers and whatever else they have gone through), each compressed by itself: gzip as it comes, brotli at its best quality.
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
  assets: ReportAsset[];
  /** Where entries stand alone. */
  standalone?: ReportStandalone[];
  warnings: ReportWarning[];
  /** The newest last; with a store of releases only. */
  releases?: ReportRelease[];
  /** With `split`: what it costs and saves. */
  price?: ReportPrice;
}

/** Bytes of a file, as it is and compressed; the latter are absent where they were not measured (`compress: false`). */
export interface Sizes {
  raw: number;
  gzip?: number;
  brotli?: number;
}

/** A file that is given out as it is. */
export interface ReportAsset {
  name: string;
  served: string;
  raw: number;
  /** Bundles that name it, scripts and styles. */
  bundles: number[];
  /** Modules that it is the file of: more than one where files are equal. */
  modules: number[];
}

/** A script that stands alone: it holds all that its entry reaches, which may be in bundles as well. */
export interface ReportStandalone extends Sizes {
  /** Name of the entry, and index of its module. */
  entry: string;
  module: number;
  name: string;
  served: string;
  /** In the order in which they stand there, with the bytes that each has. */
  modules: { module: number; size: number }[];
}

/** What is not right, although the build goes on. */
export interface ReportWarning {
  code: string;
  message: string;
  /** Relative to the root. */
  path?: string;
  line?: number;
  column?: number;
  hint?: string;
}

export interface ReportBundle extends Sizes {
  /** Before plugins renamed it. */
  name: string;
  served: string;
  kind: 'script' | 'style';
  /** In the order in which they stand there. That of the loader has none. */
  modules: number[];
  /** The core: requests that may be the first to need it, indices into `requests`. */
  core: number[];
  /** It is no bundle of modules, but what loads bundles in pages, or what starts workers. */
  loader?: 'page' | 'worker';
  /** The group of the option `split` that it has the modules of. */
  group?: string;
  /** It would be several bundles without the option `split`. */
  merged?: ReportMerged;
}

/** What is merged, what that saves, and what it costs. */
export interface ReportMerged {
  /** How many bundles it would be. */
  bundles: number;
  /** Files that requests fetch less, the sum of all requests. */
  saved: number;
  /** Requests that fetch bytes of it without needing them yet, the most bytes first. */
  early: { request: number; bytes: number }[];
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
  /** Of a style whose names scripts ask for: the script that has these. */
  script?: { bundle: number; size: number };
  /** Bytes of its source. */
  source: number;
  /** Indices into `modules`: what it imports or requires, and files that a style names, what it may load later, workers that it starts. */
  imports: number[];
  later: number[];
  workers: number[];
  /** Of ES modules, by index into `imports`: the names that it asks for, `*` for all of them. */
  names?: string[][];
  /** Indices into `modules`: what its source imports as well, of which nothing is needed. */
  unneeded?: number[];
  /** Of ES modules, names of exports that are kept, and that were left out. */
  exports?: { kept: string[]; dropped: string[] };
  /** How many of its statements that only declare are kept, and were left out. */
  statements?: { kept: number; dropped: number };
  /** Why it is there although nobody asks for what it exports: `effects`, or `cycle` …; absent where somebody does. */
  keptFor?: 'effects' | 'entry' | 'require' | 'namespace';
}

/** An installed package; dynapack is one, with what links ES modules and what stands for modules that are on no disk. */
export interface ReportPackage {
  name: string;
  version?: string;
  /** Relative to the root. */
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
  visitors: ReportVisitor[];
}

/** A visitor who comes back to a page. */
export interface ReportVisitor {
  page: number;
  /** All that follows. */
  bytes: number;
  /** In the order of the page. Bytes are those of the patch, or of the whole bundle, after brotli. */
  bundles: { bundle: number; how: 'held' | 'patch' | 'whole'; bytes: number }[];
}

export interface ReportPrice {
  /** Bundles without the option, and with it. */
  before: number;
  after: number;
  /** Files that a first load fetches: mean and most, before and after. */
  filesBefore: { mean: number; most: number };
  filesAfter: { mean: number; most: number };
  /**
   * Bytes that visits can fetch without needing them, of sources, by which bundles are merged before they are written: mean over roots, most, and as a share of what
   * first loads fetch.
   */
  overfetch: { mean: number; most: number; share: number };
}
