/**
 * What of each module a program needs: the names that somebody asks for, and the code that they and effects need.
 *
 *     // main.js                      // library.js
 *     import { b } from './library';   import { used } from './used.js';
 *     b();                             import { unused } from './unused.js';
 *                                      export const a = () => unused();   ← left out, and nobody asks for `unused`
 *                                      export const b = () => used();
 *
 * A package that says `sideEffects: false` promises that leaving out one of its modules changes nothing but what that module exports. So
 * of its modules only those are kept that have something somebody asks for; one that only hands on exports of others loses all its code.
 *
 * What only declares is a *part* (see parts.ts), left out of any module where nobody needs its names. All the rest of a module may have
 * effects, and is kept.
 */
import type { ModuleSyntax } from '../facts';
import type { Module } from '../model';
import type { Cycles } from './cycles';
import { isEsModule } from './es-module';
import { onlyDeclares } from './only-declares';
import { type Asks, allAsks, type NeededParts, neededParts } from './parts';

/**
 * The names that a module is asked for. None at all ask for nothing but its side effects. Where but one property of what a name means is
 * asked for, that stands behind it (`memberOf`).
 */
export type Demand = ReadonlySet<string> | 'all';

/** What no name has between it and the property. */
const BEHIND = '\0';

/** Demand for one property of what a name means, which matters where that is a namespace. */
const memberOf = (name: string, member: string | undefined): string =>
  member === undefined ? name : name + BEHIND + member;

/** The name in a demand, and what stands behind it. */
function split(asked: string): [name: string, member: string | undefined] {
  const at = asked.indexOf(BEHIND);
  return at < 0 ? [asked, undefined] : [asked.slice(0, at), asked.slice(at + 1)];
}

/** Asked for again and again: a set goes behind many stars. */
const indices = new WeakMap<ReadonlySet<string>, ReadonlyMap<string, readonly string[]>>();

/** The names in a demand, each with all that is asked of it. */
function indexOf(demand: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const known = indices.get(demand);
  if (known) return known;
  const index = new Map<string, string[]>();
  for (const asked of demand) {
    const [name] = split(asked);
    const others = index.get(name);
    if (others) others.push(asked);
    else index.set(name, [asked]);
  }
  indices.set(demand, index);
  return index;
}

/** The names that a module has to export, if these are known. */
export const namesIn = (demand: ReadonlySet<string>): string[] => [...indexOf(demand).keys()];

/** Whether a module has to export the name. */
export const asksFor = (demand: Demand, name: string): boolean =>
  demand === 'all' || indexOf(demand).has(name);

/** What a module needs, to give what it is asked for. */
export interface Needs {
  /** Names of its exports that are needed. */
  names: Demand;
  /** Whether its own code is needed. If not, it does nothing but hand on exports of others. */
  code: boolean;
  /** Numbers of the parts of its code that are needed, ascending; absent where its code is kept as it is. */
  parts?: readonly number[];
  /** Index of a reference → what its target is asked for. Other references are not needed. */
  references: ReadonlyMap<number, Demand>;
}

/** What modules need. */
export interface Rule {
  /** Of a module when it is asked for this. */
  find(module: Module, demand: Demand): Needs;
  /** Whether leaving out the module changes nothing but what it exports. */
  isPure(module: Module): boolean;
  /** Whether `export *` becomes the names that are asked for. */
  namesStars: boolean;
  /** Whether others may ask in the place of a module those whose names it hands on (`through.ts`): nobody notices that it does not run. */
  mayPass(module: Module): boolean;
  /** Whether nobody notices either that a module does not run which only others need. */
  maySpare(module: Module): boolean;
  /** Whether they do so wherever they may and need ask for nothing else. */
  goesDirectly: boolean;
}

/** Whether anything of a module is needed that is asked for this. */
export const isNeeded = (isPure: boolean, demand: Demand): boolean =>
  !isPure || demand === 'all' || demand.size > 0;

/**
 * As far as whole modules go: all code that stays, stays as it is. By this rule modules are read, and what is wrong with their imports is
 * found, also with those that nobody needs.
 */
