/** A map from any string: none of these objects has a prototype. */
interface Table<Value> {
  [key: string]: Value | undefined;
}

/** A module as its author sees it, a subset of Node's. */
interface Module {
  id: string;
  exports: unknown;
  /** It has run to its end. */
  loaded?: 1;
}

/** A module of the script: a function, as in a bundle, or what an ES module without code says of itself. */
type ModuleFunction = (this: unknown, require: Require, module: Module, exports: unknown) => unknown;

type Modules = Table<ModuleFunction | (string & { call?: undefined })>;

/** Called without an argument when all is there, else with the first error. */
type EnsureCallback = (error?: unknown) => void;

/** The `require` of one module. */
interface Require {
  (id: string): unknown;
  resolve(id: string): string;
  cache: Table<Module>;
  /** The entry, as far as it has got. */
  main: Module | undefined;
  ensure?(ids: string | string[], callback?: EnsureCallback): void;
  /** For the runtime of ES modules, see `client/runtime/`: by id, what each module has arrived with, … */
  arrived?: Table<Modules>;
  /** … and the promise that modules are here. */
  load?(ids: string | string[]): Promise<unknown>;
}

/** What runs an ES module. */
interface Generating {
  next(value?: unknown): { value: unknown };
}

/** What the runtime gives to who asks for an ES module. */
interface Runtime {
  run(module: Module): void;
}
