/** Punctuators, longest first. */

import { giveUp } from './give-up';
import { Kind } from './kinds';

const SINGLE = new Uint8Array(128);
for (const [character, kind] of [
  ['(', Kind.ParenOpen],
  [')', Kind.ParenClose],
  ['[', Kind.BracketOpen],
  [']', Kind.BracketClose],
  ['{', Kind.BraceOpen],
  ['}', Kind.BraceClose],
  [';', Kind.Semicolon],
  [';', Kind.Semicolon],
  [',', Kind.Comma],
  [':', Kind.Colon],
  ['~', Kind.Operator],
] as const) {
  SINGLE[character.charCodeAt(0)] = kind;
}

const EQUALS = 61;

/** A kind and a length in one number: the length stands above the first 8 bits. */
const as = (kind: number, length: number): number => kind | (length << 8);

/** The punctuator at an offset where its character code stands. */
export function punctuator(source: string, start: number, code: number): number {
  const single = code < 128 ? (SINGLE[code] as number) : 0;
  if (single !== 0) return as(single, 1);
  const next = source.charCodeAt(start + 1);
  switch (code) {
    case 46: // .
      return next === 46 ? as(Kind.Spread, 3) : as(Kind.Dot, 1);
    case EQUALS:
      if (next === 62) return as(Kind.Arrow, 2);
      return next === EQUALS ? equality(source, start) : as(Kind.Assign, 1);
    case 33: // !
      return next === EQUALS ? equality(source, start) : as(Kind.Not, 1);
    case 63: // ?
      return question(source, start, next);
    case 38: // &
    case 124: // |
      if (next === code) return logical(source, start);
      return updated(next, Kind.Operator);
    case 43: // +
    case 45: // -
      if (next !== code) return updated(next, Kind.Operator);
      if (code === 45 && source.charCodeAt(start + 2) === 62) giveUp('HTML comment');
      return as(Kind.Increment, 2);
    default:
      return arithmetic(source, start, code, next);
  }
}

const updated = (next: number, kind: number): number => (next === EQUALS ? as(Kind.Update, 2) : as(kind, 1));

const equality = (source: string, start: number): number =>
  as(Kind.Equality, source.charCodeAt(start + 2) === EQUALS ? 3 : 2);

const logical = (source: string, start: number): number =>
  source.charCodeAt(start + 2) === EQUALS ? as(Kind.Update, 3) : as(Kind.Logical, 2);

function question(source: string, start: number, next: number): number {
  if (next === 63) return logical(source, start);
  const after = source.charCodeAt(start + 2);
  const isOptional = next === 46 && !(after >= 48 && after <= 57);
  return isOptional ? as(Kind.Optional, 2) : as(Kind.Question, 1);
}

function arithmetic(source: string, start: number, code: number, next: number): number {
  switch (code) {
    case 42: // *
      return next === code ? power(source, start) : updated(next, Kind.Star);
    case 37: // %
    case 94: // ^
    case 47: // /
      return updated(next, Kind.Operator);
    case 60: // <
    case 62: // >
      if (source.startsWith('<!--', start)) giveUp('HTML comment');
      return compared(source, start, code);
    default:
      return giveUp('unknown character');
  }
}

const power = (source: string, start: number): number =>
  source.charCodeAt(start + 2) === EQUALS ? as(Kind.Update, 3) : as(Kind.Operator, 2);

/** `<`, `<<`, `>>>`, and each of them with `=`. */
function compared(source: string, start: number, code: number): number {
  let end = start + 1;
  while (source.charCodeAt(end) === code) end++;
  const isUpdate = end > start + 1 && source.charCodeAt(end) === EQUALS;
  if (source.charCodeAt(end) === EQUALS) end++;
  return as(isUpdate ? Kind.Update : Kind.Operator, end - start);
}
