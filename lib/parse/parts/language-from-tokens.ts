/** What of the language, and of namespaces, values are made of that have no effects, among tokens. */

import { functionEnd } from '../tokens/functions';
import { isName, Kind } from '../tokens/kinds';
import { arrowEnd, expressionStop, unitEnd } from '../tokens/statements';
import type { Tokens } from '../tokens/tokens';
import { EFFECTLESS, isCalculation, type Known } from './names';

/** The token behind a member of a namespace, or of something of the language; `undefined` where there is none. */
export function memberEnd(index: number, tokens: Tokens, { namespaces, globals }: Known): number | undefined {
  if (tokens.kind(index + 1) !== Kind.Dot) return undefined;
  if (namespaces.has(tokens.text(index)))
    return tokens.kind(index + 2) === Kind.Private ? undefined : index + 3;
  const end = globals.endOfRead(tokens.start(index));
  let behind = index + 1;
  while (end !== undefined && tokens.end(behind - 1) < end) behind += 2;
  return end !== undefined && tokens.end(behind - 1) === end ? behind : undefined;
}

/** The token behind `name()`, `new name()` or `Symbol.name()`; `undefined` where there is none of these. */
export function argumentsEnd(index: number, tokens: Tokens): number | undefined {
  const isMember = tokens.is(index, 'Symbol') && tokens.kind(index + 1) === Kind.Dot;
  const open = tokens.kind(index) === Kind.New ? index + 2 : isMember ? index + 3 : index + 1;
  return tokens.kind(open) === Kind.ParenOpen ? tokens.match(open) + 1 : undefined;
}

/** Where the arguments begin of a call that has no effects; `undefined` where there is none. */
export function effectlessArguments(
  index: number,
  tokens: Tokens,
  { namespaces, effectless }: Known,
): number | undefined {
  if (effectless.size === 0) return undefined;
  const name = tokens.text(index);
  const isMember = namespaces.has(name) && tokens.kind(index + 1) === Kind.Dot;
  const open = isMember ? index + 3 : index + 1;
  if (tokens.kind(open) !== Kind.ParenOpen) return undefined;
  return effectless.has(isMember ? `${name}.${tokens.text(index + 2)}` : name) ? open : undefined;
}

/** Whether the tokens up to the end are a calculation, in parentheses or not. */
export function isCalculated(first: number, end: number, tokens: Tokens): boolean {
  const kind = tokens.kind(first);
  if (kind !== Kind.Number && kind !== Kind.ParenOpen && kind !== Kind.Operator) return false;
  return isCalculation(tokens.source.slice(tokens.start(first), tokens.end(end - 1)));
}

/** Whether it is a name that nothing declares, and of which no member is asked. */
export const isGlobalName = (index: number, tokens: Tokens, { globals }: Known): boolean =>
  (isName(tokens.kind(index)) || tokens.kind(index) === Kind.Process) &&
  tokens.kind(index + 1) !== Kind.Dot &&
  globals.has(tokens.text(index));

/** The word `function`, behind `async` or not; 0 where there is none. */
export function functionAt(index: number, tokens: Tokens): number {
  if (tokens.kind(index) === Kind.Function) return index;
  const isAsync = tokens.kind(index) === Kind.Async && tokens.kind(index + 1) === Kind.Function;
  return isAsync && !tokens.isOnNewLine(index + 1) ? index + 1 : 0;
}

/** The token behind a function that begins with `async`, or is an arrow function of one name. */
export function functionEndAt(index: number, tokens: Tokens): number {
  const first = tokens.kind(index + 1) === Kind.Arrow ? index : index + 1;
  if (tokens.kind(first) === Kind.Function) return functionEnd(tokens, first);
  return arrowEnd(tokens, unitEnd(tokens, first));
}

/** Whether a comment between two tokens says of the function behind them that its calls have no effects. */
export const saysEffectless = (before: number, behind: number, tokens: Tokens): boolean =>
  EFFECTLESS.test(tokens.source.slice(tokens.end(before), tokens.start(behind)));

/** Whether the tokens up to the end are an array, in parentheses or not. */
function isArray(first: number, end: number, tokens: Tokens): boolean {
  if (tokens.match(first) !== end - 1) return false;
  if (tokens.kind(first) === Kind.ParenOpen) return isArray(first + 1, end - 1, tokens);
  return tokens.kind(first) === Kind.BracketOpen;
}

/** The token behind the array in `Set([a])` or `Map([[a, b]])`, of which the elements are arrays; `undefined` where there is none of these. */
export function filledEnd(
  name: number,
  close: number,
  tokens: Tokens,
  { globals }: Known,
): number | undefined {
  if (!globals.isFilled(tokens.text(name))) return undefined;
  const end = tokens.kind(close - 1) === Kind.Comma ? close - 1 : close;
  if (!isArray(name + 2, end, tokens)) return undefined;
  if (tokens.is(name, 'Set')) return end;
  let open = name + 2;
  while (tokens.kind(open) === Kind.ParenOpen) open++;
  for (let index = open + 1; index < tokens.match(open); index++) {
    const stop = expressionStop(tokens, index);
    if (!isArray(index, stop, tokens)) return undefined;
    index = stop;
  }
  return end;
}

/** Whether the name of a class, which is an expression, hides in itself that of a namespace, of a function that may be called, or of what it extends. */
export function isHidden(word: number, tokens: Tokens, { namespaces, effectless }: Known): boolean {
  if (!isName(tokens.kind(word + 1))) return false;
  const name = tokens.text(word + 1);
  if (namespaces.has(name) || effectless.has(name)) return true;
  return tokens.kind(word + 2) === Kind.Extends && tokens.is(word + 3, name);
}

/** `async function`, `async … =>` and `name =>`. */
export function beginsFunction(index: number, tokens: Tokens): boolean {
  const after = tokens.kind(index + 1);
  if (after === Kind.Arrow) return true;
  if (tokens.kind(index) !== Kind.Async || tokens.isOnNewLine(index + 1)) return false;
  if (after === Kind.Function || tokens.kind(index + 2) === Kind.Arrow) return true;
  return after === Kind.ParenOpen && tokens.kind(tokens.match(index + 1) + 1) === Kind.Arrow;
}
