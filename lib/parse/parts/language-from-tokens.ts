/** What of the language, and of namespaces, values are made of that have no effects, among tokens. */
import { isName, Kind } from '../tokens/kinds';
import type { Tokens } from '../tokens/tokens';
import type { Known } from './names';

/** The token behind a member of a namespace, or of something of the language; `undefined` where there is none. */
export function memberEnd(index: number, tokens: Tokens, { namespaces, globals }: Known): number | undefined {
  if (tokens.kind(index + 1) !== Kind.Dot) return undefined;
  if (namespaces.has(tokens.text(index))) return index + 3;
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

/** Whether it is a name that nothing declares, and of which no member is asked. */
export const isGlobalName = (index: number, tokens: Tokens, { globals }: Known): boolean =>
  isName(tokens.kind(index)) && tokens.kind(index + 1) !== Kind.Dot && globals.has(tokens.text(index));

/** The word `function`, behind `async` or not; 0 where there is none. */
export function functionAt(index: number, tokens: Tokens): number {
  if (tokens.kind(index) === Kind.Function) return index;
  const isAsync = tokens.kind(index) === Kind.Async && tokens.kind(index + 1) === Kind.Function;
  return isAsync && !tokens.isOnNewLine(index + 1) ? index + 1 : 0;
}
