/**
 * What of each module a program needs. A package that says `sideEffects: false` promises that leaving out one of its modules
 * changes nothing but what that module exports. So of its modules only that is kept which leads to a name somebody asks for:
 *
 *     // main.js                      // library/index.js, no side effects
 *     import { b } from 'library';     export { a } from './a.js';   ← left out, and a.js with it
 *                                      export { b } from './b.js';
 *
 * Of all other modules everything is kept. Modules are the unit: code that stays, stays as it is.
 */
import type { ImportEntry, ModuleSyntax } from '../facts';
import type { Module } from '../model';
import { isEsModule } from './es-module';

/** The names that a module is asked for. None at all ask for nothing but its side effects. */
export type Demand = ReadonlySet<string> | 'all';

/** What a module needs, to give what it is asked for. */
export interface Needs {
  /** Whether its own code is needed. If not, it does nothing but hand on exports of others. */
  code: boolean;
  /** Index of a reference → what its target is asked for. Other references are not needed. */
  references: ReadonlyMap<number, Demand>;
}

/** Whether anything of a module is needed that is asked for this. */
export const isNeeded = (isPure: boolean, demand: Demand): boolean =>
  !isPure || demand === 'all' || demand.size > 0;

/** Whether a module is needed as it is. */
export const isWhole = (module: Module, demand: Demand): boolean =>
  demand === 'all' || !module.isPure || (!isEsModule(module) && demand.size > 0);

/** What a module needs when it is asked for this. */
export function findNeeds(module: Module, demand: Demand): Needs {
  if (isWhole(module, demand)) return needsOfWhole(module);
  if (isEsModule(module)) return needsOf(module, demand as ReadonlySet<string>);
  return { code: false, references: new Map() };
}

/** Asked for again and again, and always the same. */
const wholes = new WeakMap<Module, Needs>();

function needsOfWhole(module: Module): Needs {
  const known = wholes.get(module);
  if (known) return known;
  const asked = new Asked(module);
  asked.addEverything();
  const needs = { code: true, references: asked.references };
  wholes.set(module, needs);
  return needs;
}

function needsOf(module: Module, names: ReadonlySet<string>): Needs {
  const asked = new Asked(module);
  const { exports, indirectExports, stars } = module.facts.syntax as ModuleSyntax;
  const found = new Set(exports.filter(({ name }) => names.has(name)).map(({ name }) => name));
  const code = found.size > 0;
  for (const { name, request, imported } of indirectExports) {
    if (!names.has(name) || found.has(name)) continue;
    found.add(name);
    asked.add(request, imported);
  }
  if (stars.length > 0) asked.addToStars(inheritedOf(names, found));
  if (code) asked.addCode();
  return { code, references: asked.references };
}

/** What must come from stars, if anything has it; the names themselves where that is all, since there may be many, and many stars. */
function inheritedOf(names: ReadonlySet<string>, found: ReadonlySet<string>): ReadonlySet<string> {
  if (found.size === 0 && !names.has('default')) return names;
  return new Set([...names].filter((name) => name !== 'default' && !found.has(name)));
}

const NO_SYNTAX = { requests: [], imports: [], indirectExports: [], stars: [], uses: [] };

/** What the references of a module are asked for. */
class Asked {
  readonly references = new Map<number, Demand>();
  /** Those of the sets that are nobody else's. */
  private readonly own = new Map<number, Set<string>>();
  private readonly syntax: Pick<ModuleSyntax, 'requests' | 'imports' | 'indirectExports' | 'stars' | 'uses'>;

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

  /** Whichever star has a name, nobody knows before its module has been read. */
  addToStars(names: ReadonlySet<string>): void {
    if (names.size === 0) return;
    for (const request of this.syntax.stars) {
      const reference = this.syntax.requests[request] as number;
      if (!this.references.has(reference)) this.references.set(reference, names);
      else for (const name of names) this.add(request, name);
    }
  }

  /** All that the module's own code runs and uses. */
  addCode(): void {
    this.addEffects();
    this.addUses();
  }

  /** Of namespaces only the properties that are used, where they are all known. */
  private addUses(): void {
    for (const { entry, member } of this.syntax.uses) {
      const { request, name } = this.syntax.imports[entry] as ImportEntry;
      this.add(request, name ?? member);
    }
  }

  addEverything(): void {
    this.addEffects();
    const { imports, indirectExports, stars } = this.syntax;
    for (const { request, name } of imports) if (name !== undefined) this.add(request, name);
    this.addUses();
    for (const { request, imported } of indirectExports) this.add(request, imported);
    for (const request of stars) this.add(request, undefined);
  }

  private addEffects(): void {
    this.module.facts.references.forEach(({ kind }, index) => {
      const isImport = kind === 'import' && isEsModule(this.module);
      if (!this.references.has(index)) this.references.set(index, isImport ? new Set() : 'all');
    });
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
