/** Packages that a build holds twice although one instance is what their users count on. */
import type { Reference } from '../facts';
import type { PackageInfo, PackageOf } from '../fs/packages';
import type { Resolve } from '../fs/resolve';
import { locateIn } from '../located';
import type { Module } from '../model';
import { fileOf } from '../module-path';
import type { BuildWarning } from '../warnings';

type Modules = ReadonlyMap<string, Module>;

/** A reference from one package into another. */
interface Use {
  importer: Module;
  reference: Reference;
  target: string;
  package: PackageInfo;
}

const isImport = ({ kind }: Reference): boolean => kind === 'import' || kind === 'import()';

/** The package of a module, and what it uses of others. */
interface Belonging {
  package: PackageInfo | undefined;
  uses: readonly Use[];
}

/** A module that is the same object in a later build has the same package.json files: a change of one makes all modules anew. */
const belongings = new WeakMap<Module, Belonging>();

function belongingOf(module: Module, packageOf: PackageOf): Belonging {
  const known = belongings.get(module);
  if (known) return known;
  const own = packageOf(module.path);
  const made = { package: own, uses: usesOf(module, own, packageOf) };
  belongings.set(module, made);
  return made;
}

function usesOf(module: Module, own: PackageInfo | undefined, packageOf: PackageOf): Use[] {
  const uses: Use[] = [];
  module.facts.references.forEach((reference, index) => {
    const target = module.targets[index];
    const used = target === undefined ? undefined : packageOf(target);
    if (target === undefined || used === undefined || used.directory === own?.directory) return;
    uses.push({ importer: module, reference, target, package: used });
  });
  return uses;
}

/** By code units: the same everywhere. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** How many importers a message lists. */
const LISTED = 3;

