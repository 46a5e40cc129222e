/** Which renames bring old texts nearest to the new one: found by aligning them without regard to names. */

import { type Folded, foldNames, NAME_LIMIT, NO_NAME, nameOf } from './fold';
import type { Copy } from './format';
import { createMatcher } from './matches';
import type { NameChange } from './name-order';
import { parseOptimally } from './optimal-parse';
import type { Prices } from './prices';

/** Folded units that must be equal in a row to tell of names: all code looks alike when it is folded. */
const TELLING = 8;

/** Names at which copies end, from which on renames are worth looking for; and as a share of all copies. */
const CHANGED = { least: 4, share: 0.2 };

/** Units before and behind a place that tell whether a name is there: three dots and half of it, or what follows. */
const AROUND = 4;
/** A name, cut somewhere by a line feed. */
const CUT_NAME = /(?:^|[^.\w$]|\.\.\.)(?:\n[A-Za-z_$][\w$]?|[A-Za-z_$]\n[\w$])(?![\w$])/;

/** Whether much of what has changed are names: it tells minified texts, and costs nothing where they are not. */
export function areNamesChanged(text: string, copies: readonly Copy[]): boolean {
  const changed = copies.filter(({ at, length }) => {
    const end = at + length;
    const [before, behind] = [text.slice(Math.max(0, end - AROUND), end), text.slice(end, end + AROUND)];
    return CUT_NAME.test(`${before}\n${behind}`);
  });
  return changed.length >= Math.max(CHANGED.least, CHANGED.share * copies.length);
}

/**
 * The changes of names after which a patch of the old text should cost least.
 * @param limit as of `parseOptimally`
 */
export function findNameChanges(old: string, text: string, prices: Prices, limit: number): NameChange[] {
  const before = foldNames(old);
  const after = foldNames(text);
  const copies = parseOptimally(createMatcher(before.units, after.units), prices, limit);
  return chooseChanges(before, alignNames(before, after, copies));
}

/** By unit of the old text: the name that its name has in the new text, if any. The longest copy has the say. */
function alignNames(before: Folded, after: Folded, copies: readonly Copy[]): Uint16Array {
  const wanted = new Uint16Array(before.units.length);
  const telling = copies.filter(({ length }) => length >= TELLING).sort((a, b) => a.length - b.length);
  for (const { at, from, length } of telling) {
    for (let index = 0; index < length; index++) {
      const name = after.names[at + index] as number;
      if (name !== NO_NAME && before.names[from + index] !== NO_NAME) wanted[from + index] = name;
    }
  }
  return wanted;
}

/**
 * The changes that make names what is wanted. Where a name is another one just once, it stays as it was: to correct
 * it in the patch costs no more than to rename it there and back.
 */
function chooseChanges({ names }: Folded, wanted: Uint16Array): NameChange[] {
  const next = findNext(names, wanted);
  const table = Uint16Array.from({ length: NAME_LIMIT }, (_, number) => number);
  const changes: NameChange[] = [];
  let gap = 0;
  names.forEach((name, at) => {
    if (name === NO_NAME) return;
    const [became, wants] = [table[name] as number, wanted[at] as number];
    if (wants === NO_NAME || wants === became || next[at] === became) {
      gap++;
      return;
    }
    changes.push({ gap, old: nameOf(name), name: nameOf(wants) });
    table[name] = wants;
    gap = 0;
  });
  return changes;
}

/** By unit: what is wanted where its name stands next, as far as that is known. */
function findNext(names: Uint16Array, wanted: Uint16Array): Uint16Array {
  const next = new Uint16Array(names.length);
  const known = new Uint16Array(NAME_LIMIT);
  for (let at = names.length - 1; at >= 0; at--) {
    const name = names[at] as number;
    next[at] = known[name] as number;
    if (wanted[at] !== NO_NAME) known[name] = wanted[at] as number;
  }
  return next;
}
