/** Which modules share functions in the bundles of a plan, and what they are called there. */
import { isSameList, isSameMap, kept } from './core/again';
import { type SharedFunction, withoutDisorder } from './core/evaluation';
import type { NumberedModules } from './core/graph';
import { namesHandedOut } from './core/handed-out';
import { type Cutting, cutRun, inputsOf } from './core/joins';
import { findClashes, type ModuleWords, type NamePlaces } from './core/name-clashes';
import type { Runs } from './core/runs';
import type { ShortNames } from './core/short-names';
import type { Module } from './model';
import type { EsFunction } from './render/esm-context';
import type { ModuleNames } from './render/references';
import { placesOf, wordsOf } from './scopes';

/** What modules are joined by. */
interface Joinable extends Pick<NumberedModules, 'modules' | 'numbers'> {
  names: ModuleNames;
  /** Absent where none may be. */
  runs?: Runs;
}

/** A run, as it was cut. */
interface CutRun {
  run: readonly number[];
  /** Path of its first module. */
  first: string;
  inputs: ReturnType<typeof inputsOf>;
  functions: number[][];
}

export interface Joined {
  cuts: readonly CutRun[];
  runs: Runs | undefined;
  /** Names as rendering has them. */
  names: ModuleNames;
  /** What they were made of. */
  ownNames: ModuleNames;
  /** Members of functions by what modules have in common. */
  found: readonly (readonly number[])[];
  functions: readonly SharedFunction[];
  /** Id of a module that goes by another one → that. */
  ids: ReadonlyMap<string, string>;
}

/** @param before how the modules of an earlier build were joined, see core/again.ts */
export function joinModules(joinable: Joinable, before: Joined | undefined): Joined {
  const { runs, names, modules, numbers } = joinable;
  const isSame = before !== undefined && before.runs === runs && before.ownNames === names;
  if (runs === undefined)
    return isSame
      ? before
      : { cuts: [], found: [], runs, names, ownNames: names, functions: [], ids: NO_IDS };
  const cuts = cutAll({ modules, numbers, runs, canRename }, before);
  if (isSame && isSameList(cuts, before.cuts)) return before;
  const found = cuts.flatMap(({ run, functions }) =>
    functions.map((places) => places.map((place) => run[place] as number)),
  );
  // What functions request and hand out follows from them and from shapes, which `runs` stand for.
  if (isSame && isSameFound(found, before.found)) return { ...before, cuts };
  const functions = withoutDisorder(found, runs);
  const short = namesHandedOut(joinable, functions, runs.isWhole, names.name);
  const hosts = hostsOf(functions, modules);
  const ids = new Map([...hosts].map(([member, host]) => [names.id(member), names.id(host)]));
  return {
    cuts,
    found,
    runs,
    ownNames: names,
    functions,
    ids,
    names: withFunctions(names, hosts, short, before),
  };
}

const canRename = (module: Module): boolean =>
  wordsOf(module) !== undefined && placesOf(module) !== undefined;

/** All runs, as they are cut; as they were before, where that is right still. */
function cutAll(cutting: Cutting & { runs: Runs }, before: Joined | undefined): CutRun[] {
  const byFirst = new Map(before?.cuts.map((cut) => [cut.first, cut]));
  return cutting.runs.lists.map((run) => {
    const first = cutting.modules[run[0] as number]?.path as string;
    const inputs = inputsOf(run, cutting);
    const cut = byFirst.get(first);
    if (cut?.run.length !== run.length || !isSameList(inputs, cut.inputs))
      return { run, first, inputs, functions: cutRun(run, cutting) };
    return cut.run === run ? cut : { ...cut, run };
  });
}

const isSameFound = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): boolean =>
  a.length === b.length && a.every((members, index) => isSameList(members, b[index] as number[]));

const NO_IDS: ReadonlyMap<string, string> = new Map();

/** Path of a member → that of the last one, which its function is called after. */
function hostsOf(
  functions: readonly SharedFunction[],
  modules: readonly Module[],
): ReadonlyMap<string, string> {
  const pathOf = (number: number | undefined): string => modules[number ?? -1]?.path as string;
  const hosts = new Map<string, string>();
  for (const { members } of functions)
    for (const member of members) hosts.set(pathOf(member), pathOf(members.at(-1)));
  return hosts;
}

/** Members go by the id of the last one, and by the names that the function hands out. */
function withFunctions(
  names: ModuleNames,
  hosts: ReadonlyMap<string, string>,
  handedOut: ShortNames,
  before: Joined | undefined,
): ModuleNames {
  const short = new Map(names.short);
  for (const [path, own] of handedOut) short.set(path, kept(before?.names.short.get(path), own, isSameMap));
  return { ...names, short, id: (path) => names.id(hosts.get(path) ?? path) };
}

/** The names of each member that are others in their function, and where they stand. */
export function renamedOf(members: readonly Module[]): EsFunction['renamed'] {
  const clashes = findClashes(members.map((module) => [module, wordsOf(module) as ModuleWords]));
  return members.map((module, index) => {
    const places = placesOf(module) as NamePlaces;
    const names = [...(clashes[index] as ReadonlySet<string>)];
    return new Map(names.map((name) => [name, places.get(name) ?? []]));
  });
}
