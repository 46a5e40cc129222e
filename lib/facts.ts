/**
 * What the source of a module tells: its *facts*, each described here and nowhere else. Two readers find them, one in tokens
 * (`parse/from-tokens.ts`), one in a syntax tree (`parse/from-tree.ts`), and must tell the same of every source: by topic they stand side by side
 * in `parse/`. What a topic needs besides, such as which names count, its readers share.
 *
 * A name is *free* where nothing in the source declares it. Code is *dead* where `env` proves that it never runs: it names no
 * modules and needs nothing, but its declarations count, since they hoist. Code is *caught* in a `try` block that has a `catch`, and
 * `import()` with a handler for its failure, as `.catch(…)`.
 *
 * All is plain data. Offsets count UTF-16 units from the start of the source; lines are 1-based, columns 0-based.
 */

/** Values that sources may have as they are. */
export type Constant = string | number | boolean | null;

/** What one parse tells about a module. Depends on the source and the parse options only, so it can be cached by content. */
export interface ModuleFacts {
  /** In source order; ranges never overlap each other or a replacement. None is dead. */
  references: Reference[];
  /** In source order. None is dead. */
  replacements: Replacement[];
  /** Node's globals that occur free in live code, sorted, each once. */
  nodeGlobals: NodeGlobal[];
  /**
   * All that `Buffer`, which is one of these, is used for is to ask what values are: `x instanceof Buffer`, `Buffer.isBuffer(x)`. Uses that would be dead
   * if each `instanceof` were `false` do not count. Absent where there are others.
   */
  onlyTestsBuffer?: true;
  /** What makes the source an ES module; `undefined` for CommonJS. */
  syntax: ModuleSyntax | undefined;
  /** What may not work in a bundle, in source order. None is dead. */
  concerns: Concern[];
  /** What it asks of the free `module` that a page's has for those only that ask, sorted; absent where that is nothing. */
  moduleMembers?: ModuleMember[];
  /** Present for styles. */
  style?: StyleFacts;
}

/** What a style has besides references. */
export interface StyleFacts {
  /** What stands before some of its imports, in source order: each has a place of its own in the order of styles. */
  heads: StyleHead[];
  /** Without what is above, imports and white space, nothing is left. */
  isEmpty: boolean;
  /** It has namespaces, which count for a whole file: it is one. */
  isAlone: boolean;
  /** What has to stand behind it: it closes what the source leaves open. */
  closing: string;
  /** Of a CSS module, class and other names by what it calls them. */
  names?: StyleNames;
}

/** Name in the source → what it is in a page: several where it is composed of others, which may be names of other modules. */
export type StyleNames = Readonly<Record<string, readonly StyleName[]>>;

/** A name, or, of another module, index of the reference and what that calls it. */
export type StyleName = string | readonly [reference: number, name: string];

/** A statement before an import: names of layers, or an import of what no build has, which has to be at the top of a file. */
export interface StyleHead extends Range {
  isImport: boolean;
  /** What closes it, where the source leaves it open. */
  closing?: string;
}

export interface Range {
  start: number;
  end: number;
}

/** How a reference names its module, and with it when that module must be there. */
export type ReferenceKind =
  /** A static dependency: `require('x')` and `require.resolve('x')` of the free `require`, and `module.require('x')`. */
  | 'require'
  /** A static dependency: the declarations `import … from 'x'` and `export … from 'x'`. */
  | 'import'
  /** A declared dynamic dependency, `'./x' /*js*\/`: requested later, through `require.ensure`. */
  | 'declared'
  /** A dynamic import, `import('x')`: requested later, through a promise. */
  | 'import()'
  /** A file, `new URL('./x.png', import.meta.url)`: its URL must be known. */
  | 'new URL()'
  /** A worker's module, `new Worker(new URL('./x.js', import.meta.url))`, likewise `SharedWorker`: it is an entry. */
  | 'new Worker()'
  /** In a style, one that stands before it: `@import 'x.css'`. */
  | '@import'
  /** In a style, one whose class names its own take over: `composes: a from './x.css'`. */
  | 'composes'
  /** In a style, a file: `url(x.png)`. */
  | 'url()';

/** One place in a module's source that names another module. */
export interface Reference {
  kind: ReferenceKind;
  /** As the source means it: escapes decoded, `__dirname + '/x'` given as `./x`; of a URL, and in styles, the path of the file. */
  specifier: string;
  /** Of a URL, the query and fragment behind the file; absent where there are none. */
  suffix?: string;
  /** What rendering replaces: the specifier literal, or for `import()` the whole expression, if it `keepsArguments` the word alone. */
  start: number;
  end: number;
  /** It is caught, or a URL: what is missing is then the program's own business, at run time. */
  optional: boolean;
  /** Import attributes, such as `with { type: 'json' }`; absent where there are none. */
  attributes?: Readonly<Record<string, string>>;
  /** Of an `import()`, that its options are no plain literal: they are evaluated where they stand. */
  keepsArguments?: true;
  /** Of an `@import`, what its style is wrapped in, the outermost first: `@media print`. */
  wrappers?: readonly string[];
  /** Of a module that stands for a free name: this name, and that of the export that it means, where it is said. It is looked for from the root. */
  provides?: readonly string[];
  /** Of a worker, the end of what its constructor is given; the range is its URL. The specifier `''` is the module itself. */
  argumentsEnd?: number;
  /** Of a file in a style: the range is a string, not `url(…)`. */
  isString?: boolean;
  /** Files that are asked for by a pattern: the module that it names is a table of them. */
  pattern?: Pattern;
  /** Of a pattern, where the concern stands that is none if there are such files. */
  doubt?: number;
}

/** Which files a source asks for at once, and what it makes of them. */
export type Pattern = Globs | Texts | Context;

