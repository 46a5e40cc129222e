/** Text → tokens. Takes every source for valid: what an engine would refuse may pass, but what is certain of others is not. */

import { definesAmd } from '../concerns/foreign-names';
import { Brackets, patternAfter } from './brackets';
import { giveUp } from './give-up';
import { Context, Kind } from './kinds';
import { punctuator } from './punctuators';
import { assertAssigned, assertLooped } from './targets';
import { Tokens } from './tokens';
import { hashOn, wordKind } from './words';

const tokens = new Tokens();
const brackets = new Brackets(tokens);

/** What a character begins or goes on with. */
// biome-ignore lint/suspicious/noConstEnum: compared for every character
const enum Letter {
  Other,
  Space,
  Name,
  Digit,
  Quote,
}

const LETTERS = new Uint8Array(128);
for (const code of [9, 10, 11, 12, 32]) LETTERS[code] = Letter.Space;
for (let code = 48; code <= 57; code++) LETTERS[code] = Letter.Digit;
for (let code = 65; code <= 90; code++) LETTERS[code] = LETTERS[code + 32] = Letter.Name;
for (const code of [36, 95]) LETTERS[code] = Letter.Name;
for (const code of [34, 39]) LETTERS[code] = Letter.Quote;

const letter = (code: number): number => (code < 128 ? (LETTERS[code] as number) : Letter.Other);
const isNamePart = (code: number): boolean => letter(code) === Letter.Name || letter(code) === Letter.Digit;

/** Where another line may end than at a line feed; and a first line that is no JavaScript. */
const FOREIGN_LINES = /[\r\u2028\u2029]|^#!/;

/** What label comments match. */
let labelled: RegExp | undefined;

/**
 * The tokens of a source, until the next one is read.
 * @param label sticky; the comments that make a string a dependency, which need a tree
 * @throws GivenUp where they cannot be told
 */
export function scan(source: string, label?: RegExp): Tokens {
  labelled = label;
  if (FOREIGN_LINES.test(source)) giveUp('foreign line ends');
  tokens.begin(source);
  brackets.begin();
  for (let offset = 0; offset < source.length; ) offset = scanAt(source, offset);
  if (!brackets.isClosed) giveUp('unbalanced');
  tokens.finish();
  return tokens;
}

/** @returns where the next token may begin */
function scanAt(source: string, start: number): number {
  const code = source.charCodeAt(start);
  switch (letter(code)) {
    case Letter.Space:
      return start + 1;
    case Letter.Name:
      return scanName(source, start, start, Kind.Name);
    case Letter.Digit:
      return add(Kind.Number, start, numberEnd(source, start));
    case Letter.Quote:
      return add(Kind.String, start, stringEnd(source, start, code));
    default:
      return scanOther(source, start, code);
  }
}

function scanOther(source: string, start: number, code: number): number {
  switch (code) {
    case 35: // #
      if (letter(source.charCodeAt(start + 1)) !== Letter.Name) giveUp('number sign');
      return scanName(source, start, start + 1, Kind.Private);
    case 46: // .
      if (letter(source.charCodeAt(start + 1)) !== Letter.Digit) break;
      return add(Kind.Number, start, numberEnd(source, start));
    case 47: // /
      return scanSlash(source, start);
    case 96: // `
      return scanTemplate(source, start, false);
    case 125: // }
      if (tokens.context(brackets.open) === Context.Template && brackets.open !== 0)
        return scanTemplate(source, start, true);
  }
  return scanPunctuator(source, start, code);
}

function add(kind: number, start: number, end: number): number {
  tokens.add(kind, start, end, 0, brackets.open);
  return end;
}

function scanName(source: string, start: number, from: number, type: number): number {
  let hash = 0;
  let end = from;
  let code = source.charCodeAt(end);
  while (isNamePart(code)) {
    hash = hashOn(hash, code);
    code = source.charCodeAt(++end);
  }
  if (code === 92 || code > 127) giveUp('name beyond ASCII');
  const kind = type === Kind.Private ? type : nameKind(wordKind(source, start, end, hash), start, end);
  tokens.add(kind, start, end, hash, brackets.open);
  return end;
}

function nameKind(word: number, start: number, end: number): number {
  const kind =
    word === Kind.Ensure ? ensureKind(end) : word === Kind.Foreign ? foreignKind(start, end) : word;
  const { last } = tokens;
  const before = tokens.kind(last);
  if (before === Kind.Dot || before === Kind.Optional) {
    if (kind === Kind.Process) assertNotGlobal(last - 1);
    return Kind.Property;
  }
  if (kind === Kind.Class) brackets.classAfter(last, start);
  else if (kind === Kind.Function) brackets.functionAhead();
  else if (kind === Kind.Of || kind === Kind.In) assertLooped(tokens, last, brackets.open);
  return kind;
}

/** `globalThis.process` is `process` where a value of its environment is asked for. */
function assertNotGlobal(index: number): void {
  if (tokens.is(index, 'globalThis') || tokens.is(index, 'global')) giveUp('process of the global object');
}

