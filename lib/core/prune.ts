/** All modules that were found → what of them is needed; demand.ts says what that is. */
import type { Module } from '../model';
import { type Demand, isNeeded, isWhole, type Needs } from './demand';
import { isEsModule } from './es-module';
import { allWithMains, findMains, type IsOnePackage, type Mains, withMains } from './halves';
import { DemandPropagation } from './propagation';
import { type Modules, neededPaths } from './reachable';
import { stripModule } from './strip';
import type { Sources } from './unchanged';

/** What a program consists of. */
export interface Program {
  /** The modules that the entries lead to, by path, each without what nobody needs of it. */
  needed: ReadonlyMap<string, Module>;
  /** The modules they were made of, among others that turned out to be of no use. */
  sources: Sources;
}

/**
 * Leaves out what nobody needs. A module comes out as the same object when the same of it is needed.
 * @param modules those that nobody asks for anything may be there or not
 * @param propagation what the entries ask for, if that is known
 */
export function prune(
  modules: Modules,
  entries: readonly string[],
  isOnePackage: IsOnePackage,
  propagation: DemandPropagation = propagateFrom(entries, modules),
): Program {
  const mains = findMains(propagation.needs, modules, isOnePackage);
  if (mains.required.size === 0)
    return {
      needed: findNeeded(modules, entries, propagation),
      sources: sourcesOf(propagation, modules, mains, propagation),
    };
  const changed = allWithMains(modules, mains);
  const asked = propagateFrom(entries, changed);
  return {
    needed: findNeeded(changed, entries, asked),
    sources: sourcesOf(propagation, modules, mains, asked),
  };
}

function findNeeded(
  modules: Modules,
  entries: readonly string[],
  propagation: DemandPropagation,
): ReadonlyMap<string, Module> {
  const needed = new Map<string, Module>();
  const add = (path: string): void => {
    const module = modules.get(path);
    if (!module || needed.has(path)) return;
    const demand = propagation.demands.of(path);
    needed.set(path, pruneModule(module, demand, propagation.needs.get(path) as Needs, modules));
  };
  entries.forEach(add);
  for (const module of needed.values()) neededPaths(module).forEach(add);
  return needed;
}

function propagateFrom(entries: readonly string[], modules: Modules): DemandPropagation {
  const propagation = new DemandPropagation(modules, () => undefined);
  for (const path of entries) {
    const module = propagation.demands.add(path, 'all') ? modules.get(path) : undefined;
    if (module) propagation.from(module);
  }
  return propagation;
}

function sourcesOf(
  { needs, demands, givers }: DemandPropagation,
  modules: Modules,
  mains: Mains,
  asked: DemandPropagation,
): Sources {
  const paths = [...needs.keys()];
  return {
    paths,
    numbers: new Map(paths.map((path, number) => [path, number])),
    modules: paths.map((path) => modules.get(path) as Module),
    demands,
    givers,
    mains,
    asked: { demands: asked.demands, givers: asked.givers },
  };
}

/** What a module was left by: see `stripModule`. */
interface Cut {
  /** The module before. */
  origin: Module;
  names: Demand;
  code: boolean;
  kept: ReadonlySet<number>;
}

/** How each module was pruned last, by what it was before. */
const prunedOf = new WeakMap<Module, Module>();

/** By what they are now. */
const cuts = new WeakMap<Module, Cut>();

/**
 * Leaves out what nobody needs of a module.
 * @param demand what it is asked for
 * @param needs what it needs to give that
 */
export function pruneModule(module: Module, demand: Demand, needs: Needs, modules: Modules): Module {
  const kept = keptReferences(module, needs, modules);
  const names = isWhole(module, demand) ? 'all' : demand;
  if (names === 'all' && kept.size === module.targets.length) return module;
  const cut = { names, code: needs.code, kept };
  const known = prunedOf.get(module);
  if (known && isSameCut(cuts.get(known) as Cut, cut)) return known;
  const made = cutModule(module, cut);
  prunedOf.set(module, made);
  return made;
}

const isSameCut = (a: Cut, b: Omit<Cut, 'origin'>): boolean =>
  a.code === b.code && isSameSet(a.kept, b.kept) && (a.names === b.names || isSameDemand(a.names, b.names));

const isSameDemand = (a: Demand, b: Demand): boolean => a !== 'all' && b !== 'all' && isSameSet(a, b);

const isSameSet = <Item>(a: ReadonlySet<Item>, b: ReadonlySet<Item>): boolean =>
  a === b || (a.size === b.size && [...a].every((item) => b.has(item)));

function cutModule(module: Module, cut: Omit<Cut, 'origin'>): Module {
  const made = stripModule(module, cut.names, cut.code, cut.kept);
  cuts.set(made, { ...cut, origin: module });
  return made;
}

/** The module as it was before anything was left out. */
export const originOf = (module: Module): Module => cuts.get(module)?.origin ?? module;

/** Prunes a module as another one, of the same shape, was. */
export function pruneLike(pruned: Module, module: Module, mains: Mains): Module {
  const cut = cuts.get(pruned);
  const turned = withMains(module, mains);
  return cut ? cutModule(turned, cut) : turned;
}

/** References whose targets have something that is asked for, in order. */
function keptReferences(module: Module, { references }: Needs, modules: Modules): ReadonlySet<number> {
  const stars = starsOf(module);
  const kept = new Set<number>();
  module.targets.forEach((target, index) => {
    const asked = references.get(index);
    if (asked !== undefined && isKept(asked, target, stars.has(index), modules)) kept.add(index);
  });
  return kept;
}

function isKept(asked: Demand, path: string | undefined, isStar: boolean, modules: Modules): boolean {
  if (path === undefined) return true;
  const target = modules.get(path);
  if (target === undefined || !isNeeded(target.isPure, asked)) return false;
  return !isStar || isAnswered(asked, target, modules);
}

const NONE: ReadonlySet<number> = new Set();

/** Indices of the references of `export * from`. */
function starsOf({ facts: { syntax } }: Module): ReadonlySet<number> {
  if (syntax === undefined || syntax.stars.length === 0) return NONE;
  return new Set(syntax.stars.map((request) => syntax.requests[request] as number));
}

/** Whether a star is needed for what is looked for in it. */
function isAnswered(asked: Demand, target: Module, modules: Modules): boolean {
  return asked === 'all' || !target.isPure || providesAny(target, asked, modules);
}

/** Whether a module may have an export of one of the names: of CommonJS, nobody knows. There may be more names than it has. */
function providesAny(
  module: Module,
  names: ReadonlySet<string>,
  modules: Modules,
  seen = new Set<Module>(),
): boolean {
  const { syntax } = module.facts;
  if (syntax === undefined || !isEsModule(module)) return true;
  const isAsked = ({ name }: { name: string }): boolean => names.has(name);
  if (syntax.exports.some(isAsked) || syntax.indirectExports.some(isAsked)) return true;
  if (seen.has(module)) return false;
  seen.add(module);
  return [...starsOf(module)].some((index) => {
    const target = modules.get(module.targets[index] ?? '');
    return target !== undefined && providesAny(target, names, modules, seen);
  });
}
