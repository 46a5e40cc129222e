/** Keys of properties and members among tokens. */
import { Kind } from '../tokens/kinds';
import type { Tokens } from '../tokens/tokens';

/** The key of a property or member that begins with the token: behind `get`, `set`, `async` and the star of generators. */
export function keyAt(first: number, tokens: Tokens): number {
  let key = first;
  while (isModifier(tokens.kind(key)) && !endsKey(tokens.kind(key + 1))) key++;
  return key;
}

/** `get`, `set`, `async` and the star of generators. */
const isModifier = (kind: number): boolean =>
  kind === Kind.Accessor || kind === Kind.Async || kind === Kind.Star;

/** Whether the token behind a word makes that a key. */
export const endsKey = (kind: number): boolean =>
  kind === Kind.Colon ||
  kind === Kind.ParenOpen ||
  kind === Kind.Comma ||
  kind === Kind.BraceClose ||
  kind === Kind.Assign;
