/** The pieces of a rendered module → the segments of its source map. */
import type { Range } from '../facts';
import type { Piece } from './edits';
import { lastIndexUpTo, lineStarts, type Origin, type Origins, type Segment } from './origins';

/** A module's source, and where it comes from. */
export interface Mapped {
  source: string;
  /** Offsets of the source's lines. */
  starts: readonly number[];
  /** Where the text that arrived begins: an offset in the source's first line, and that place in the text. */
  first: { offset: number; line: number; column: number };
  /** Of places in that text. */
  origins: Origins;
}

/** Where the names that segments mention are numbered. */
export type NameIndex = (name: string) => number;

/** The text that grows while pieces are written, as far as a source map has to know it. */
class Output {
  readonly lines: Segment[][] = [[]];
  column = 0;

  constructor(private readonly nameIndex: NameIndex) {}

  isAtLineStart(): boolean {
    return this.column === 0 && this.lines.length > 1;
  }

  endLine(): void {
    this.lines.push([]);
    this.column = 0;
  }

  write(text: string): void {
    const starts = lineStarts(text);
    for (let line = 1; line < starts.length; line++) this.endLine();
    this.column += text.length - (starts.at(-1) as number);
  }

  /** What is written from here on, or so many columns later, comes from there. */
  mark(origin: Origin | undefined, later = 0): void {
    const segments = this.lines.at(-1) as Segment[];
    const column = this.column + later;
    if (segments.at(-1)?.[0] === column) segments.pop();
    if (origin) segments.push(this.toSegment(column, origin));
    else if (segments.length > 0) segments.push([column]);
  }

  private toSegment(column: number, { source, line, column: original, name }: Origin): Segment {
    return name === undefined
      ? [column, source, line, original]
      : [column, source, line, original, this.nameIndex(name)];
  }
}

/** A place in the source as line and column of the text. */
function placeOf(offset: number, { starts, first }: Mapped): { line: number; column: number } {
  const line = lastIndexUpTo(starts, offset, (start) => start);
  const column = offset - (starts[line] as number);
  return { line: line + first.line, column: line === 0 ? column - first.offset + first.column : column };
}

/**
 * Writes a range of the source, line by line.
 * @param isArgument no mark at its first character
 */
function keep(range: Range, isArgument: boolean, mapped: Mapped, output: Output): void {
  const { starts, origins } = mapped;
  let next = lastIndexUpTo(starts, range.start, (start) => start) + 1;
  for (let start = range.start; start < range.end; next++) {
    const end = Math.min(range.end, starts[next] ?? range.end);
    const { line, column } = placeOf(start, mapped);
    const isSkipped = isArgument && start === range.start;
    if (!isSkipped && (start === range.start || end - start > 1)) output.mark(origins.at(line, column));
    const from = isSkipped ? column + 1 : column;
    origins.visit(line, from, column + end - start, (at, origin) => output.mark(origin, at - column));
    if (end === starts[next]) output.endLine();
    else output.column += end - start;
    start = end;
  }
}

const IDENTIFIER = /^(?!await$)[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

/** The origin of what stands in place of a text; the name of a variable is kept. */
function replacedOrigin(offset: number, text: string, mapped: Mapped): Origin | undefined {
  const { line, column } = placeOf(offset, mapped);
  const origin = mapped.origins.at(line, column);
  if (origin === undefined || origin.name !== undefined || !IDENTIFIER.test(text)) return origin;
  return { ...origin, name: text };
}

/** Where the next range that is kept begins, or the source ends. */
function nextStart(pieces: readonly Piece[], index: number, source: string): number {
  for (let at = index; at < pieces.length; at++) {
    const piece = pieces[at] as Piece;
    if (typeof piece !== 'string') return piece.start;
  }
  return source.length;
}

/**
 * Texts of ours come from what they replace: what stands between the ranges on both sides of them. Insertions belong to
 * what they follow, and what surrounds the source comes from nowhere.
 * @returns lines of segments, with absolute values
 */
export function segmentsOf(pieces: readonly Piece[], mapped: Mapped, nameIndex: NameIndex): Segment[][] {
  const { source } = mapped;
  const output = new Output(nameIndex);
  let position = mapped.first.offset;
  /** What the texts since the last range replace. */
  let replaced: string | undefined;
  pieces.forEach((piece, index) => {
    if (typeof piece !== 'string') {
      // V8 places a call whose function is no mere name at its parenthesis. `(0,a.b)(c)` was `b(c)`: leave that to `b`.
      const isArgument = source[piece.start] === '(' && replaced !== undefined && IDENTIFIER.test(replaced);
      keep(piece, isArgument, mapped, output);
      position = piece.end;
      replaced = undefined;
      return;
    }
    const isInside = position > mapped.first.offset || output.isAtLineStart();
    const next = nextStart(pieces, index, source);
    if (isInside && replaced === undefined && piece !== '' && next !== position) {
      replaced = source.slice(position, next);
      output.mark(replacedOrigin(Math.min(position, next), replaced, mapped));
    }
    output.write(piece);
  });
  return output.lines;
}
