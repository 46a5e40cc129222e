/** Which modules share functions in the bundles of a plan, and what they are called there. */
import { isSameList, isSameMap, kept } from './core/again';
import { findDisorder, requestsOfAll, type SharedFunction } from './core/evaluation';
import type { NumberedModules } from './core/graph';
import { namesHandedOut } from './core/handed-out';
import { type Cutting, chunksOf, cutChunk, numbersOf } from './core/joins';
import {
  type ModuleWords,
  type NameMeaning,
  type NamePlace,
  namesMet,
  placesToRename,
} from './core/name-clashes';
import type { Runs } from './core/runs';
import type { ShortNames } from './core/short-names';
import type { Module } from './model';
import type { ModuleNames } from './render/references';
import { meaningsOf, wordsOf } from './scopes';

/** What modules are joined by. */
interface Joinable extends Pick<NumberedModules, 'modules' | 'numbers'> {
  names: ModuleNames;
  /** Absent where none may be. */
  runs?: Runs;
}

/** A chunk of a run, as it was cut. */
interface CutChunk {
  chunk: readonly number[];
  inputs: readonly Module[];
  functions: number[][];
}

export interface Joined {
  cuts: readonly CutChunk[];
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
  const { runs, names, modules } = joinable;
  const isSame = before !== undefined && before.runs === runs && before.ownNames === names;
  if (runs === undefined)
    return isSame
      ? before
      : { cuts: [], found: [], runs, names, ownNames: names, functions: [], ids: NO_IDS };
  const cuts = cutAll({ ...joinable, nameOf: names.name, wordsOf, meaningsOf, runs }, before);
  if (isSame && isSameList(cuts, before.cuts)) return before;
  const found = cuts.flatMap(({ chunk, functions }) =>
    functions.map((places) => places.map((place) => chunk[place] as number)),
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

/** The chunks of all runs, as they are cut; as they were before, where that is right still. */
function cutAll(cutting: Cutting & { runs: Runs }, before: Joined | undefined): CutChunk[] {
  const { runs, nameOf } = cutting;
  const known = before?.ownNames.name === nameOf ? before.cuts : [];
  if (before?.runs === runs && known.length > 0)
    return known.map((cut) => (isCut(cut, cut.chunk, cutting) ? cut : cutAnew(cut.chunk, cutting)));
  const byFirst = new Map(known.map((cut) => [cut.inputs[0]?.path, cut]));
  return runs.lists
    .flatMap((run) => chunksOf(run, cutting))
    .map((chunk) => {
      const cut = byFirst.get(cutting.modules[chunk[0] as number]?.path);
      return cut && isCut(cut, chunk, cutting) ? { ...cut, chunk } : cutAnew(chunk, cutting);
    });
}

function isCut({ inputs }: CutChunk, chunk: readonly number[], cutting: Cutting): boolean {
  const now = numbersOf(chunk, cutting);
  return (
    now.length === inputs.length && now.every((number, place) => inputs[place] === cutting.modules[number])
  );
}

const cutAnew = (chunk: readonly number[], cutting: Cutting): CutChunk => ({
  chunk,
  inputs: numbersOf(chunk, cutting).map((number) => cutting.modules[number] as Module),
  functions: cutChunk(chunk, cutting),
});

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

/** Without those that would have modules run in another order. */
function withoutDisorder(
  cuts: readonly (readonly number[])[],
  { graph, met }: Runs,
): readonly SharedFunction[] {
  let functions = cuts.map(
    (members): SharedFunction => ({ members, requests: requestsOfAll(members, graph, met) }),
  );
  for (let wrong = findDisorder(graph, functions); wrong.size > 0; wrong = findDisorder(graph, functions)) {
    const known = wrong;
    functions = functions.filter((each) => !known.has(each));
  }
  return functions;
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

/** The names of a member that are others in its function, and where they stand. */
export function renamedOf(
  number: number,
  members: readonly number[],
  modules: readonly Module[],
): ReadonlyMap<string, readonly NamePlace[]> {
  const module = modules[number] as Module;
  const own = wordsOf(module) as ModuleWords;
  const found = new Map<string, NameMeaning[]>();
  for (const member of members) {
    const other = modules[member] as Module;
    const met = member === number ? [] : namesMet(own, wordsOf(other) as ModuleWords);
    for (const name of met) {
      const meaning = meaningIn(other, name, met);
      const known = found.get(name);
      if (known) known.push(meaning);
      else found.set(name, [meaning]);
    }
  }
  const names = [...found.keys()];
  const renamed = new Map<string, readonly NamePlace[]>();
  for (const [name, others] of found) {
    const places = placesToRename(meaningIn(module, name, names), others);
    if (places) renamed.set(name, places);
  }
  return renamed;
}

/** @param names that are asked for as well */
const meaningIn = (module: Module, name: string, names: readonly string[]): NameMeaning =>
  meaningsOf(module, names)?.get(name) as NameMeaning;
