/** CommonJS modules by interop and id. */
const commonSources: Table<CommonSource>[] = [0, 1, 2].map(() => Object.create(null));

function commonSource([id, interop = 0, ...names]: CommonRequest): CommonSource {
  const known = commonSources[interop]!;
  known[id] = known[id] || { id, interop, getters: Object.create(null), bindings: new Bindings() };
  const source = known[id];
  for (const name of names) {
    if (!(name in source.bindings)) define(source.bindings, name, commonGetter(source, name));
  }
  return source;
}

/** Reads a name when it is asked for: CommonJS may change its exports at any time. */
function commonGetter(source: CommonSource, name: string): Getter {
  const read = (): unknown => {
    const exports = exportsOf(source);
    return name === 'default' && !isMarked(source) ? exports : exports && exports[name];
  };
  return (source.getters[name] = source.getters[name] || read);
}

/** Whether the module has run to its end, and has all its names. */
function hasRun({ id }: CommonSource): boolean {
  const module = require.cache[id];
  return !!module && !!module.loaded;
}

/** The exports so far. */
function exportsOf({ id }: CommonSource): { [name: string]: unknown } | undefined {
  const module = require.cache[id];
  return module && (module.exports as { [name: string]: unknown });
}

/** Whether the exports are those of an ES module that was compiled to CommonJS, and are to be seen as such. */
function isMarked(source: CommonSource): boolean {
  const exports = exportsOf(source);
  return !source.interop && !!exports && !!exports.__esModule;
}

/** The names a namespace has. */
function commonNames(source: CommonSource): string[] {
  const exports = exportsOf(source);
  const own = source.interop < 2 && Object(exports) === exports ? Object.keys(exports as object) : [];
  if (isMarked(source)) return own;
  // Node finds this name, too, where it is not enumerable.
  const mark = source.interop === 1 && '__esModule' in Object(exports) ? ['__esModule'] : [];
  return [...new Set([...own, ...mark, 'default'])];
}
