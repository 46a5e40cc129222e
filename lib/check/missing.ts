/** References that resolution could not satisfy: what they may mean after all, and what to say when they mean nothing. */
import { dirname, extname, resolve as resolvePath } from 'node:path';
import { findReachable, type Modules } from '../core/reachable';
import { type DynapackError, type Location, moduleNotFound } from '../errors';
import type { Reference } from '../facts';
import { isPath } from '../fs/candidates';
import { renamingOf } from '../fs/renaming';
import type { Reason } from '../fs/resolution';
import { specifiersOf } from '../fs/settings';
import { locateIn } from '../located';
import type { Module } from '../model';
import { fileOf, isJson } from '../module-path';
import type { ResolvedOptions } from '../options/resolved';

/** A reference whose specifier resolved to nothing, by its index in the module's facts. */
export interface Missing {
  module: Module;
  index: number;
  reason: Reason;
}

/** What a missing specifier may mean among modules that are on no disk: written entries and Files a transform added. */
function findWritten(
  missing: Missing,
  modules: Modules,
  settings: ResolvedOptions['resolve'],
): string | undefined {
  const { path: importer, facts } = missing.module;
  const reference = facts.references[missing.index] as Reference;
  const directory = dirname(fileOf(importer));
  const names = specifiersOf(reference).flatMap(
    (specifier) => renamingOf(specifier, directory, settings)?.names ?? [specifier],
  );
  for (const name of names) {
    const found = isPath(name)
      ? findWrittenAt(resolvePath(directory, name), reference, modules, settings)
      : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function findWrittenAt(
  path: string,
  { kind, attributes }: Reference,
  modules: Modules,
  { extensions, extensionAlias }: ResolvedOptions['resolve'],
): string | undefined {
  if (kind === 'new URL()' || kind === 'url()')
    return modules.get(path)?.asset === undefined ? undefined : path;
  const written = extname(path);
  const stem = path.slice(0, path.length - written.length);
  const suffixes = ['', ...extensions, ...extensions.map((extension) => `/index${extension}`)];
  const candidates = [
    ...suffixes.map((suffix) => path + suffix),
    ...(extensionAlias[written] ?? []).map((extension) => stem + extension),
  ];
  const found = candidates.find((candidate) => modules.get(candidate) !== undefined);
  const isPlain = attributes === undefined || (attributes.type === 'json' && isJson(found ?? ''));
  return isPlain ? found : undefined;
}

/** The modules that hold the references, with those of them that mean something now. */
function settle(
  missing: readonly Missing[],
  modules: Modules,
  resolve: ResolvedOptions['resolve'],
): Map<Module, Module> {
  const settled = new Map<Module, Module>();
  for (const item of missing) {
    const target = findWritten(item, modules, resolve);
    const module = settled.get(item.module) ?? item.module;
    if (target !== module.targets[item.index])
      settled.set(item.module, { ...module, targets: module.targets.with(item.index, target) });
  }
  return settled;
}

/**
 * Gives late-found modules to the references that named them.
 * @param missing references of modules that are among the modules
 * @returns the modules with other targets than before, each by what it was. What stays missing in modules that the entries lead
 * to fails the build, all at once, unless it is optional
 */
export function settleMissing(
  missing: readonly Missing[],
  modules: Modules,
  entries: readonly string[],
  { resolve }: ResolvedOptions,
): ReadonlyMap<Module, Module> {
  const settled = settle(missing, modules, resolve);
  const unmet = missing.filter(({ module, index }) => {
    const { targets } = settled.get(module) ?? module;
    return targets[index] === undefined && !module.facts.references[index]?.optional;
  });
  if (unmet.length === 0) return settled;
  const now = (module: Module | undefined): Module | undefined => module && (settled.get(module) ?? module);
  const reachable = findReachable({ get: (path) => now(modules.get(path)) }, entries);
  const failures = unmet.filter(({ module }) => reachable.get(module.path) === now(module));
  if (failures.length > 0) throw missingError(failures);
  return settled;
}

/** By module and place, so that the same project always names the same reference first. */
function byPlace(a: Missing, b: Missing): number {
  if (a.module !== b.module) return a.module.path < b.module.path ? -1 : 1;
  return a.index - b.index;
}

const locateMissing = ({ module, index }: Missing): Location =>
  locateIn(module, (module.facts.references[index] as Reference).start);

/** The specifier as messages quote it: a data URL may be as long as a file. */
function specifierOf({ module, index }: Missing): string {
  const { specifier } = module.facts.references[index] as Reference;
  return specifier.length > QUOTED ? `${specifier.slice(0, QUOTED)}…` : specifier;
}

/** How much of a specifier a message quotes. */
const QUOTED = 200;

/** How many further missing modules a message lists. */
const LISTED = 10;

/** The error for references that nothing can satisfy, at least one: the first in full, the others by place. */
function missingError(missing: readonly Missing[]): DynapackError {
  const [first, ...others] = [...missing].sort(byPlace) as [Missing, ...Missing[]];
  const also = others.slice(0, LISTED).map((item) => {
    const { fileName, lineNumber, columnNumber } = locateMissing(item);
    return `'${specifierOf(item)}' at ${fileName}:${lineNumber}:${columnNumber}`;
  });
  if (others.length > LISTED) also.push(`and ${others.length - LISTED} more`);
  const { problem, message, hint } = first.reason;
  const what = { ...problem, specifier: specifierOf(first), reason: message };
  return moduleNotFound(what, locateMissing(first), hint(), also);
}
