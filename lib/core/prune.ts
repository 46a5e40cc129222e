/** All modules that were found → what of them is needed; demand.ts says what that is. */
import type { Module } from '../model';
import { type Demand, Demands, findNeeds, isNeeded, isWhole, type Needs } from './demand';
import { isEsModule } from './es-module';
import { type Modules, neededPaths } from './reachable';
import type { Sources } from './unchanged';
import { without } from './without';

/** What a program consists of. */
interface Program {
  /** The modules that the entries lead to, by path, each without what nobody needs of it. */
  needed: ReadonlyMap<string, Module>;
  /** The modules they were made of, among others that turned out to be of no use. */
  sources: Sources;
}

/**
 * Leaves out what nobody needs. A module comes out as the same object when the same of it is needed.
 * @param modules those that nobody asks for anything may be there or not
 */
export function prune(modules: Modules, entries: readonly string[]): Program {
  const sources = spreadDemands(modules, entries);
  const needed = new Map<string, Module>();
  const add = (path: string): void => {
    const module = modules.get(path);
    if (!module || needed.has(module.path)) return;
    needed.set(module.path, pruneModule(module, sources.demands.of(module.path), modules));
  };
  entries.forEach(add);
  for (const module of needed.values()) neededPaths(module).forEach(add);
  return { needed, sources };
}

function spreadDemands(modules: Modules, entries: readonly string[]): Sources {
  const demands = new Demands();
  const found = new Map<string, Module>();
  const line = entries.filter((path) => demands.add(path, 'all'));
  for (const path of line) {
    const module = modules.get(path);
    if (module === undefined) continue;
    found.set(path, module);
    for (const [target, demand] of demandsOn(module, demands.of(path)))
      if (demands.add(target, demand)) line.push(target);
  }
  const paths = [...found.keys()];
  const numbers = new Map(paths.map((path, number) => [path, number]));
  return { paths, numbers, modules: [...found.values()], demands };
}

/** What a module that is asked for something asks of others. */
export function* demandsOn(module: Module, demand: Demand): Generator<[path: string, demand: Demand]> {
  const { code, references } = findNeeds(module, demand);
  for (const [index, asked] of references) {
    const target = module.targets[index];
    if (target !== undefined) yield [target, asked];
  }
  const helpers = code ? Object.values(module.shims) : [];
  for (const helper of [...helpers, module.runtime]) if (helper !== undefined) yield [helper, 'all'];
}

/** What a module was left by: see `without`. */
interface Cut {
  names: Demand;
  code: boolean;
  kept: ReadonlySet<number>;
}

/** How each module was pruned last, by what it was before. */
const prunedOf = new WeakMap<Module, { key: string; module: Module }>();

/** By what they are now. */
const cuts = new WeakMap<Module, Cut>();

function pruneModule(module: Module, demand: Demand, modules: Modules): Module {
  const needs = findNeeds(module, demand);
  const kept = keptReferences(module, needs, modules);
  const names = isWhole(module, demand) ? 'all' : demand;
  if (names === 'all' && kept.size === module.targets.length) return module;
  const key = JSON.stringify([needs.code, [...kept], names === 'all' || [...names].sort()]);
  const known = prunedOf.get(module);
  if (known?.key === key) return known.module;
  const made = cutModule(module, { names, code: needs.code, kept });
  prunedOf.set(module, { key, module: made });
  return made;
}

function cutModule(module: Module, cut: Cut): Module {
  const made = without(module, cut.names, cut.code, cut.kept);
  cuts.set(made, cut);
  return made;
}

/** Prunes a module as another one, of the same shape, was. */
export function pruneLike(pruned: Module, module: Module): Module {
  const cut = cuts.get(pruned);
  return cut ? cutModule(module, cut) : module;
}

/** References whose targets have something that is asked for, in order. */
function keptReferences(module: Module, needs: Needs, modules: Modules): ReadonlySet<number> {
  const stars = starsOf(module);
  const kept = module.targets.map((target, index) => {
    const asked = needs.references.get(index);
    if (asked === undefined || target === undefined) return asked !== undefined;
    const found = modules.get(target);
    if (found === undefined || !isNeeded(found.isPure, asked)) return false;
    return !stars.has(index) || isAnswered(asked, found, modules);
  });
  return new Set(kept.flatMap((isKept, index) => (isKept ? [index] : [])));
}

const starsOf = ({ facts: { syntax } }: Module): ReadonlySet<number> =>
  new Set(syntax?.stars.map((request) => syntax.requests[request] as number));

/** Whether a star is needed for what is looked for in it. */
function isAnswered(asked: Demand, target: Module, modules: Modules): boolean {
  return asked === 'all' || !target.isPure || [...asked].some((name) => provides(target, name, modules));
}

/** Whether a module may have an export of that name: of CommonJS, nobody knows. */
function provides(module: Module, name: string, modules: Modules, seen = new Set<Module>()): boolean {
  const { syntax } = module.facts;
  if (syntax === undefined || !isEsModule(module)) return true;
  if ([...syntax.exports, ...syntax.indirectExports].some((each) => each.name === name)) return true;
  if (seen.has(module)) return false;
  seen.add(module);
  return [...starsOf(module)].some((index) => {
    const target = modules.get(module.targets[index] ?? '');
    return target !== undefined && provides(target, name, modules, seen);
  });
}
