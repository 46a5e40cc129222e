/** A module as its author sees it, a subset of Node's. */
interface Module {
  id: string;
  exports: unknown;
  /** It has run to its end. */
  loaded?: 1;
}

/**
 * A module in a bundle: its source, wrapped. That of an ES module is a generator function, which runs nothing when it
 * is called.
 */
type ModuleFunction = (this: unknown, require: Require, module: Module, exports: unknown) => unknown;

/** What an ES module without code says of itself, for the runtime. */
type ModuleText = string & { call?: undefined };

/** The modules of a bundle, by id. */
interface ModuleFunctions {
  [id: string]: ModuleFunction | ModuleText;
}

/** Called without an argument when all is there, else with the first error. */
type EnsureCallback = (error?: Error) => void;

/** The `require` of one module. */
interface Require {
  (id: string): unknown;
  /** Ids are final, so there is nothing to resolve. */
  resolve(id: string): string;
  ensure(ids: string | string[], callback?: EnsureCallback): void;
  /** Every module that has been evaluated or is being evaluated, as in Node. */
  cache: Table<Module>;
  /** The entry that was started last, as far as it has got. */
  main: Module | undefined;
  /** For the runtime of ES modules, see `client/runtime/`: by id, what each module has arrived with, … */
  arrived: Table<ModuleFunctions>;
  /** … the promise that what a root needs is here, … */
  load(ids: string | string[]): Promise<unknown>;
  /** … and by root, the config that knows it. */
  roots: Table<LoaderConfig>;
}

/**
 * Makes the `require` of one module. Every module gets its own, because a module may replace what hangs on it:
 * node-ensure documents `require.ensure = require('node-ensure')`, whose browser file calls its own
 * `require.ensure`; were that the same object, it would call itself for ever.
 */
function createRequire(): Require {
  function require(id: string): unknown {
    var module = moduleCache[id];
    var result: unknown;
    var hasRun: undefined | 1;
    if (!module) {
      if (!arrived[id]) {
        throw Object.assign(Error("Cannot find module '" + id + "'"), { code: 'MODULE_NOT_FOUND' });
      }
      // In the cache before it runs: a cycle gets the exports as far as they are.
      module = moduleCache[id] = { id: id, exports: {} };
      try {
        result = arrived[id][id];
        // An ES module has run nothing so far: it gives a generator, or is a text.
        if (
          !(result as ModuleFunction).call ||
          ((result = (result as ModuleFunction).call(
            module.exports,
            createRequire(),
            module,
            module.exports,
          )) &&
            (result as Generating).next)
        )
          (require('*') as Runtime).run(module);
        module.loaded = hasRun = 1;
      } finally {
        // As in Node, whoever asks again runs it again. Nothing is caught: browsers report an error where it was thrown last.
        if (!hasRun) delete moduleCache[id];
      }
    }
    return module.exports;
  }

  require.ensure = ensure;

  require.resolve = String;

  require.cache = moduleCache;

  require.main = moduleCache[mainId];

  require.arrived = arrived;

  require.load = load;

  require.roots = configs;

  return require;
}
