/**
 * What each name means: ECMA-262, ResolveExport() and GetExportedNames(), the other way round. A module gives its names to those
 * that export them on, which give them to others: a name takes one step for each edge that it goes along. Where two bindings
 * arrive under one name, it means neither.
 */

/** CommonJS modules behind stars that have not run: nobody knows their names. */
let pending: CommonSource[] = [];

/** ES modules that these names will reach, and whose namespaces are still empty. */
let unfilled: EsSource[] = [];

/** Gives modules that have just been declared all their names, and those to who imports them. */
function bindExports(declared: EsSource[]): void {
  declared.forEach(giveIndirect);
  declared.forEach(giveInherited);
  declared.forEach(giveAwaited);
  for (const source of declared) {
    source.bound = BOUND;
    if (source.isUsed) bindAll(source);
    if (source.awaited.size) unfilled.push(source);
    else fill(source);
  }
}

/** Shared by all modules that have none of their own. */
const NONE = new Set<CommonSource>();
const NOTHING: Table<unknown> = {};

const BOUND = 1;
const FILLED = 2;

/** The object that importers read names from. Most modules that only hand on names of others need none. */
function bindingsOf(source: AnySource): object {
  if (isEs(source) && !source.isUsed) {
    source.isUsed = true;
    if (source.bound) bindAll(source);
  }
  return source.bindings;
}

function bindAll(source: EsSource): void {
  for (const name in source.getters) bind(source, name);
}

/** What it means now: a name that only CommonJS has may be that of another module later. */
function bind({ bindings, getters }: EsSource, name: string): void {
  const get = getters[name];
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
      (target.takers[imported] = target.takers[imported] || []).push([source, name]);
      if (imported in target.getters) give(source, name, target.getters[imported]!);
    } else give(source, name, commonGetter(target, imported));
  }
}

function giveInherited(source: EsSource): void {
  if (!source.stars.length) return;
  source.own = Object.assign(Object.create(null), source.getters);
  for (const [name] of source.indirect) source.own[name] = null;
  for (const star of source.stars) {
    const count = star.heirs.push(source);
    if (isEs(star)) {
      for (const name in star.getters) inherit(source, name, star.getters[name]!);
      for (const common of star.awaited) open(source, common);
    } else {
      if (count === 1) pending.push(star);
      open(source, star);
    }
  }
}

/** What it exports by name and nobody has must come from CommonJS. */
function giveAwaited(source: EsSource): void {
  for (const [name, request, imported = name] of source.indirect) {
    if (name in source.getters) continue;
    const bindings = bindingsOf(targetOf(source, request)) as Table<unknown>;
    give(
      source,
      name,
      lateGetter(() => bindings[imported], LISTED),
    );
  }
}

const LISTED = 1;
const UNLISTED = 2;

function lateGetter(getter: Getter, rank: 1 | 2): Getter {
  getter.rank = rank;
  return getter;
}

const rankOf = (getter: Getter | null): number => (getter && getter.rank) || 0;

/** @param getter null for a name that means several things */
function give(source: EsSource, name: string, getter: Getter | null): void {
  const known = source.getters[name];
  if (known !== undefined) {
    const difference = rankOf(getter) - rankOf(known);
    if (!known || known === getter || difference > 0 || (!difference && rankOf(known))) return;
    if (!difference) getter = null;
  }
  source.getters[name] = getter;
  if (source.bound && source.isUsed) bind(source, name);
  if (source.bound === FILLED && source.namespace && rankOf(getter) < UNLISTED) {
    define(source.namespace, name, getter!);
  }
  for (const [taker, as] of source.takers[name] || []) give(taker, as, getter);
  for (const heir of source.heirs) inherit(heir, name, getter);
}

function inherit(heir: EsSource, name: string, getter: Getter | null): void {
  if (name !== 'default' && !(name in heir.own)) give(heir, name, getter);
}

/** Notes that names of the CommonJS module will reach the source. */
function open(source: EsSource, common: CommonSource): void {
  if (source.awaited.has(common)) return;
  if (source.awaited === NONE) source.awaited = new Set();
  source.awaited.add(common);
  for (const heir of source.heirs) open(heir, common);
}

function close(source: EsSource, common: CommonSource): void {
  if (!source.awaited.delete(common)) return;
  for (const heir of source.heirs) close(heir, common);
  if (!source.awaited.size) fill(source);
}

/** Gives open modules the names that have become known. */
function findOpenNames(): void {
  pending = pending.filter((common) => {
    if (!hasRun(common)) return true;
    const { heirs } = common;
    const names = commonNames(common);
    for (const name of Object.keys(names).sort()) {
      const read = commonGetter(common, name);
      const getter = lateGetter(() => read(), names[name] ? LISTED : UNLISTED);
      for (const heir of heirs) inherit(heir, name, getter);
    }
    for (const heir of heirs) close(heir, common);
    common.heirs = [];
    return false;
  });
  unfilled.forEach(fill);
  unfilled = [];
}
