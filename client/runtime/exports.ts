/** Modules some of whose names are those of CommonJS modules that have not run. */
let openSources: EsSource[] = [];

/** Adds the indirect exports and those of the stars to the module's own, and gives them all to who imports them. */
function bindExports(source: EsSource): void {
  for (const name of exportedNames(source, [])) {
    const getter = resolveExport(source, name, []);
    if (getter !== null) source.getters[name] = getter || lateGetter(source, name);
  }
  for (const name in source.getters) define(source.bindings, name, source.getters[name]!);
  source.isBound = true;
  if (source.isOpen) openSources.push(source);
  else fillNamespace(source);
}

/** ECMA-262, GetExportedNames(). Notes on the way which modules have names that only CommonJS knows. */
function exportedNames(source: EsSource, seen: EsSource[]): string[] {
  if (seen.includes(source)) return [];
  seen.push(source);
  const known = Object.keys(source.getters).filter((name) => !(name in source.late));
  const names = [...known, ...Object.keys(source.indirect)];
  for (const star of source.stars) {
    if (isEs(star)) names.push(...exportedNames(star, seen).filter(isNotDefault));
    source.isOpen = source.isOpen || !isEs(star) || star.isOpen || Object.keys(star.late).length > 0;
  }
  return names;
}

const isNotDefault = (name: string): boolean => name !== 'default';

/**
 * ECMA-262, ResolveExport(): the getter that a name means, undefined for none, null for more than one. Names that only
 * CommonJS knows are none.
 */
function resolveExport(source: AnySource, name: string, seen: string[]): Getter | undefined | null {
  if (!isEs(source)) return commonGetter(source, name);
  if (source.getters[name] && !(name in source.late)) return source.getters[name];
  const indirect = source.indirect[name];
  const key = `${source.id}\n${name}`;
  if ((!indirect && !source.stars.length) || seen.includes(key)) return undefined;
  seen.push(key);
  if (!indirect) return isNotDefault(name) ? resolveStars(source, name, seen) : undefined;
  const [request, imported] = indirect;
  const target = source.requested[request] || source;
  return imported === 0 ? namespaceGetter(target) : resolveExport(target, imported, seen);
}

function resolveStars({ stars }: EsSource, name: string, seen: string[]): Getter | undefined | null {
  let found: Getter | undefined;
  for (const star of stars) {
    const getter = isEs(star) ? resolveExport(star, name, seen) : undefined;
    if (getter === null || (getter && found && getter !== found)) return null;
    found = found || getter;
  }
  return found;
}

/** Of a name that means nothing yet. The build has not refused it, so it is that of a CommonJS module behind some star. */
function lateGetter(source: EsSource, name: string): Getter {
  let getter: Getter | undefined;
  return () => {
    getter = getter || findLate(source, name, []);
    return getter && getter();
  };
}

function findLate(source: AnySource, name: string, seen: string[]): Getter | undefined {
  const key = `${source.id}\n${name}`;
  if (!isEs(source) || seen.includes(key)) return undefined;
  seen.push(key);
  if (name in source.late) return source.getters[name];
  const indirect = source.indirect[name];
  if (indirect) return findLate(source.requested[indirect[0]] || source, indirect[1] as string, seen);
  for (const star of source.stars) {
    const getter = findLate(star, name, seen);
    if (getter) return getter;
  }
  return undefined;
}

/** Gives open modules the names that have become known. */
function findOpenNames(): void {
  openSources = openSources.filter((source) => {
    source.isOpen = source.stars.some((star) => (isEs(star) ? star.isOpen : !hasRun(star)));
    addLateNames(source, true);
    // What exports do not list counts where nothing else has the name, which is certain when all have run.
    if (!source.isOpen) addLateNames(source, false);
    fillNamespace(source);
    return source.isOpen;
  });
}

/** Adds the names that CommonJS modules behind the stars have, and list or do not list. Of several, the first star's counts. */
function addLateNames(source: EsSource, isListed: boolean): void {
  for (const star of source.stars) {
    const names = isEs(star) ? star.late : commonNames(star);
    for (const name of Object.keys(names).filter(isNotDefault)) {
      if (names[name] !== isListed || source.getters[name]) continue;
      source.late[name] = isListed;
      source.getters[name] = getterOf(star, name);
      define(source.bindings, name, source.getters[name]);
    }
  }
}
