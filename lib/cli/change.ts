/** What has changed from one build to the next, in the words of the summary: bytes after gzip. */
import { gzipSync } from 'node:zlib';
import { showBytes } from '../report/sizes';
import { listWords, showName } from '../report/words';
import type { WrittenBuild } from './written';

/** What is said behind sizes: nothing where there was no build before, or where they are what they were. */
export interface Changes {
  /** Of a bundle, or a script that stands alone. */
  ofBundle(name: string): string;
  /** Of all that the page of an entry starts with. */
  ofEntry(entry: string): string;
  /** Of all that a request for a root must have. */
  ofRoot(id: string): string;
  /** Of all bundles together. */
  ofAll: string;
  /** Of entries and scripts that stand alone that there are no more, lines. */
  gone: readonly string[];
}

const NONE: Changes = { ofBundle: () => '', ofEntry: () => '', ofRoot: () => '', ofAll: '', gone: [] };

const signed = (bytes: number): string => `${bytes > 0 ? '+' : '-'}${showBytes(Math.abs(bytes))}`;

const show = (difference: number): string => (difference === 0 ? '' : `, ${signed(difference)}`);

/** Text of a bundle → its size; each is compressed once. */
function createScale(): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const size = known.get(text) ?? gzipSync(text).length;
    known.set(text, size);
    return size;
  };
}

/** How much larger some bundles are than others were. What is the same is not compressed, and of files that somebody has removed nothing is known. */
function createDifference(before: WrittenBuild, now: WrittenBuild) {
  const sizeOf = createScale();
  const isSame = (name: string): boolean => before.texts.get(name) === now.texts.get(name);
  const sum = (names: readonly string[], others: ReadonlySet<string>, { texts }: WrittenBuild): number =>
    names
      .filter((name) => !(others.has(name) && isSame(name)))
      .reduce((total, name) => total + sizeOf(texts.get(name) ?? ''), 0);
  return (names: readonly string[], earlier: readonly string[]): number | undefined => {
    const isKnown =
      names.every((name) => now.texts.has(name)) && earlier.every((name) => before.texts.has(name));
    return isKnown ? sum(names, new Set(earlier), now) - sum(earlier, new Set(names), before) : undefined;
  };
}

/** @param before what the output directory held; `undefined` where that was no build */
export function changesSince(before: WrittenBuild | undefined, now: WrittenBuild | undefined): Changes {
  if (before === undefined || now === undefined) return NONE;
  const differenceOf = createDifference(before, now);
  const all = differenceOf(now.bundles, before.bundles);
  const gone = [
    ...[...before.entries.keys()].filter((entry) => !now.entries.has(entry)),
    ...before.alone.filter((name) => !now.alone.includes(name)),
  ].map(showName);
  const earlierNames = new Set([...before.bundles, ...before.alone]);
  const ofSome = (names: readonly string[] = [], earlier: readonly string[] | undefined): string =>
    earlier === undefined ? ', new' : show(differenceOf(names, earlier) ?? 0);
  return {
    ofBundle: (name) => {
      if (!now.texts.has(name)) return '';
      return ofSome([name], earlierNames.has(name) ? [name] : undefined);
    },
    ofEntry: (entry) => ofSome(now.entries.get(entry), before.entries.get(entry)),
    ofRoot: (id) => ofSome(now.roots.get(id), before.roots.get(id)),
    ofAll:
      all === undefined
        ? ''
        : all === 0
          ? ', as large as the last build'
          : `${show(all)} since the last build`,
    gone: gone.length === 0 ? [] : ['', `Gone since the last build: ${listWords(gone)}`],
  };
}
