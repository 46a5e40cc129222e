/**
 * What only ES modules have and what they may not have, among tokens: gives up wherever it is there. Of `await`, that is where it does
 * not wait in an async function: in modules it is no name, while engines take it for one in functions of scripts that are not async.
 */

import { isBody, isInFunction } from '../tokens/functions';
import { giveUp } from '../tokens/give-up';
import { Context, Kind } from '../tokens/kinds';
import { isClassKey, isObjectKey } from '../tokens/places';
import { FAR } from '../tokens/statements';
import type { Tokens } from '../tokens/tokens';

/**
 * What means something besides imports is certain only where it means nothing after all. A module becomes a function, which an
 * engine then accepts with a `return` that the module may not have: it must stand in a function of its own.
 */
export function assertMeaningless(index: number, kind: number, tokens: Tokens): void {
  switch (kind) {
    case Kind.Arguments:
    case Kind.Yield:
      assertInside(index, tokens, true);
      break;
    case Kind.New:
      if (tokens.kind(index + 1) === Kind.Dot) assertInside(index, tokens, true);
      break;
    case Kind.Await:
      if (!isObjectKey(tokens, index) && !isClassKey(tokens, index)) assertWaits(index, tokens);
      break;
    case Kind.Return:
      assertInside(index, tokens, false);
      break;
    case Kind.Watched:
      if (!isObjectKey(tokens, index)) giveUp(tokens.text(index));
  }
}

function assertInside(index: number, tokens: Tokens, hasArguments: boolean): void {
  if (isInFunction(index, tokens, hasArguments) || isObjectKey(tokens, index)) return;
  // There it can only be a key.
  if (tokens.enclosingContext(index) === Context.Class) return;
  giveUp(`${tokens.text(index)} outside of functions`);
}

/** Gives up unless the token, an `await`, certainly stands in the body of a function that is async. */
function assertWaits(index: number, tokens: Tokens): void {
  const start = startOfInnermost(index, tokens);
  if (tokens.kind(start - 1) !== Kind.Async || tokens.isOnNewLine(start))
    giveUp('await where nothing is async');
}

/** The token that begins the innermost function around the other one, but for its `async`. */
function startOfInnermost(index: number, tokens: Tokens): number {
  for (let at = index; ; at = tokens.parent(at)) {
    const arrow = arrowAround(at, tokens);
    if (arrow !== 0) return startOfArrow(arrow, tokens);
    const open = tokens.parent(at);
    if (open === 0) giveUp('await outside of functions');
    if (tokens.context(open) === Context.Class) giveUp('await in a class');
    if (isBody(open, tokens)) return startOfFunction(open, tokens);
    const behind = tokens.match(open) + 1;
    if (tokens.kind(behind) === Kind.Arrow || isBody(behind, tokens)) giveUp('await in parameters');
  }
}

/** The arrow of the function whose body, without braces, contains the token on the same level of brackets; 0 for none. */
function arrowAround(at: number, tokens: Tokens): number {
  const open = tokens.parent(at);
  const around = tokens.context(open);
  const mayEndWithLine = around === Context.Code || around === Context.Class;
  let colons = 0;
  let steps = 0;
  for (let index = at - 1; index > open; index--) {
    if (++steps > FAR) giveUp('long way back from await');
    const kind = tokens.kind(index);
    if (kind === Kind.Semicolon || kind === Kind.Comma) return 0;
    if (isClosing(kind)) index = beforeBrackets(index, tokens);
    else if (tokens.parent(index) !== open) continue;
    else if (kind === Kind.Question) colons--;
    else if (kind === Kind.Colon) {
      if (tokens.context(index) !== Context.Ternary) return 0;
      colons++;
    } else if (kind === Kind.Arrow && colons <= 0) {
      if (mayEndWithLine && tokens.hasLineEnd(index, tokens.start(at))) giveUp('await on another line');
      return index;
    }
  }
  return 0;
}

const isClosing = (kind: number): boolean =>
  kind === Kind.ParenClose || kind === Kind.BracketClose || kind === Kind.BraceClose;

/** The opening bracket; of the body of an arrow function, which ends there, its arrow. */
function beforeBrackets(close: number, tokens: Tokens): number {
  const open = tokens.match(close);
  return tokens.kind(close) === Kind.BraceClose && tokens.kind(open - 1) === Kind.Arrow ? open - 1 : open;
}

/** The token that begins an arrow function, but for its `async`. */
const startOfArrow = (arrow: number, tokens: Tokens): number =>
  tokens.kind(arrow - 1) === Kind.ParenClose ? tokens.match(arrow - 1) : arrow - 1;

/** The token that begins the function or method with the body, but for its `async`. */
function startOfFunction(body: number, tokens: Tokens): number {
  if (tokens.kind(body - 1) === Kind.Arrow) return startOfArrow(body - 1, tokens);
  const name = tokens.match(body - 1) - 1;
  if (tokens.kind(name) === Kind.Function) return name;
  const first = tokens.kind(name) === Kind.BracketClose ? tokens.match(name) : name;
  const before = tokens.kind(first) === Kind.Star ? first : first - 1;
  const start = tokens.kind(before) === Kind.Star ? before : first;
  return tokens.kind(start - 1) === Kind.Function ? start - 1 : start;
}
