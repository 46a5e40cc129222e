/** The nouns every stage shares, as plain data. `ARCHITECTURE.md` says which stage makes which; what a source tells is in `facts.ts`. */
import type { ModuleFacts, NodeGlobal, Range } from './facts';

/** A source map as it came with a text, still unread. */
export interface InputMap {
  /** JSON or an object, if it is what it should be. */
  map: unknown;
  /** Directory that its sources are relative to. */
  base: string;
}

/** The text a module's source was made from. */
export interface ModuleInput {
  text: string;
  /** Where in the source the text begins. Before JSON, and behind it, stands something of ours. */
  start: number;
  map?: InputMap | undefined;
}

/** What a module gives out as a file. */
export interface ModuleAsset {
  /** Bytes, each as a character. */
  bytes: string;
  /** As transforms have left it. */
  extension: string;
}

/** A module with its dependencies known. */
export interface Module {
  /** What identifies a module from beginning to end: its absolute path at discovery, and what `module-path.ts` says. */
  path: string;
  source: string;
  facts: ModuleFacts;
  /** Path of the module each of `facts.references` means, by index; `undefined` where an optional one was not found. */
  targets: (string | undefined)[];
  /**
   * Of an import that means the file in a package's field `module`, by index, the one in its field `main`: see `core/halves.ts`.
   * Absent where there is none.
   */
  mains?: Readonly<Record<number, string>>;
  /** Targets of imports that stand in for what the field `module` names. */
  standIns?: readonly string[];
  /** Path of the shim for each of `facts.nodeGlobals` that needs a module. */
  shims: Partial<Record<NodeGlobal, string>>;
  /**
   * Path of the shim for `Buffer`, where the module only asks by it what values are: as long as nothing else in the program leads to the shim,
   * none is a Buffer, and the module does without. Where something does, the module needs it like any other.
   */
  bufferIfThere?: string;
  /** Path of the module that links ES modules, if this module needs it. */
  runtime: string | undefined;
  /** Its name or its package.json makes it an ES module in Node, which then sees CommonJS as Node does. */
  isNodeModule: boolean;
  /** Its package.json says that it has no side effects: leaving it out changes nothing but what it exports. */
  isPure: boolean;
  /** Its own code is left out: it only hands on exports of others. */
  isBridge?: boolean;
  /** Parts of its code that are left out, in source order; present where any might be: then what dead code uses is not there, either. */
  dropped?: readonly Range[];
  /** Absent for modules that exist on no disk: source maps do not mention them. */
  input?: ModuleInput | undefined;
  /** An engine has had nothing against it in a bundle. */
  isAccepted?: boolean;
  /** Of an asset, the file that is given out: its source only says where that is. */
  asset?: ModuleAsset;
  /** Absolute paths of the files that transforms have made it of besides its own. */
  dependencies?: readonly string[];
  /** Of an asset that is a value, its URL. */
  dataUrl?: string;
  /** Of one that asks for files by patterns, the directories that were looked at, absolutely, and the references whose patterns no file has. */
  matched?: { directories: readonly string[]; empty: readonly number[] };
}

/** Of an entry that no page starts: it comes out as one script with all that it reaches. */
export interface Standalone {
  /** The global that its exports become, such as `Acme.Widget`. */
  library: string | undefined;
}

/** An entry as the user declared it. */
export interface Entry {
  path: string;
  /** The entry's name in outputs: its relative path without extension, unique within the build. */
  name: string;
}

/** The graph that is split: numbers stand for modules, `0 … size - 1`. Edge lists may repeat a target. */
export interface ModuleGraph {
  size: number;
  /** Must be present and run before. */
  staticEdges: readonly (readonly number[])[];
  /** May be requested later. */
  dynamicEdges: readonly (readonly number[])[];
  entries: readonly number[];
  /** Modules that a module starts workers with; none where this is absent. */
  workerEdges?: readonly (readonly number[])[];
  /** Modules that are nothing in scripts, and in no bundle: styles that nobody asks for a value. */
  textless?: ReadonlySet<number>;
}

