/**
 * Patches: what turns the texts a visitor has into the text of the next release.
 *
 * A patch is itself text, so that any server, any `dest` and any compression can carry it. The *old texts* are an
 * ordered list, concatenated; positions and lengths count UTF-16 units, as `slice` does. The new text is made of
 * *runs* of literals and *copies* of pieces of the old texts, in turn: run, copy, run, copy, …, run.
 *
 *     patch    = header LF offsets LF lengths LF runs LF [gaps LF steps LF order LF] literals
 *     header   = version base hash      29 characters
 *     version  = "1" / "2"              version 2 has gaps, steps and an order
 *     offsets  = *number                where each copy begins, relative to the end of the one before (first: to 0)
 *     lengths  = *number                how long each copy is
 *     runs     = 1*number               how many literals stand before each copy, and after the last
 *     gaps     = *number                how many names of the old texts stand before each rename, from the last on
 *     steps    = *number                how far each moves the name behind, in the order
 *     order    = *unit                  letters of names, each once: the order of names, see name-order.ts
 *     literals = *character             all runs, concatenated; LF is a character like others here
 *     number   = *digit letter          26 · digits + letter; `a` is 0, `z` 25; a capital letter makes it negative
 *
 * So `a` is 0, `c` 2, `C` -2, `1a` 26, `10b` 261. There are as many offsets as lengths, and one run more. A number
 * has no leading zero, zero no sign, and neither lengths, runs nor gaps are negative. There are as many gaps as steps.
 *
 * VERSION 2 renames names of the old texts first: copies, their offsets and lengths are of the texts that this gives.
 * What a name is, and how a rename holds for what follows, names.ts tells. Each gap and each step must lead to a name. Version 2 is
 * written where names have changed and it is smaller; all that knows version 1 alone refuses it as damaged.
 *
 * `base` is the sha-256-36 of the old texts: the first 6 base64url characters of the SHA-256 over their own SHA-256s,
 * in base64url, joined by LF. It tells the wrong base from a damaged patch before any work is done. `hash` is the
 * first 22 characters, 132 bits, of the new text's SHA-256 in base64url. Both find accidents, for which such
 * truncations are common (RFC 6920). Against intent, a page knows the full hash from elsewhere.
 *
 * TEXTS are what a page sees of a file: its bytes decoded as UTF-8. So a text never holds a lone surrogate, and
 * never begins with U+FEFF, because decoders remove it; the encoder refuses texts that do. No run and no copy
 * begins or ends inside a surrogate pair, so every part of a patch survives UTF-8 as well. No text is longer than
 * 2^28 units: that bounds what a decoder may be made to allocate. Old texts whose names are renamed have no more than
 * 2^27 together, since a name of one unit may become one of two.
 *
 * WHY SO. What counts is the size after the server's compression. Columns keep like beside like: brotli gives each
 * of them statistics of its own (RFC 7932, block types) and finds what repeats in one, such as the offset of a
 * hundred renamed variables. A last digit that is a letter saves the separator, and most numbers are one letter:
 * 4 to 7 % less than decimal numbers with commas.
 *
 * Names are renamed before anything is copied, not while it is. So copies are chosen from texts that are nearly the
 * new one, as if no name had changed; what is copied twice, or from elsewhere, disturbs no names; and a name that
 * differs just once is a literal like others. To rename what is copied, in the order of the new text, makes patches of
 * minified libraries 1 to 10 % larger, of pages whose modules have moved 40 %. Names in place of steps: a quarter
 * larger where much is renamed; an order learned from each file halves patches, at times. A table for each scope, by
 * braces, makes patches of libraries a sixth larger: minifiers go on with the same names from function to function.
 */

import { MAX_GROWTH, type Rename } from './names';

/** Text → base64url of the SHA-256 of its UTF-8 bytes. */
export type Hash = (text: string) => string;

/** `length` units of the new text, from `at`, are those of the old texts from `from`. */
export interface Copy {
  at: number;
  from: number;
  length: number;
}

/** A patch as it is written: columns still relative. */
export interface Columns {
  base: string;
  hash: string;
  offsets: number[];
  lengths: number[];
  runs: number[];
  /** None in version 1. */
  renames: Rename[];
  /** What steps of renames are taken in. */
  order: string;
  literals: string;
}

/** Of patches without renames, and with them. */
const [PLAIN, RENAMING] = ['1', '2'];
/** Of all that can be read. */
export const VERSIONS: readonly string[] = [PLAIN, RENAMING];
export const BASE_LENGTH = 6;
export const HASH_LENGTH = 22;
/** Units that a text may have. */
export const MAX_LENGTH = 2 ** 28;
/** Units that old texts may have together for names in them to be renamed. */
export const MAX_RENAMED = MAX_LENGTH / MAX_GROWTH;

