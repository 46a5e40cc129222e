/** A style that names files → the same style when these are called otherwise. */
import { moveMappings, type Replacement, replaceAll } from './moved-mappings';

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Where the text has the names, in its order. */
function findNames(text: string, names: ReadonlyMap<string, string>): Replacement[] {
  if (names.size === 0) return [];
  // What is before and behind belongs to no name. Of two that begin in one place, the longer one is meant.
  const all = [...names.keys()].sort((a, b) => b.length - a.length).map(escapeRegExp);
  const pattern = new RegExp(`(?<=[/("'\\s]|^)(?:${all.join('|')})(?=[)"'?#\\s])`, 'g');
  return [...text.matchAll(pattern)].map(({ 0: name, index }) => ({
    start: index,
    end: index + name.length,
    text: names.get(name) as string,
  }));
}

/** A style, and the mappings of its source map, if it has one. */
export interface MappedStyle {
  text: string;
  mappings: string | undefined;
}

/** @param names path of each file as part of a URL → what it is now */
export function renameFiles(
  { text, mappings }: MappedStyle,
  names: ReadonlyMap<string, string>,
): MappedStyle {
  const renamed = findNames(text, names);
  const now = replaceAll(text, renamed);
  return { text: now, mappings: mappings && moveMappings(mappings, text, now, renamed) };
}
