/** Uses of imports whose values are known, among tokens. Gives up where a member of a namespace may be asked for otherwise than behind a dot. */
import type { ImportEntry, ImportUse, Replacement } from '../../facts';
import type { KnownImports } from '../../known-imports';
import { literalOf, textInPlace } from '../constant';
import type { KnownValue } from '../dead-code/decisions-from-tokens';
import { giveUp } from '../tokens/give-up';
import { Kind } from '../tokens/kinds';
import type { Tokens } from '../tokens/tokens';
import { beginsStatement } from './from-tokens';

export interface KnownUse extends KnownValue {
  replacement: Replacement;
}

/**
 * By their first tokens.
 * @param used the token of each use
 * @throws GivenUp
 */
export function knownUses(
  uses: readonly ImportUse[],
  used: readonly number[],
  { tokens, imports }: { tokens: Tokens; imports: readonly ImportEntry[] },
  known: KnownImports['values'],
): ReadonlyMap<number, KnownUse> {
  const found = new Map<number, KnownUse>();
  uses.forEach(({ entry, form, member }, number) => {
    const { name, local } = imports[entry] as ImportEntry;
    const path = name === undefined ? `${local}.${member}` : local;
    const value = Object.hasOwn(known, path) ? known[path] : undefined;
    if (value === undefined) return;
    const first = used[number] as number;
    if (name === undefined && tokens.kind(first + 1) !== Kind.Dot) giveUp('member of a namespace');
    const last = name === undefined ? first + 2 : first;
    const text = textInPlace(literalOf(value), {
      key: form === 'shorthand' ? local : undefined,
      isFirst: () => beginsStatement(first, tokens),
    });
    const replacement = { start: tokens.start(first), end: tokens.end(last), text };
    found.set(first, { first, last, value, replacement });
  });
  return found;
}
