/** A module as its author sees it, a subset of Node's. */
interface Module {
  id: string;
  exports: unknown;
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

/**
 * Makes the `require` of one module. Every module gets its own, because a module may replace what hangs on it:
 * node-ensure documents `require.ensure = require('node-ensure')`, whose browser file calls its own
 * `require.ensure`; were that the same object, it would call itself for ever.
 */
function createRequire(): Require {
  function require(id: string): unknown {
    var module = moduleCache[id];
    if (!module) {
      if (!moduleFunctions[id]) {
        throw Object.assign(Error("Cannot find module '" + id + "'"), { code: 'MODULE_NOT_FOUND' });
      }
      // In the cache before it runs: a cycle gets the exports as far as they are.
      module = moduleCache[id] = { id: id, exports: {} };
      try {
        moduleFunctions[id].call(module.exports, createRequire(), module, module.exports);
      } catch (error) {
        // As in Node, whoever asks again runs it again.
        delete moduleCache[id];
        throw error;
      }
    }
    return module.exports;
  }

  require.ensure = ensure;

  require.resolve = String;

  require.import = function (id: string): Promise<unknown> {
    return load(id).then(function () {
      var exports: any = require(id);
      // The own properties of an object or a function are exports by name; the characters of a string are not.
      return exports && exports.__esModule
        ? exports
        : Object.assign({}, Object(exports) === exports && exports, { default: exports });
    });
  };

  return require;
}
