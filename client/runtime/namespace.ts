/** Namespaces: what `import * as` and `import()` give. */

/** One getter for each namespace, so that two ways to it are no ambiguity. */
function namespaceGetter(source: AnySource): Getter {
  source.getNamespace = source.getNamespace || (() => namespaceOf(source));
  return source.getNamespace;
}

/** ECMA-262, GetModuleNamespace(). The names come when they are known. */
function namespaceOf(source: AnySource): object {
  if (!source.namespace) {
    source.namespace = Object.create(null, { [Symbol.toStringTag]: { value: 'Module' } }) as object;
    if (isEs(source) ? source.bound === FILLED : hasRun(source)) fillNamespace(source);
  }
  return source.namespace;
}

/** Adds the names that are not there yet to a namespace that was asked for, in its order; closes it unless more may come. */
function fillNamespace(source: AnySource): void {
  const { namespace } = source;
  if (!namespace || !Object.isExtensible(namespace)) return;
  const isComplete = isEs(source) ? !source.awaited.size : hasRun(source);
  eachName(source, (name, getter, isListed) => {
    // What is not listed may be the name of another module, until all are known.
    if ((isListed || isComplete) && !(name in namespace)) define(namespace, name, getter, isListed);
  });
  if (isComplete) Object.preventExtensions(namespace);
}

/** Passes on the names that are known now, in the order of a namespace: what they mean, and whether it lists them. */
function eachName(
  source: AnySource,
  use: (name: string, getter: Getter, isListed: boolean | undefined) => void,
): void {
  if (isEs(source)) {
    for (const name of [...source.getters.keys()].sort()) {
      const getter = source.getters.get(name);
      if (getter) use(name, getter, isListed(getter));
    }
  } else {
    const names = commonNames(source);
    for (const name of Object.keys(names).sort()) use(name, commonGetter(source, name), names[name]);
  }
}

function isEs(source: AnySource): source is EsSource {
  return !!source.requested;
}

/** How far the names of a module are bound: see `EsSource`. */
const FILLED = 2;

const UNLISTED = 2;

const isListed = (getter: Getter | null): boolean => !getter || getter.rank !== UNLISTED;
