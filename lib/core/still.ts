/**
 * Modules of which nobody can tell when they run, as long as that is before those that import them: they import nothing, and declare functions
 * only. These are there before the module runs, and it runs for nothing but a default export that is one of them.
 *
 *     // clsx.js
 *     export function clsx() { … }
 *     export default clsx;
 *
 * It cannot fail, has no effects, and reads nothing that others could change.
 */
import type { Part } from '../facts';
import type { Module } from '../model';
import { rangeAt } from '../ranges';
import { isEsModule } from './es-module';
import { partsIn } from './parts';

const NAMED = /^export\s+default\s+[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*\s*;?$/u;

export function isStill(module: Module): boolean {
  const { syntax } = module.facts;
  if (syntax?.parts?.isAll !== true || syntax.requests.length > 0 || !isEsModule(module)) return false;
  const { dropped = [] } = module;
  const kept = partsIn(syntax).filter(({ start }) => rangeAt(dropped, start) < 0);
  const functions = new Set(kept.flatMap(({ names, isFunction }) => (isFunction ? names : [])));
  const isDefault = (part: Part): boolean => functions.has(part.uses[0] ?? '') && isNamed(part, module);
  return kept.length > 0 && kept.every((part) => part.isFunction || isDefault(part));
}

/** Whether the default export is a name: by it alone, a text tells more of what is still than the shape of a module. */
export const isDefaultNamed = (module: Module): boolean =>
  partsIn(module.facts.syntax).some((part) => isNamed(part, module));

function isNamed({ names, start, end }: Part, { source, facts }: Module): boolean {
  if (names[0] !== '' || !NAMED.test(source.slice(start, end))) return false;
  return !facts.replacements.some((each) => each.start >= start && each.end <= end);
}
