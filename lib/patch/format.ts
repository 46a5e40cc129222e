/**
 * Patches: what turns the texts a visitor has into the text of the next release.
 *
 * A patch is itself text, so that any server, any `dest` and any compression can carry it. The *old texts* are an
 * ordered list, concatenated; positions and lengths count UTF-16 units, as `slice` does. The new text is made of
 * *runs* of literals and *copies* of pieces of the old texts, in turn: run, copy, run, copy, …, run.
 *
 *     patch    = header LF offsets LF lengths LF runs LF literals
 *     header   = "1" base hash          29 characters
 *     offsets  = *number                where each copy begins, relative to the end of the one before (first: to 0)
 *     lengths  = *number                how long each copy is
 *     runs     = 1*number               how many literals stand before each copy, and after the last
 *     literals = *character             all runs, concatenated; LF is a character like others here
 *     number   = *digit letter          26 · digits + letter; `a` is 0, `z` 25; a capital letter makes it negative
 *
 * So `a` is 0, `c` 2, `C` -2, `1a` 26, `10b` 261. There are as many offsets as lengths, and one run more. A number
 * has no leading zero, zero no sign, and neither lengths nor runs are negative.
 *
 * `base` is the sha-256-36 of the old texts: the first 6 base64url characters of the SHA-256 over their own SHA-256s,
 * in base64url, joined by LF. It tells the wrong base from a damaged patch before any work is done. `hash` is the
 * first 22 characters, 132 bits, of the new text's SHA-256 in base64url. Both find accidents, for which such
 * truncations are common (RFC 6920). Against intent, a page knows the full hash from elsewhere.
 *
 * TEXTS are what a page sees of a file: its bytes decoded as UTF-8. So a text never holds a lone surrogate, and
 * never begins with U+FEFF, because decoders remove it; the encoder refuses texts that do. No run and no copy
 * begins or ends inside a surrogate pair, so every part of a patch survives UTF-8 as well. No text is longer than
 * 2^28 units: that bounds what a decoder may be made to allocate.
 *
 * WHY SO. What counts is the size after the server's compression. Columns keep like beside like: brotli gives each
 * of them statistics of its own (RFC 7932, block types) and finds what repeats in one, such as the offset of a
 * hundred renamed variables. A last digit that is a letter saves the separator, and most numbers are one letter:
 * 4 to 7 % less than decimal numbers with commas.
 */

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
  literals: string;
}

export const VERSION = '1';
export const BASE_LENGTH = 6;
export const HASH_LENGTH = 22;
/** Units that a text may have. */
export const MAX_LENGTH = 2 ** 28;

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
 */
export function writePatch(header: string, copies: readonly Copy[], text: string): string {
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
  return `${VERSION}${header}\n${columns.join('\n')}\n${literals.join('')}`;
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
  const lines = patch.split('\n', 4);
  const [header, ...columns] = lines;
  const [offsets, lengths, runs] = columns.map(readNumbers);
  const start = lines.join('\n').length;
  if (header === undefined || !HEADER.test(header) || patch[start] !== '\n') return undefined;
  if (offsets === undefined || lengths === undefined || runs === undefined) return undefined;
  if (offsets.length !== lengths.length || runs.length !== lengths.length + 1) return undefined;
  const base = header.slice(1, 1 + BASE_LENGTH);
  const hash = header.slice(1 + BASE_LENGTH);
  return { base, hash, offsets, lengths, runs, literals: patch.slice(start + 1) };
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
