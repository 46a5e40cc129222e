/**
 * An edit that adds an import of what is there already, or removes one of several, changes the demands of no module: then only the
 * edited modules have to be pruned again. What modules are asked for is the least that satisfies all askers; it was worked out by
 * asking, one module after the other. When all who added to it still ask for the same, the same steps lead to it again; and when
 * nobody asks for more, to nothing beyond it.
 */
import type { ModuleSyntax } from '../facts';
import type { Module } from '../model';
import { Demands, type Rule, wholeModules } from './demand';
import { isEsModule } from './es-module';
import type { NumberedModules } from './graph';
import { allWithMains, leavesMains, withMains } from './halves';
import { describeParts } from './parts';
import { eachDemand } from './propagation';
import { type Program, passingOf, pruneModule, waysIn } from './prune';
import { type Modules, neededPaths } from './reachable';
import type { Asked, Sources } from './unchanged';

/** An earlier build of the same entries. */
interface Earlier extends NumberedModules {
  sources: Sources;
}

/**
 * What pruning by the rule would give, if nothing is asked for, or needed, that was not before, and all that was; otherwise `undefined`.
 * @param fresh all modules that may differ from those of the earlier build, by path
 */
export function pruneAgain(
  modules: Modules,
  fresh: ReadonlyMap<string, Module>,
  before: Earlier,
  rule: Rule = wholeModules,
): Program | undefined {
  // One that was needed may not have been come to: its package promises more than before.
  if (before.modules.some(({ path }) => modules.get(path) === undefined)) return undefined;
  const sources = before.sources.modules.slice();
  const needed = new Map(before.modules.map((module) => [module.path, module]));
  const edges = new Map<number, readonly string[]>();
  const { mains, passages } = before.sources;
  const turnedModules = allWithMains(modules, mains);
  const { demands } = before.sources.asked;
  const ways = waysIn(turnedModules, rule, demands);
  const isMeant = (key: string): boolean => passages.get(key) === true;
  for (const [path, module] of fresh) {
    const number = before.sources.numbers.get(path);
    // One that nobody has asked for: nobody does now.
    if (number === undefined && !before.sources.demands.has(path)) continue;
    const known = before.sources.modules[number ?? -1];
    if (known === module) continue;
    if (!known || !needed.has(path) || !leavesAll(known, module, before.sources, rule)) return undefined;
    const prunedWhere = (each: Module, isTaken: (key: string) => boolean): Module => {
      const turned = withMains(each, mains);
      const needs = rule.find(turned, demands.of(path));
      return pruneModule(turned, needs, turnedModules, rule, { ways, isMeant: isTaken });
    };
    // Which passages are of use follows from where all of them lead.
    if (rule.namesStars) {
      const [then, now] = [known, module].map((each) => prunedWhere(each, () => true)) as [Module, Module];
      const isPassing = passages.size > 0 || passingOf(now) !== undefined;
      if (isPassing && leadsOf(then) !== leadsOf(now)) return undefined;
    }
    const pruned = prunedWhere(module, isMeant);
    sources[number as number] = module;
    needed.set(path, pruned);
    edges.set(before.numbers.get(path) as number, neededPaths(pruned));
  }
  if (!reachesTheSame(before, edges)) return undefined;
  return { needed, sources: { ...before.sources, modules: sources } };
}

/** Where a module leads, how, and what its passages spare. */
function leadsOf(module: Module): string {
  const { facts, targets } = module;
  const ways = targets.flatMap((path, index) =>
    path === undefined ? [] : `${facts.references[index]?.kind}\n${path}`,
  );
  const spared = passingOf(module)?.passages.map((passage) => [passage.index, passage.spared]);
  return JSON.stringify([[...new Set(ways)].sort(), neededPaths(module).sort(), spared]);
}

/**
 * Whether a module in place of another leaves all demands, and what others keep for them, as they are. One that may be left out
 * needs more with every name it is asked for, and so does one whose parts ask for other things than before: of that nothing is said here.
 */
