/** Modules that are needed → without the statements that nobody needs, and without the modules that nobody needs then. */
import type { Module } from '../model';
import { learnConstants, learnLike, type Reread } from './constants';
import { type Cycles, findCycles, isSameCycles } from './cycles';
import { statements } from './demand';
import type { NumberedModules } from './graph';
import { findIdle, leavesIdle } from './idle';
import { type Callees, type IgnoresThis, nameMembers, namingOf } from './members';
import { type Program, pruneBy } from './prune';
import { pruneAgain } from './prune-again';
import type { Sources } from './unchanged';

/** What a later build has to know of where its modules came from. */
export interface Shaken {
  sources: Sources;
  /** Paths of the modules that do nothing when they run. */
  idle: ReadonlySet<string>;
  /** Somebody may see modules that these lead to before they have run. */
  cycles: Cycles;
  /** By path, the modules that know what some of their imports are, or what is asked of namespaces. */
  learned: ReadonlyMap<string, Module>;
  /** What was found out for that of functions. */
  callees?: Callees;
}

/** An earlier build of the same entries: what it was made of, and what was left. */
interface Earlier {
  linked: NumberedModules;
  left: NumberedModules & Shaken;
}

/** What is left, and where it came from; absent where nothing was left out. */
export interface Left {
  needed: ReadonlyMap<string, Module>;
  shaken?: Shaken;
}

/**
 * @param linked the graph of the modules as they are
 * @param isShared whether modules may share functions
 */
export function shake(
  all: ReadonlyMap<string, Module>,
  linked: NumberedModules,
  entries: readonly string[],
  isShared: boolean,
  reread: Reread,
  ignoresThis: IgnoresThis,
  before?: Earlier,
): Left {
  const cycles = findCycles(linked);
  const idle = findIdle(all, cycles.reached);
  const learned = new Map(
    learnConstants(all, linked, ({ isPure, path }) => isPure || idle.has(path), reread),
  );
  const { named, callees } = isShared
    ? nameMembers(new Map([...all, ...learned]), ignoresThis)
    : { named: [], callees: undefined };
  for (const [path, module] of named) learned.set(path, module);
  const modules = learned.size === 0 ? all : new Map([...all, ...learned]);
  const program =
    (before && shakeAgain(modules, cycles, isShared, before)) ??
    shakeAnew(modules, cycles, isShared, entries);
  const { needed, ...found } = program;
  return { needed, shaken: { ...found, learned, ...(callees && { callees }) } };
}

/** What is needed, and why. */
type Found = Program & Pick<Shaken, 'idle' | 'cycles'>;

/** A module that knows what another one does: of the same shape before an edit. */
export function knowLike(before: Module, module: Module): Module {
  const [origin, name] = namingOf(before);
  return name(learnLike(origin, module));
}

function shakeAnew(
  modules: ReadonlyMap<string, Module>,
  cycles: Cycles,
  isShared: boolean,
  entries: readonly string[],
): Found {
  const idle = findIdle(modules, cycles.reached);
  return { ...pruneBy(statements(idle, cycles, isShared), modules, entries), idle, cycles };
}

function shakeAgain(
  modules: ReadonlyMap<string, Module>,
  now: Cycles,
  isShared: boolean,
  { linked, left }: Earlier,
): Found | undefined {
  const { idle, cycles, learned } = left;
  if (!isSameCycles(cycles, now)) return undefined;
  const fresh = new Map<string, Module>();
  for (const [path, module] of modules) {
    const known = learned.get(path) ?? linked.modules[linked.numbers.get(path) ?? -1];
    if (known === module) continue;
    // Also of one that nobody has asked for: who runs it may not be idle any more.
    if (known === undefined || !leavesIdle(known, module, idle, modules)) return undefined;
    fresh.set(path, module);
  }
  const program = pruneAgain(modules, fresh, left, statements(idle, cycles, isShared));
  return program && { ...program, idle, cycles };
}
