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
  /** Names that imports declare. */
  imports: ReadonlySet<string>;
  /** All words of its source that may be names, and others. */
  words: ReadonlySet<string>;
}

/** Members of a function, each with its words. */
export type Worded = readonly (readonly [module: Module, words: ModuleWords])[];

/**
 * For each member the names that its top level declares and that are words of another one: that may declare one, or read one of the page. Where
 * it imports by such a name just what is called so, both may be called so.
 */
export function findClashes(members: Worded): ReadonlySet<string>[] {
  const byPath = new Map(members.map(([module]) => [module.path, module]));
  const askers = askersOf(members);
  return members.map(([exporter, { top }]) => {
    const means = (asker: Module, name: string): boolean => {
      const entry = asker.facts.syntax?.imports.find(({ local }) => local === name);
      const found = entry && resolveAmong(byPath, asker, entry.request, entry.name);
      return found?.own === exporter && localOf(found) === name;
    };
    const clashes = (name: string): boolean =>
      askers
        .get(name)
        ?.some(([asker, { imports }]) => asker !== exporter && !(imports.has(name) && means(asker, name))) ??
      false;
    return new Set([...top].filter(clashes));
  });
}

/** For each name of a top level, the members that it is a word of. */
function askersOf(members: Worded): ReadonlyMap<string, Worded> {
  const found = new Map<string, Worded[number][]>();
  for (const [, { top }] of members) for (const name of top) found.set(name, []);
  for (const member of members) for (const word of member[1].words) found.get(word)?.push(member);
  return found;
}
