/** Names with hashes, so that releases lie beside each other and pages of older ones find what is theirs. */
import { decode, encode } from '@jridgewell/sourcemap-codec';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { sha256 } from '../hash';
import { urlPath } from '../render/escape';
import { tagOf } from './tags';

/** Characters of the hash in a name, as gulp-rev has them. */
const LENGTH = 10;

const hashOf = ({ contents }: File): string =>
  Buffer.from(sha256(contents as Buffer), 'base64url')
    .toString('hex')
    .slice(0, LENGTH);

function rename(file: File): void {
  file.stem = `${file.stem}-${hashOf(file)}`;
  if (file.sourceMap) file.sourceMap.file = file.relative;
}

const servedName = ({ relative }: File): string => urlPath(relative.replaceAll('\\', '/'));

/** Something that stands in the place of something else. */
interface Replaced {
  offset: number;
  before: string;
  now: string;
}

const escapeRegExp = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Where a style names files that are called otherwise now, in its order. */
function findNames(text: string, names: ReadonlyMap<string, string>): Replaced[] {
  if (names.size === 0) return [];
  // What is before and behind it belongs to no name. Of two names that begin in one place, the longer one is meant.
  const all = [...names.keys()].sort((a, b) => b.length - a.length).map(escapeRegExp);
  const pattern = new RegExp(`(?<=[/("'\\s]|^)(?:${all.join('|')})(?=[)"'?#\\s])`, 'g');
  return [...text.matchAll(pattern)].map(({ 0: before, index }) => ({
    offset: index,
    before,
    now: names.get(before) as string,
  }));
}

/** Moves what a source map says of what stands behind, on the same line. */
function moveMappings(mappings: string, text: string, replaced: readonly Replaced[]): string {
  const lines = decode(mappings);
  for (const { offset, before, now } of replaced.toReversed()) {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
    const line = text.slice(0, lineStart).split('\n').length - 1;
    for (const segment of lines[line] ?? [])
      if (segment[0] >= offset - lineStart + before.length) segment[0] += now.length - before.length;
  }
  return encode(lines);
}

/** Puts the names that files have now into a style. */
function rewrite(style: File, names: ReadonlyMap<string, string>): void {
  const text = String(style.contents);
  const replaced = findNames(text, names);
  if (replaced.length === 0) return;
  let end = 0;
  const pieces = replaced.map(({ offset, before, now }) => {
    const piece = text.slice(end, offset) + now;
    end = offset + before.length;
    return piece;
  });
  style.contents = Buffer.from(pieces.join('') + text.slice(end));
  if (style.sourceMap) style.sourceMap.mappings = moveMappings(style.sourceMap.mappings, text, replaced);
}

/**
 * Files of a pack in, the same Files out, `a.js` as `a-<hash>.js`, in styles as well. All have come before the first one goes.
 * @param isNamed whether a File keeps its name
 */
export function createRev(isNamed: (file: File) => boolean = () => false) {
  return objectTransform(async function* (source: AsyncIterable<File>) {
    const files: File[] = [];
    const names = new Map<string, string>();
    for await (const file of source) {
      files.push(file);
      if (tagOf(file).asset === undefined || isNamed(file)) continue;
      const before = servedName(file);
      rename(file);
      names.set(before, servedName(file));
    }
    for (const file of files) {
      if (tagOf(file).asset === undefined && !isNamed(file)) {
        if (file.extname === '.css') rewrite(file, names);
        rename(file);
      }
      yield file;
    }
  });
}
