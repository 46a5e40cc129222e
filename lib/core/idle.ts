/** Which modules do nothing when they run, and lead to none that does: they only declare, and nobody sees when. */
import type { Module } from '../model';
import { onlyDeclares } from './only-declares';
import { partsIn } from './parts';
import type { Modules } from './reachable';

/**
 * Paths of those modules.
 * @param early paths of the modules that somebody may see before they have run
 */
export function findIdle(
  modules: ReadonlyMap<string, Module>,
  early: ReadonlySet<string>,
): ReadonlySet<string> {
  const idle = new Set<string>();
  for (const module of modules.values())
    if (onlyDeclares(module) && !(early.has(module.path) && makesValues(module))) idle.add(module.path);
  // What one of them runs may do something; then it does, and whoever runs that.
  const importers = new Map<string, string[]>();
  const line: string[] = [];
  for (const path of idle) {
    const { facts, targets } = modules.get(path) as Module;
    targets.forEach((target, index) => {
      const known = target === undefined ? undefined : modules.get(target);
      if (known === undefined || known.isPure || facts.references[index]?.kind !== 'import') return;
      const others = importers.get(known.path);
      if (!idle.has(known.path)) line.push(path);
      else if (others) others.push(path);
      else importers.set(known.path, [path]);
    });
  }
  for (const path of line) if (idle.delete(path)) line.push(...(importers.get(path) ?? []));
  return idle;
}

/** Whether some of its names have no value before it has run. */
const makesValues = ({ facts: { syntax } }: Module): boolean =>
  partsIn(syntax).some(({ isFunction }) => !isFunction);

/** Whether a module in place of another leaves all that are idle what they are, if cycles are what they were. */
export function leavesIdle(
  before: Module,
  now: Module,
  idle: ReadonlySet<string>,
  modules: Modules,
): boolean {
  if (makesValues(before) !== makesValues(now)) return false;
  if (!onlyDeclares(before) && !onlyDeclares(now)) return true;
  if (!idle.has(before.path) || !onlyDeclares(now)) return false;
  return now.targets.every((target, index) => {
    const known = modules.get(target ?? '');
    return !known || known.isPure || idle.has(known.path) || now.facts.references[index]?.kind !== 'import';
  });
}
