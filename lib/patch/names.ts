/**
 * Short names: what minifiers call variables. A variable more in a function gives others of it new names, wherever
 * they are used, so what changes from one minified release to the next is mostly names.
 *
 * That a name has changed is said once, not at each use: matching modulo renaming, as Baker's parameterized matches
 * have it (STOC 1993). Scopes are not known. In their place there is one table of what names have become. It begins
 * empty; each *rename* changes an entry of it, from a place in the old texts on.
 */

import { nameAt, placeOf } from './name-order';

/**
 * The name that stands `gap` names after that of the rename before, and its equals from there on, become the one that
 * is `step` places behind it in an order.
 */
export interface Rename {
  gap: number;
  step: number;
}

/**
 * What stands before a name, and the name. After a dot is that of a property, which minifiers leave alone, except
 * after three. Names of three units would gain nothing, and without those of two, a third of the gain is lost.
 * ES5 cannot look behind, and client/patch.ts has the same expression.
 */
const NAME = /(^|[^.\w$]|\.\.\.)([a-z_$][\w$]?)(?![\w$])/gi;
/** How many times longer a text may become. */
export const MAX_GROWTH = 2;

/** The text with its names renamed, and how many of the renames that took: up to one that leads to no name. */
export function renameNames(
  text: string,
  renames: readonly Rename[],
  order: string,
): [renamed: string, used: number] {
  if (renames.length === 0) return [text, 0];
  const table = new Map<string, string>();
  let used = 0;
  let gap = renames[0]?.gap;
  const renamed = text.replace(NAME, (_, before: string, name: string) => {
    if (gap === 0) {
      const place = placeOf(name, order) + (renames[used] as Rename).step;
      if (place >= 0) table.set(name, nameAt(place, order));
      gap = place < 0 ? undefined : renames[++used]?.gap;
    } else if (gap !== undefined) gap--;
    return before + (table.get(name) || name);
  });
  return [renamed, used];
}

/** Visits the names of a text in order. */
export function visitNames(text: string, visit: (name: string, at: number) => void): void {
  for (const { index, 1: before, 2: name } of text.matchAll(NAME)) {
    visit(name as string, index + (before as string).length);
  }
}
