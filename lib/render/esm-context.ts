/**
 * What the function of an ES module works with: what it requests, and what each import is in its text. Several modules may be in one function
 * (`core/runs.ts`): what they declare goes by its own name there.
 */
import type { NamePlace } from '../core/name-clashes';
import { resolveAmong } from '../core/own-names';
import type { ModuleSyntax } from '../facts';
import type { Module } from '../model';
import { type ModuleNames, prefixOf } from './references';

/** The modules of one function. */
export interface EsFunction {
  /** In the order in which they run; it is called after the last. */
  members: readonly Module[];
  /** Paths of what they request besides each other, in order. */
  requests: readonly string[];
  /** Of each member, the names that are others in the function, and where they stand. */
  renamed: readonly Renamed[];
}

type Renamed = ReadonlyMap<string, readonly NamePlace[]>;

/** Something of another function: what a module there has under a name, or its namespace, which has none. */
export interface Foreign {
  /** Index into the targets of requests. */
  target: number;
  path: string;
  name: string | undefined;
}

/** Something that a module hands out: under a name of the same function, or of another one. */
export type Meaning = { own: string } | Foreign;

/** What the function requests. */
export interface Requests {
  /** Paths, one of each function, without styles. */
  targets: readonly string[];
  /** Indices into `targets` of those whose namespaces are values. */
  namespaces: number[];
  /** The names that are wanted of each target. */
  wanted: Set<string>[];
}

/** A module of the function. */
export interface Context {
  module: Module;
  syntax: ModuleSyntax;
  names: ModuleNames;
  /** What every name begins with that is put into the sources; occurs nowhere in them. */
  prefix: string;
  /** What a default export is called that has no name. */
  defaultName: string;
  requests: Requests;
  /** By import that is used. */
  uses: ReadonlyMap<number, Meaning>;
  /** What a request has under a name. */
  meaningOf(request: number, name: string | undefined): Meaning;
  /** Whether the function has no other. */
  isAlone: boolean;
  renamed: Renamed;
  /** What something that the module declares is called in the function. */
  localName(name: string): string;
}

/** A module of the function, and what its names are there. */
interface Member {
  module: Module;
  syntax: ModuleSyntax;
  defaultName: string;
  localName(name: string): string;
}

/** Index of what is asked for something of a module. */
type Places = (path: string) => number;

const NOBODY: ReadonlyMap<string, Module> = new Map();

/** The function of a module that shares it with no other. */
export const functionOf = (module: Module): EsFunction => ({
  members: [module],
  requests: (module.facts.syntax?.requests ?? []).map((reference) => module.targets[reference] as string),
  renamed: [],
});

const NO_NAMES: Renamed = new Map();

/** The modules of a function, in the order in which they run. */
export function contextsOf(
  { members: modules, requests: paths, renamed }: EsFunction,
  names: ModuleNames,
): Context[] {
  const prefix = prefixOf(...modules);
  const isAlone = modules.length === 1;
  const list = modules.map(
    (module, index): Member => ({
      module,
      syntax: module.facts.syntax as ModuleSyntax,
      defaultName: `${prefix}default${isAlone ? '' : index}`,
      // Without something between them, names that end in digits would be others'.
      localName: (name) => (renamed[index]?.has(name) ? `${prefix}${name}_${index}` : name),
    }),
  );
  const members = isAlone ? NOBODY : new Map(modules.map((module) => [module.path, module]));
  const memberOf = new Map(list.map((member) => [member.module, member]));
  const numbers = new Map<string, number>();
  const targets: string[] = [];
  for (const path of paths) {
    const id = names.id(path);
    if (!numbers.has(id) && !names.isPlainStyle(path)) numbers.set(id, targets.push(path) - 1);
  }
  const places: Places = (path) => numbers.get(names.id(path)) ?? -1;
  const requests: Requests = { targets, namespaces: [], wanted: targets.map(() => new Set()) };
  return list.map((member, index) => {
    const meaningOf = (request: number, name: string | undefined): Meaning => {
      const found = resolveAmong(members, member.module, request, name);
      if (found === undefined) throw new Error(`'${name}' is gone, which ${member.module.path} asks for.`);
      if (found.own === undefined) return { target: places(found.path), path: found.path, name: found.name };
      const { defaultName, localName } = memberOf.get(found.own) as Member;
      return { own: found.local === undefined ? defaultName : localName(found.local) };
    };
    const isOwn = (request: number): boolean =>
      members.has(member.module.targets[member.syntax.requests[request] as number] as string);
    const uses = readImports(member, requests, meaningOf, isOwn);
    for (const { request, imported } of member.syntax.indirectExports)
      want(meaningOf(request, imported), requests);
    return {
      ...member,
      names,
      prefix,
      requests,
      uses,
      meaningOf,
      isAlone,
      renamed: renamed[index] ?? NO_NAMES,
    };
  });
}

function readImports(
  { syntax }: Member,
  requests: Requests,
  meaningOf: Context['meaningOf'],
  isOwn: (request: number) => boolean,
): Map<number, Meaning> {
  const used = new Set(syntax.uses.map(({ entry }) => entry));
  const uses = new Map<number, Meaning>();
  syntax.imports.forEach(({ request, name }, entry) => {
    const isUsed = used.has(entry);
    // What is not, may be gone from a module of the same function.
    if (!isUsed && isOwn(request)) return;
    const meaning = meaningOf(request, name);
    want(meaning, requests);
    if (!isUsed) return;
    uses.set(entry, meaning);
    if ('own' in meaning || meaning.name !== undefined) return;
    if (!requests.namespaces.includes(meaning.target)) requests.namespaces.push(meaning.target);
  });
  return uses;
}

function want(meaning: Meaning, { wanted }: Requests): void {
  if (!('own' in meaning) && meaning.name !== undefined) wanted[meaning.target]?.add(meaning.name);
}
