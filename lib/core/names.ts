/**
 * What modules, entries and bundles are called. Names depend neither on the machine nor on the order in which
 * anything arrived, and change from release to release as little as can be. Hash functions are passed in.
 */

import { shownPath } from '../module-path';
import { isDataUrl } from '../urls';
import { FileNames, fold, type Hash, hashSuffix, toFile } from './file-names';

const NODE_MODULES = 'node_modules/';

/**
 * Path → stable name, unique: for a package's module the package's name and the path in it, `lodash/map.js`;
 * for others the path relative to `root`, `./src/main.js` or `../shared/main.js`. Where packages are installed
 * more than once, the copy with the shortest path relative to `root` has the short name, and the others' names
 * begin one `node_modules/` further left, or two, and so on.
 */
export function stableNames(paths: Iterable<string>, root: string): Map<string, string> {
  const relativeOf = relativeName(root);
  const relatives = [...new Set(paths)].map((path) => ({ path, relative: relativeOf(path) }));
  relatives.sort(
    (a, b) =>
      a.relative.length - b.relative.length || compare(a.relative, b.relative) || compare(a.path, b.path),
  );
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { path, relative } of relatives) {
    let name = listNames(relative).find((candidate) => !taken.has(candidate)) ?? relative;
    // A file with a query in its very name, beside an instance of that query.
    while (taken.has(name)) name += '?';
    taken.add(name);
    names.set(path, name);
  }
  return names;
}

/** Path → the path from `root`, with slashes. A `data:` URL is where it is on every machine. */
export function relativeName(root: string): (path: string) => string {
  const segments = toSegments(root);
  return (path) => (isDataUrl(path) ? shownPath(path) : relativeTo(segments, shownPath(path)));
}

/** By code units: the same everywhere, unlike what a locale says. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A backslash separates on Windows only; elsewhere it may be part of a name. */
function toSegments(path: string, isWindows = isWindowsPath(path)): string[] {
  const normal = isWindows
    ? path.replaceAll('\\', '/').replace(/^[a-z]:/, (drive) => drive.toUpperCase())
    : path;
  return normal.split('/').filter((segment) => segment !== '');
}

function isWindowsPath(path: string): boolean {
  return /^([A-Za-z]:|\\\\)/.test(path);
}

function relativeTo(root: readonly string[], path: string): string {
  const segments = toSegments(path);
  let common = 0;
  while (common < root.length && common < segments.length - 1 && root[common] === segments[common]) common++;
  const up = root.slice(common).map(() => '..');
  return [...(up.length === 0 ? ['.'] : up), ...segments.slice(common)].join('/');
}

/** The names a module may have, the shortest first: what follows each `node_modules/`, then the whole path. */
function listNames(relative: string): string[] {
  if (isDataUrl(relative)) return [relative];
  const names: string[] = [];
  for (let at = relative.lastIndexOf(`/${NODE_MODULES}`); at !== -1; at = lastBefore(relative, at)) {
    names.push(relative.slice(at + 1 + NODE_MODULES.length));
  }
  return [...names, relative];
}

function lastBefore(relative: string, at: number): number {
  return at === 0 ? -1 : relative.lastIndexOf(`/${NODE_MODULES}`, at - 1);
}

/** Keys that objects reorder (all that look like numbers) or understand otherwise. */
const UNSAFE_KEY = /^\d+$|^__proto__$/;
const ID_LENGTH = 4;

/**
 * Name → id, unique and safe as a key of an object: the first characters of the name's hash, four of them, and more
 * for those that would be equal. With `debug` the name, with colons for its dots. No id looks like the name of a file:
 * plugins such as gulp-rev-rewrite replace all that do, in some of the texts that must agree on it.
 */
export function moduleIds(names: Iterable<string>, hash: Hash, debug: boolean): Map<string, string> {
  const unique = [...new Set(names)];
  if (debug) return new Map(unique.map((name) => [name, readableId(name)]));
  const ids = new Map<string, string>();
  let pending = unique.map((name) => ({ name, text: `${hash(name)}-${name}` }));
  for (let length = ID_LENGTH; pending.length > 0; length++) {
    const groups = groupBy(pending, ({ text }) => text.slice(0, length));
    pending = [];
    for (const [id, group] of groups) {
      if (group.length > 1 || UNSAFE_KEY.test(id)) pending.push(...group);
      else for (const { name } of group) ids.set(name, id);
    }
  }
  return ids;
}

