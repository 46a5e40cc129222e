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
  const module: Module = { id, exports: {} };
  // Not as a method of the table: `this` of an ES module is undefined.
  const generate = require.arrived[id]![id]!;
  const generator = generate.call(undefined, require, module, module.exports) as Generating;
  const [requests = [], exports, indirect = [], stars = [], flags = 0] = generator.next().value as Declared;
  const source: EsSource = {
    id,
    module,
    generator,
    getters: Object.assign(Object.create(null), exports),
    bindings: new Bindings(),
    requested: [],
    views: [],
    indirect,
    takers: Object.create(null),
    stars: [],
    heirs: [],
    own: NOTHING,
    awaited: NONE,
    isUsed: false,
    bound: 0,
    state: 0,
    awaits: !!(flags & 1),
    index: 0,
    least: 0,
    order: 0,
    pending: 0,
    waiting: [],
  };
  esSources[id] = source;
  // ECMA-262, 16.2.3.7: such a function is called `default`.
  if (flags & 2)
    Object.defineProperty(source.getters.default!(), 'name', { value: 'default', configurable: true });
  declared.push(source);
  giveExports(source, module);
  const brought = bring(requests, source.requested, declared);
  source.stars = stars.map((request) => source.requested[request]!);
  generator.next(brought);
  return source;
}

/** What requests bring, for who takes it: bindings, then namespaces. The modules are added to `requested`. */
function bring(requests: ModuleRequest[], requested: AnySource[], declared: EsSource[]): Iterable<object> {
  for (const request of requests) {
    if (typeof request === 'string') requested.push(declare(request, declared));
    else if (typeof request !== 'number') requested.push(commonSource(request));
  }
  let taken = 0;
  const take = (index: number): object => {
    const request = requests[index];
    return typeof request === 'number' ? namespaceOf(requested[request]!) : bindingsOf(requested[index]!);
  };
  // A pattern does not read the values that it passes over.
  const next = () => {
    const index = taken++;
    return {
      get value() {
        return take(index);
      },
    };
  };
  return { [Symbol.iterator]: () => ({ next }) as Iterator<object> };
}

/** Makes the module, once it is in the cache, give what the source exports. */
function giveExports(source: EsSource, module: Module): void {
  source.module = module;
  Object.defineProperty(module, 'exports', { get: () => viewOf(source, 0) });
}
