/**
 * What each name means: ECMA-262, ResolveExport() and GetExportedNames(), the other way round. A module gives its names to those
 * that export them on, which give them to others: a name takes one step for each edge that it goes along. Where two bindings
 * arrive under one name, it means neither.
 */

/** CommonJS modules behind stars that have not run: nobody knows their names. */
let pending: CommonSource[] = [];

/** ES modules that these names will reach, and whose namespaces are still empty. */
let unfilled: EsSource[] = [];

/** Before anything runs: gives names that have become known since. */
function findNames(): void {
  if (!pending.length && !unfilled.length) return;
  pending = pending.filter(isPending);
  unfilled.forEach(fill);
  unfilled = [];
}

/** Gives modules that have just been declared all their names, and those to who imports them. */
function bindExports(declared: EsSource[]): void {
  declared.forEach(giveIndirect);
  for (const source of declared) if (source.stars.length) giveInherited(source);
  declared.forEach(giveAwaited);
  for (const source of declared) {
    source.bound = BOUND;
    if (source.bindings) bindAll(source);
    if (source.awaited.size) unfilled.push(source);
    else fill(source);
  }
}

/** Shared by all modules that have none of their own, as `NONE` is. */
const NOBODY = new Set<CommonSource>();
const NO_NAMES = new Set<string>();

/** The list with one more, or the first list of its own. */
function added<Item>(list: Item[], item: Item): Item[] {
  if (list === NONE) return [item];
  list.push(item);
  return list;
}

const BOUND = 1;

/** The object that importers read names from. Most modules that only hand on names of others need none. */
function bindingsOf(source: AnySource): object {
  if (!source.bindings) {
    source.bindings = new Bindings();
    if ((source as EsSource).bound) bindAll(source as EsSource);
  }
  return source.bindings;
}

function bindAll(source: EsSource): void {
  source.getters.forEach((getter, name) => {
    bind(source, name, getter);
  });
}

/** What it means now: a name that only CommonJS has may be that of another module later. */
function bind({ bindings }: EsSource, name: string, get: Getter | null): void {
  if (get) Object.defineProperty(bindings, name, { get, configurable: true });
}

function fill(source: EsSource): void {
  source.bound = FILLED;
  fillNamespace(source);
}

/** The module that an indirect export comes from. */
const targetOf = (source: EsSource, request: number): AnySource => source.requested[request] || source;

/** Its own bindings it has; here come those of others that it exports by name. */
function giveIndirect(source: EsSource): void {
  for (const [name, request, imported = name] of source.indirect) {
    const target = targetOf(source, request);
    if (imported === 0) give(source, name, namespaceGetter(target));
    else if (isEs(target)) {
      target.takers = target.takers || new Map();
      target.takers.set(imported, added(target.takers.get(imported) || NONE, [source, name]));
      const getter = target.getters.get(imported);
      if (getter !== undefined) give(source, name, getter);
    } else give(source, name, commonGetter(target, imported));
  }
}

/** What it exports by name and nobody has must come from CommonJS. */
function giveAwaited(source: EsSource): void {
  for (const [name, request, imported = name] of source.indirect) {
    if (!source.getters.has(name))
      give(source, name, awaitedGetter(targetOf(source, request), imported as string));
  }
}

const rankOf = (getter: Getter | null): number => (getter && getter.rank) || 0;

/** @param getter null for a name that means several things */
function give(source: EsSource, name: string, getter: Getter | null): void {
  const known = source.getters.get(name);
  if (known !== undefined) {
    const difference = rankOf(getter) - rankOf(known);
    if (!known || known === getter || difference > 0 || (!difference && rankOf(known))) return;
    if (!difference) getter = null;
  }
  source.getters.set(name, getter);
  if (source.bound) giveBound(source, name, getter);
  if (source.takers) for (const [taker, as] of source.takers.get(name) || NONE) give(taker, as, getter);
  for (const heir of source.heirs) inherit(heir, name, getter);
}

/** The same for who has asked for its names. */
function giveBound(source: EsSource, name: string, getter: Getter | null): void {
  if (source.bindings) bind(source, name, getter);
  if (source.bound === FILLED && source.namespace && isListed(getter)) {
    define(source.namespace, name, getter!);
  }
}
