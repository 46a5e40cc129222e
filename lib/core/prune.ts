/** All modules that were found → what of them is needed; demand.ts says what that is. */
import type { Module } from '../model';
import { isSameList } from './again';
import { asksFor, type Demand, type Demands, isNeeded, type Needs, type Rule, wholeModules } from './demand';
import { isEsModule } from './es-module';
import { allWithMains, findMains, type IsOnePackage, type Mains } from './halves';
import { isWithin, partsIn } from './parts';
import { usesOfPassages } from './passages';
import { DemandPropagation } from './propagation';
import { type Modules, neededPaths } from './reachable';
import { namesOfStars } from './stars';
import { type Remains, stripModule } from './strip';
import { type Passage, passageKey, passThrough, Ways } from './through';
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
      needed: findNeeded(modules, entries, propagation).needed,
      sources: sourcesOf(propagation, modules, mains, propagation),
    };
  const changed = allWithMains(modules, mains);
  const asked = propagateFrom(entries, changed);
  return {
    needed: findNeeded(changed, entries, asked).needed,
    sources: sourcesOf(propagation, modules, mains, asked),
  };
}

/** Modules of which nothing stands in for another. */
const NO_MAINS: Mains = { known: new Set(), required: new Set() };

/** Leaves out, of modules that are all there, what is not needed by a rule, and then the modules that are not needed any more. */
export function pruneBy(
  rule: Rule,
  modules: ReadonlyMap<string, Module>,
  entries: readonly string[],
): Program {
  const propagation = propagateFrom(entries, modules, rule);
  const { needed, passages } = findNeeded(modules, entries, propagation, rule);
  return { needed, sources: { ...sourcesOf(propagation, modules, NO_MAINS, propagation), passages } };
}

/** What the entries lead to, and which passages there are: whether they are of use. */
interface Needed {
  needed: ReadonlyMap<string, Module>;
  passages: Sources['passages'];
}

function findNeeded(
  modules: Modules,
  entries: readonly string[],
  { needs, demands }: DemandPropagation,
  rule: Rule = wholeModules,
): Needed {
  const needed = new Map<string, Module>();
  const ways = waysIn(modules, rule, demands);
  const put = (path: string, isMeant: IsMeant): Module | undefined => {
    const module = modules.get(path);
    if (module === undefined) return undefined;
    const pruned = pruneModule(module, needs.get(path) as Needs, modules, rule, { ways, isMeant });
    needed.set(path, pruned);
    return pruned;
  };
  const addFrom = (line: (string | undefined)[], isMeant: IsMeant): void => {
    for (const path of line) {
      const module = path === undefined || needed.has(path) ? undefined : put(path, isMeant);
      if (module) line.push(...neededPaths(module));
    }
  };
  addFrom([...entries], () => true);
  const passages = usesOfPassages(needed, entries, passagesOf);
  const isMeant: IsMeant = (key) => passages.get(key) === true;
  for (const module of [...needed.values()]) {
    if (passagesOf(module).every(({ index }) => isMeant(passageKey(module.path, index)))) continue;
    addFrom(neededPaths(put(module.path, isMeant) as Module), isMeant);
  }
  return { needed, passages };
}

function propagateFrom(entries: readonly string[], modules: Modules, rule?: Rule): DemandPropagation {
  const propagation = new DemandPropagation(modules, () => undefined, undefined, rule);
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
    passages: new Map(),
  };
}

/** What a module was left of, and with what. */
interface Cut extends Remains {
  /** The module before. */
  origin: Module;
}

/** How each module was pruned last, by what it was before. */
const prunedOf = new WeakMap<Module, Module>();

/** By what they are now. */
const cuts = new WeakMap<Module, Cut>();

/** What each module was made into last by passing others, by what it was before. */
const passedOf = new WeakMap<Module, Module>();

/** By what they are now. */
const passings = new WeakMap<Module, { origin: Module; passages: readonly Passage[] }>();

/** Whether a passage is to be taken, by its key. */
type IsMeant = (key: string) => boolean;

/** What counts beside a module. */
interface Beside {
  /** The ways of names from it. */
  ways: Ways;
  isMeant: IsMeant;
}

/** The ways of names in a program. */
export const waysIn = (modules: Modules, rule: Rule, demands: Demands): Ways =>
  new Ways(modules, rule, (path) => demands.of(path));

/**
 * Leaves out what nobody needs of a module.
 * @param needs what it needs to give what it is asked for
 */
export function pruneModule(
  module: Module,
  needs: Needs,
  modules: Modules,
  rule: Rule,
  { ways, isMeant }: Beside,
): Module {
  const pruned = cutWhere(module, needs, modules, rule);
  if (!rule.namesStars) return pruned;
  const passages = ways.passagesOf(pruned).filter(({ index }) => isMeant(passageKey(module.path, index)));
  if (passages.length === 0) return pruned;
  const known = passedOf.get(pruned);
  if (known && JSON.stringify(passings.get(known)?.passages) === JSON.stringify(passages)) return known;
  const made = pass(pruned, passages);
  passedOf.set(pruned, made);
  return made;
}

