/** References that resolution could not satisfy: what they may mean after all, and what to say when they mean nothing. */
import { dirname, join } from 'node:path';
import { type DynapackError, type Location, locate, moduleNotFound } from './errors';
import type { Module, Reference } from './model';
import type { ResolvedOptions } from './options';

/** A reference whose specifier resolved to nothing, by its index in the module's facts. */
export interface Missing {
  module: Module;
  index: number;
  reason: string;
}

/** What a missing specifier may mean among modules that are on no disk: written entries and Files a transform added. */
function findWritten(missing: Missing, modules: ReadonlyMap<string, Module>, extensions: readonly string[]) {
  const { specifier } = missing.module.facts.references[missing.index] as { specifier: string };
  if (!/^(\.{0,2}\/|\.\.?$)/.test(specifier)) return undefined;
  const path = specifier.startsWith('/') ? specifier : join(dirname(missing.module.path), specifier);
  const suffixes = ['', ...extensions, ...extensions.map((extension) => `/index${extension}`)];
  return suffixes.map((suffix) => path + suffix).find((candidate) => modules.has(candidate));
}

/** Everything the entries lead to. */
function findReachable(
  modules: ReadonlyMap<string, Module>,
  entries: readonly string[],
): ReadonlySet<Module> {
  const reached = new Set<Module>();
  const add = (path: string | undefined): void => {
    const module = path === undefined ? undefined : modules.get(path);
    if (module) reached.add(module);
  };
  entries.forEach(add);
  for (const module of reached) [...module.targets, ...Object.values(module.shims)].forEach(add);
  return reached;
}

/**
 * Gives late-found modules to the references that named them. What stays missing in modules that the entries lead to
 * fails the build, all at once, unless it is optional.
 */
export function settleMissing(
  missing: readonly Missing[],
  modules: ReadonlyMap<string, Module>,
  entries: readonly string[],
  options: ResolvedOptions,
): void {
  for (const item of missing) {
    item.module.targets[item.index] = findWritten(item, modules, options.resolve.extensions);
  }
  const unmet = missing.filter(({ module, index }) => {
    return module.targets[index] === undefined && !module.facts.references[index]?.optional;
  });
  if (unmet.length === 0) return;
  const reachable = findReachable(modules, entries);
  const failures = unmet.filter(({ module }) => reachable.has(module));
  if (failures.length > 0) throw missingError(failures);
}

/** By module and place, so that the same project always names the same reference first. */
function byPlace(a: Missing, b: Missing): number {
  if (a.module !== b.module) return a.module.path < b.module.path ? -1 : 1;
  return a.index - b.index;
}

const locateMissing = ({ module, index }: Missing): Location =>
  locate(module.path, module.source, (module.facts.references[index] as Reference).start);

const specifierOf = ({ module, index }: Missing): string =>
  module.facts.references[index]?.specifier as string;

/** How many further missing modules a message lists. */
const LISTED = 10;

/** The error for references that nothing can satisfy, at least one: the first in full, the others by place. */
function missingError(missing: readonly Missing[]): DynapackError {
  const [first, ...others] = [...missing].sort(byPlace) as [Missing, ...Missing[]];
  const specifier = specifierOf(first);
  const also = others.slice(0, LISTED).map((item) => {
    const { fileName, lineNumber, columnNumber } = locateMissing(item);
    return `'${specifierOf(item)}' at ${fileName}:${lineNumber}:${columnNumber}`;
  });
  if (others.length > LISTED) also.push(`and ${others.length - LISTED} more`);
  const hint = missingHint(specifier, first.reason);
  return moduleNotFound(specifier, first.reason, locateMissing(first), hint, also);
}

function missingHint(specifier: string, reason: string): string {
  if (reason.includes('no browser shim')) {
    return `Give it one: builtins: { …, '${specifier}': file }, or resolve: { alias: { '${specifier}': false } } for an empty module.`;
  }
  if (reason.startsWith('JSONError'))
    return 'That package.json is not valid JSON: install the package again.';
  if (reason.includes('is not exported'))
    return 'The package allows only the paths its "exports" field lists.';
  if (/^[./]/.test(specifier)) return 'Check the path, its case and its extension (resolve.extensions).';
  return `Is it installed? npm install ${packageName(specifier)}`;
}

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
