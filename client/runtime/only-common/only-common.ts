/**
 * The runtime of programs without ES modules: what `import()` gives of CommonJS. Nothing waits in such modules, so when a promise goes on, each has run
 * to its end, or not at all.
 */

/** What a module exported when somebody asked for it by `import()` first: imports never see what it puts in its place later. */
interface Imported {
  result: { [name: string]: unknown };
  /** By interop. */
  namespaces: object[];
}

/** By id. To who imports it, a module fails once and for all; who requires it runs it again. */
const imports: Table<Promise<Imported>> = Object.create(null);

exports.import = (id, interop = 0) =>
  require
    .load(id)
    .then(
      () =>
        (imports[id] =
          imports[id] ||
          // A promise also of a failure: whoever waits learns of it when what is under way has gone on.
          new Promise((resolve) => resolve({ result: require(id) as Imported['result'], namespaces: [] }))),
    )
    .then(
      ({ result, namespaces }) =>
        (namespaces[interop] = namespaces[interop] || makeNamespace(result, interop)),
    );

function makeNamespace(result: Imported['result'], interop: Interop): object {
  const isMarked = !interop && !!result && !!result.__esModule;
  const names = namesOf(result, interop, isMarked);
  const namespace = Object.create(null, { [Symbol.toStringTag]: { value: 'Module' } }) as object;
  for (const name of Object.keys(names).sort()) {
    const isWhole = name === 'module.exports' || (name === 'default' && !isMarked);
    // CommonJS may change what it exports at any time.
    const get = (): unknown => (isWhole ? result : result[name]);
    Object.defineProperty(namespace, name, { get, enumerable: names[name]! });
  }
  return Object.preventExtensions(namespace);
}
