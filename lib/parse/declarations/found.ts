/** What the declarations of a plain module say, while they are read. */
import type { Range } from '../../model';
import type { Tokens } from '../tokens/tokens';
import { type Declarations, noDeclarations } from './from-tree';

export interface Found extends Declarations {
  tokens: Tokens;
  /** Names that are certainly declared at the top level, besides imports. */
  declared: Set<string>;
  /** The token behind the last function or class that is a declaration. */
  ended: number;
}

export const nothingFound = (tokens: Tokens): Found => ({
  ...noDeclarations(),
  tokens,
  declared: new Set(),
  ended: 0,
});

/** From the beginning of one token to the end of another. */
export const between = (tokens: Tokens, first: number, last: number): Range => ({
  start: tokens.start(first),
  end: tokens.end(last),
});
