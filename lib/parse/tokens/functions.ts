/** Which functions are around a token. */

import { giveUp } from './give-up';
import { Context, Kind } from './kinds';
import type { Tokens } from './tokens';

/** Whether the token is certainly in the body of a function, or of one that has its own `arguments`. */
export const isInFunction = (index: number, tokens: Tokens, hasArguments: boolean): boolean =>
  bodyAround(index, tokens, hasArguments) !== 0;

/**
 * The brace around the body of the innermost function around a token; 0 where there is none.
 * @param isOwn of one that has its own `arguments` and `this`
 */
export function bodyAround(index: number, tokens: Tokens, isOwn: boolean): number {
  let open = tokens.parent(index);
  while (open !== 0 && !(isBody(open, tokens) && !(isOwn && tokens.kind(open - 1) === Kind.Arrow)))
    open = tokens.parent(open);
  return open;
}

/** The brace in which a `var` that stands at the token is declared, 0 for the outermost level. */
export function functionBody(index: number, tokens: Tokens): number {
  let open = tokens.parent(index);
  while (open !== 0 && !isBody(open, tokens) && !isStaticBlock(open, tokens)) open = tokens.parent(open);
  return open;
}

const isStaticBlock = (brace: number, tokens: Tokens): boolean =>
  tokens.kind(brace - 1) === Kind.Static && tokens.enclosingContext(brace) === Context.Class;

/** Whether a bracket is the brace around the body of a function. */
export function isBody(open: number, tokens: Tokens): boolean {
  if (tokens.context(open) !== Context.Code || tokens.kind(open) !== Kind.BraceOpen) return false;
  const before = tokens.kind(open - 1);
  if (before === Kind.Arrow) return true;
  if (before !== Kind.ParenClose) return false;
  const around = tokens.enclosingContext(open);
  return (
    around === Context.Object || around === Context.Class || followsFunction(tokens.match(open - 1), tokens)
  );
}

/** Whether the parenthesis holds the parameters of a function. */
function followsFunction(paren: number, tokens: Tokens): boolean {
  return isFunction(paren - 1, tokens) || isFunction(paren - 2, tokens);
}

/** Whether the token is `function`, or the star behind it. */
const isFunction = (index: number, tokens: Tokens): boolean =>
  tokens.kind(tokens.kind(index) === Kind.Star ? index - 1 : index) === Kind.Function;

/** The token behind a function that begins with the given one. */
export function functionEnd(tokens: Tokens, index: number): number {
  let at = index + 1;
  while (tokens.kind(at) !== Kind.ParenOpen && at <= index + 3) at++;
  if (tokens.kind(at) !== Kind.ParenOpen) giveUp('function without parameters');
  const body = tokens.match(at) + 1;
  if (tokens.kind(body) !== Kind.BraceOpen) giveUp('function without body');
  return tokens.match(body) + 1;
}
