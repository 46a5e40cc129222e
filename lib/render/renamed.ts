/** A style that names files → the same style when these are called otherwise. */
import { decode, encode } from '@jridgewell/sourcemap-codec';

/** A name, where it stood, and what stands there now. */
interface Renamed {
  offset: number;
  before: string;
  now: string;
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Where the text has the names, in its order. */
function findNames(text: string, names: ReadonlyMap<string, string>): Renamed[] {
  if (names.size === 0) return [];
  // What is before and behind belongs to no name. Of two that begin in one place, the longer one is meant.
  const all = [...names.keys()].sort((a, b) => b.length - a.length).map(escapeRegExp);
  const pattern = new RegExp(`(?<=[/("'\\s]|^)(?:${all.join('|')})(?=[)"'?#\\s])`, 'g');
  return [...text.matchAll(pattern)].map(({ 0: before, index }) => ({
    offset: index,
    before,
    now: names.get(before) as string,
  }));
}

/** What a source map says of what stands behind, on the same line, moves with it. */
function moveMappings(mappings: string, text: string, renamed: readonly Renamed[]): string {
  const lines = decode(mappings);
  for (const { offset, before, now } of renamed.toReversed()) {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    const line = text.slice(0, lineStart).split('\n').length - 1;
    for (const segment of lines[line] ?? [])
      if (segment[0] >= offset - lineStart + before.length) segment[0] += now.length - before.length;
  }
  return encode(lines);
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
  let end = 0;
  const pieces = renamed.map(({ offset, before, now }) => {
    const piece = text.slice(end, offset) + now;
    end = offset + before.length;
    return piece;
  });
  return {
    text: pieces.join('') + text.slice(end),
    mappings: mappings && moveMappings(mappings, text, renamed),
  };
}