/** `import.meta.glob()`. Options that are not given are absent. */
export interface Globs {
  by: 'glob';
  /** Relative to the module or `base`, or to the root; what begins with `!` is left out. */
  globs: readonly string[];
  eager?: true;
  /** The export that is meant, in place of the namespace. */
  import?: string;
  /** With its `?`. */
  query?: string;
  /** Also what is in `node_modules`, and what begins with a dot. */
  exhaustive?: true;
  base?: string;
}

/** `import()` or `require()` of a text with something in it that is not known. */
export interface Texts {
  by: 'import' | 'require';
  /** What stands before, between and behind what is not known. */
  texts: readonly string[];
  /** Import attributes. */
  attributes?: Readonly<Record<string, string>>;
}

/** `require.context()`. */
export interface Context {
  by: 'context';
  directory: string;
  /** With all that is below the directory. */
  isDeep: boolean;
  /** A regular expression. */
  filter: readonly [source: string, flags: string];
  mode: 'sync' | 'eager' | 'lazy';
}

/**
 * Text known at compile time that takes the place of a source range: `"production"` that of a read `process.env.NODE_ENV` of the free
 * `process` whose value `env` has, and `require` that of `module.require`.
 */
export interface Replacement {
  start: number;
  end: number;
  text: string;
}

/**
 * A name that Node provides and a browser does not, where it is free and evaluated. Not one that is only asked for with `typeof`, nor the
 * `process` of a replacement. Of the last two none where the source asks for one of them: it has something better, then.
 */
export type NodeGlobal =
  | 'process'
  | 'Buffer'
  | 'global'
  | '__filename'
  | '__dirname'
  | 'setImmediate'
  | 'clearImmediate';

/** Members that Node's `module` has, besides those that every page's has. */
export type ModuleMember = 'children' | 'parent' | 'paths';

/** Something in a source that a build cannot follow, or that fails when it runs. Of failures only those that are neither caught nor asked for before. */
export interface Concern {
  kind:
    | 'assignment to an import'
    | 'createRequire()'
    | 'ensure() without label'
    | 'import() of an expression'
    | 'import below rules'
    | 'member of import.meta'
    | 'member of module'
    | 'member of require'
    | 'name of another bundler'
    | 'name of CommonJS'
    | 'new URL()'
    | 'pattern without files'
    | 'require as a value'
    | 'require() of an expression'
    | 'text that is not UTF-8'
    | 'worker of a module';
  /** -1 where there is no place to tell. */
  start: number;
  /** What is meant, where there are several of a kind. */
  name?: string;
}

/** What an ES module imports and exports, in the terms of ECMA-262, section 16.2 (import entries, export entries), and what it has besides. */
export interface ModuleSyntax {
  /**
   * For each import or export declaration with a specifier, in source order, the index of its reference; behind these, for each
   * `import.meta.glob()`.
   */
  requests: number[];
  imports: ImportEntry[];
  /** Where imported names are used, in source order. */
  uses: ImportUse[];
  exports: LocalExport[];
  indirectExports: IndirectExport[];
  /** Requests of `export * from`. */
  stars: number[];
  /** In source order. */
  declarations: Declaration[];
  /** What of it may be left out, if that is known. */
  parts?: Parts;
  /** Where `import.meta` stands. */
  metas: Range[];
  /** Where `await` and `for await` stand outside of functions. */
  awaits: TopLevelAwait[];
  /** Where `arguments` stands outside of functions: a module has none, unlike the function it becomes. */
  unbound: Range[];
  /**
   * Which names of CommonJS (`exports`, `module`, `require`) are free and used, sorted; not in dead code. To ask for one with `typeof` is no use; but
   * where `exports` or `module` is used, the other one must be there to be asked for.
   */
  commonNames: string[];
  /** Where `<!--` would begin an HTML-like comment in a classic script: between `<` and `!`. */
  comments: number[];
}

/**
 * The declarations of the top level that do nothing but declare: where nobody needs their names, leaving them out changes nothing. All
 * the rest of the module runs.
 */
export interface Parts {
  /** In source order. */
  list: Part[];
  /** Names of parts that the rest of the module mentions, each once; not in dead code. */
  mentioned: string[];
  /** Where code is dead, in source order. What is used there, nobody needs. */
  dead: Range[];
  /** There is no rest, but declarations of imports and exports. */
  isAll: boolean;
  /**
   * Names that the rest declares at the top level, but for imports, sorted, each once: `var` in its blocks, too, and in dead code. One may be
   * that of a part as well. Absent where they are not known, and where one of them is that of a `using`.
   */
  others?: string[];
  /** Names of functions whose calls have no effects, as the comment `@__NO_SIDE_EFFECTS__` says of them, sorted; absent where there are none. */
  effectless?: string[];
  /** All words that may be names, each once, and perhaps others; absent where only a tree was read. */
  words?: string[];
}

/** A whole statement, with the `export` before it. */
export interface Part extends Range {
  /** What it declares; `''` is the default export that has no name in the source. Several parts may declare one `var`. */
  names: string[];
  /** Names of other parts that it mentions, each once; not in dead code. A word that is called like one may mean something else. */
  uses: string[];
  /** A function: it is there before the module runs, as imports are. */
  isFunction: boolean;
  /** It is a function that mentions its `this`, or may do so. */
  hasThis?: true;
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
   * a parenthesis could continue the line before. `shorthand`: a property `{ local }`. `made`: an expression for which the import is
   * called, such as `import.meta.glob()`; to the import, its text is the local name.
   */
  form: 'value' | 'call' | 'statement' | 'shorthand' | 'made';
  /** The one property that is asked for, where the source names it: what is imported may be a namespace. */
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
