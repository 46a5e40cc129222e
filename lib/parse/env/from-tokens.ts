/** Reads of `process.env.X` among tokens. Gives up where one may be hidden in brackets, or written to. */
import type { Replacement } from '../../facts';
import { giveUp } from '../tokens/give-up';
import { isWrittenBefore, Kind } from '../tokens/kinds';
import type { Tokens } from '../tokens/tokens';
import { type Env, replacementOf, valueIn } from './env';

/** A read of a known value. */
export interface Read {
  /** The token `process`, and the last one. */
  first: number;
  last: number;
  value: string;
}

/** The read that begins with the token, if it is one of a known value. Gives up where it may be another kind of read. */
export function readAt(first: number, tokens: Tokens, env: Env): Read | undefined {
  const last = first + 4;
  if (tokens.kind(first + 1) === Kind.Optional || tokens.kind(first + 1) === Kind.BracketOpen)
    giveUp('process');
  if (tokens.kind(first + 1) !== Kind.Dot || !tokens.is(first + 2, 'env')) return undefined;
  const after = tokens.kind(first + 3);
  const isAlone = after === Kind.ParenClose && tokens.kind(first - 1) === Kind.ParenOpen;
  if (isAlone || after === Kind.Optional || after === Kind.BracketOpen) giveUp('process.env');
  if (after !== Kind.Dot) return undefined;
  if (tokens.kind(last) !== Kind.Property) giveUp('process.env');
  const value = valueIn(env, tokens.text(last));
  if (value === undefined) return undefined;
  if (!isValue(first, last, tokens)) giveUp('process where it may be written to');
  return { first, last, value };
}

export const replacementAt = ({ first, last, value }: Read, tokens: Tokens): Replacement =>
  replacementOf(tokens.start(first), tokens.end(last), value);

/** Whether the tokens are evaluated, and not written to. */
function isValue(first: number, last: number, tokens: Tokens): boolean {
  const [before, after] = [tokens.kind(first - 1), tokens.kind(last + 1)];
  if (before === Kind.Prefix || before === Kind.Increment || before === Kind.New || isWrittenBefore(after))
    return false;
  if (before === Kind.Not || before === Kind.Assign || before === Kind.Equality || before === Kind.Return)
    return true;
  return (
    after === Kind.Equality || after === Kind.Logical || after === Kind.Question || after === Kind.Operator
  );
}
