/** Changes of a source at exact ranges, as pieces: what is kept stays a range, so that source maps know where it came from. */
import type { Range } from '../facts';

/** Text of ours, or a range of the source that stands unchanged. */
export type Piece = string | Range;

/** Pieces with text of ours before them, and behind them. */
export const enclose = (before: Piece, pieces: readonly Piece[], ...after: Piece[]): Piece[] =>
  [before].concat(pieces, after);

/**
 * Puts something in place of a range; an empty range is an insertion. A range among the pieces is part of the source
 * again, with the edits inside it.
 */
export interface Edit extends Range {
  pieces: readonly Piece[];
}

export const replace = ({ start, end }: Range, ...pieces: Piece[]): Edit => ({ start, end, pieces });

export const insert = (at: number, text: string): Edit => ({ start: at, end: at, pieces: [text] });

const isInsertion = ({ start, end }: Edit): boolean => start === end;

/** By place; insertions first. What is given first stands first. */
export function sortEdits(edits: readonly Edit[]): Edit[] {
  return edits.toSorted((a, b) => a.start - b.start || Number(isInsertion(b)) - Number(isInsertion(a)));
}

/** The range of the source with the edits in it; those inside of another one count only where it keeps their range. */
export function applyEdits(range: Range, sorted: readonly Edit[]): Piece[] {
  const result: Piece[] = [];
  let position = range.start;
  for (const { start, end, pieces } of sorted) {
    if (start < position || end > range.end) continue;
    if (start > position) result.push({ start: position, end: start });
    for (const piece of pieces) {
      if (typeof piece === 'string') result.push(piece);
      else result.push(...applyEdits(piece, sorted));
    }
    position = end;
  }
  if (position < range.end) result.push({ start: position, end: range.end });
  return result;
}

/** The text that the pieces make, in one copy: what `+` makes would be copied once more by everybody who reads it. */
export const textOf = (pieces: readonly Piece[], source: string): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : source.slice(piece.start, piece.end))).join('');

/** The offset in the source of an offset in the text; of what is not in the source, where the source goes on. */
export function sourceOffset(pieces: readonly Piece[], offset: number): number {
  let begin = 0;
  let last = 0;
  for (const piece of pieces) {
    const length = typeof piece === 'string' ? piece.length : piece.end - piece.start;
    if (typeof piece !== 'string') {
      if (offset < begin + length) return piece.start + Math.max(0, offset - begin);
      last = piece.end;
    }
    begin += length;
  }
  return last;
}
