/**
 * ES modules that the script's entry imports, where that is simple: none of them awaits, imports itself by way of others, or is asked for by `import()` or
 * `require`, and of CommonJS they import names, no namespaces (lib/core/simple.ts tells). Then a module has all its names when those that it imports
 * have theirs, and whoever fails ends the script. What else there can be takes the runtime, `client/runtime/`.
 */

/** Gives a name's value now. */
type Getter = () => unknown;

/** A module that others import from. */
interface Source {
  /** By name; null where it means several things. */
  getters: Table<Getter | null>;
  /** What importers read names from. */
  bindings: object;
  /** Runs it, once. */
  evaluate(): void;
  namespace?: object;
  getNamespace?: Getter;
}

/** See `client/runtime/types.ts`. */
type CommonRequest = [id: string, interop?: number, ...names: string[]];

type Declared = [
  requests?: (string | CommonRequest | number)[],
  exports?: (string | Getter)[],
  indirect?: [name: string, request: number, imported?: string | 0][],
  stars?: number[],
  flags?: number,
];

/** By id, with the interop behind it where that is CommonJS. */
var sources: Table<Source> = Object.create(null);

/** Runs the module up to where its body begins, and before that all it imports. */
function link(id: string): Source {
  var known = sources[id];
  return known || (sources[id] = declare(modules[id] as ModuleFunction));
}

/** @param code a generator function, or a text where the module has no code */
function declare(code: ModuleFunction): Source {
  var getters: Source['getters'] = Object.create(null);
  var bindings = {};
  var require = HAS_COMMON ? createRequire() : undefined;
  // Not as a method of the table: `this` of an ES module is undefined.
  var generator = code.call && (code.call(undefined, require as Require, {} as Module, {}) as Generating);
  var declared: Declared = generator ? (generator.next().value as Declared) : JSON.parse(String(code));
  var requests = declared[0] || [];
  var exports = declared[1] || [];
  var hasRun: undefined | 1;
  var requested: Source[];
  exports.forEach(function (name, index) {
    if (typeof name === 'string') getters[name] = exports[index + 1] as Getter;
  });
  requested = requests.map(function (request) {
    return typeof request === 'string' ? link(request) : (common(request as CommonRequest) as Source);
  });
  if (HAS_MORE) addOthers(getters, requested, declared);
  addGetters(bindings, getters);
  if (generator)
    generator.next(
      requests.map(function (request, index) {
        return HAS_MORE && typeof request === 'number'
          ? namespaceOf(requested[request]!)
          : requested[index]!.bindings;
      }),
    );
  return {
    getters: getters,
    bindings: bindings,
    evaluate: function () {
      if (hasRun) return;
      hasRun = 1;
      requested.forEach(function (source) {
        if (!HAS_MORE || source) source.evaluate();
      });
      if (generator) generator.next();
    },
  };
}

/** What a module exports besides variables of its own, each by one name. */
function addOthers(getters: Source['getters'], requested: Source[], declared: Declared): void {
  var own: Table<1> = Object.create(null);
  // ECMA-262, 16.2.3.7: such a function is called `default`.
  if (declared[4]! & 2)
    Object.defineProperty(getters.default!(), 'name', { value: 'default', configurable: true });
  (declared[2] || []).forEach(function (indirect) {
    var name = indirect[0];
    var imported = indirect[2] === undefined ? name : indirect[2];
    var target = requested[indirect[1]];
    getters[name] = target ? getterOf(target, imported) : getters[imported];
  });
  Object.keys(getters).forEach(function (name) {
    own[name] = 1;
  });
  (declared[3] || []).forEach(function (star) {
    var inherited = requested[star]!.getters;
    Object.keys(inherited).forEach(function (name) {
      if (!own[name] && name !== 'default')
        getters[name] = name in getters && getters[name] !== inherited[name] ? null : inherited[name]!;
    });
  });
}

/** What a name of a module means; 0 is its namespace. */
function getterOf(source: Source, name: string | 0): Getter | null | undefined {
  if (name !== 0) return source.getters[name];
  return (source.getNamespace =
    source.getNamespace ||
    function () {
      return namespaceOf(source);
    });
}

function addGetters(target: object, getters: Source['getters']): void {
  Object.keys(getters)
    .sort()
    .forEach(function (name) {
      var getter = getters[name];
      if (getter) Object.defineProperty(target, name, { get: getter, enumerable: true });
    });
}

/** ECMA-262, GetModuleNamespace(). */
function namespaceOf(source: Source): object {
  var namespace: object;
  if (!source.namespace) {
    namespace = source.namespace = Object.create(null);
    Object.defineProperty(namespace, Symbol.toStringTag, { value: 'Module' });
    addGetters(namespace, source.getters);
    Object.preventExtensions(namespace);
  }
  return source.namespace!;
}

/** By id, what CommonJS modules exported when they had run: imports never see what they put in its place later. */
var results: Table<{ exports: { [name: string]: unknown } | null | undefined }> = Object.create(null);

/** A CommonJS module as ES modules see it; nothing for the request of a namespace. */
function common(request: CommonRequest): Source | undefined {
  var id = request[0];
  var interop = request[1];
  var key = id + ' ' + (interop || 0);
  var source = sources[key];
  if (!HAS_COMMON || typeof request === 'number') return undefined;
  if (!source)
    source = sources[key] = {
      getters: Object.create(null),
      bindings: {},
      evaluate: function () {
        results[id] = results[id] || { exports: createRequire()(id) as { [name: string]: unknown } };
      },
    };
  request.slice(2).forEach(function (name) {
    function read(): unknown {
      var exports = results[id]!.exports;
      if (name === 'module.exports' || (name === 'default' && !(exports && !interop && exports.__esModule)))
        return exports;
      return exports == null ? undefined : exports[name as string];
    }
    if (source!.getters[name!]) return;
    // What is the default depends on who asks; any other name is one binding for all.
    source!.getters[name!] =
      interop && name !== 'default' ? common([id, 0, name as string])!.getters[name!]! : read;
    Object.defineProperty(source!.bindings, name!, { get: source!.getters[name!]! });
  });
  return source;
}

/** Runs the entry. Gives its exports as `require` gives them, with the mark by which compiled modules know an ES module. */
function runSimply(): unknown {
  var source = link(entry);
  if (HAS_COMMON)
    Object.defineProperty((cache[entry] = { id: entry, exports: 0 }), 'exports', {
      get: function () {
        return viewOf(source);
      },
    });
  source.evaluate();
  return HAS_VIEW ? viewOf(source) : 0;
}

function viewOf(source: Source): unknown {
  var whole = HAS_MORE && source.getters['module.exports'];
  var view: object;
  if (whole) return whole();
  if (HAS_MORE && source.getters.__esModule) return namespaceOf(source);
  view = Object.create(null, { __esModule: { value: true } });
  addGetters(view, source.getters);
  return view;
}