/** Unlike that of any other name: what is a colon already is written as in URLs. */
function readableId(name: string): string {
  const segments = name.replace(/[%:]/g, encodeURIComponent).split('/');
  const id = segments.map((each) => (/^\.\.?$/.test(each) ? each : each.replaceAll('.', ':'))).join('/');
  return UNSAFE_KEY.test(id) ? NODE_MODULES + id : id;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** An entry while its name grows: the possible names and which of them it has. */
interface NamedEntry {
  names: string[];
  chosen: number;
}

/**
 * The names of entries, unique also where case does not count: relative paths without extension, or with it where
 * nothing else tells two files apart; styles keep theirs beside a script. Entries whose names would be equal have as many parent directories before
 * theirs as it takes; those whose paths differ in case only, a piece of hash after theirs.
 */
export function entryNames(
  entries: readonly { path: string; relative: string }[],
  root: string,
  hash: Hash,
  isStyle: (path: string) => boolean = () => false,
): string[] {
  const paths = groupBy(entries, ({ path }) => fold(path));
  const stems = groupBy([...paths.keys()], withoutExtension);
  const rootSegments = toSegments(root);
  const named = entries.map((entry): NamedEntry => {
    const path = fold(entry.path);
    const rivals = (stems.get(withoutExtension(path)) ?? []).filter(
      (other) => isStyle(path) || other === path || !isStyle(other),
    );
    const names = listEntryNames(entry, rivals.length > 1);
    const isTwin = (paths.get(path)?.length ?? 0) > 1;
    const suffix = isTwin ? hashSuffix(relativeTo(rootSegments, entry.path), hash) : '';
    return { names: names.map((name) => name + suffix), chosen: 0 };
  });
  const nameOf = ({ names, chosen }: NamedEntry): string => names[chosen] as string;
  for (let changed = true; changed; ) {
    changed = false;
    for (const group of groupBy(named, (entry) => fold(nameOf(entry))).values()) {
      const growing =
        group.length === 1 ? [] : group.filter(({ names, chosen }) => chosen < names.length - 1);
      for (const entry of growing) entry.chosen++;
      if (growing.length > 0) changed = true;
    }
  }
  return named.map(nameOf);
}

/** From the relative path to the whole one. */
function listEntryNames(
  { path, relative }: { path: string; relative: string },
  keepsExtension: boolean,
): string[] {
  const whole = toSegments(path);
  const own = toSegments(relative, isWindowsPath(path)).filter(
    (segment) => !/^(\.\.?|[A-Za-z]:)$/.test(segment),
  );
  const parents = whole
    .slice(0, Math.max(0, whole.length - own.length))
    .filter((segment) => !segment.endsWith(':'));
  const names: string[] = [];
  for (let first = parents.length; first >= 0; first--) {
    const name = [...parents.slice(first), ...own].join('/');
    names.push(keepsExtension ? name : withoutExtension(name));
  }
  return names;
}

function withoutExtension(path: string): string {
  return path.replace(/(?<=[^/])\.[^./]+$/, '');
}

/** What names of bundles are made from. Modules are numbers, as in the split. */
export interface NamingInput {
  /** Modules of each bundle. */
  bundles: readonly (readonly number[])[];
  /** Stable name of each module. */
  names: readonly string[];
  /** Entry module → its entry name. */
  entries: ReadonlyMap<number, string>;
  /** Whether a module is the target of a dynamic edge. */
  isRoot: (module: number) => boolean;
  /** Name of the group that a module is in, and with it all of its bundle. */
  groupOf?: (module: number) => string | undefined;
  /** File names that others have. */
  reserved: readonly string[];
  hash: Hash;
  /** Every bundle holds one module only and is called like it. */
  debug: boolean;
}

/** What a bundle is called, and the module that decides it. */
export interface NamedBundle {
  /** File name. */
  name: string;
  representative: number;
}

/** A module that speaks for its bundle. */
interface Representative {
  module: number;
  /** The name the bundle gets if no other bundle has it, without `.js`. */
  stem: string;
  /** Stable name of the module. */
  name: string;
  /** Entries keep their names, before other roots and before all others. */
  rank: number;
}

/**
 * Names the bundles. One module decides it, so that names outlive changes of the others: the first
 * entry, else the first root, else the module whose name has the smallest hash, which a new one of n + 1 takes
 * over with probability 1 / (n + 1). Names that are equal where case does not count get a piece of hash, and so do
 * those that would need a directory where there is a file, or a file where there is a directory. Names in groups begin with those of the groups.
 */
export function nameBundles(input: NamingInput): NamedBundle[] {
  const chosen = input.bundles.map((modules, bundle) => ({ bundle, ...represent(modules, input) }));
  const order = chosen.sort(
    (a, b) => a.rank - b.rank || a.name.length - b.name.length || compare(a.name, b.name),
  );
  const taken = new FileNames(input.reserved);
  const result: NamedBundle[] = [];
  for (const { bundle, module, stem, name } of order) {
    const longer = (taken.needsFileAsDirectory(stem) ? toSlug(stem) : stem) + hashSuffix(name, input.hash);
    result[bundle] = { name: taken.take(`${stem}.js`, longer, '.js'), representative: module };
  }
  return result;
}

function represent(modules: readonly number[], input: NamingInput): Representative {
  const found = findRepresentative(modules, input);
  const group = input.debug ? undefined : input.groupOf?.(found.module);
  if (group === undefined) return found;
  const stem = found.rank === SHARED ? toSlug(found.name) : toSlug(found.stem);
  return { ...found, stem: toFile(`${group}-${stem}`) };
}

/** Rank of a bundle that holds nothing but what several need. */
const SHARED = 2;

/** What the names of modules begin with that are dynapack's own. */
const OWN = 'dynapack/virtual/';

function findRepresentative(modules: readonly number[], input: NamingInput): Representative {
  const { names, entries, isRoot, hash, debug } = input;
  const nameOf = (module: number): string => names[module] as string;
  const entryNameOf = (module: number): string => entries.get(module) as string;
  const represented = (module: number, stem: string, rank: number): Representative => ({
    module,
    stem,
    name: nameOf(module),
    rank,
  });
  if (debug) {
    const only = modules[0] as number;
    return represented(only, toFile(withoutScript(nameOf(only))), 0);
  }
  const entry = smallest(
    modules.filter((module) => entries.has(module)),
    entryNameOf,
  );
  if (entry !== undefined) return represented(entry, toFile(entryNameOf(entry)), 0);
  const root = smallest(modules.filter(isRoot), nameOf);
  if (root !== undefined) return represented(root, toSlug(nameOf(root)), 1);
  // What dynapack adds says nothing of what is in the bundle.
  const telling = modules.filter((module) => !nameOf(module).startsWith(OWN));
  const shared = smallest(telling.length > 0 ? telling : modules, (module) => hash(nameOf(module))) as number;
  return represented(shared, `shared-${toSlug(nameOf(shared))}`, SHARED);
}

/** The item with the smallest key. */
function smallest(items: readonly number[], keyOf: (item: number) => string): number | undefined {
  let found: { item: number; key: string } | undefined;
  for (const item of items) {
    const key = keyOf(item);
    if (found === undefined || key < found.key) found = { item, key };
  }
  return found?.item;
}

function withoutScript(name: string): string {
  return name.replace(/(?<=[^/])\.(?:[cm]?[jt]sx?|css)$/, '');
}

/** File systems allow 255 bytes; the end of a long name tells more than its beginning. */
const SLUG_LENGTH = 100;

/** A stable name as one word, without dots, before which rev plugins put their hash: `./src/a.b.js` becomes `src-a-b`. */
export function toSlug(name: string): string {
  const slug = withoutScript(name)
    .replace(/[^A-Za-z0-9_]+/g, '-')
    .slice(-SLUG_LENGTH)
    .replace(/^-+/, '');
  return toFile(slug);
}
