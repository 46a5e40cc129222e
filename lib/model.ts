/**
 * The nouns every stage shares, as plain data. `ARCHITECTURE.md` says which stage makes which.
 * Offsets count UTF-16 units from the start of the source; lines are 1-based, columns 0-based.
 */

/** How a reference names its module, and with it when that module must be there. */
export type ReferenceKind =
  /** `require('x')` and `require.resolve('x')`: static. */
  | 'require'
  /** `import … from 'x'` and `export … from 'x'`: static. */
  | 'import'
  /** `'./x' /*js*\/`, a declared dynamic dependency: requested later, through `require.ensure`. */
  | 'declared'
  /** `import('x')`: requested later, through a promise. */
  | 'import()';

/** One place in a module's source that names another module. */
export interface Reference {
  kind: ReferenceKind;
  /** As the source means it: escapes decoded, `__dirname + '/x'` given as `./x`. */
  specifier: string;
  /** What rendering replaces: the specifier literal, or for `import()` the whole expression. */
  start: number;
  end: number;
  /** True inside a `try` block that has a `catch`: a missing module is then the program's own business, at run time. */
  optional: boolean;
  /** Import attributes, such as `with { type: 'json' }`; absent where there are none. */
  attributes?: Readonly<Record<string, string>>;
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
  /** What makes the source an ES module; `undefined` for CommonJS. */
  syntax: ModuleSyntax | undefined;
  /** What may not work in a bundle, in source order. */
  concerns: Concern[];
  /** What it asks of `module` that a page's has for those only that ask, sorted; absent where that is nothing. */
  moduleMembers?: ModuleMember[];
}

/** Members that Node's `module` has, besides those that every page's has. */
export type ModuleMember = 'children' | 'parent' | 'paths';

/** Something in a source that a build cannot follow, or that fails when it runs. */
export interface Concern {
  kind:
    | 'assignment to an import'
    | 'createRequire()'
    | 'ensure() without label'
    | 'import() of an expression'
    | 'member of import.meta'
    | 'member of module'
    | 'member of require'
    | 'name of CommonJS'
    | 'new URL()'
    | 'require as a value'
    | 'require() of an expression'
    | 'worker of a module';
  start: number;
  /** What is meant, where there are several of a kind. */
  name?: string;
}

/** What an ES module imports and exports, in the terms of ECMA-262, section 16.2 (import entries, export entries). */
export interface ModuleSyntax {
  /** For each import or export declaration with a specifier, in source order, the index of its reference. */
  requests: number[];
  imports: ImportEntry[];
  /** Where imported names are used. */
  uses: ImportUse[];
  exports: LocalExport[];
  indirectExports: IndirectExport[];
  /** Requests of `export * from`. */
  stars: number[];
  declarations: Declaration[];
  /** Where `import.meta` stands. */
  metas: Range[];
  /** Where `await` and `for await` stand outside of functions. */
  awaits: TopLevelAwait[];
  /** Where `arguments` stands outside of functions: a module has none, unlike the function it becomes. */
  unbound: Range[];
  /** Which names of a CommonJS module are used although nothing declares them, sorted. */
  commonNames: string[];
  /** Where `<!--` would begin an HTML-like comment in a classic script: between `<` and `!`. */
  comments: number[];
}

export interface Range {
  start: number;
  end: number;
}

/** `import { name as local } from`. */
export interface ImportEntry {
  /** Index into `requests`. */
  request: number;
  /** `undefined` means the namespace. */
  name: string | undefined;
  local: string;
  start: number;
}

/** An identifier that means an import. */
export interface ImportUse extends Range {
  /** Index into `imports`. */
  entry: number;
  /**
   * `call`: the function of a call, which must not receive `this`. `statement`: the same at the start of a statement, where
   * a parenthesis could continue the line before. `shorthand`: a property `{ local }`.
   */
  form: 'value' | 'call' | 'statement' | 'shorthand';
  /** Of a namespace the one property that is asked for, where the source names it. */
  member?: string;
  /** What is called is the tag of a template. */
  isTag?: boolean;
  /** Something assigns to the name, in vain. */
  isAssigned?: boolean;
}

/** `export { local as name }` of what the module declares, or a declaration that is exported. */
export interface LocalExport {
  name: string;
  /** `undefined` is the default export that has no name in the source. */
  local: string | undefined;
}

/** `export { imported as name } from`, or `export { local as name }` of what an import declares. */
export interface IndirectExport {
  request: number;
  name: string;
  /** `undefined` means the namespace. */
  imported: string | undefined;
  start: number;
}

/** An import or export declaration, as rendering has to change it. */
export type Declaration =
  /** Has no meaning of its own left: `import … from`, `export … from`, `export { … }`. */
  | (Range & { form: 'entries' })
  /** `export` or `export default` before a declaration with a name: the range of these words. */
  | (Range & { form: 'exported' })
  /** `export default` before a function without a name, which is hoisted; the name belongs at `nameAt`. */
  | (Range & { form: 'default function'; nameAt: number })
  /** `export default` before any other value, which ends at `valueEnd`. Functions and classes without a name get one. */
  | (Range & { form: 'default value'; valueEnd: number; isAnonymous: boolean });

/** `await` outside of functions, or the head of a `for await` there. */
export type TopLevelAwait =
  | (Range & { form: 'await'; isStatement: boolean })
  | (Range & {
      form: 'for';
      /** Where its labels begin. */
      labelled: number;
      left: Range;
      /** `const`, `let` or `var` stand before the target. */
      declares: boolean;
      right: Range;
      bodyStart: number;
    });

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
  /** Path of the module that links ES modules, if this module needs it. */
  runtime: string | undefined;
  /** Its name or its package.json makes it an ES module in Node, which then sees CommonJS as Node does. */
  isNodeModule: boolean;
  /** Its package.json says that it has no side effects: leaving it out changes nothing but what it exports. */
  isPure: boolean;
  /** Its own code is left out: it only hands on exports of others. */
  isBridge?: boolean;
  /** Absent for modules that exist on no disk: source maps do not mention them. */
  input?: ModuleInput | undefined;
  /** An engine has had nothing against it in a bundle. */
  isAccepted?: boolean;
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
}

/** What is in the bundles, and what loads them: what `scripts()` works from. */
export interface SplitMetadata {
  /** Module id → absolute path. */
  modules: Record<string, string>;
  /** Bundle name → absolute paths of its modules. */
  bundles: Record<string, string[]>;
  /** Entry name → names of the bundles its page starts with. */
  entries: Record<string, string[]>;
  /** Root id (an entry or the target of a dynamic dependency) → names of the bundles a request for it must have. */
  roots: Record<string, string[]>;
  /** True when the build has checked that the partition has the fewest bundles possible. */
  minimal: boolean;
}

/** What `bundled` reports. */
export interface BuildMetadata extends SplitMetadata {
  /** Every module that is a file: what to watch, besides package.json files. */
  files: string[];
}
