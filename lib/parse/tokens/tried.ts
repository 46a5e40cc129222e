/** What is caught when it throws. */
import { Kind } from './kinds';
import type { Tokens } from './tokens';

/** Whether the token is in a block of `try`. */
export const isTried = (index: number, tokens: Tokens): boolean => isInTry(index, tokens, () => true);

/** Whether it is in one with a `catch` behind it. */
export const isCaught = (index: number, tokens: Tokens): boolean =>
  isInTry(index, tokens, (open) => tokens.is(tokens.match(open) + 1, 'catch'));

/** @param isMeant tells of the brace of a block */
function isInTry(index: number, tokens: Tokens, isMeant: (open: number) => boolean): boolean {
  for (let open = tokens.parent(index); open !== 0; open = tokens.parent(open)) {
    if (tokens.kind(open - 1) === Kind.Block && tokens.is(open - 1, 'try') && isMeant(open)) return true;
  }
  return false;
}
