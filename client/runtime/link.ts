/** Every ES module that somebody needs, by id. */
const esSources: Table<EsSource> = Object.create(null);

/** ECMA-262, Link(): declares the module and everything it requests, then finds out what each name means. */
function link(id: string): EsSource {
  const declared: EsSource[] = [];
  const source = declare(id, declared);
  bindExports(declared);
  return source;
}

/** Runs the module up to where its body begins. Everything a module imports from exists before it gets there. */
function declare(id: string, declared: EsSource[]): EsSource {
  const known = esSources[id];
  if (known) return known;
  const module = new ExportingModule(id);
  const generate = require.arrived[id]![id]!;
  // Not as a method of the table: `this` of an ES module is undefined.
  const generator = generate.call && (generate.call(undefined, require, module, {}) as Generating);
  const [requests = NONE, exports = NONE, indirect = NONE, stars = NONE, flags = 0] = (
    generator ? generator.next().value : JSON.parse(generate as string)
  ) as Declared;
  const source: EsSource = {
    id,
    module,
    generator,
    getters: new Map(),
    requested: NONE,
    indirect,
    stars: NONE,
    heirs: NONE,
    own: NO_NAMES,
    bindings: undefined,
    awaited: NOBODY,
    bound: 0,
    state: 0,
    awaits: !!(flags & 1),
    index: 0,
    least: 0,
    root: undefined,
    order: 0,
    pending: 0,
    waiting: NONE,
    takers: undefined,
    namespace: undefined,
    getNamespace: undefined,
    failure: undefined,
    views: undefined,
    promise: undefined,
    settle: undefined,
  };
  esSources[id] = source;
  for (let index = 0; index < exports.length; index += 2)
    source.getters.set(exports[index] as string, exports[index + 1] as Getter);
  // ECMA-262, 16.2.3.7: such a function is called `default`.
  for (let index = flags >> 1; index--; )
    Object.defineProperty((exports[2 * index + 1] as Getter)(), 'name', {
      value: 'default',
      configurable: true,
    });
  declared.push(source);
  if (requests.length) source.requested = [];
  const brought = bring(requests, source.requested, declared);
  source.stars = stars.map((request) => source.requested[request]!);
  if (generator) generator.next(brought);
  return source;
}

/** What requests bring, for who takes it: bindings, then namespaces. The modules are added to `requested`. */
function bring(requests: ModuleRequest[], requested: AnySource[], declared: EsSource[]): Iterable<object> {
  for (const request of requests) {
    if (typeof request === 'string') requested.push(declare(request, declared));
    else if (typeof request !== 'number') requested.push(commonSource(request));
  }
  return new Brought(requests, requested);
}

/** Goes through what requests bring. A pattern does not read the values that it passes over, so that nothing is made for them. */
class Brought implements Iterable<object> {
  index = -1;

  constructor(
    readonly requests: ModuleRequest[],
    readonly requested: AnySource[],
  ) {}

  [Symbol.iterator](): Iterator<object> {
    return this as Iterator<object>;
  }

  next(): { value: object } {
    this.index++;
    return this;
  }

  get value(): object {
    const request = this.requests[this.index];
    return typeof request === 'number'
      ? namespaceOf(this.requested[request]!)
      : bindingsOf(this.requested[this.index]!);
  }
}

/** An ES module as its author and the cache of `require` see it. */
class ExportingModule implements Module {
  constructor(readonly id: string) {}

  get exports(): unknown {
    return viewOf(esSources[this.id]!, 0);
  }
}

/** Makes the module, once it is in the cache, give what the source exports. */
function giveExports(source: EsSource, module: Module): void {
  source.module = module;
  Object.defineProperty(module, 'exports', { get: () => viewOf(source, 0) });
}
