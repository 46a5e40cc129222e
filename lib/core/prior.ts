/**
 * What has run, with success, before anybody can ask for a root.
 *
 *     // main.js             // app.js                                    // page.js
 *     import './app.js';     import './lib.js';                           import './lib.js';
 *                            export const open = () => import('./page.js');
 *
 * Only app.js asks for page.js, and nothing in it runs before lib.js has: that is *prior* to page.js, which never is the first that runs it.
 *
 * A root has prior modules if all that ask for it are *settled* and do so by `import()`, which waits until nothing runs. An entry begins a visit, and a
 * worker has nothing of its page: none is prior to these. Where several ask, what is prior is so for each.
 *
 * A module is settled if nothing in it is called before all that it requests has run. Functions are called earlier where a cycle leads to their module,
 * though it may be in none (`cycles.ts`); and where somebody requires a module that leads to theirs, and has it half-way. These are not settled, nor is
 * what leads to a module that awaits, for that is in progress while others run.
 *
 * What is required may have run in the midst of something that it leads to, and that can fail after it: what such a module requests is not known
 * to have run.
 */
import type { Module } from '../model';
import { addBit, type BitMatrix, bitMatrix, intersectRow } from './bits';
import { findCycles } from './cycles';
import { awaits, isEsModule } from './es-module';
import { type EvaluationGraph, isDeclared, type Prior } from './evaluation';
import type { NumberedModules } from './graph';

/**
 * What is prior to each root. O(askers · edges).
 * @param askers numbers of those who request each module
 * @param isRequired 1 for modules that something required leads to
 */
export function findPrior(
  numbered: NumberedModules,
  { requests }: EvaluationGraph,
  askers: readonly (readonly number[])[],
  isRequired: Uint8Array,
): Prior {
  const { modules } = numbered;
  const waiting = findWaiting(modules, askers);
  const asked = findAsked(numbered, findUnsettled(numbered, waiting, isRequired), waiting);
  const rowOf = new Int32Array(modules.length).fill(-1);
  const rootsOf = new Map<number, number[]>();
  let rows = 0;
  for (const [root, all] of asked) {
    rowOf[root] = rows;
    rows++;
    for (const asker of all) {
      const roots = rootsOf.get(asker);
      if (roots) roots.push(root);
      else rootsOf.set(asker, [root]);
    }
  }
  const sets = bitMatrix(rows, modules.length);
  sets.data.fill(-1);
  for (const [asker, roots] of rootsOf) {
    const before = runBefore(asker, requests, isRequired);
    for (const root of roots) intersectRow(sets, rowOf[root] as number, before, 0);
  }
  return { rowOf, sets };
}

/** The roots that have prior modules, and who asks for each. */
function findAsked(
  { modules, numbers, graph }: NumberedModules,
  isUnsettled: Uint8Array,
  waiting: ReadonlySet<number>,
): ReadonlyMap<number, ReadonlySet<number>> {
  const asked = new Map<number, Set<number>>();
  const others = new Set([...graph.entries, ...waiting]);
  modules.forEach((module, asker) => {
    module.targets.forEach((path, reference) => {
      const target = numbers.get(path ?? '');
      if (target === undefined || isDeclared(module, reference)) return;
      if (isUnsettled[asker] === 1 || module.facts.references[reference]?.kind !== 'import()')
        others.add(target);
      else asked.set(target, (asked.get(target) ?? new Set()).add(asker));
    });
  });
  for (const root of others) asked.delete(root);
  return asked;
}

function findUnsettled(
  numbered: NumberedModules,
  waiting: ReadonlySet<number>,
  isRequired: Uint8Array,
): Uint8Array {
  const { reached } = findCycles(numbered);
  return Uint8Array.from(numbered.modules, (module, number) =>
    Number(
      !isEsModule(module) || isRequired[number] === 1 || waiting.has(number) || reached.has(module.path),
    ),
  );
}

/** Modules that lead to one that awaits. */
function findWaiting(
  modules: readonly Module[],
  askers: readonly (readonly number[])[],
): ReadonlySet<number> {
  const waiting = new Set<number>();
  modules.forEach((module, number) => {
    if (awaits(module)) waiting.add(number);
  });
  for (const module of waiting) for (const asker of askers[module] as readonly number[]) waiting.add(asker);
  return waiting;
}

/** What has run before a settled module does: what it leads to by declarations, as far as that is known to have run. */
function runBefore(asker: number, requests: EvaluationGraph['requests'], isRequired: Uint8Array): BitMatrix {
  const before = bitMatrix(1, requests.length);
  const found = new Set(requests[asker]);
  // Of what a settled module leads to, only itself may request it.
  found.delete(asker);
  for (const module of found) {
    addBit(before, 0, module);
    if (isRequired[module] === 1) continue;
    for (const target of requests[module] as readonly number[]) found.add(target);
  }
  return before;
}
