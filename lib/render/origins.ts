/** Where places of a text come from: the text itself, or what a source map says of it. */

/** A place in a source. */
export interface Origin {
  /** Index of the source. */
  source: number;
  /** 0-based. */
  line: number;
  /** 0-based. */
  column: number;
  /** What stands there is called this in the source. */
  name?: string | undefined;
}

/** Answers for one text. Lines and columns are 0-based. */
export interface Origins {
  /** Where the text at a place comes from, or `undefined` when it comes from nowhere. */
  at(line: number, column: number): Origin | undefined;
  /** Tells every column from `start` up to `end` of a line at which something else begins than right before it. */
  visit(line: number, start: number, end: number, onMark: (column: number, origin?: Origin) => void): void;
}

const LINE_END = /\r\n?|[\n\u2028\u2029]/g;

/** Offsets at which the lines of a text begin. A line ends where JavaScript says that it ends, as in the stack of an error. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  LINE_END.lastIndex = 0;
  while (LINE_END.test(text)) starts.push(LINE_END.lastIndex);
  return starts;
}

/** The index of the last of the ascending values that is not above the limit, or -1. */
export function lastIndexUpTo<Item>(
  items: readonly Item[],
  limit: number,
  valueAt: (item: Item) => number,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (valueAt(items[middle] as Item) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** What a character is for the question where a token begins. */
const [SPACE, WORD, OPENER, CLOSER, QUOTE, COMMA, DOT, OPERATOR] = [0, 1, 2, 3, 4, 5, 6, 7];

const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (code <= 32 || code === 127) return SPACE as number;
  if (/[\w$]/.test(character)) return WORD as number;
  if ('({[}'.includes(character)) return OPENER as number;
  if ('"\'`'.includes(character)) return QUOTE as number;
  if (')]'.includes(character)) return CLOSER as number;
  if (',;'.includes(character)) return COMMA as number;
  return (character === '.' ? DOT : OPERATOR) as number;
});

const kindOf = (code: number): number => (code < 128 ? (kinds[code] as number) : (WORD as number));

/**
 * Whether a token begins that an engine may name in the stack of an error, or stop at. What closes, separates or ends a
 * string is never named, so that maps need not mention it.
 * @param isChain a call or an index belongs to the same expression: there V8 names dots, elsewhere the names behind them
 */
function isMark(kind: number, before: number, isChain: boolean): boolean {
  switch (kind) {
    case WORD:
    case OPERATOR:
      return before !== kind;
    case OPENER:
      return true;
    case QUOTE:
      return before !== WORD;
    case DOT:
      return before !== DOT && (isChain || before !== WORD);
    default:
      return false;
  }
}

/** Whether what follows a character may belong to an expression with a call, an index or `?.` in it. */
const continuesChain = (kind: number, before: number, isChain: boolean): boolean =>
  kind === CLOSER || (kind === DOT && before === OPERATOR) || (isChain && (kind === WORD || kind === DOT));

/** The origins of a text that is the source itself: a mark at every token, and at every line that is not empty. */
export function tokenOrigins(text: string, starts: readonly number[], source: number): Origins {
  const at = (line: number, column: number): Origin => ({ source, line, column });
  return {
    at,
    visit(line, start, end, onMark) {
      const offset = starts[line] as number;
      let before = SPACE as number;
      let isChain = false;
      for (let column = start; column < end; column++) {
        const kind = kindOf(text.charCodeAt(offset + column));
        if (isMark(kind, before, isChain)) onMark(column, at(line, column));
        isChain = continuesChain(kind, before, isChain);
        before = kind;
      }
    },
  };
}

/** A segment of a decoded source map: column, source, line, column, name. */
export type Segment =
  | [column: number]
  | [column: number, source: number, line: number, originalColumn: number]
  | [column: number, source: number, line: number, originalColumn: number, name: number];

/**
 * The origins of a text that a source map tells.
 * @param lines decoded mappings
 * @param sources index of each of the map's sources
 */
export function mappedOrigins(
  lines: readonly (readonly Segment[])[],
  sources: readonly number[],
  names: readonly string[],
): Origins {
  const originOf = (segment: Segment): Origin | undefined => {
    if (segment.length === 1) return undefined;
    const [, source, line, column, name] = segment;
    const origin = { source: sources[source] as number, line, column };
    return name === undefined ? origin : { ...origin, name: names[name] };
  };
  const columnOf = ([column]: Segment): number => column;
  return {
    at(line, column) {
      const segments = lines[line] ?? [];
      const found = segments[lastIndexUpTo(segments, column, columnOf)];
      const origin = found && originOf(found);
      return origin && found[0] < column ? { ...origin, name: undefined } : origin;
    },
    visit(line, start, end, onMark) {
      const segments = lines[line] ?? [];
      for (let index = lastIndexUpTo(segments, start - 1, columnOf) + 1; index < segments.length; index++) {
        const segment = segments[index] as Segment;
        if (segment[0] >= end) return;
        onMark(segment[0], originOf(segment));
      }
    },
  };
}
