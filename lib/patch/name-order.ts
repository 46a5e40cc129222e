/**
 * Short names in the order in which a minifier hands them out: its letters, then all of them with the first letter
 * behind, and so on. When a variable comes or goes, most names become the next ones, or the ones before. So a rename is
 * a step in this order, and the order is part of the patch: its letters, those that the renames are about.
 */

/** A name that stands `gap` names after that of the change before, and its equals from there on, become `name`. */
export interface NameChange {
  gap: number;
  old: string;
  name: string;
}

/** The order of oxc, which minifies by default. */
const USUAL = 'etnriaoscludfpmhg_vybxSCwTEDOkAjMNPFILRzBVHUWGKqJYXZQ$1024368579';

/** The place of a name, from 0. Letters that are not in the order count as -1 when they come first, as none behind. */
export function placeOf(name: string, order: string): number {
  const behind = name.length > 1 ? order.indexOf(name.charAt(1)) + 1 : 0;
  return order.indexOf(name.charAt(0)) + order.length * behind;
}

/** The name at a place; behind the last one, it is a letter alone. An order without letters has none. */
export function nameAt(place: number, order: string): string {
  return order.charAt(place % order.length) + order.charAt(((place / order.length) | 0) - 1);
}

/** Orders that names may have been handed out in: the usual one, and what these tell of; of no more letters than they have. */
export function guessOrders(changes: readonly NameChange[]): [usual: string, learned: string] {
  const letters = new Set(changes.map(({ old, name }) => old + name).join(''));
  const chains = listChains(
    letters,
    changes.map(({ name }) => name),
  );
  return [
    [...USUAL].filter((letter) => letters.has(letter)).join(''),
    chains.sort((a, b) => b.length - a.length).join(''),
  ];
}

/**
 * Letters as they follow each other: many variables are renamed in a row, so the next name is often the next in order.
 * That is another order in each file, since minifiers sort letters by their frequency. Pairs are joined to chains, the
 * most frequent first, as in greedy matching.
 */
function listChains(letters: ReadonlySet<string>, names: readonly string[]): string[] {
  const following = new Map<string, string>();
  const preceding = new Set<string>();
  const chainFrom = (letter: string): string => {
    const next = following.get(letter);
    return next === undefined ? letter : letter + chainFrom(next);
  };
  for (const [first, second] of listPairs(names)) {
    if (following.has(first) || preceding.has(second) || chainFrom(second).endsWith(first)) continue;
    following.set(first, second);
    preceding.add(second);
  }
  return [...letters].filter((letter) => !preceding.has(letter)).map(chainFrom);
}

/** First letters of names one after the other that differ in nothing else, the most frequent pairs first. */
function listPairs(names: readonly string[]): (readonly [first: string, second: string])[] {
  const counts = new Map<string, number>();
  names.forEach((name, index) => {
    const before = names[index - 1] ?? '';
    if (before === name || before.length !== name.length || before.slice(1) !== name.slice(1)) return;
    const pair = before.charAt(0) + name.charAt(0);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  });
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([pair]) => [pair.charAt(0), pair.charAt(1)] as const);
}
