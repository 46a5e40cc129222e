/**
 * Imported functions whose calls have no effects, as the comment `@__NO_SIDE_EFFECTS__` says of them where they are declared:
 *
 *     // define.js                                             // main.js
 *     /* @__NO_SIDE_EFFECTS__ *\/                              import { define } from './define.js';
 *     export function define(options) { return options; }     export const Dialog = define({});   ← is left out where nobody needs it
 *
 * Where it has not run yet, a call may throw; so the module that declares it must have been before (`before-cycles.ts`).
 */
import type { ImportEntry, ModuleSyntax } from '../facts';
import type { Module } from '../model';
import { rangeAt } from '../ranges';
import type { BeforeCycles } from './before-cycles';
import { isWithin, partsIn } from './parts';
import type { Modules } from './reachable';
import { declarationOf, targetOf } from './stars';

/** Of a program, imports of such functions. */
export class Effectless {
  private readonly areAny: boolean;

  constructor(
    private readonly modules: Modules,
    all: readonly Module[],
    private readonly order: () => BeforeCycles,
  ) {
    this.areAny = all.some(({ facts }) => facts.syntax?.parts?.effectless !== undefined);
  }

  /** Those that may be called where a module's statements run: by local name, or that of a namespace with a name in it, sorted. */
  knownTo(module: Module): string[] {
    if (!this.areAny) return [];
    const syntax = module.facts.syntax as ModuleSyntax;
    const found = new Map<string, boolean>();
    for (const { start, entry: index, member } of syntax.uses) {
      const entry = syntax.imports[index] as ImportEntry;
      const name = entry.name ?? member;
      const key = entry.name === undefined ? `${entry.local}.${member}` : entry.local;
      if (name === undefined || found.has(key) || !isInRest(start, syntax)) continue;
      found.set(key, this.isEffectless(module, entry, name));
    }
    return [...found].flatMap(([key, isEffectless]) => (isEffectless ? key : [])).sort();
  }

  private isEffectless(importer: Module, { request }: ImportEntry, name: string): boolean {
    const target = targetOf(importer, request, this.modules);
    const { way, local = '' } = (target && declarationOf(name, target, this.modules)) ?? { way: [] };
    const last = way.at(-1);
    if (!last?.facts.syntax?.parts?.effectless?.includes(local)) return false;
    return this.order().has(last.path, importer.path);
  }
}

/** Whether no part has what stands there; it may be one if its calls have no effects. */
const isInRest = (offset: number, syntax: ModuleSyntax): boolean =>
  rangeAt(partsIn(syntax), offset) < 0 && !isWithin(syntax.parts?.dead ?? [], offset);
