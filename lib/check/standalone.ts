/** What scripts that stand alone cannot do: wait where somebody needs their exports at once, and have files beside them. */
import { locateIn } from '../located';
import type { Module } from '../model';
import { shownFile } from '../module-path';
import { type StandalonePlan, stylesWithout } from '../plan-standalone';
import { embeddedAssets, libraryAwaits, unlinkedStyles, workerAlone } from '../standalone-failures';
import type { BuildWarning } from '../warnings';
import { asyncModules, type Linked } from './link';

/** An entry, and what is asked of it. */
interface WrittenEntry {
  path: string;
  alone?: { library: string | undefined };
}

/** @throws LIBRARY_ASYNC */
export function assertRunAlone(
  entries: readonly WrittenEntry[],
  modules: ReadonlyMap<string, Module>,
  awaiting: Linked['awaiting'],
): void {
  const libraries = entries.filter(({ alone }) => alone?.library !== undefined);
  if (libraries.length === 0 || awaiting.size === 0) return;
  const isAsync = asyncModules(awaiting, modules);
  for (const { path, alone } of libraries)
    if (isAsync.has(path)) throw libraryAwaits(shownFile(path), alone?.library as string);
}

/**
 * No page tells such a script where the bundles of a worker are.
 * @throws WORKER_ALONE for the first worker by path and place
 */
export function assertNoWorkers(plans: readonly StandalonePlan[]): void {
  for (const { name, modules } of plans)
    for (const module of modules) {
      const { facts, targets } = module;
      const index = facts.references.findIndex(
        ({ kind }, at) => kind === 'new Worker()' && targets[at] !== undefined,
      );
      const start = facts.references[index]?.start;
      if (start !== undefined) throw workerAlone(name, locateIn(module, start));
    }
}

/** Bytes above which a file is better loaded when it is needed. */
const LARGE = 100_000;

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`;

/** What a script leaves out, and what it would be better without. */
export function findLost(plan: StandalonePlan, shownIn: (path: string) => string): BuildWarning[] {
  const styles = stylesWithout(plan).map(shownIn);
  const large = plan.embedded.filter(({ bytes }) => bytes > LARGE);
  const names = large.map(({ path, bytes }) => `${shownIn(path)} (${kilobytes(bytes)})`);
  return [
    ...(styles.length > 0 ? [unlinkedStyles(plan.name, plan.path, styles)] : []),
    ...(names.length > 0 ? [embeddedAssets(plan.name, plan.path, names)] : []),
  ];
}