const HEADER = /^[\w-]{29}$/;
const RADIX = 26;
const CAPITALS = 65;
const SMALL = 97;

/** The id of an ordered list of old texts. */
export function baseId(oldTexts: readonly string[], hash: Hash): string {
  return hash(oldTexts.map(hash).join('\n')).slice(0, BASE_LENGTH);
}

/** What a patch says about the text it makes. */
export const resultId = (text: string, hash: Hash): string => hash(text).slice(0, HASH_LENGTH);

/**
 * The patch that makes `text` of copies, which are in the order of the text and do not overlap in it.
 * @param header base id and result id
 * @param renames what is to be done to the old texts before, with steps in `order`
 */
export function writePatch(
  header: string,
  copies: readonly Copy[],
  text: string,
  renames: readonly Rename[] = [],
  order = '',
): string {
  const columns = ['', '', ''];
  const literals: string[] = [];
  let end = 0;
  let source = 0;
  for (const { at, from, length } of copies) {
    columns[0] += writeNumber(from - source);
    columns[1] += writeNumber(length);
    columns[2] += writeNumber(at - end);
    literals.push(text.slice(end, at));
    end = at + length;
    source = from + length;
  }
  literals.push(text.slice(end));
  columns[2] += writeNumber(text.length - end);
  const version = renames.length === 0 ? PLAIN : RENAMING;
  if (renames.length > 0) columns.push(...writeRenames(renames, order));
  return `${version}${header}\n${columns.join('\n')}\n${literals.join('')}`;
}

function writeRenames(renames: readonly Rename[], order: string): string[] {
  const gaps = renames.map(({ gap }) => writeNumber(gap));
  const steps = renames.map(({ step }) => writeNumber(step));
  return [gaps.join(''), steps.join(''), order];
}

/** A number of a column. */
export function writeNumber(value: number): string {
  const size = Math.abs(value);
  const leading = Math.floor(size / RADIX);
  const letter = String.fromCharCode((value < 0 ? CAPITALS : SMALL) + (size % RADIX));
  return leading === 0 ? letter : leading + letter;
}

/** The parts of a patch; `undefined` when it is not written as the format wants it. */
export function readPatch(patch: string): Columns | undefined {
  const isRenaming = patch[0] === RENAMING;
  const lines = patch.split('\n', isRenaming ? 7 : 4);
  const [header, offsets, lengths, runs] = [lines[0], ...lines.slice(1, 4).map(readNumbers)] as const;
  const renames = isRenaming ? readRenames(lines[4], lines[5]) : [];
  const order = lines[6] ?? '';
  const start = lines.join('\n').length;
  if (header === undefined || !HEADER.test(header) || patch[start] !== '\n') return undefined;
  if (offsets === undefined || lengths === undefined || runs === undefined) return undefined;
  if (offsets.length !== lengths.length || runs.length !== lengths.length + 1) return undefined;
  if (renames === undefined || !ORDER.test(order)) return undefined;
  const base = header.slice(1, 1 + BASE_LENGTH);
  const hash = header.slice(1 + BASE_LENGTH);
  return { base, hash, offsets, lengths, runs, renames, order, literals: patch.slice(start + 1) };
}

/** Nothing but units that names may have, each once. */
const ORDER = /^(?:([\w$])(?!.*\1))*$/;

function readRenames(gapColumn = '', stepColumn = ''): Rename[] | undefined {
  const [gaps, steps] = [readNumbers(gapColumn), readNumbers(stepColumn)];
  if (gaps === undefined || steps === undefined || gaps.length !== steps.length) return undefined;
  return gaps.map((gap, index) => ({ gap, step: steps[index] as number }));
}

/** Nothing but digits and letters, a letter last, no leading zero, no negative zero. */
const COLUMN = /^(?:[1-9]\d{0,8}[a-zA-Z]|[a-zB-Z])*$/;

function readNumbers(column: string): number[] | undefined {
  if (!COLUMN.test(column)) return undefined;
  const numbers: number[] = [];
  let leading = 0;
  for (let index = 0; index < column.length; index++) {
    const code = column.charCodeAt(index);
    if (code < CAPITALS) {
      leading = leading * 10 + code - 48;
    } else {
      numbers.push(code < SMALL ? -leading * RADIX - code + CAPITALS : leading * RADIX + code - SMALL);
      leading = 0;
    }
  }
  return numbers;
}
