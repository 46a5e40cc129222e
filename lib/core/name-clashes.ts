/** Which names of ES modules have to be others where these share a function. */
import type { Range } from '../facts';
import type { Module } from '../model';
import { localOf, resolveAmong } from './own-names';

/** Where a name stands. */
export interface NamePlace extends Range {
  /** It is the key of a property as well. */
  isShorthand: boolean;
}

/** For each name, where it stands and means what the top level of its module declares. */
export type NamePlaces = ReadonlyMap<string, readonly NamePlace[]>;

/** What can be told of a module's names at little cost. */
export interface ModuleWords {
  /** Names that the top level declares, besides imports. */
  top: ReadonlySet<string>;
  /** Names that imports declare, and that no value which takes the place of something has. */
  imports: ReadonlySet<string>;
  /** All words of its source that may be names, and others, some of them more than once. */
  words: Iterable<string>;
}

/** Members of a function, each with its words. */
export type Worded = readonly (readonly [module: Module, words: ModuleWords])[];

/**
 * For each member the names that its top level declares and that are words of another one: that may declare one, or read one of the page. Where
 * it imports by such a name just what is called so, and by no other, both may be called so. What a member imports of itself, it may declare further in
 * by the name that its top level has for it.
 */
export function findClashes(members: Worded): ReadonlySet<string>[] {
  const byPath = new Map(members.map(([module]) => [module.path, module]));
  const askers = askersOf(members);
  const imported = members.map(([asker]) => findImported(asker, byPath));
  return members.map(([exporter, { top }], own) => {
    const isInTheWay = (name: string, number: number): boolean =>
      number !== own &&
      !(members[number]?.[1].imports.has(name) && imported[number]?.alike.get(name) === exporter);
    const clashes = (name: string): boolean =>
      imported[own]?.ofItself.has(name) === true ||
      askers.get(name)?.some((number) => isInTheWay(name, number)) === true;
    return new Set([...top].filter(clashes));
  });
}

/** What a member imports of the function. */
interface Imported {
  /** By names that are those of what they mean, and the only ones for it: the member that has it. */
  alike: ReadonlyMap<string, Module>;
  /** What is its own is called at its top level. */
  ofItself: ReadonlySet<string>;
}

function findImported(asker: Module, members: ReadonlyMap<string, Module>): Imported {
  const alike = new Map<string, Module>();
  const others: [name: string, own: Module][] = [];
  for (const { local, request, name } of asker.facts.syntax?.imports ?? []) {
    const found = resolveAmong(members, asker, request, name);
    const theirs = found && localOf(found);
    if (found?.own === undefined || theirs === undefined) continue;
    if (theirs === local) alike.set(local, found.own);
    else others.push([theirs, found.own]);
  }
  // By a second name, it may ask where the first means something else.
  for (const [name, own] of others) if (alike.get(name) === own) alike.delete(name);
  return { alike, ofItself: new Set(others.flatMap(([name, own]) => (own === asker ? name : []))) };
}

/** For each name of a top level, the numbers of the members that it is a word of. */
function askersOf(members: Worded): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  for (const [, { top }] of members) for (const name of top) found.set(name, []);
  members.forEach(([, { words }], number) => {
    for (const word of words) found.get(word)?.push(number);
  });
  return found;
}
