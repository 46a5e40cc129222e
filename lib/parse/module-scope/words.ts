/** Which words of a source may be names of something: what none of them is, nothing in it declares or reads. */
import { decoded } from '../../escaped-names';
import { unlessGivenUp } from '../tokens/give-up';
import { isName, Kind } from '../tokens/kinds';
import { isObjectKey } from '../tokens/places';
import { scan } from '../tokens/scanner';
import type { Tokens } from '../tokens/tokens';

/** Those among its tokens that are neither reserved nor keys; where tokens do not tell, those in comments and strings as well. */
export const wordsOfSource = (source: string): ReadonlySet<string> =>
  unlessGivenUp(() => wordsOfTokens(scan(source))) ?? wordsOfText(source);

/** Likewise; where declarations of imports and exports have been read, without what those name. */
export function wordsOfTokens(tokens: Tokens): Set<string> {
  const words = new Set<string>();
  for (let index = 1; index <= tokens.last; index++)
    if (mayBeName(tokens.kind(index)) && !isObjectKey(tokens, index)) words.add(tokens.text(index));
  return words;
}

const mayBeName = (kind: number): boolean =>
  isName(kind) || kind === Kind.Arguments || kind === Kind.Process || kind === Kind.Watched;

/** What follows a dot is none, but for the three dots of what is spread. */
const WORD = /(?<![\p{ID_Continue}$])(?<!(?<!\.\.)\.)[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/gu;

const wordsIn = (text: string): string[] => text.match(WORD) ?? [];

const wordsOfText = (source: string): Set<string> =>
  new Set(source.includes('\\u') ? [...wordsIn(source), ...wordsIn(decoded(source))] : wordsIn(source));
