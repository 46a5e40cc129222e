/** What is caught when it throws. */
import { Kind } from './kinds';
import type { Tokens } from './tokens';

/** Whether the token is in a block of `try`. */
export function isTried(index: number, tokens: Tokens): boolean {
  for (let open = tokens.parent(index); open !== 0; open = tokens.parent(open)) {
    if (tokens.kind(open - 1) === Kind.Block && tokens.is(open - 1, 'try')) return true;
  }
  return false;
}