export const wholeModules: Rule = {
  find(module, demand) {
    if (!isNeeded(module.isPure, demand)) return { names: demand, code: false, references: new Map() };
    if (!isEsModule(module) || !module.isPure || demand === 'all') return needsOfWhole(module);
    return needsOf(module, demand, true);
  },
  isPure: ({ isPure }) => isPure,
  namesStars: false,
  mayPass: () => false,
  maySpare: () => false,
  goesDirectly: false,
};

/**
 * Statement by statement.
 * @param idle paths of modules that do nothing when they run
 * @param isShared whether modules may share functions
 */
export function statements(
  idle: ReadonlySet<string>,
  { reached, members, leading }: Cycles,
  isShared: boolean,
): Rule {
  const isPure = ({ isPure, path }: Module): boolean => isPure || idle.has(path);
  return {
    find(module, demand) {
      if (!isEsModule(module) || isCommonToo(module)) return wholeModules.find(module, demand);
      return needsOf(module, demand, isPure(module), (locals) => neededParts(module.facts, locals));
    },
    isPure,
    namesStars: true,
    // A cycle that is entered elsewhere runs in another order. What is idle is in none that matters.
    mayPass: (module) =>
      isEsModule(module) &&
      !isCommonToo(module) &&
      (idle.has(module.path) ||
        (module.isPure && !members.has(module.path)) ||
        (onlyDeclares(module) && !reached.has(module.path))),
    maySpare: (module) => idle.has(module.path) || (module.isPure && !leading.has(module.path)),
    goesDirectly: isShared,
  };
}

/** Without what it exports it would be CommonJS. */
export const isCommonToo = ({ facts: { syntax } }: Module): boolean =>
  syntax?.commonNames.some((name) => name !== 'require') === true;

/** Asked for again and again, and always the same. */
const wholes = new WeakMap<Module, Needs>();

function needsOfWhole(module: Module): Needs {
  const known = wholes.get(module);
  if (known) return known;
  const asked = new Asked(module);
  asked.addExports('all');
  asked.addCode(allAsks(module.facts));
  asked.addUnused();
  asked.addEffects();
  const needs: Needs = { names: 'all', code: true, references: asked.references };
  wholes.set(module, needs);
  return needs;
}

/** @param partsFor which parts are needed for names that the module declares, and what these ask; unless all are */
function needsOf(
  module: Module,
  demand: Demand,
  isPure: boolean,
  partsFor?: (locals: readonly string[]) => NeededParts,
): Needs {
  const asked = new Asked(module);
  const locals = asked.addExports(demand);
  const code = locals.length > 0 || demand === 'all' || !isPure;
  if (!code) return { names: demand, code, references: asked.references };
  const needed = partsFor?.(locals);
  asked.addCode(needed?.asks ?? allAsks(module.facts));
  asked.addEffects();
  return { names: demand, code, references: asked.references, ...(needed && { parts: needed.kept }) };
}

/** What must come from stars, if anything has it; the demand itself where that is all, since there may be many names, and many stars. */
function inheritedOf(demand: ReadonlySet<string>, found: ReadonlySet<string>): ReadonlySet<string> {
  if (found.size === 0 && !asksFor(demand, 'default')) return demand;
  const isInherited = (name: string): boolean => name !== 'default' && !found.has(name);
  return new Set([...demand].filter((asked) => isInherited(split(asked)[0])));
}

const NO_SYNTAX = { requests: [], exports: [], indirectExports: [], stars: [] };

/** What the references of a module are asked for. */
class Asked {
  readonly references = new Map<number, Demand>();
  /** Those of the sets that are nobody else's. */
  private readonly own = new Map<number, Set<string>>();
  private readonly syntax: Pick<ModuleSyntax, 'requests' | 'exports' | 'indirectExports' | 'stars'>;

  constructor(private readonly module: Module) {
    this.syntax = module.facts.syntax ?? NO_SYNTAX;
  }

