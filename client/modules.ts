/** A module as its author sees it, a subset of Node's. */
interface Module {
  id: string;
  exports: unknown;
  /** Whether the module has been evaluated to its end. */
  loaded?: boolean;
}

/** A module in a bundle: its source, wrapped. */
type ModuleFunction = (this: unknown, require: Require, module: Module, exports: unknown) => void;

/** The `require` of one module. */
interface Require {
  (id: string): unknown;
  /** Ids are final, so there is nothing to resolve. */
  resolve(id: string): string;
  ensure(ids: string | string[], callback?: EnsureCallback): void;
  /** What `import('x')` is rewritten to. */
  import(id: string): Promise<unknown>;
}

/** A map from any string. Tables have no prototype, so `constructor` and `__proto__` are keys like others. */
interface Table<Value> {
  [key: string]: Value | undefined;
}

/** Every module that has arrived, by id. */
var moduleFunctions: Table<ModuleFunction> = Object.create(null);

/** Every module that has been evaluated or is being evaluated, by id. */
var moduleCache: Table<Module> = Object.create(null);

/** The error for an id that nobody knows, with the code that Node gives it. */
function unknownModule(id: string): Error {
  var error: Error & { code?: string } = Error("Cannot find module '" + id + "'");
  error.code = 'MODULE_NOT_FOUND';
  return error;
}

/**
 * What `import()` gives for the exports of a module: an ES module's own, and for another module an object with
 * the exports as `default`, and their properties by name. A string has none: its characters are not exports.
 */
function namespaceOf(exports: any): unknown {
  return exports && exports.__esModule
    ? exports
    : Object.assign({}, Object(exports) === exports && exports, { default: exports });
}

/**
 * Makes the `require` of one module. Every module gets its own, because a module may replace what hangs on it:
 * node-ensure documents `require.ensure = require('node-ensure')`, whose browser file calls its own
 * `require.ensure`; were that the same object, it would call itself for ever.
 */
function createRequire(): Require {
  function require(id: string): unknown {
    var module = moduleCache[id];
    var moduleFunction = moduleFunctions[id];
    if (!module) {
      if (!moduleFunction) throw unknownModule(id);
      // In the cache before it runs: a cycle gets the exports as far as they are.
      moduleCache[id] = module = { id: id, exports: {}};
      try {
        moduleFunction.call(module.exports, createRequire(), module, module.exports);
        module.loaded = true;
      } finally {
        if (!module.loaded) delete moduleCache[id];
      }
    }
    return module.exports;
  }

  require.ensure = ensure;

  require.resolve = String;

  require.import = function (id: string): Promise<unknown> {
    return new Promise<Error | void>(function (resolve) {
      ensure(id, resolve);
    }).then(function (error) {
      if (error) throw error;
      return namespaceOf(require(id));
    });
  };

  return require;
}
