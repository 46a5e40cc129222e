/**
 * Calls that are written to: the language forbids them, while engines take them in scripts, so that only the tree reports them.
 * All of them give up there.
 */

import { endsHead } from './brackets';
import { giveUp } from './give-up';
import { Context, endsOperand, Kind } from './kinds';
import { unitEnd } from './statements';
import type { Tokens } from './tokens';

/** An assignment is about to be added, or a `++` or `--`, behind the token. */
export function assertAssigned(tokens: Tokens, last: number, kind: number, start: number): void {
  if (!isCall(tokens, last)) return;
  if (kind !== Kind.Increment || !tokens.hasLineEnd(last, start)) giveUp('call that is written to');
}

/** An `of` or `in` is about to be added behind the token. */
export function assertLooped(tokens: Tokens, last: number, open: number): void {
  if (tokens.context(open) === Context.For && isCall(tokens, last)) giveUp('call that is written to');
}

/** Of a `++` or `--` with all tokens around it: that it does not stand before a call. */
export function assertCounted(tokens: Tokens, index: number): void {
  const last = index - 1;
  if (endsOperand(tokens.kind(last)) && !endsHead(tokens, last) && !tokens.isOnNewLine(index)) return;
  let isCalled = tokens.kind(index + 1) === Kind.ParenOpen;
  for (let at = unitEnd(tokens, index + 1); ; at = unitEnd(tokens, at)) {
    const kind = tokens.kind(at);
    if (kind === Kind.Dot) at++;
    else if (kind !== Kind.BracketOpen && kind !== Kind.ParenOpen) break;
    isCalled = kind === Kind.ParenOpen;
  }
  if (isCalled) giveUp('call that is written to');
}

/** Whether a call may end with the token. */
const isCall = (tokens: Tokens, last: number): boolean =>
  tokens.kind(last) === Kind.ParenClose && !endsHead(tokens, last);
