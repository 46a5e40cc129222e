/** The names that `var`, `let` and `const` declare. */

import { functionBody } from '../tokens/functions';
import { giveUp } from '../tokens/give-up';
import { Context, isName, Kind } from '../tokens/kinds';
import { expressionEnd, expressionStop, unitEnd } from '../tokens/statements';
import type { Tokens } from '../tokens/tokens';

/** Of the outermost level. @returns the token behind the declarators */
export function readVariables(first: number, tokens: Tokens, note: (name: string) => void): number {
  for (let index = first; ; index++) {
    readTarget(index, tokens, note);
    index = declaratorEnd(unitEnd(tokens, index), tokens);
    if (tokens.kind(index) !== Kind.Comma) return index;
  }
}

/** What a name or pattern declares, in source order. */
function readTarget(index: number, tokens: Tokens, note: (name: string) => void): void {
  switch (tokens.kind(index)) {
    case Kind.BraceOpen:
      readElements(index, tokens, (at) => {
        const colon = keyEnd(at, tokens);
        readTarget(tokens.kind(colon) === Kind.Colon ? colon + 1 : at, tokens, note);
      });
      break;
    case Kind.BracketOpen:
      readElements(index, tokens, (at) => readTarget(at, tokens, note));
      break;
    default:
      if (!isName(tokens.kind(index))) giveUp('name of interest');
      note(tokens.text(index));
  }
}

/** Calls back with the first token of each element of a pattern, behind dots. */
function readElements(open: number, tokens: Tokens, each: (at: number) => void): void {
  const close = tokens.match(open);
  for (let index = open + 1; index < close; index++) {
    if (tokens.kind(index) === Kind.Comma) continue;
    if (tokens.kind(index) === Kind.Spread) index++;
    each(index);
    index = keyEnd(index, tokens);
    while (index < close && tokens.kind(index) !== Kind.Comma) index = unitEnd(tokens, index);
  }
}

/** The token behind a name, which may be a reserved word, or a pair of brackets. */
function keyEnd(index: number, tokens: Tokens): number {
  const kind = tokens.kind(index);
  return kind === Kind.BracketOpen || kind === Kind.BraceOpen ? tokens.match(index) + 1 : index + 1;
}

/** @param index the token behind the name or pattern */
function declaratorEnd(index: number, tokens: Tokens): number {
  const kind = tokens.kind(index);
  if (kind === Kind.Assign) return expressionEnd(tokens, index + 1);
  const isEnd =
    kind === Kind.Comma || kind === Kind.Semicolon || kind === Kind.Edge || tokens.isOnNewLine(index);
  return isEnd ? index : giveUp('declarator');
}

/**
 * Of `var` in brackets that no function is around.
 * @throws GivenUp
 */
export function hoistedNames(tokens: Tokens): string[] {
  const names: string[] = [];
  for (let index = 1; index <= tokens.last; index++)
    if (tokens.kind(index) === Kind.Declare && isHoisted(index, tokens))
      readHoisted(index + 1, tokens, (name) => names.push(name));
  return names;
}

/** Whether it is no key, either. */
function isHoisted(index: number, tokens: Tokens): boolean {
  if (tokens.parent(index) === 0 || !tokens.is(index, 'var')) return false;
  const around = tokens.enclosingContext(index);
  return (around === Context.Code || around === Context.For) && functionBody(index, tokens) === 0;
}

function readHoisted(first: number, tokens: Tokens, note: (name: string) => void): void {
  for (let index = first; ; index++) {
    readTarget(index, tokens, note);
    index = unitEnd(tokens, index);
    if (tokens.kind(index) === Kind.Assign) index = expressionStop(tokens, index + 1);
    if (tokens.kind(index) !== Kind.Comma) return;
  }
}
