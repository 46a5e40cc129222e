/** `require` in a script that holds all its modules. What pages have is in `client/modules.ts`; no page is asked for anything here. */

/** What the script passes: this is a parameter of the function that the build puts around all files, and so is the next. */
declare var modules: Modules;

/** Id of the module that the script runs. */
declare var entry: string;

/** Known when the texts are minified, which leaves out what is not needed: whether there are ES modules or `import()`, … */
declare var HAS_LINKS: boolean;

/** … whether these are linked here, without the runtime (`simple.ts`), … */
declare var IS_SIMPLE: boolean;

/** … and have namespaces, or hand on names of each other, … */
declare var HAS_MORE: boolean;

/** … and CommonJS is among them, … */
declare var HAS_COMMON: boolean;

/** … whether somebody wants what the entry exports, … */
declare var HAS_VIEW: boolean;

/** … and whether any module may ask for `require.ensure`. */
declare var HAS_ENSURE: boolean;

/** Every module that has been evaluated or is being evaluated, by id. */
var cache: Table<Module> = Object.create(null);

/** Makes the `require` of one module: what hangs on it may be replaced. */
function createRequire(): Require {
  function require(id: string): unknown {
    var module = cache[id];
    var code: ModuleFunction;
    var error: Error & { code?: string };
    var hasRun: undefined | 1;
    if (!module) {
      if (!modules[id]) {
        error = Error("Cannot find module '" + id + "'");
        error.code = 'MODULE_NOT_FOUND';
        throw error;
      }
      // In the cache before it runs: a cycle gets the exports as far as they are.
      module = cache[id] = { id: id, exports: {} };
      try {
        code = modules[id] as ModuleFunction;
        if (HAS_LINKS) {
          // An ES module has run nothing so far: it gives a generator, or is a text.
          if (!code.call || isGenerating(code.call(module.exports, createRequire(), module, module.exports)))
            (createRequire()('*') as Runtime).run(module);
        } else code.call(module.exports, createRequire(), module, module.exports);
        module.loaded = hasRun = 1;
      } finally {
        // As in Node, whoever asks again runs it again. Nothing is caught: browsers report an error where it was thrown last.
        if (!hasRun) delete cache[id];
      }
    }
    return module.exports;
  }

  require.resolve = String;

  require.cache = cache;

  require.main = cache[entry];

  // What modules ask for that declare dynamic dependencies.
  if (HAS_ENSURE) require.ensure = ensure;

  // What the runtime of ES modules asks for.
  if (HAS_LINKS) {
    require.arrived = arrived;
    require.load = load;
  }

  return require as Require;
}

function isGenerating(result: unknown): unknown {
  return result && (result as Generating).next;
}

/** For every module, by id, what it came with: all of them. */
var arrived: Table<Modules> = Object.create(null);

if (HAS_LINKS)
  Object.keys(modules).forEach(function (id) {
    arrived[id] = modules;
  });

/** Runs the entry. */
function start(): unknown {
  return IS_SIMPLE ? runSimply() : createRequire()(entry);
}
