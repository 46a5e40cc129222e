/**
 * The error that every failure is, and where it is. The field names are those of gulp's plugin errors, so that gulp-cli prints
 * `toString()` and no stack.
 */

/** Where in a source file something is wrong. */
export interface Location {
  fileName: string;
  /** 1-based. */
  lineNumber: number;
  /** 1-based, for people. */
  columnNumber: number;
  /** The lines around the place, with a caret below it. */
  frame: string;
}

/** The one error class. `code` is stable, `message` says what is wrong and where, `hint` what to do. */
export class DynapackError extends Error {
  /** Whose error it is, as gulp's plugin errors say it. */
  readonly plugin = 'dynapack';
  /** gulp prints `toString()` and no stack when this is a boolean. */
  readonly showStack = false;
  /** Stable: `SYNTAX_ERROR`, `MODULE_NOT_FOUND` … */
  readonly code: string;
  /** The file that it is about. */
  readonly fileName?: string;
  /** 1-based. */
  readonly lineNumber?: number;
  /** 1-based. */
  readonly columnNumber?: number;
  /** The lines around the place, with a caret below it. */
  readonly frame?: string;
  /** What to do. */
  readonly hint?: string;

  constructor(
    code: string,
    message: string,
    details: Partial<Location> & { hint?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'DynapackError';
    this.code = code;
    for (const key of ['fileName', 'lineNumber', 'columnNumber', 'frame', 'hint'] as const) {
      if (details[key] !== undefined) Object.assign(this, { [key]: details[key] });
    }
  }

  override toString(): string {
    const position = this.lineNumber === undefined ? '' : `:${this.lineNumber}:${this.columnNumber}`;
    const lines = [`dynapack ${this.code}: ${this.message}`];
    if (this.fileName !== undefined) lines.push(`  at ${this.fileName}${position}`);
    if (this.frame !== undefined) lines.push('', this.frame, '');
    if (this.hint !== undefined) lines.push(`  ${this.hint}`);
    return lines.join('\n');
  }
}

const FRAME_WIDTH = 110;

/**
 * Where `offset` is in `source`: line, column and a code frame. Lines longer than a terminal's
 * (minified files) are cut around the place.
 */
export function locate(fileName: string, source: string, offset: number): Location {
  const before = source.slice(0, offset).split(/\r\n?|[\n\u2028\u2029]/);
  const lineNumber = before.length;
  const column = (before[lineNumber - 1] as string).length;
  const lines = source.slice(offset).split(/\r\n?|[\n\u2028\u2029]/, 3);
  const following = [(before[lineNumber - 1] as string) + lines[0], ...lines.slice(1)];
  const first = Math.max(0, lineNumber - 3);
  const shown = [...before.slice(first, lineNumber - 1), ...following];
  const width = String(first + shown.length).length;
  const from = Math.max(0, column - FRAME_WIDTH / 2);
  const rows: string[] = [];
  shown.forEach((text, index) => {
    const number = first + index + 1;
    const marker = number === lineNumber ? '>' : ' ';
    const cut = text.slice(from, from + FRAME_WIDTH).replaceAll('\t', ' ');
    rows.push(`${marker} ${String(number).padStart(width)} | ${cut}`.trimEnd());
    if (number === lineNumber) rows.push(`  ${' '.repeat(width)} | ${' '.repeat(column - from)}^`);
  });
  return { fileName, lineNumber, columnNumber: column + 1, frame: rows.join('\n') };
}
