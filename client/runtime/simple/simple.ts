/**
 * The runtime of programs in which ES modules await nothing outside of functions, have no `export *` left, and are required by nobody
 * (lib/core/runtime.ts tells): when some have been declared, all their names are known. Where none of them leads to itself, `../acyclic/` is enough; what else there
 * can be takes the files around this one.
 */

/** Whether something imports CommonJS. */
declare const HAS_COMMON: boolean;

interface SimpleSource extends Pick<EsSource, 'id' | 'generator' | 'module' | 'index' | 'least' | 'failure'> {
  /** By name; what comes from another module is found when it is asked for, or when that has its names. */
  getters: Map<string, Getter | Indirect>;
  /** What importers read names from: an object with fast properties, unlike a namespace. */
  bindings: object;
  namespace: object | undefined;
  requested: AnySimple[];
  /** Whether all its names are among the bindings. */
  bound: boolean;
  /** Linked, on the stack of an evaluation, or done. */
  state: 0 | 1 | 2;
}

type AnySimple = SimpleSource | CommonSource;

const isCommon = (source: AnySimple): source is CommonSource => !source.requested;

/** Every ES module that somebody needs, by id. */
const sources: Table<SimpleSource> = Object.create(null);

/** ECMA-262, Link(): declares the module and everything it requests, then finds out what each name means. */
function link(id: string): SimpleSource {
  const declared: SimpleSource[] = [];
  const source = declare(id, declared);
  // Those that are requested have been declared later.
  declared.reverse().forEach(bindAll);
  return source;
}

/** Runs the module up to where its body begins. Everything a module imports from exists before it gets there. */
function declare(id: string, declared: SimpleSource[]): SimpleSource {
  const known = sources[id];
  if (known) return known;
  const module: Module = { id, exports: {} };
  const generate = require.arrived[id]![id]!;
  // Not as a method of the table: `this` of an ES module is undefined.
  const generator = generate.call && (generate.call(undefined, require, module, {}) as Generating);
  const [requests = NONE, exports = NONE, indirect = NONE, , flags = 0] = (
    generator ? generator.next().value : JSON.parse(generate as string)
  ) as Declared;
  const source: SimpleSource = {
    id,
    module,
    generator,
    getters: new Map(),
    requested: [],
    bindings: new Bindings(),
    namespace: undefined,
    bound: false,
    state: 0,
    index: 0,
    least: 0,
    failure: undefined,
  };
  sources[id] = source;
  for (let index = 0; index < exports.length; index += 2)
    source.getters.set(exports[index] as string, exports[index + 1] as Getter);
  for (const each of indirect) source.getters.set(each[0], each);
  // ECMA-262, 16.2.3.7: such a function is called `default`.
  for (let index = flags >> 1; index--; )
    Object.defineProperty((exports[2 * index + 1] as Getter)(), 'name', {
      value: 'default',
      configurable: true,
    });
  declared.push(source);
  const brought = requests.map((request) => {
    if (typeof request === 'number') return namespaceOf(source.requested[request]!);
    const isId = !HAS_COMMON || typeof request === 'string';
    const requested = isId ? declare(request as string, declared) : commonSource(request as CommonRequest);
    source.requested.push(requested);
    return requested.bindings;
  });
  if (generator) generator.next(brought);
  return source;
}

/** Gives a module all its names. */
function bindAll(source: SimpleSource): void {
  for (const name of source.getters.keys()) define(source.bindings, name, getterOf(source, name)!);
  source.bound = true;
  fillNamespace(source);
}

/** ECMA-262, ResolveExport(): each name is looked for once. */
function getterOf(source: SimpleSource, name: string): Getter | undefined {
  let getter = source.getters.get(name);
  if (Array.isArray(getter)) {
    const [, request, imported = name] = getter;
    const target = source.requested[request] || source;
    if (imported === 0) getter = () => namespaceOf(target);
    else if (HAS_COMMON && isCommon(target)) getter = commonGetter(target, imported);
    else getter = getterOf(target as SimpleSource, imported)!;
    source.getters.set(name, getter);
  }
  return getter;
}

/** ECMA-262, GetModuleNamespace(). The names come when they are known. */
function namespaceOf(source: AnySimple): object {
  if (!source.namespace) {
    source.namespace = Object.create(null, { [Symbol.toStringTag]: { value: 'Module' } }) as object;
    if (HAS_COMMON && isCommon(source) ? hasRun(source) : (source as SimpleSource).bound)
      fillNamespace(source);
  }
  return source.namespace;
}

/** Gives a namespace that was asked for its names, in its order. */
function fillNamespace(source: AnySimple): void {
  const { namespace } = source;
  if (!namespace || !Object.isExtensible(namespace)) return;
  if (HAS_COMMON && isCommon(source)) {
    const names = commonNames(source);
    for (const name of Object.keys(names).sort())
      define(namespace, name, commonGetter(source, name), names[name]);
  } else {
    for (const name of [...source.getters.keys()].sort())
      define(namespace, name, getterOf(source as SimpleSource, name)!);
  }
  Object.preventExtensions(namespace);
}

/**
 * Runs a module and all it requests. Nothing is to be done for one that is being evaluated.
 * @throws what the evaluation fails with, the same every time
 */
function evaluate(source: AnySimple): void {
  if (HAS_COMMON && isCommon(source)) {
    try {
      runCommon(source);
    } catch {
      throwAgain(source.failure!, source.id);
    }
  } else {
    if (!(source as SimpleSource).state) start(source as SimpleSource);
    if (source.failure) throwAgain(source.failure, source.id);
  }
}

const EVALUATING = 1;
const DONE = 2;

function start(source: SimpleSource): void {
  const stack: SimpleSource[] = [];
  try {
    visit(source, stack, 0);
  } catch (error) {
    const failure = failureOf(stack[stack.length - 1] || source, error);
    for (const each of stack) {
      each.state = DONE;
      each.failure = failure;
      delete require.cache[each.id];
    }
  }
}

/** ECMA-262, InnerModuleEvaluation(): depth first, cycles by Tarjan's algorithm. Gives the next index. */
function visit(source: SimpleSource, stack: SimpleSource[], first: number): number {
  let next = first;
  if (source.state) throwFailure(source);
  else {
    source.state = EVALUATING;
    source.index = source.least = next++;
    require.cache[source.id] = source.module;
    stack.push(source);
    for (const requested of source.requested) {
      if (HAS_COMMON && isCommon(requested)) runCommon(requested);
      else next = visitRequested(source, requested as SimpleSource, stack, next);
    }
    if (source.generator) source.generator.next();
    if (source.least === source.index) while (source.state < DONE) stack.pop()!.state = DONE;
  }
  return next;
}

function visitRequested(
  source: SimpleSource,
  requested: SimpleSource,
  stack: SimpleSource[],
  first: number,
): number {
  const next = visit(requested, stack, first);
  // They are in a cycle.
  if (requested.state === EVALUATING) source.least = Math.min(source.least, requested.least);
  return next;
}

exports.import = (id, interop) => {
  let source: AnySimple;
  return require
    .load(id)
    .then(() => {
      source = !HAS_COMMON || interop === undefined ? link(id) : commonSource([id, interop!]);
      // A promise also of a failure: whoever waits learns of it when what is under way has gone on.
      return new Promise((resolve) => resolve(evaluate(source)));
    })
    .then(() => namespaceOf(source));
};

exports.run = (module) => {
  const source = link(module.id);
  source.module = module;
  evaluate(source);
};
