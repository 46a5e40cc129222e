/** Modules that are needed → without the statements that nobody needs, and without the modules that nobody needs then. */
import type { Module } from '../model';
import { statements } from './demand';
import type { NumberedModules } from './graph';
import { findIdle, leavesIdle } from './idle';
import { type Program, pruneBy } from './prune';
import { pruneAgain } from './prune-again';
import type { Sources } from './unchanged';

/** What a later build has to know of where its modules came from. */
export interface Shaken {
  sources: Sources;
  /** Paths of the modules that do nothing when they run. */
  idle: ReadonlySet<string>;
}

/** An earlier build of the same entries: what it was made of, and what was left. */
interface Earlier {
  linked: NumberedModules;
  left: NumberedModules & Shaken;
}

export const shake = (
  modules: ReadonlyMap<string, Module>,
  entries: readonly string[],
  before?: Earlier,
): Program & Shaken => (before && shakeAgain(modules, before)) ?? shakeAnew(modules, entries);

function shakeAnew(modules: ReadonlyMap<string, Module>, entries: readonly string[]): Program & Shaken {
  const idle = findIdle(modules);
  return { ...pruneBy(statements(idle), modules, entries), idle };
}

function shakeAgain(
  modules: ReadonlyMap<string, Module>,
  { linked, left }: Earlier,
): (Program & Shaken) | undefined {
  const { idle } = left;
  const fresh = new Map<string, Module>();
  for (const [path, module] of modules) {
    const known = linked.modules[linked.numbers.get(path) ?? -1];
    if (known === module) continue;
    // Also of one that nobody has asked for: who runs it may not be idle any more.
    if (known === undefined || !leavesIdle(known, module, idle, modules)) return undefined;
    fresh.set(path, module);
  }
  const program = pruneAgain(modules, fresh, left, statements(idle));
  return program && { ...program, idle };
}
