/**
 * The runtime of simple programs (lib/core/runtime.ts tells) in which no ES module leads to itself: all that a module requests can have run before it
 * is told what that exports. So there is nothing to link, and no more than names and a failure to keep of it.
 */

/** Whether something imports CommonJS. */
declare const HAS_COMMON: boolean;

interface AcyclicSource extends Pick<EsSource, 'id' | 'failure'> {
  /** What importers read names from: an object with fast properties, unlike a namespace. */
  bindings: object;
  namespace: object | undefined;
  getters?: undefined;
}

type AnyAcyclic = AcyclicSource | CommonSource;

const isCommon = (source: AnyAcyclic): boolean => !!source.getters;

/** Every ES module that somebody needs, by id. */
const sources: Table<AcyclicSource> = Object.create(null);

const newModule = (id: string): Module => ({ id, exports: {} });

/**
 * Runs a module, and before that all it requests. Throws what it has failed with. A chain of requests may be long: nothing else is on the stack for
 * each.
 */
function run(id: string, module: Module): AcyclicSource {
  let source = sources[id];
  if (source) {
    throwFailure(source);
    return source;
  }
  const generate = require.arrived[id]![id]!;
  source = sources[id] = { id, bindings: new Bindings(), namespace: undefined, failure: undefined };
  require.cache[id] = module;
  try {
    // Not as a method of the table: `this` of an ES module is undefined.
    const generator = generate.call && (generate.call(undefined, require, module, {}) as Generating);
    const declared = (generator ? generator.next().value : JSON.parse(generate as string)) as Declared;
    const requested: AnyAcyclic[] = [];
    const brought: object[] = [];
    for (const request of declared[0] || NONE) {
      if (typeof request === 'number') {
        brought.push(namespaceOf(requested[request]!));
        continue;
      }
      const isId = !HAS_COMMON || typeof request === 'string';
      const target = isId
        ? run(request as string, newModule(request as string))
        : commonSource(request as CommonRequest);
      if (HAS_COMMON && isCommon(target)) runCommon(target as CommonSource);
      requested.push(target);
      brought.push(target.bindings);
    }
    handOut(source, declared, requested);
    if (generator) {
      generator.next(brought);
      generator.next();
    }
  } catch (error) {
    source.failure = failureOf(source, error);
    delete require.cache[id];
    throw error;
  }
  return source;
}

/** Gives a module its names. */
function handOut(
  source: AcyclicSource,
  [, exports = NONE, indirect = NONE, , flags = 0]: Declared,
  requested: readonly AnyAcyclic[],
): void {
  // ECMA-262, 16.2.3.7: such a function is called `default`.
  for (let index = flags >> 1; index--; )
    Object.defineProperty((exports[2 * index + 1] as Getter)(), 'name', {
      value: 'default',
      configurable: true,
    });
  for (let index = 0; index < exports.length; index += 2)
    define(source.bindings, exports[index] as string, exports[index + 1] as Getter);
  for (const [name, request, imported = name] of indirect) {
    const target = requested[request] || source;
    define(source.bindings, name, imported === 0 ? () => namespaceOf(target) : getterOf(target, imported));
  }
}

function getterOf(source: AnyAcyclic, name: string): Getter {
  return HAS_COMMON && isCommon(source)
    ? commonGetter(source as CommonSource, name)
    : (Object.getOwnPropertyDescriptor(source.bindings, name)!.get as Getter);
}

/** ECMA-262, GetModuleNamespace(). Nobody asks before there are all names. */
function namespaceOf(source: AnyAcyclic): object {
  if (!source.namespace) {
    source.namespace = Object.create(null, { [Symbol.toStringTag]: { value: 'Module' } }) as object;
    fillNamespace(source);
  }
  return source.namespace;
}

/** Gives a namespace that was asked for its names, in its order. */
function fillNamespace(source: AnyAcyclic): void {
  const { namespace, bindings } = source;
  if (HAS_COMMON && (!namespace || !Object.isExtensible(namespace))) return;
  if (HAS_COMMON && isCommon(source)) {
    const names = commonNames(source as CommonSource);
    for (const name of Object.keys(names).sort())
      define(namespace!, name, commonGetter(source as CommonSource, name), names[name]);
  } else {
    for (const name of Object.getOwnPropertyNames(bindings).sort())
      define(namespace!, name, getterOf(source, name));
  }
  Object.preventExtensions(namespace!);
}

/**
 * Runs a module and all it requests.
 * @throws what that fails with, the same every time
 */
function evaluate(id: string, module: Module): AcyclicSource {
  try {
    return run(id, module);
  } catch {
    throwAgain(sources[id]!.failure!, id);
  }
}

/** Likewise. */
function evaluateOther(source: CommonSource): CommonSource {
  try {
    runCommon(source);
  } catch {
    throwAgain(source.failure!, source.id);
  }
  return source;
}

exports.import = (id, interop) =>
  require
    .load(id)
    .then(
      () =>
        // A promise also of a failure: whoever waits learns of it when what is under way has gone on.
        new Promise<AnyAcyclic>((resolve) =>
          resolve(
            HAS_COMMON && interop !== undefined
              ? evaluateOther(commonSource([id, interop!]))
              : evaluate(id, newModule(id)),
          ),
        ),
    )
    .then(namespaceOf);

exports.run = (module) => {
  evaluate(module.id, module);
};