function pass(origin: Module, passages: readonly Passage[]): Module {
  const made = passThrough(origin, passages);
  passings.set(made, { origin, passages });
  return made;
}

function cutWhere(module: Module, needs: Needs, modules: Modules, rule: Rule): Module {
  const { names, code, parts } = needs;
  const kept = keptReferences(module, needs, modules, rule);
  const inherited = rule.namesStars ? namesOfStars(module, names, modules) : undefined;
  const isWhole = names === 'all' && kept.size === module.targets.length && !inherited;
  if (isWhole && (parts === undefined || isAllUsed(module, parts))) return module;
  const remains = { names, code, kept, ...(parts && { parts }), ...(inherited && { inherited }) };
  const known = prunedOf.get(module);
  if (known && isSameCut(cuts.get(known) as Cut, remains)) return known;
  const made = cutModule(module, remains);
  prunedOf.set(module, made);
  return made;
}

/** Whether these are all parts of a module, and nothing is imported for code that is dead, or for none: nobody has asked for that. */
function isAllUsed({ facts: { syntax } }: Module, parts: readonly number[]): boolean {
  if (parts.length < partsIn(syntax).length) return false;
  if (syntax && new Set(syntax.uses.map(({ entry }) => entry)).size < syntax.imports.length) return false;
  const dead = syntax?.parts?.dead ?? [];
  return dead.length === 0 || !syntax?.uses.some(({ start }) => isWithin(dead, start));
}

const isSameCut = (a: Remains, b: Remains): boolean =>
  a.code === b.code &&
  isSameList(a.parts ?? [], b.parts ?? []) &&
  isSameSet(a.kept, b.kept) &&
  (a.inherited === b.inherited || JSON.stringify(a.inherited) === JSON.stringify(b.inherited)) &&
  (a.names === b.names || isSameDemand(a.names, b.names));

const isSameDemand = (a: Demand, b: Demand): boolean => a !== 'all' && b !== 'all' && isSameSet(a, b);

const isSameSet = <Item>(a: ReadonlySet<Item>, b: ReadonlySet<Item>): boolean =>
  a === b || (a.size === b.size && [...a].every((item) => b.has(item)));

function cutModule(module: Module, remains: Remains): Module {
  const made = stripModule(module, remains);
  cuts.set(made, { ...remains, origin: module });
  return made;
}

/** The module as it was before anything was left out. */
export function originOf(module: Module): Module {
  const { origin } = passings.get(module) ?? cuts.get(module) ?? {};
  return origin ? originOf(origin) : module;
}

/** What a module asks of others in the place of those that hand it on, and what it was before. */
export const passingOf = (module: Module): { origin: Module; passages: readonly Passage[] } | undefined =>
  passings.get(module);

const passagesOf = (module: Module): readonly Passage[] => passings.get(module)?.passages ?? NO_PASSAGES;

const NO_PASSAGES: readonly Passage[] = [];

/** Leaves out of a module what was left out of another one of the same shape. */
export function pruneLike(pruned: Module, module: Module): Module {
  const passing = passings.get(pruned);
  if (passing) return pass(pruneLike(passing.origin, module), passing.passages);
  const cut = cuts.get(pruned);
  return cut ? cutModule(module, cut) : module;
}

/** References whose targets have something that is asked for, in order. */
function keptReferences(
  module: Module,
  { references }: Needs,
  modules: Modules,
  { isPure }: Rule,
): ReadonlySet<number> {
  const stars = starsOf(module);
  const kept = new Set<number>();
  const isKept = (asked: Demand, path: string | undefined, isStar: boolean): boolean => {
    if (path === undefined) return true;
    const target = modules.get(path);
    if (target === undefined || !isNeeded(isPure(target), asked)) return false;
    // A star that has nothing of what is looked for may be needed for what its module does.
    return (
      !isStar || asked === 'all' || !(isPure(module) || isPure(target)) || providesAny(target, asked, modules)
    );
  };
  module.targets.forEach((target, index) => {
    const asked = references.get(index);
    if (asked !== undefined && isKept(asked, target, stars.has(index))) kept.add(index);
  });
  return kept;
}

const NONE: ReadonlySet<number> = new Set();

/** Indices of the references of `export * from`. */
function starsOf({ facts: { syntax } }: Module): ReadonlySet<number> {
  if (syntax === undefined || syntax.stars.length === 0) return NONE;
  return new Set(syntax.stars.map((request) => syntax.requests[request] as number));
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
  const isAsked = ({ name }: { name: string }): boolean => asksFor(names, name);
  if (syntax.exports.some(isAsked) || syntax.indirectExports.some(isAsked)) return true;
  if (seen.has(module)) return false;
  seen.add(module);
  return [...starsOf(module)].some((index) => {
    const target = modules.get(module.targets[index] ?? '');
    return target !== undefined && providesAny(target, names, modules, seen);
  });
}