  /** @param name `undefined` means the namespace, with everything in it */
  add(request: number, name: string | undefined): void {
    const reference = this.syntax.requests[request] as number;
    if (name === undefined) this.references.set(reference, 'all');
    else if (this.references.get(reference) !== 'all') this.ownOf(reference).add(name);
  }

  private ownOf(reference: number): Set<string> {
    const known = this.own.get(reference);
    if (known) return known;
    const names = new Set(this.references.get(reference));
    this.own.set(reference, names);
    this.references.set(reference, names);
    return names;
  }

  /** Asks others for what the module hands on. @returns what it has itself: `''` is a default export without a name */
  addExports(demand: Demand): string[] {
    const { exports, indirectExports, stars } = this.syntax;
    if (demand === 'all') {
      for (const { request, imported } of indirectExports) this.add(request, imported);
      for (const request of stars) this.add(request, undefined);
      return exports.map(({ local }) => local ?? '');
    }
    const names = indexOf(demand);
    const found = exports.filter(({ name }) => names.has(name));
    const own = new Set(found.map(({ name }) => name));
    for (const { name, request, imported } of indirectExports) {
      const all = own.has(name) ? undefined : names.get(name);
      if (all === undefined) continue;
      own.add(name);
      for (const asked of all) this.addMember(request, imported, split(asked)[1]);
    }
    if (stars.length > 0) this.addToStars(inheritedOf(demand, own));
    return found.map(({ local }) => local ?? '');
  }

  /** Of a namespace, the property is a name that its module is asked for. */
  private addMember(request: number, name: string | undefined, member: string | undefined): void {
    if (name === undefined) this.add(request, member);
    else this.add(request, name.includes(BEHIND) ? undefined : memberOf(name, member));
  }

  /** Whichever star has a name, nobody knows before its module has been read. */
  private addToStars(names: ReadonlySet<string>): void {
    if (names.size === 0) return;
    for (const request of this.syntax.stars) {
      const reference = this.syntax.requests[request] as number;
      if (!this.references.has(reference)) this.references.set(reference, names);
      else for (const name of names) this.add(request, name);
    }
  }

  /** What code uses. */
  addCode(asks: readonly Asks[]): void {
    for (const { imports, references } of asks) {
      for (const [request, name, member] of imports) this.addMember(request, name, member);
      for (const reference of references) this.references.set(reference, 'all');
    }
  }

  /** What is imported and not used. */
  addUnused(): void {
    for (const { request, name } of this.module.facts.syntax?.imports ?? [])
      if (name !== undefined) this.add(request, name);
  }

  /** What code imports runs. */
  addEffects(): void {
    const isCommon = !isEsModule(this.module);
    for (const reference of this.syntax.requests)
      if (!this.references.has(reference)) this.references.set(reference, isCommon ? 'all' : new Set());
  }
}

const NOTHING: Demand = new Set();

/** What modules are asked for, as it becomes known. */
export class Demands {
  private readonly demands = new Map<string, Demand>();

  /** @param earlier what was asked for before, which these go beyond */
  constructor(private readonly earlier?: Demands) {}

  of(path: string): Demand {
    return this.known(path) ?? NOTHING;
  }

  private known(path: string): Demand | undefined {
    return this.demands.get(path) ?? this.earlier?.known(path);
  }

  /** Whether the module was asked for anything, or for nothing but its side effects. */
  has(path: string): boolean {
    return this.known(path) !== undefined;
  }

  /** @returns whether the module is asked for more than before, or for the first time */
  add(path: string, demand: Demand): boolean {
    const before = this.known(path);
    const all = before === undefined ? demand : unite(before, demand);
    if (all === before) return false;
    this.demands.set(path, all);
    return true;
  }
}

/** The first demand itself when the second asks for nothing else. */
function unite(first: Demand, second: Demand): Demand {
  if (first === second) return first;
  if (first === 'all' || second === 'all') return 'all';
  const others = [...second].filter((name) => !first.has(name));
  return others.length === 0 ? first : new Set([...first, ...others]);
}
