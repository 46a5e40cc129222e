/** Whether names of two ES modules would mean something else if both were in one function. */
import type { Range } from '../facts';

/** Where a name stands. */
export interface NamePlace extends Range {
  /** It is the key of a property as well. */
  isShorthand: boolean;
}

/** What a module's names are. */
export interface ModuleScope {
  /** What the top level declares, besides imports, and where that is meant. */
  top: ReadonlyMap<string, readonly NamePlace[]>;
  /** What is declared elsewhere in it. */
  inner: ReadonlySet<string>;
  /** What nothing in it declares. */
  free: ReadonlySet<string>;
  /** Names that functions and classes have from what declares them. */
  fixed: ReadonlySet<string>;
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

/** Whether something that one declares at its top level may be declared by the other, or read. Where it is imported by that name, it is neither. */
const mentions = ({ words, imports }: ModuleWords, { top }: ModuleWords): boolean => {
  for (const name of top) if (words.has(name) && !imports.has(name)) return true;
  return false;
};

/** Whether two modules have to be looked at more closely. */
export const mayClash = (one: ModuleWords, other: ModuleWords): boolean =>
  mentions(one, other) || mentions(other, one);

/** Whether something of one module that has to keep its name is called like something else in another one. */
function isInTheWay({ top, fixed }: ModuleScope, other: ModuleScope): boolean {
  for (const name of fixed)
    if (top.has(name) && (other.free.has(name) || (other.top.has(name) && other.fixed.has(name))))
      return true;
  return false;
}

/** Whether both have something that has to keep its name. */
export const doClash = (one: ModuleScope, other: ModuleScope): boolean =>
  isInTheWay(one, other) || isInTheWay(other, one);

/** What of a module's top level is called otherwise in a function with others. */
export function renamedBeside(
  { top, fixed }: ModuleScope,
  others: readonly ModuleScope[],
): ReadonlyMap<string, readonly NamePlace[]> {
  const isElsewhere = (name: string): boolean =>
    others.some((each) => each.top.has(name) || each.inner.has(name) || each.free.has(name));
  return new Map([...top].filter(([name]) => !fixed.has(name) && isElsewhere(name)));
}
