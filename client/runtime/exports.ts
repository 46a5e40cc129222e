/** Modules some of whose names are those of CommonJS modules that have not run. */
let openSources: EsSource[] = [];

/** Adds the indirect exports and those of the stars to the module's own, and gives them all to who imports them. */
function bindExports(source: EsSource): void {
  for (const name of exportedNames(source, [])) {
    const getter = resolveExport(source, name, []);
    if (getter) source.getters[name] = getter;
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
  const names = [...Object.keys(source.getters), ...Object.keys(source.indirect)];
  for (const star of source.stars) {
    if (isEs(star)) names.push(...exportedNames(star, seen).filter(isNotDefault));
    source.isOpen = source.isOpen || !isEs(star) || star.isOpen;
  }
  return names;
}

const isNotDefault = (name: string): boolean => name !== 'default';

/** ECMA-262, ResolveExport(): the getter that a name means, undefined for none, null for more than one. */
function resolveExport(source: AnySource, name: string, seen: string[]): Getter | undefined | null {
  if (!isEs(source)) return commonGetter(source, name);
  if (source.getters[name]) return source.getters[name];
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

/** Gives open modules the names that have become known. */
function findOpenNames(): void {
  openSources = openSources.filter((source) => {
    for (const star of source.stars) {
      for (const name of namesOf(star).filter(isNotDefault)) {
        if (source.getters[name]) continue;
        source.getters[name] = getterOf(star, name);
        define(source.bindings, name, source.getters[name]);
      }
    }
    source.isOpen = source.stars.some((star) => (isEs(star) ? star.isOpen : !hasRun(star)));
    fillNamespace(source);
    return source.isOpen;
  });
}