/** Nothing behind it, or a parenthesis with something else behind it than a list. */
const NO_LIST = /^\s*(?:[^\s(?/]|\(\s*[\w$)])/;

/** A call of `ensure` with a list may name modules. */
const ensureKind = (end: number): number =>
  NO_LIST.test(tokens.source.slice(end, end + 80)) ? Kind.Name : giveUp('ensure');

/** Such names may be concerns. */
const foreignKind = (start: number, end: number): number =>
  tokens.source.startsWith('define', start) && !definesAmd(tokens.source, start)
    ? Kind.Name
    : giveUp(tokens.source.slice(start, end));

function numberEnd(source: string, start: number): number {
  const prefix = source.charCodeAt(start + 1) | 32;
  if (source.charCodeAt(start) === 48 && letter(source.charCodeAt(start + 1)) === Letter.Digit)
    giveUp('octal');
  const isPrefixed = source.charCodeAt(start) === 48 && (prefix === 120 || prefix === 98 || prefix === 111);
  let end = start;
  let hasPoint = isPrefixed;
  for (let code = source.charCodeAt(end); ; code = source.charCodeAt(++end)) {
    if (code === 46) {
      if (hasPoint) return end;
      hasPoint = true;
    } else if (!isNamePart(code)) return end;
    else if (!isPrefixed && (code | 32) === 101) {
      hasPoint = true;
      const sign = source.charCodeAt(end + 1);
      if (sign === 43 || sign === 45) end++;
    }
  }
}

function stringEnd(source: string, start: number, quote: number): number {
  for (let end = start + 1; end < source.length; end++) {
    const code = source.charCodeAt(end);
    if (code === quote) return end + 1;
    if (code === 92) end++;
    else if (code === 10) break;
  }
  return giveUp('string without end');
}

function scanSlash(source: string, start: number): number {
  const next = source.charCodeAt(start + 1);
  if (next === 47) {
    const end = source.indexOf('\n', start);
    return end < 0 ? source.length : end;
  }
  if (next === 42) {
    assertNoLabel(source, start);
    const end = source.indexOf('*/', start + 2);
    return end < 0 ? giveUp('comment without end') : end + 2;
  }
  brackets.assertGoesOn(tokens.last, start);
  if (!patternAfter(tokens, tokens.last)) return scanPunctuator(source, start, 47);
  return add(Kind.Pattern, start, patternEnd(source, start));
}

function assertNoLabel(source: string, start: number): void {
  if (labelled === undefined) return;
  labelled.lastIndex = start;
  if (labelled.test(source)) giveUp('label');
}

/** The flags of a regular expression belong to it. */
function patternEnd(source: string, start: number): number {
  let inClass = false;
  for (let end = start + 1; end < source.length; end++) {
    const code = source.charCodeAt(end);
    if (code === 10) break;
    if (code === 92) end++;
    else if (code === 91) inClass = true;
    else if (code === 93) inClass = false;
    else if (code === 47 && !inClass) {
      do end++;
      while (isNamePart(source.charCodeAt(end)));
      return end;
    }
  }
  return giveUp('pattern without end');
}

/** A template from its quote or from the end of a substitution to the next one or its own end. */
function scanTemplate(source: string, start: number, isContinued: boolean): number {
  const end = templateEnd(source, start + 1);
  const isLast = source.charCodeAt(end - 1) === 96;
  if (!isContinued && isLast) return add(Kind.Template, start, end);
  const open = isContinued ? brackets.leave() : 0;
  const kind = isLast ? Kind.TemplateTail : isContinued ? Kind.TemplateMiddle : Kind.TemplateHead;
  const index = tokens.add(kind, start, end, 0, brackets.open);
  if (isContinued) tokens.pair(open, index);
  if (!isLast) brackets.enter(index, Context.Template);
  return end;
}

function templateEnd(source: string, start: number): number {
  for (let end = start; end < source.length; end++) {
    const code = source.charCodeAt(end);
    if (code === 96) return end + 1;
    if (code === 92) end++;
    else if (code === 36 && source.charCodeAt(end + 1) === 123) return end + 2;
  }
  return giveUp('template without end');
}

function scanPunctuator(source: string, start: number, code: number): number {
  const found = punctuator(source, start, code);
  const kind = found & 255;
  const end = start + (found >> 8);
  switch (kind) {
    case Kind.ParenOpen:
      return enter(kind, start, parenContext(start));
    case Kind.BracketOpen:
      return enter(kind, start, bracketContext(start));
    case Kind.BraceOpen:
      return enter(kind, start, brackets.braceAfter(tokens.last, start));
    case Kind.ParenClose:
    case Kind.BracketClose:
    case Kind.BraceClose:
      return leave(kind, start);
    case Kind.Colon: {
      const context = brackets.colonAfter(tokens.last);
      tokens.setContext(tokens.add(kind, start, end, 0, brackets.open), context);
      return end;
    }
    case Kind.Question:
      brackets.question();
      break;
    case Kind.Assign:
    case Kind.Update:
    case Kind.Increment:
      assertAssigned(tokens, tokens.last, kind, start);
  }
  return add(kind, start, end);
}

function parenContext(start: number): Context {
  const { last } = tokens;
  if (tokens.end(last) < start) brackets.assertGoesOn(last, start);
  return brackets.parenAfter(last);
}

function bracketContext(start: number): Context {
  const { last } = tokens;
  if (tokens.end(last) < start) brackets.assertGoesOn(last, start);
  return brackets.bracketAfter(last);
}

function enter(kind: number, start: number, context: number): number {
  brackets.enter(tokens.add(kind, start, start + 1, 0, brackets.open), context);
  return start + 1;
}

function leave(kind: number, start: number): number {
  const open = brackets.leave();
  // An opening bracket's kind is one less than that of its other half.
  if (tokens.kind(open) !== kind - 1) giveUp('unbalanced');
  tokens.pair(open, tokens.add(kind, start, start + 1, 0, brackets.open));
  return start + 1;
}
