/**
 * What engines refuse when they link ES modules, found when the program is built: names that nobody exports, names that mean
 * two things, and `require` of a module that awaits. ECMA-262, 16.2.1.7.3.1 (InitializeEnvironment).
 */
import { allNew, changesSince } from '../core/changes';
import { isEsModule } from '../core/es-module';
import type { NumberedModules } from '../core/graph';
import { isStyle } from '../core/kinds';
import type { Modules } from '../core/reachable';
import type { DynapackError } from '../errors';
import type { ModuleFacts, ModuleSyntax, Reference, StyleFacts, StyleName } from '../facts';
import { ambiguousExport, circularExport, noExport, providedNothing, requireOfAsync } from '../link-failures';
import { locateIn } from '../located';
import type { Module } from '../model';
import { shownFile } from '../module-path';
import { noStyle, styleExportsNothing } from '../style-failures';
import { AMBIGUOUS, Exports, targetOf } from './exports';

/** What is wrong with a name that a module takes from another one. */
function nameError(
  module: Module,
  { name, request, start }: { name: string | undefined; request: number; start: number },
  exports: Exports,
  whole: Exports,
): DynapackError | undefined {
  const syntax = module.facts.syntax as ModuleSyntax;
  const target = targetOf(module, syntax, request);
  if (exports.isNothing(target)) {
    const { specifier } = module.facts.references[syntax.requests[request] as number] as Reference;
    return styleExportsNothing(specifier, locateIn(module, start));
  }
  if (name === undefined) return undefined;
  const found = exports.meaningOf(target, name);
  if (found !== undefined && found !== AMBIGUOUS) return undefined;
  const { specifier } = module.facts.references[syntax.requests[request] as number] as Reference;
  const at = locateIn(module, start);
  if (found === AMBIGUOUS) return ambiguousExport(name, specifier, at);
  const circle = whole.circleOf(target, name);
  return circle
    ? circularExport(name, specifier, circle.map(shownFile), at)
    : noExport(name, specifier, whole.namesOf(target), at);
}

/** What is wrong with the first such name. */
function linkError(module: Module, exports: Exports, whole: Exports): DynapackError | undefined {
  const { imports, indirectExports } = module.facts.syntax ?? { imports: [], indirectExports: [] };
  for (const entry of imports) {
    const error = nameError(module, entry, exports, whole);
    if (error) return error;
  }
  for (const { imported: name, request, start } of indirectExports) {
    const error = nameError(module, { name, request, start }, exports, whole);
    if (error) return error;
  }
  return undefined;
}

/** What is wrong with a module that stands for a free name. */
function providedError(module: Module, exports: Exports, whole: Exports): DynapackError | undefined {
  const { source, facts, targets } = module;
  for (const [index, { provides, specifier }] of facts.references.entries()) {
    const target = targets[index];
    if (provides === undefined || target === undefined) continue;
    const [free, name = 'default'] = provides as [string, string?];
    if (exports.meaningOf(target, name) !== undefined) continue;
    const at = locateIn(module, Math.max(0, source.indexOf(free)));
    return providedNothing(free, name, specifier, whole.namesOf(target), at);
  }
  return undefined;
}

/** Modules that have been linked. */
export interface Linked extends NumberedModules {
  /** Paths of those that await at their top level. */
  awaiting: ReadonlySet<string>;
}

/** Paths of the modules that await at their top level, and of all that import them. */
export function asyncModules(
  awaiting: ReadonlySet<string>,
  modules: ReadonlyMap<string, Module>,
): ReadonlySet<string> {
  const found = new Set(awaiting);
  if (found.size === 0) return found;
  const importers = new Map<string, string[]>();
  for (const module of modules.values()) {
    module.facts.references.forEach(({ kind }, index) => {
      const target = module.targets[index];
      if (kind !== 'import' || target === undefined) return;
      const known = importers.get(target);
      if (known) known.push(module.path);
      else importers.set(target, [module.path]);
    });
  }
  for (const path of found) for (const importer of importers.get(path) ?? []) found.add(importer);
  return found;
}

/** What CommonJS asks for at once must be there at once. */
function asyncError(module: Module, isAsync: ReadonlySet<string>): DynapackError | undefined {
  if (isAsync.size === 0) return undefined;
  const first = module.facts.references.find(({ kind }, index) => {
    const isImmediate = kind === 'require' || (kind === 'import' && !isEsModule(module));
    return isImmediate && isAsync.has(module.targets[index] ?? '');
  });
  return first && requireOfAsync(first.specifier, locateIn(module, first.start));
}

/** What is wrong with what a style imports, or takes names from. */
function styleError(module: Module, modules: Modules): DynapackError | undefined {
  const { facts, targets } = module;
  if (facts.style === undefined) return undefined;
  const nameError = nameTakenInVain(facts, targets, modules);
  for (const [index, { kind, specifier, start }] of facts.references.entries()) {
    const target = modules.get(targets[index] ?? '');
    if (target === undefined || kind === 'url()') continue;
    const at = locateIn(module, start);
    if (!isStyle(target)) return noStyle(specifier, at);
    const { names } = target.facts.style as StyleFacts;
    if (nameError?.[0] === index) return noExport(nameError[1], specifier, Object.keys(names ?? {}), at);
  }
  return undefined;
}

/** The first name that a style takes over from another one that does not have it. */
function nameTakenInVain(
  { style }: ModuleFacts,
  targets: Module['targets'],
  modules: Modules,
): Exclude<StyleName, string> | undefined {
  for (const part of Object.values(style?.names ?? {}).flat()) {
    if (typeof part === 'string') continue;
    const names = modules.get(targets[part[0]] ?? '')?.facts.style?.names;
    if (names?.[part[1]] === undefined) return part;
  }
  return undefined;
}

const isAwaiting = ({ facts }: Module): boolean => (facts.syntax?.awaits.length ?? 0) > 0;

const pathsOf = (modules: Iterable<Module>): string[] => [...modules].map(({ path }) => path);

/**
 * Fails when an engine would fail to link the modules, which are all there.
 * @param whole modules with all their exports, for messages
 * @param before modules that have been linked: of those that are the same objects only that is looked at which others can change
 * @throws NO_EXPORT, NO_STYLE, AMBIGUOUS_EXPORT or REQUIRE_ASYNC, the first by path and place
 */
export function checkLinks(
  modules: ReadonlyMap<string, Module>,
  whole: Modules,
  before?: Linked,
): Linked['awaiting'] {
  const exports = new Exports(modules);
  const wholeExports = new Exports(whole);
  const { changed, exposed } = before ? changesSince(before, modules) : allNew(modules);
  const kept = [...(before?.awaiting ?? [])].filter((path) => modules.has(path) && !changed.has(path));
  const awaiting = new Set([...kept, ...pathsOf([...changed.values()].filter(isAwaiting))]);
  const isAsync = asyncModules(awaiting, modules);
  let first: { path: string; error: DynapackError } | undefined;
  for (const module of (isAsync.size > 0 ? modules : exposed).values()) {
    if (first && first.path < module.path) continue;
    const error =
      providedError(module, exports, wholeExports) ??
      linkError(module, exports, wholeExports) ??
      styleError(module, modules) ??
      asyncError(module, isAsync);
    if (error) first = { path: module.path, error };
  }
  if (first) throw first.error;
  return awaiting;
}
