/** Calls of `require` among tokens. Gives up where something else is done with it, and where a call may fail by intention. */
import type { Reference } from '../../facts';
import { isTested } from '../free-names/from-tokens';
import { giveUp } from '../tokens/give-up';
import { Kind } from '../tokens/kinds';
import type { Tokens } from '../tokens/tokens';
import { isCaught, isTried } from '../tokens/tried';
import { MEMBERS_OF_REQUIRE } from './require';

/** Whether the free `require` that is the token is called with a string. Gives up where more is done with it than to ask for it. */
export function isCall(index: number, tokens: Tokens): boolean {
  const after = tokens.kind(index + 1);
  if (after === Kind.Dot) return isHarmless(tokens.text(index + 2)) ? false : giveUp('member of require');
  if (after !== Kind.ParenOpen) return isHarmlessValue(index, tokens) ? false : giveUp('require as a value');
  if (tokens.kind(index - 1) === Kind.New) giveUp('new require');
  const behind = tokens.kind(index + 3);
  const isString =
    tokens.kind(index + 2) === Kind.String && (behind === Kind.ParenClose || behind === Kind.Comma);
  if (!isString) giveUp('require of something else');
  if (tokens.text(index + 2).includes('\\') || isTried(index, tokens)) giveUp('require that may fail');
  return true;
}

/** Whether it is only asked for, or what becomes of it may fail by intention: `try { load = require; } catch {}`. */
const isHarmlessValue = (index: number, tokens: Tokens): boolean =>
  isTested(index, tokens) || isProbed(index, tokens) || isCaught(index, tokens);

/** `typeof require == 'function' && require`, as what browserify makes of packages says. */
function isProbed(index: number, tokens: Tokens): boolean {
  if (!tokens.is(index - 1, '&&')) return false;
  const isReversed = tokens.is(index - 2, 'require');
  const [probe, test] = isReversed ? [index - 2, index - 4] : [index - 4, index - 3];
  return tokens.is(probe, 'require') && tokens.is(probe - 1, 'typeof') && tokens.kind(test) === Kind.Equality;
}

const isHarmless = (member: string): boolean => member !== 'resolve' && MEMBERS_OF_REQUIRE.has(member);

/** The reference whose call begins with the token. */
export function referenceAt(index: number, tokens: Tokens): Reference {
  const string = index + 2;
  const [start, end] = [tokens.start(string), tokens.end(string)];
  const specifier = tokens.source.slice(start + 1, end - 1);
  return { kind: 'require', specifier, start, end, optional: false };
}
