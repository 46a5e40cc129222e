/** A live binding: gives its value now, and throws a ReferenceError while there is none. */
interface Getter {
  (): unknown;
  /**
   * Of a name that only CommonJS is known to have: 1 when its exports list it, 2 when they do not. Where another module has the
   * name with less, it is that module's.
   */
  rank?: 1 | 2;
}

/** What runs an ES module: see `lib/render/esm.ts`, which writes it. */
interface Generating {
  next(value?: unknown): { done: boolean; value: unknown };
  throw(error: unknown): { done: boolean; value: unknown };
}

/** How CommonJS exports are seen: 0 with respect for `__esModule`, 1 as in Node, 2 as in Node for JSON, by default only. */
type Interop = 0 | 1 | 2;

/** What a module asks for: an ES module by its id; a CommonJS module, and the names wanted of it; or the namespace of an earlier request. */
type CommonRequest = [id: string, interop?: Interop, ...names: string[]];

type ModuleRequest = string | CommonRequest | number;

/** What an ES module says of itself before anything of it runs. Empty parts at the end are left out. */
type Declared = [
  requests?: ModuleRequest[],
  /** Names and getters of its own bindings, by turns. */
  exports?: (string | Getter)[],
  indirect?: Indirect[],
  /** Requests of `export * from`. */
  stars?: number[],
  /** 1 when it awaits at its top level, and twice the number of exports, from the first, that are functions declared without a name. */
  flags?: number,
];

/** Name, request (-1 is the module itself), and the name there if it is another one; 0 is the namespace. */
type Indirect = [name: string, request: number, imported?: string | 0];

/** A module that others import from. Records have all fields from the first: pages may have given all objects properties of the same short names. */
interface Source {
  id: string;
  /** Its exports by name; null for a name that means several things. Of a CommonJS module those that somebody asked for. */
  getters: Map<string, Getter | null>;
  /** What importers read names from, when there are any: an object with fast properties, unlike a namespace. */
  bindings: object | undefined;
  namespace: object | undefined;
  getNamespace: Getter | undefined;
  /** Who has `export *` from it. */
  heirs: EsSource[];
  /** What evaluation failed with. */
  failure: Failure | undefined;
}

/** What was thrown, and the module that was running: the first one to fail of all that failed with it. */
interface Failure {
  error: unknown;
  id: string;
}

/** A CommonJS module as ES modules see it. */
interface CommonSource extends Source {
  interop: Interop;
  bindings: object;
  requested: undefined;
  /** Once it has run. */
  result: Result | undefined;
}

/** What a CommonJS module exported when it had run. */
interface Result {
  exports: unknown;
}

/** An ES module. The fields of evaluation are those of ECMA-262's Cyclic Module Records, section 16.2.1.6. */
interface EsSource extends Source {
  /** Absent where there is no code. */
  generator: Generating | undefined;
  /** What is in the cache of `require` once it runs. */
  module: Module;
  requested: AnySource[];
  indirect: Indirect[];
  /** By name, who exports that on, and as what. */
  takers: Map<string, [taker: EsSource, as: string][]> | undefined;
  stars: AnySource[];
  /** The names that it exports whatever its stars have; empty where there are no stars. */
  own: Set<string>;
  /** The CommonJS modules behind its stars that have not run: it has their names, which are not known. */
  awaited: Set<CommonSource>;
  /** 1 when all names that are known without running anything are among the bindings, 2 when in a namespace, too. */
  bound: 0 | 1 | 2;
  /** The exports as `require` gives them to others, and to Node's importers, where that is not the namespace. */
  views: [others?: object, nodes?: object] | undefined;

  state: State;
  /** Depth-first index, and the least one reached by it. */
  index: number;
  least: number;
  /** First of its cycle to run. */
  root: EsSource | undefined;
  awaits: boolean;
  /** Asynchronous modules run in this order; 0 for others, and for those that have run. */
  order: number;
  /** How many modules it waits for. */
  pending: number;
  /** Who waits for it. */
  waiting: EsSource[];
  /** Outcome of an asynchronous evaluation that somebody asked for. */
  promise: Promise<void> | undefined;
  settle: [resolve: () => void, reject: (error: unknown) => void] | undefined;
}

type AnySource = EsSource | CommonSource;

/** Linked, on the stack of an evaluation, waiting for asynchronous modules, or done. */
type State = 0 | 1 | 2 | 3;

/** What modules call, under the id `*`. */
interface Runtime {
  /** Links and evaluates an ES module that `require` asked for, and gives its exports to the module. */
  run(module: Module): void;
  /** `import()`. Without `interop` for ES modules. */
  import(id: string, interop?: Interop): Promise<unknown>;
  /** The imports of a module that is CommonJS all the same. */
  get(requests: ModuleRequest[]): Iterable<object>;
  /** What `require` is in a module that is CommonJS by its name: ES modules are as Node gives them. */
  nodeRequire(require: Require): Require;
  /** `import.meta` of a module with this path. */
  meta(path: string): object;
  /** What Node calls `global`. */
  global: unknown;
  /** The URL of the asset whose module has the id. */
  asset(id: string): string;
  /** What a constructor of workers is given, for the worker whose module has the id. */
  worker(id: string, options?: unknown): unknown[];
  /** The steps of a `for await`. */
  iterate(iterable: unknown): Steps;
}

/** The steps of a `for await`, one iterator. */
interface Steps {
  value: unknown;
  /** Whether the iterator has to be closed when the loop ends now. */
  open: boolean;
  /** Asks for the next result. */
  next(): unknown;
  /** Takes a result, and tells whether there is a value. */
  step(result: unknown): boolean;
  /** The loop ends by an error, which counts more than any failure to close. */
  fail(error: unknown): unknown;
  /** Asks the iterator to close. */
  close(): unknown;
}
