/** Which functions are around a token. */
import { Context, isName, Kind } from './kinds';
import type { Tokens } from './tokens';

/** Whether the token is certainly in the body of a function, or of one that has its own `arguments`. */
export function isInFunction(index: number, tokens: Tokens, hasArguments: boolean): boolean {
  for (let open = tokens.parent(index); open !== 0; open = tokens.parent(open)) {
    if (tokens.context(open) !== Context.Code || tokens.kind(open) !== Kind.BraceOpen) continue;
    if (isBody(open, tokens, hasArguments)) return true;
  }
  return false;
}

function isBody(brace: number, tokens: Tokens, hasArguments: boolean): boolean {
  const before = tokens.kind(brace - 1);
  if (before === Kind.Arrow) return !hasArguments;
  if (before !== Kind.ParenClose) return false;
  const around = tokens.around(brace);
  return (
    around === Context.Object || around === Context.Class || followsFunction(tokens.match(brace - 1), tokens)
  );
}

/** Whether the parenthesis holds the parameters of a function. */
function followsFunction(paren: number, tokens: Tokens): boolean {
  let index = isName(tokens.kind(paren - 1)) ? paren - 2 : paren - 1;
  if (tokens.kind(index) === Kind.Star) index--;
  return tokens.kind(index) === Kind.Function;
}
