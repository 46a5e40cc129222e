/** Which modules of an earlier build may be others now, before any of them is read. */
import { resolveModule } from '../analyse';
import type { Mark, Memory } from '../cache/memory';
import type { Sources } from '../core/unchanged';
import type { Lookup } from '../draft';
import type { Wanted } from './deps';

/** An earlier build of the same entries. */
export interface Earlier {
  build: { sources: Sources };
  /** When it began. */
  mark: Mark;
}

/**
 * Paths of the modules that may have changed: on the disk, as entries that were written, and because what they could not find may be
 * there now.
 * @returns `undefined` when it may be any
 */
export function findChanged(
  entries: readonly Wanted[],
  memory: Memory,
  { build: { sources }, mark }: Earlier,
  lookup: Lookup,
): Set<string> | undefined {
  const changed = memory.changedSince(mark, sources);
  if (changed === undefined) return undefined;
  const add = (path: string): unknown => sources.numbers.has(path) && changed.add(path);
  for (const entry of entries) if (!memory.recall(entry)) memory.modulesOf(entry.path).forEach(add);
  for (const { module, missing } of memory.incompletes()) {
    const isAsBefore = resolveModule(module, lookup).missing.length === missing.length;
    if (!isAsBefore) add(module.path);
  }
  return changed;
}
