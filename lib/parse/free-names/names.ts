/** The names that Node gives its modules, which mean something where nothing in a source declares them. */
import type { NodeGlobal } from '../../facts';

/** The names that mean something in modules of both kinds. */
export type GlobalName = 'require' | NodeGlobal;

export const GLOBAL_NAMES: ReadonlySet<string> = new Set<GlobalName>([
  'require',
  'process',
  'Buffer',
  'global',
  '__filename',
  '__dirname',
  'setImmediate',
  'clearImmediate',
]);

export const isGlobalName = (name: string): name is GlobalName => GLOBAL_NAMES.has(name);

/** What CommonJS gives a module besides `require`. */
export const COMMON_NAMES = ['exports', 'module'];

/** What Node gives CommonJS modules only. */
export const NOT_IN_MODULES: ReadonlySet<string> = new Set([
  'require',
  ...COMMON_NAMES,
  '__filename',
  '__dirname',
]);

/** Browsers never had these, so a module that asks for them with `typeof` brings a better way along. */
const IMMEDIATES: ReadonlySet<string> = new Set(['setImmediate', 'clearImmediate']);

/** A module stands in for each of these in a page. */
export type Shimmed = 'process' | 'Buffer';

const isShimmed = (name: NodeGlobal): name is Shimmed => name === 'process' || name === 'Buffer';

/** Where a name is evaluated that nothing declares. */
export interface FreeUse<Name extends string = string> {
  name: Name;
  /** Operand of `typeof`: asks whether the name is there, and works when it is not. */
  isTested: boolean;
}

/**
 * What of Node a module needs, sorted: not a name that is only asked for, nor one whose uses would all be dead if it were not there, as in
 * `typeof Buffer === 'function' ? Buffer.from(text) : text`. Pages do not have it, then, and the module is told so.
 * @param isUsedUnasked whether uses of a name that is asked for would be alive without it
 */
export function neededGlobals(
  uses: readonly FreeUse<NodeGlobal>[],
  isUsedUnasked: (name: Shimmed) => boolean,
): NodeGlobal[] {
  const asksForImmediates = uses.some(({ name, isTested }) => isTested && IMMEDIATES.has(name));
  const needed = uses.filter(
    ({ name, isTested }) => !isTested && !(asksForImmediates && IMMEDIATES.has(name)),
  );
  const asked = new Set(uses.filter(({ isTested }) => isTested).map(({ name }) => name));
  const names = [...new Set(needed.map(({ name }) => name))].sort();
  return names.filter((name) => !isShimmed(name) || !asked.has(name) || isUsedUnasked(name));
}

/** Which of `COMMON_NAMES` a module uses. Names that are only asked for make no CommonJS, but where there is some, they get their answer. */
export function usedCommonNames(uses: readonly FreeUse[]): string[] {
  if (uses.every(({ isTested }) => isTested)) return [];
  return COMMON_NAMES.filter((common) => uses.some(({ name }) => name === common));
}
