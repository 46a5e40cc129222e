/**
 * Calls that are written to: the language forbids them, while engines take them in scripts, so that only the tree reports them.
 * All of them throw an `Uncertain`.
 */
import { endsHead } from './brackets';
import { Context, Kind } from './kinds';
import type { Tokens } from './tokens';
import { giveUp } from './uncertain';

/** An assignment is about to be added, or a `++` or `--`, behind the token. */
export function assertAssigned(tokens: Tokens, last: number, kind: number, start: number): void {
  if (!isCall(tokens, last)) return;
  if (kind !== Kind.Increment || !tokens.hasLineEnd(last, start)) giveUp('call that is written to');
}

/** An `of` or `in` is about to be added behind the token. */
export function assertLooped(tokens: Tokens, last: number, open: number): void {
  if (tokens.context(open) === Context.For && isCall(tokens, last)) giveUp('call that is written to');
}

/** A call is about to be added of what ends with the token. */
export function assertCalled(tokens: Tokens, last: number): void {
  let first = last;
  while (tokens.kind(first - 1) === Kind.Dot) first -= 2;
  if (tokens.kind(first - 1) === Kind.Increment && !tokens.isOnNewLine(first))
    giveUp('call that is written to');
}

/** Whether a call may end with the token. */
const isCall = (tokens: Tokens, last: number): boolean =>
  tokens.kind(last) === Kind.ParenClose && !endsHead(tokens, last);
