/** What of Node a module needs, by the names that it uses freely. */
import type { NodeGlobal } from '../../model';

/** Browsers never had these, so a module that asks for them with `typeof` brings a better way along. */
const IMMEDIATES: ReadonlySet<string> = new Set(['setImmediate', 'clearImmediate']);

export interface FreeUse {
  name: NodeGlobal;
  /** Operand of `typeof`: asks whether the name is there, and works when it is not. */
  isTested: boolean;
}

/** A name that is only asked for is not needed. Sorted. */
export function neededGlobals(uses: readonly FreeUse[]): NodeGlobal[] {
  const asksForImmediates = uses.some(({ name, isTested }) => isTested && IMMEDIATES.has(name));
  const needed = uses.filter(
    ({ name, isTested }) => !isTested && !(asksForImmediates && IMMEDIATES.has(name)),
  );
  return [...new Set(needed.map(({ name }) => name))].sort();
}