/** Where something is used: the first place in each of some modules. */
function listImporters(uses: readonly Use[]): string {
  const first = new Map<string, Use>();
  for (const use of uses) if (!first.has(use.importer.path)) first.set(use.importer.path, use);
  const importers = [...first.keys()].sort(compare);
  const places = importers.slice(0, LISTED).map((path) => placeOf(first.get(path) as Use));
  const rest = importers.length - LISTED;
  return places.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function placeOf({ importer, reference }: Use): string {
  const { lineNumber, columnNumber } = locateIn(importer, reference.start);
  return `${importer.path}:${lineNumber}:${columnNumber}`;
}

/** Name → names of the packages that expect to share it with their user. */
function peersOf(packages: Iterable<PackageInfo>): Map<string, string[]> {
  const peers = new Map<string, string[]>();
  for (const { name, directory, peers: named } of packages) {
    for (const peer of named) peers.set(peer, [...(peers.get(peer) ?? []), name ?? directory]);
  }
  return peers;
}

function peerWarning(copies: readonly PackageInfo[], uses: readonly Use[], users: readonly string[]) {
  const sorted = [...copies].sort(
    (a, b) => a.directory.length - b.directory.length || compare(a.directory, b.directory),
  );
  const { name, directory } = sorted.at(-1) as PackageInfo;
  const shown = sorted.map((copy) => {
    const importers = listImporters(uses.filter((use) => use.package.directory === copy.directory));
    return `${copy.version ?? 'no version'} in ${copy.directory}${importers && ` (used by ${importers})`}`;
  });
  const expecting = [...new Set(users)].sort(compare).slice(0, LISTED).join(', ');
  return {
    code: 'DUPLICATE_PEER',
    path: directory,
    message: `is another copy of ${name}, which ${expecting} expects to share (peerDependencies): ${shown.join('; ')}`,
    hint: `npm ls ${name} shows who asks for which version; npm dedupe, or "overrides" in package.json, gives all of them one.`,
  };
}

/** @param packages those of all modules, each once */
function findPeers(packages: readonly PackageInfo[], uses: readonly Use[]): BuildWarning[] {
  return [...peersOf(packages)].flatMap(([peer, users]) => {
    const copies = packages.filter(({ name }) => name === peer);
    return copies.length < 2 ? [] : [peerWarning(copies, uses, users)];
  });
}

/** The scripts of its own package that a module needs, itself included. */
function ownScripts(path: string, modules: Modules, packageOf: PackageOf): ReadonlySet<string> {
  const directory = packageOf(path)?.directory;
  const found = new Set([path]);
  for (const each of found) {
    for (const target of modules.get(each)?.targets ?? []) {
      const isOwn = target !== undefined && packageOf(target)?.directory === directory;
      if (isOwn && !fileOf(target).endsWith('.json')) found.add(target);
    }
  }
  return found;
}

function dualWarning(imported: Use, requiredPath: string, uses: readonly Use[]): BuildWarning {
  const { directory, name, version } = imported.package;
  const inPackage = uses.filter((use) => use.package.directory === directory);
  const importers = listImporters(inPackage.filter(({ target }) => target === imported.target));
  const requirers = listImporters(
    inPackage.filter((use) => !isImport(use.reference) && use.target !== imported.target),
  );
  return {
    code: 'DUAL_PACKAGE',
    path: directory,
    message:
      `is in the build twice (${[name, version].filter(Boolean).join(' ')}): import gives ${imported.target} (in ` +
      `${importers}), require gives ${requiredPath} (in ${requirers}), and the two have no file in common`,
    hint: `Let both mean one file: resolve: { alias: { '${imported.reference.specifier}$': '${requiredPath}' } }.`,
  };
}

/**
 * The import's other half: the file that `require` of the same specifier in the same place means, when the build holds it
 * as well. Where the two share a script, which may be where the state is, or where one is a wrapper of the other, there is none.
 */
function otherInstance(
  use: Use,
  modules: Modules,
  packageOf: PackageOf,
  resolve: Resolve,
): string | undefined {
  const required = resolve(use.reference.specifier, use.importer.path, 'require');
  if (!('path' in required) || required.path === use.target || !modules.has(required.path)) return undefined;
  if (packageOf(required.path)?.directory !== use.package.directory) return undefined;
  const imported = ownScripts(use.target, modules, packageOf);
  for (const path of ownScripts(required.path, modules, packageOf)) if (imported.has(path)) return undefined;
  return required.path;
}

function findDual(modules: Modules, uses: readonly Use[], packageOf: PackageOf, resolve: Resolve) {
  const required = new Set(
    uses.filter((use) => !isImport(use.reference)).map((use) => use.package.directory),
  );
  const asked = new Set<string>();
  const warnings = new Map<string, BuildWarning>();
  const imports = uses.filter((use) => isImport(use.reference) && required.has(use.package.directory));
  imports.sort(
    (a, b) =>
      compare(a.reference.specifier, b.reference.specifier) || compare(a.importer.path, b.importer.path),
  );
  for (const use of imports) {
    const { directory } = use.package;
    const question = `${use.reference.specifier}\n${use.target}`;
    if (warnings.has(directory) || asked.has(question)) continue;
    asked.add(question);
    const other = otherInstance(use, modules, packageOf, resolve);
    if (other !== undefined) warnings.set(directory, dualWarning(use, other, uses));
  }
  return [...warnings.values()];
}

/**
 * Finds packages with two instances in one build:
 * - `DUPLICATE_PEER`: a package is there from several directories, and some package names it as a peer dependency, which
 *   is how packages say that there must be one copy (React and its like);
 * - `DUAL_PACKAGE`: a package is there from two sets of files, because `import` and `require` of one specifier mean
 *   different files of it, with state of their own each. (Node's documentation calls that the dual package hazard.)
 * @param modules the modules of the bundles, by path
 * @param resolve the resolver of the build
 * @returns by path; the same for the same modules in any order
 */
export function findDuplicates(modules: Modules, packageOf: PackageOf, resolve: Resolve): BuildWarning[] {
  const uses: Use[] = [];
  const packages = new Map<string, PackageInfo>();
  for (const module of modules.values()) {
    const belonging = belongingOf(module, packageOf);
    for (const use of belonging.uses) uses.push(use);
    if (belonging.package) packages.set(belonging.package.directory, belonging.package);
  }
  const warnings = [
    ...findPeers([...packages.values()], uses),
    ...findDual(modules, uses, packageOf, resolve),
  ];
  return warnings.sort((a, b) => compare(a.path, b.path) || compare(a.code, b.code));
}
