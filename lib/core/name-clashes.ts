/** Whether names of two ES modules would mean something else if both were in one function. */
import type { Range } from '../facts';

/** Where a name stands. */
export interface NamePlace extends Range {
  /** It is the key of a property as well. */
  isShorthand: boolean;
}

/** What a name is in a module. */
export interface NameMeaning {
  /** Where it means what the top level declares, imports aside; absent where that declares no such. */
  top?: readonly NamePlace[];
  /** It is declared elsewhere in it. */
  isInner: boolean;
  /** Something reads it that nothing in the module declares. */
  isFree: boolean;
  /** Functions or classes have the name from what declares them. */
  isFixed: boolean;
}

/** What can be told of a module's names at little cost. */
export interface ModuleWords {
  /** Names that the top level declares, besides imports. */
  top: ReadonlySet<string>;
  /** Names that imports declare. */
  imports: ReadonlySet<string>;
  /** All words of its source that may be names, and others. */
  words: ReadonlySet<string>;
}

/** What one declares at its top level and the other may declare, or read. Where it is imported by that name, it is neither. */
const namesIn = ({ top }: ModuleWords, { words, imports }: ModuleWords): string[] => {
  const names: string[] = [];
  for (const name of top) if (words.has(name) && !imports.has(name)) names.push(name);
  return names;
};

/** Names that have to be looked at more closely where two modules stand side by side. */
export const namesMet = (one: ModuleWords, other: ModuleWords): readonly string[] => [
  ...new Set([...namesIn(one, other), ...namesIn(other, one)]),
];

/** Whether something of one module that has to keep its name is called like something else in another one. */
const isInTheWay = (one: NameMeaning, other: NameMeaning): boolean =>
  one.isFixed && one.top !== undefined && (other.isFree || (other.isFixed && other.top !== undefined));

/** Whether a name means something in both modules, and neither can have another one. */
export const doClash = (one: NameMeaning, other: NameMeaning): boolean =>
  isInTheWay(one, other) || isInTheWay(other, one);

/**
 * Where a name stands that a module's top level declares, if it has to be called otherwise in a function with others.
 * @param others what the name is in these
 */
export function placesToRename(
  { top, isFixed }: NameMeaning,
  others: readonly NameMeaning[],
): readonly NamePlace[] | undefined {
  const isElsewhere = others.some((each) => each.top !== undefined || each.isInner || each.isFree);
  return isElsewhere && !isFixed ? top : undefined;
}
