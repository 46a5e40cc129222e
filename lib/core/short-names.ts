/**
 * Which names of exports may be shorter, and what they are then. How a name is written is nobody's business where all who ask for it are ES modules that
 * say so by `import` or `export … from`: rendering writes both sides. It is where somebody gets the names themselves, with a namespace, by `import()` or by
 * `require`. Modules with `export *` have their names in common with those that they have them from.
 */
import type { Module } from '../model';
import { isSameMap, kept } from './again';
import { isEsModule } from './es-module';
import { fnv1a } from './fnv';

/** Path of a module → its names that are others in bundles, and what they are there. */
export type ShortNames = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** What has a meaning of its own: to `export *`, to promises, to those who require an ES module. */
const FIXED: ReadonlySet<string> = new Set(['default', 'then', '__esModule', 'module.exports']);

/** Paths that requests of a module lead to. */
const targetsOf = ({ facts: { syntax }, targets }: Module, requests: readonly number[]): string[] =>
  requests.flatMap((request) => targets[syntax?.requests[request] as number] ?? []);

/** Paths of the modules whose names a module gets otherwise than by saying them. */
function seenBy(module: Module): string[] {
  const { facts, targets } = module;
  const isEs = isEsModule(module);
  const asked = targets.filter((_, index) => !isEs || facts.references[index]?.kind !== 'import');
  const { imports = [], indirectExports = [] } = facts.syntax ?? {};
  const whole = [
    ...imports.filter(({ name }) => name === undefined),
    ...indirectExports.filter(({ imported }) => imported === undefined),
  ].map(({ request }) => request);
  return [...asked.filter((path) => path !== undefined), ...targetsOf(module, whole)];
}

/** Path → that of one of the modules whose names it shares. */
function findUnions(modules: ReadonlyMap<string, Module>): (path: string) => string {
  const parents = new Map<string, string>();
  const find = (path: string): string => {
    let root = path;
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next;
    if (root !== path) parents.set(path, root);
    return root;
  };
  for (const module of modules.values()) {
    for (const target of targetsOf(module, module.facts.syntax?.stars ?? [])) {
      const [one, other] = [find(module.path), find(target)];
      if (one !== other) parents.set(other, one);
    }
  }
  return find;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Letters that follow from the name alone. Behind them, the name: no other has both. */
function lettersOf(name: string): string {
  let letters = '';
  for (let hash = fnv1a(name); hash > 0; hash = Math.floor(hash / LETTERS.length))
    letters += LETTERS[hash % LETTERS.length];
  return `${letters}$${name}$`;
}

/** Each the fewest letters that no name before it has: a release that adds one changes few others. Names that are as short already have none. */
export function shorten(names: ReadonlySet<string>): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  const short = new Map<string, string>();
  for (const name of [...names].sort()) {
    const letters = lettersOf(name);
    let length = 1;
    while (taken.has(letters.slice(0, length))) length++;
    const own = letters.slice(0, length);
    taken.add(own);
    if (own !== name) short.set(name, own);
  }
  return short;
}

/** Names of each union; none where somebody gets those of one of its modules, or where one of these has its names when it has run. */
function namesByUnion(
  modules: ReadonlyMap<string, Module>,
  unionOf: (path: string) => string,
  seen: ReadonlySet<string>,
): Map<string, Set<string>> {
  const unions = new Map<string, Set<string>>();
  const closed = new Set<string>();
  for (const module of modules.values()) {
    const union = unionOf(module.path);
    if (seen.has(module.path) || !isEsModule(module)) closed.add(union);
    const names = unions.get(union) ?? new Set();
    unions.set(union, names);
    const { exports = [], indirectExports = [] } = module.facts.syntax ?? {};
    for (const { name } of [...exports, ...indirectExports]) if (!FIXED.has(name)) names.add(name);
  }
  for (const union of closed) unions.delete(union);
  return unions;
}

/**
 * @param modules all that can ask each other, without what nobody needs
 * @param entries paths of those whose exports others may get, whoever they are
 * @param before what was found for an earlier build: what is the same is the same object, see again.ts
 */
export function shortNames(
  modules: ReadonlyMap<string, Module>,
  entries: readonly string[],
  before: ShortNames | undefined,
): ShortNames {
  const seen = new Set(entries.concat([...modules.values()].flatMap(seenBy)));
  const unionOf = findUnions(modules);
  const names = namesByUnion(modules, unionOf, seen);
  const unions = new Map<string, ReadonlyMap<string, string>>();
  const found = new Map<string, ReadonlyMap<string, string>>();
  for (const path of modules.keys()) {
    const union = unionOf(path);
    const own = names.get(union);
    if (own === undefined) continue;
    // Many modules may have many names in common: these are compared once.
    const short = unions.get(union) ?? kept(before?.get(path), shorten(own), isSameMap);
    unions.set(union, short);
    if (short.size > 0) found.set(path, short);
  }
  return kept(before, found, isSameMap);
}
