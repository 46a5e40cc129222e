/**
 * The nouns every stage shares, as plain data. `ARCHITECTURE.md` says which stage makes which.
 * Offsets count UTF-16 units from the start of the source; lines are 1-based, columns 0-based.
 */

/** How a reference names its module, and with it when that module must be there. */
export type ReferenceKind =
  /** `require('x')` and `require.resolve('x')`: static. */
  | 'require'
  /** `'./x' /*js*\/`, a declared dynamic dependency: requested later, through `require.ensure`. */
  | 'declared'
  /** `import('x')`: requested later, through a promise. */
  | 'import';

/** One place in a module's source that names another module. */
export interface Reference {
  kind: ReferenceKind;
  /** As the source means it: escapes decoded, `__dirname + '/x'` given as `./x`. */
  specifier: string;
  /** What rendering replaces: the specifier literal, or for `import` the whole expression. */
  start: number;
  end: number;
  /** True inside a `try` block that has a `catch`: a missing module is then the program's own business, at run time. */
  optional: boolean;
}

/** Text known at compile time that takes the place of a source range, such as `"production"` for `process.env.NODE_ENV`. */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/** A free identifier that Node provides and a browser does not. */
export type NodeGlobal =
  | 'process'
  | 'Buffer'
  | 'global'
  | '__filename'
  | '__dirname'
  | 'setImmediate'
  | 'clearImmediate';

/** What one parse tells about a module. Depends on the source and the parse options only, so it can be cached by content. */
export interface ModuleFacts {
  /** In source order; ranges never overlap each other or a replacement. References in branches that `env` proves dead are left out. */
  references: Reference[];
  /** In source order. */
  replacements: Replacement[];
  /** Node's globals that occur free in live code, sorted, each once. */
  nodeGlobals: NodeGlobal[];
  /** Offset of the first `import`/`export` declaration or `import.meta`, when the source is an ES module. */
  moduleSyntax: number | undefined;
}

/** A module with its dependencies known. */
export interface Module {
  /** Absolute path at discovery: what identifies a module from beginning to end. */
  path: string;
  source: string;
  facts: ModuleFacts;
  /** Path of the module each of `facts.references` means, by index; `undefined` where an optional one was not found. */
  targets: (string | undefined)[];
  /** Path of the shim for each of `facts.nodeGlobals` that needs a module. */
  shims: Partial<Record<NodeGlobal, string>>;
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
}

/** A partition of the reachable modules into bundles, and what each request loads. */
export interface Split {
  /** Modules of each bundle, ascending; bundles in order of their first module. */
  bundles: number[][];
  /** Bundle of each module, or -1 for a module that no entry can reach. */
  bundleOf: Int32Array;
  /** Root → the bundles whose core contains it, ascending: what a request for it must have. */
  loads: Map<number, number[]>;
  /** Root → the roots that may be requested once it is loaded, ascending. */
  next: Map<number, number[]>;
}

/** A finished bundle. */
export interface Bundle {
  /** Relative file name, such as `admin/main.js`; depends on which modules it holds, never on their contents. */
  name: string;
  /** Paths of its modules, in the order they are written. */
  modules: string[];
  contents: string;
}

/** What `bundled` reports, and what `scripts()` works from. */
export interface BuildMetadata {
  /** Module id → absolute path. */
  modules: Record<string, string>;
  /** Bundle name → absolute paths of its modules. */
  bundles: Record<string, string[]>;
  /** Entry name → names of the bundles its page starts with. */
  entries: Record<string, string[]>;
  /** Root id (an entry or the target of a dynamic dependency) → names of the bundles a request for it must have. */
  roots: Record<string, string[]>;
  /** Every module that is a file: what to watch, besides package.json files. */
  files: string[];
  /** True when the build has checked that the partition has the fewest bundles possible. */
  minimal: boolean;
}
