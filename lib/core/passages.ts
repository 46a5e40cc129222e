/** Which passages (through.ts) are of use: some spare a visit something. The others would only make several requests of one. */
import type { Module } from '../model';
import { hasBit } from './bits';
import { toGraph } from './graph';
import { findRoots, type Roots } from './roots';
import { type Passage, passageKey } from './through';

/**
 * A passage is of use where some root leads to the module that has it, and not to all that it spares. If all others are given up at once, no root leads to
 * more than with them.
 * @param modules with all passages
 * @param passagesOf those of a module
 * @returns by their keys, whether they are of use
 */
export function usesOfPassages(
  modules: ReadonlyMap<string, Module>,
  entries: readonly string[],
  passagesOf: (module: Module) => readonly Passage[],
): ReadonlyMap<string, boolean> {
  const found = [...modules.values()].map((module) => ({ module, passages: passagesOf(module) }));
  const uses = new Map<string, boolean>();
  if (found.every(({ passages }) => passages.length === 0)) return uses;
  const { graph, numbers } = toGraph(
    modules,
    entries.map((path) => ({ path })),
    String,
  );
  const roots = findRoots(graph);
  for (const { module, passages } of found) {
    const number = numbers.get(module.path) as number;
    for (const { index, spared, isDirect } of passages) {
      const key = passageKey(module.path, index);
      const isOfUse = isDirect || spared.some((path) => !leadsTo(number, numbers.get(path), roots));
      uses.set(key, isOfUse || uses.get(key) === true);
    }
  }
  return uses;
}

/** Whether all roots that lead to a module lead to another one. What nobody needs is spared in any case. */
function leadsTo(
  module: number,
  other: number | undefined,
  { signatures, signatureOf, modules }: Roots,
): boolean {
  const [row, others] = [signatureOf[module] as number, signatureOf[other ?? module] as number];
  if (row === others || row < 0) return true;
  return modules.every(
    (_, root) => !hasBit(signatures, row, root) || (others >= 0 && hasBit(signatures, others, root)),
  );
}