/** A partition of the reachable modules into bundles, and what each request loads. */
export interface Split {
  /** Modules of each bundle, ascending; bundles in order of their first module. */
  bundles: number[][];
  /** Bundle of each module, or -1 for a module that no entry can reach, or that is nothing in scripts. */
  bundleOf: Int32Array;
  /** Root → the bundles whose core contains it, ascending: those that a request for it may be the first to fetch. */
  loads: Map<number, number[]>;
  /** Root → the roots that may be requested once it is loaded, ascending. */
  next: Map<number, number[]>;
}

/** A source map, revision 3, as `file.sourceMap` of vinyl Files has it: sources are relative to the base of the File. */
export interface SourceMap {
  version: 3;
  file: string;
  sources: string[];
  sourcesContent: (string | null)[];
  names: string[];
  mappings: string;
}

/** A finished bundle. */
export interface Bundle {
  /** Relative file name, such as `admin/main.js`; depends on which modules it holds, never on their contents. */
  name: string;
  /** Paths of its modules, in the order they are written. */
  modules: string[];
  contents: string;
  /** Where one is wanted. */
  map?: SourceMap | undefined;
  /** Of styles, names of the assets that the text names. */
  files?: readonly string[];
}

/** A file that is given out as it is. */
export interface Asset {
  /** Relative file name, such as `assets/src/logo.svg`; depends on where the file is, never on its contents. */
  name: string;
  /** Path of its module. */
  path: string;
  /** Bytes, each as a character. */
  contents: string;
}

/** What it costs and saves to have other bundles than the fewest: `split`. Bytes are those of sources, without what is left out, see `core/sizes.ts`. */
export interface SplitPrice {
  /** The fewest bundles without waste, for visits that begin with `pages`. */
  before: number;
  /** The bundles that there are. */
  after: number;
  /** Files that a request for a root can fetch, with the fewest bundles: mean over roots, and most. Those held are not fetched. */
  filesBefore: { mean: number; most: number };
  /** The same with the bundles that there are. */
  filesAfter: { mean: number; most: number };
  /**
   * Bytes that a request for a root can fetch, in some visit, without needing them: mean over roots, most, and as a share of all that
   * requests can fetch. They are bytes of sources, without what is left out: bundles are merged before they are written and minified.
   */
  overfetch: { mean: number; most: number; share: number };
}

/** What is in the bundles, and what loads them: what `scripts()` works from. */
export interface SplitMetadata {
  /** Module id → absolute path. */
  modules: Record<string, string>;
  /** Bundle name → absolute paths of its modules. */
  bundles: Record<string, string[]>;
  /** Entry name → names of the bundles its page starts with. */
  entries: Record<string, string[]>;
  /** Absolute path of each module that starts as a worker → names of the bundles it starts with. */
  workers: Record<string, string[]>;
  /** Root id (an entry, a worker or the target of a dynamic dependency) → names of the bundles a request for it must have. */
  roots: Record<string, string[]>;
  /** Name of each asset → absolute path of its file. */
  assets: Record<string, string>;
  /** Name of each script that stands alone → absolute paths of its modules, which may be in bundles as well. */
  standalone: Record<string, string[]>;
  /** True when the build has checked that the partition has the fewest bundles possible. */
  minimal: boolean;
  /** With `split`, what that costs and saves. */
  price?: SplitPrice;
}

/** What `bundled` reports. */
export interface BuildMetadata extends SplitMetadata {
  /** Every module that is a file: what to watch, besides package.json files. */
  files: string[];
}

/**
 * What a runtime may have: for the ES modules of a simple program, for these and what they import of CommonJS, likewise where none of them leads to itself,
 * for CommonJS alone, or else what all others have, for imports of CommonJS, ES modules, `import.meta` and the global object
 * in pages, `export *`, `await` outside of functions, assets, and workers; in scripts that stand alone, for `import.meta` and for the global object.
 */
export type RuntimePart =
  | 'simple'
  | 'simpleMixed'
  | 'acyclic'
  | 'acyclicMixed'
  | 'onlyCommon'
  | 'base'
  | 'common'
  | 'modules'
  | 'page'
  | 'stars'
  | 'waiting'
  | 'assets'
  | 'workers'
  | 'address'
  | 'global';
