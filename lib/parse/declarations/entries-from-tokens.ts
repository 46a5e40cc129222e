/** Declarations that only name: `import … from`, `export … from` and `export { … }`. */

import type { Range } from '../../facts';
import { giveUp } from '../tokens/give-up';
import { isName, Kind } from '../tokens/kinds';
import type { Tokens } from '../tokens/tokens';
import { addExportAll, addListed, addRequest, type Declarations, noDeclarations } from './declarations';

/** What is known while the declarations of a module are read from its tokens. */
export interface Reading extends Declarations {
  tokens: Tokens;
  /** Names that are certainly declared at the top level, besides imports. */
  declared: Set<string>;
  /** The token behind the last function or class that is a declaration. */
  ended: number;
  /** Declarations that have a value or code of their own, in source order. */
  units: Unit[];
  /** What variables declare that stand in another statement, but for brackets. */
  nested: string[];
  /** Something else of the outermost level, but for brackets, may declare a name. */
  isUnsure: boolean;
}

/** Functions, classes, variables of one declaration, or a default export. */
export interface Unit {
  /** The first token, an `export` before it, too, and the token behind the last one. */
  first: number;
  end: number;
  /** What it declares; `''` is the default export that has no name in the source. */
  names: string[];
}

export const beginReading = (tokens: Tokens): Reading => ({
  ...noDeclarations(),
  tokens,
  declared: new Set(),
  ended: 0,
  units: [],
  nested: [],
  isUnsure: false,
});

/** From the beginning of one token to the end of another. */
const between = (tokens: Tokens, first: number, last: number): Range => ({
  start: tokens.start(first),
  end: tokens.end(last),
});

/** @returns the token behind it */
export function readImport(at: number, found: Reading): number {
  const { tokens, references } = found;
  const next = tokens.kind(at + 1);
  const request = references.length;
  const from = next === Kind.String ? at : readClause(at + 1, request, found);
  const end = endSource(from + 1, at, found);
  for (let index = at; index <= from; index++) disarm(tokens, index);
  return end;
}

/** What stands between `import` and `from`. @returns the index of `from` */
function readClause(first: number, request: number, found: Reading): number {
  const { tokens } = found;
  let at = first;
  if (tokens.kind(at) !== Kind.Star && tokens.kind(at) !== Kind.BraceOpen) {
    addImport(at, at, 'default', request, found);
    at++;
    if (tokens.kind(at) === Kind.Comma) at++;
    else return expectFrom(tokens, at);
  }
  if (tokens.kind(at) === Kind.BraceOpen) return expectFrom(tokens, readImported(at, request, found));
  if (tokens.kind(at) !== Kind.Star || !tokens.is(at + 1, 'as')) giveUp('import clause');
  addImport(at, at + 2, undefined, request, found);
  return expectFrom(tokens, at + 3);
}

const FROM = 'from';

function expectFrom(tokens: Tokens, at: number): number {
  return tokens.is(at, FROM) ? at : giveUp('import without a source');
}

function readImported(brace: number, request: number, found: Reading): number {
  return readSpecifiers(brace, found.tokens, (first, second) =>
    addImport(first, second, found.tokens.text(first), request, found),
  );
}

function addImport(
  at: number,
  nameAt: number,
  name: string | undefined,
  request: number,
  { tokens, imports }: Reading,
) {
  const kind = tokens.kind(nameAt);
  if (!isName(kind) || kind === Kind.Async) giveUp('import of a word');
  imports.push({ request, name, local: tokens.text(nameAt), start: tokens.start(at) });
}

/** Calls back with the tokens of both names of each specifier. @returns the token behind the braces */
function readSpecifiers(
  brace: number,
  tokens: Tokens,
  each: (first: number, second: number) => void,
): number {
  const close = tokens.match(brace);
  for (let at = brace + 1; at < close; at++) {
    const second = tokens.is(at + 1, 'as') ? at + 2 : at;
    if (!isWord(tokens.kind(at)) || !isWord(tokens.kind(second))) giveUp('specifier');
    each(at, second);
    at = second + 1;
    if (at !== close && tokens.kind(at) !== Kind.Comma) giveUp('specifier');
  }
  return close + 1;
}

/** Whether the token is an identifier or reserved word. */
const isWord = (kind: number): boolean => (kind >= Kind.Name && kind <= Kind.Property) || kind >= Kind.Import;

/** `export { … }`, with or without `from`. @returns the token behind it */
export function readExportList(at: number, found: Reading): number {
  const { tokens, references } = found;
  const behind = tokens.match(at + 1) + 1;
  const isIndirect = tokens.is(behind, FROM) && tokens.kind(behind + 1) === Kind.String;
  const request = isIndirect ? references.length : undefined;
  readSpecifiers(at + 1, tokens, (first, second) =>
    addListed(tokens.text(second), tokens.text(first), tokens.start(first), request, found),
  );
  const end = isIndirect ? endSource(behind + 1, at, found) : endEntries(behind - 1, at, found);
  for (let index = at + 1; index <= (isIndirect ? behind : behind - 1); index++) disarm(tokens, index);
  return end;
}

/** `export *`, with or without a name. @returns the token behind it */
export function readExportAll(at: number, found: Reading): number {
  const { tokens, references } = found;
  const isNamed = tokens.is(at + 2, 'as') && isWord(tokens.kind(at + 3));
  const from = expectFrom(tokens, isNamed ? at + 4 : at + 2);
  addExportAll(isNamed ? tokens.text(at + 3) : undefined, tokens.start(at), references.length, found);
  const end = endSource(from + 1, at, found);
  for (let index = at + 2; index <= from; index++) disarm(tokens, index);
  return end;
}

/** The string that names the other module, and the end of the declaration. @returns the token behind it */
function endSource(at: number, first: number, found: Reading): number {
  const { tokens } = found;
  if (tokens.kind(at) !== Kind.String) giveUp('no source');
  const specifier = tokens.source.slice(tokens.start(at) + 1, tokens.end(at) - 1);
  if (specifier.includes('\\')) giveUp('escape in a specifier');
  addRequest(specifier, between(tokens, at, at), found);
  return endEntries(at, first, found);
}

function endEntries(last: number, first: number, { tokens, declarations }: Reading): number {
  const behind = tokens.kind(last + 1);
  const isEnded = behind === Kind.Semicolon;
  if (behind === Kind.Watched) giveUp('import attributes');
  if (!isEnded && behind !== Kind.Edge && !tokens.isOnNewLine(last + 1)) giveUp('no line end behind entries');
  // The scanner took these for more of an expression.
  if (behind === Kind.ParenOpen || behind === Kind.BracketOpen || behind === Kind.Operator)
    giveUp('behind entries');
  const end = isEnded ? last + 1 : last;
  declarations.push({ form: 'entries', ...between(tokens, first, end) });
  return end + 1;
}

function disarm(tokens: Tokens, index: number): void {
  if (isWord(tokens.kind(index))) tokens.disarm(index);
}