function leavesAll(known: Module, module: Module, sources: Sources, rule: Rule): boolean {
  const { mains, asked } = sources;
  if (known.isPure || module.isPure || !leavesMains(known, module, mains)) return false;
  // Others may have passed through it, and now come elsewhere.
  if (rule.namesStars && handsOnOtherNames(known, module)) return false;
  if (asked.demands.of(known.path) !== 'all' && !isSameByName(known, module)) return false;
  if (!asksTheSame(known, module, sources, rule)) return false;
  return (
    mains.required.size === 0 || asksTheSame(withMains(known, mains), withMains(module, mains), asked, rule)
  );
}

/** Whether two modules ask for the same, name by name. What the rest of their code asks for may differ: it asks in any case. */
function isSameByName(known: Module, module: Module): boolean {
  const describe = (each: Module): string => JSON.stringify([handedOnBy(each), describeParts(each)]);
  return describe(known) === describe(module);
}

const handsOnOtherNames = (known: Module, module: Module): boolean =>
  known.facts !== module.facts && JSON.stringify(handedOnBy(known)) !== JSON.stringify(handedOnBy(module));

const handedOnBy = ({ facts: { syntax }, targets }: Module) =>
  syntax?.indirectExports.map(({ name, request, imported }) => [
    name,
    targets[syntax.requests[request] as number],
    imported,
  ]);

function asksTheSame(known: Module, module: Module, { demands, givers }: Asked, rule: Rule): boolean {
  if (exportsOf(known) !== exportsOf(module)) return false;
  const demand = demands.of(known.path);
  const asks = new Demands();
  const all = new Demands(demands);
  let isSame = true;
  eachDemand(module, rule.find(module, demand), (path, asked) => {
    asks.add(path, asked);
    if (all.add(path, asked)) isSame = false;
  });
  eachDemand(known, rule.find(known, demand), (path, asked) => {
    const isGiver = givers.get(path)?.includes(known.path);
    if (isGiver && asks.add(path, asked)) isSame = false;
  });
  return isSame;
}

/** What decides whether a star that leads to the module is kept; and which names are one variable's, which a name that two stars have may be. */
function exportsOf(module: Module): string {
  const { exports, indirectExports, stars, requests } = module.facts.syntax ?? NONE;
  const firsts = new Map(exports.toReversed().map(({ name, local }) => [local, name]));
  const names = [
    ...exports.map(({ name, local }) => [name, firsts.get(local)]),
    ...indirectExports.map(({ name }) => name),
  ];
  const targets = stars.map((request) => module.targets[requests[request] as number]);
  return JSON.stringify([isEsModule(module), names, targets]);
}

const NONE: Pick<ModuleSyntax, 'exports' | 'indirectExports' | 'stars' | 'requests'> = {
  exports: [],
  indirectExports: [],
  stars: [],
  requests: [],
};

/**
 * Whether the entries still lead to all modules, and to no others.
 * @param edges paths that the changed modules lead to, by the numbers of these
 */
function reachesTheSame(
  { graph, numbers }: NumberedModules,
  edges: ReadonlyMap<number, readonly string[]>,
): boolean {
  const line = [...new Set(graph.entries)];
  const isReached = new Uint8Array(graph.size);
  for (const entry of line) isReached[entry] = 1;
  const reach = (number: number): void => {
    if (isReached[number] === 1) return;
    isReached[number] = 1;
    line.push(number);
  };
  for (const number of line) {
    const paths = edges.get(number);
    if (paths?.some((path) => !numbers.has(path))) return false;
    paths?.forEach((path) => {
      reach(numbers.get(path) as number);
    });
    if (paths) continue;
    graph.staticEdges[number]?.forEach(reach);
    graph.dynamicEdges[number]?.forEach(reach);
    graph.workerEdges?.[number]?.forEach(reach);
  }
  return line.length === graph.size;
}
