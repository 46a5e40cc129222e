/** Names that come by `export * from`. Those that come from CommonJS are known when that has run. */

/** Adds the names that its stars have so far. */
function giveInherited(source: EsSource): void {
  source.own = new Set(source.getters.keys());
  for (const [name] of source.indirect) source.own.add(name);
  for (const star of source.stars) {
    star.heirs = added(star.heirs, source);
    if (isEs(star)) {
      star.getters.forEach((getter, name) => {
        inherit(source, name, getter);
      });
      for (const common of star.awaited) open(source, common);
    } else {
      if (star.heirs.length === 1) pending.push(star);
      open(source, star);
    }
  }
}

/** Of a name that nobody has, when all are known who export it by name: it must come from CommonJS. */
function awaitedGetter(target: AnySource, name: string): Getter {
  const bindings = bindingsOf(target) as Table<unknown>;
  return lateGetter(() => bindings[name], LISTED);
}

const LISTED = 1;

function lateGetter(getter: Getter, rank: 1 | 2): Getter {
  getter.rank = rank;
  return getter;
}

function inherit(heir: EsSource, name: string, getter: Getter | null): void {
  if (name !== 'default' && !heir.own.has(name)) give(heir, name, getter);
}

/** Notes that names of the CommonJS module will reach the source. */
function open(source: EsSource, common: CommonSource): void {
  if (source.awaited.has(common)) return;
  if (source.awaited === NOBODY) source.awaited = new Set();
  source.awaited.add(common);
  for (const heir of source.heirs) open(heir, common);
}

function close(source: EsSource, common: CommonSource): void {
  if (!source.awaited.delete(common)) return;
  for (const heir of source.heirs) close(heir, common);
  if (!source.awaited.size) fill(source);
}

/** Whether the CommonJS module has still to run. If not, those that are open to its names get them. */
function isPending(common: CommonSource): boolean {
  if (!hasRun(common)) return true;
  const { heirs } = common;
  const names = commonNames(common);
  for (const name of Object.keys(names).sort()) {
    const read = commonGetter(common, name);
    const getter = lateGetter(() => read(), names[name] ? LISTED : UNLISTED);
    for (const heir of heirs) inherit(heir, name, getter);
  }
  for (const heir of heirs) close(heir, common);
  common.heirs = NONE;
  return false;
}
