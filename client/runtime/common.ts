/** CommonJS modules by interop and id. */
const commonSources: Table<CommonSource>[] = [0, 1, 2].map(() => Object.create(null));

function commonSource([id, interop = 0, ...names]: CommonRequest): CommonSource {
  const known = commonSources[interop]!;
  known[id] = known[id] || {
    id,
    interop,
    getters: new Map(),
    bindings: new Bindings(),
    heirs: NONE,
    requested: undefined,
    namespace: undefined,
    getNamespace: undefined,
    failure: undefined,
    result: undefined,
  };
  const source = known[id];
  for (const name of names) {
    if (!(name in source.bindings)) define(source.bindings, name, commonGetter(source, name));
  }
  return source;
}

/** Reads a name when it is asked for: CommonJS may change what it exports at any time. */
function commonGetter(source: CommonSource, name: string): Getter {
  // What is the default depends on who asks; any other name is one binding for all.
  if (source.interop && name !== 'default') return commonGetter(commonSource([source.id]), name);
  const read = (): unknown => {
    const exports = exportsOf(source);
    if (name === 'module.exports' || (name === 'default' && !isMarked(source))) return exports;
    return exports == null ? undefined : exports[name];
  };
  if (!source.getters.has(name)) source.getters.set(name, read);
  return source.getters.get(name)!;
}

/** By id, what modules exported when they had run: the same for all who import them. */
const results: Table<Result> = Object.create(null);

/** What the module exported when it had run, `undefined` before. Imports never see what it puts in its place later. */
function resultOf(source: CommonSource): Result | undefined {
  const module = require.cache[source.id];
  if (!results[source.id] && module && module.loaded) results[source.id] = { exports: module.exports };
  return (source.result = results[source.id]);
}

/** Whether the module has run to its end, and has all its names. */
const hasRun = (source: CommonSource): boolean => !!resultOf(source);

/** The exports so far. */
function exportsOf(source: CommonSource): { [name: string]: unknown } | null | undefined {
  const module = source.result || resultOf(source) || require.cache[source.id];
  return module && (module.exports as { [name: string]: unknown } | null);
}

/** Whether the exports are those of an ES module that was compiled to CommonJS, and are to be seen as such. */
function isMarked(source: CommonSource): boolean {
  const exports = exportsOf(source);
  return !source.interop && !!exports && !!exports.__esModule;
}

/** The names a namespace has, and whether it lists them. */
const commonNames = (source: CommonSource): Table<boolean> =>
  namesOf(exportsOf(source), source.interop, isMarked(source));

function runCommon(source: CommonSource): void {
  throwFailure(source);
  try {
    if (!hasRun(source)) require(source.id);
  } catch (error) {
    // To who imports it, a module fails once and for all; who requires it runs it again.
    source.failure = failureOf(source, error);
    throw error;
  }
  resultOf(source);
  fillNamespace(source);
}
