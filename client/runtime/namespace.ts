/** Makes objects whose properties are fast, and that inherit nothing. */
function BindingsFunction(): void {}
BindingsFunction.prototype = Object.create(null);

const Bindings = BindingsFunction as unknown as new () => object;

function define(target: object, name: string, getter: Getter, enumerable = true): void {
  Object.defineProperty(target, name, { get: getter, enumerable });
}

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
  const names = namesOf(source);
  const isComplete = isEs(source) ? !source.awaited.size : hasRun(source);
  for (const name of Object.keys(names).sort()) {
    // What is not listed may be the name of another module, until all are known.
    if (!(name in namespace) && (names[name] || isComplete)) {
      define(namespace, name, getterOf(source, name), names[name]);
    }
  }
  if (isComplete) Object.preventExtensions(namespace);
}

/** The names that are known now, and whether a namespace lists them. */
function namesOf(source: AnySource): Table<boolean> {
  if (!isEs(source)) return commonNames(source);
  const names: Table<boolean> = Object.create(null);
  for (const name in source.getters) {
    const getter = source.getters[name];
    if (getter) names[name] = rankOf(getter) < UNLISTED;
  }
  return names;
}

function getterOf(source: AnySource, name: string): Getter {
  return isEs(source) ? source.getters[name]! : commonGetter(source, name);
}

/**
 * The exports of an ES module as `require` gives them: with the mark by which compiled modules know an ES module.
 * @param asNode the mark is there beside a default export only, and is listed
 */
function viewOf(source: EsSource, asNode: 0 | 1): unknown {
  const { getters, views } = source;
  if (getters['module.exports']) return getters['module.exports']();
  if (getters.__esModule || (asNode && !getters.default)) return namespaceOf(source);
  if (!views[asNode] || source.awaited.size) {
    const view: object = Object.create(null);
    const names = namesOf(source);
    names.__esModule = !!asNode;
    for (const name of Object.keys(names).sort()) {
      define(view, name, getters[name] || (() => true), names[name]);
    }
    views[asNode] = view;
  }
  return views[asNode];
}

function isEs(source: AnySource): source is EsSource {
  return !!source.generator;
}
