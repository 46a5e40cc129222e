/** What the declarations of a plain module say, while they are read. */
import type { Declaration, ImportEntry, IndirectExport, LocalExport, Range, Reference } from '../../model';
import type { Tokens } from './tokens/tokens';

export interface Found {
  tokens: Tokens;
  references: Reference[];
  imports: ImportEntry[];
  exports: (LocalExport & { start: number })[];
  indirectExports: IndirectExport[];
  stars: number[];
  declarations: Declaration[];
  /** Names that are certainly declared at the top level, besides imports. */
  declared: Set<string>;
}

export function nothingFound(tokens: Tokens): Found {
  return {
    tokens,
    references: [],
    imports: [],
    exports: [],
    indirectExports: [],
    stars: [],
    declarations: [],
    declared: new Set(),
  };
}

/** From the beginning of one token to the end of another. */
export const between = (tokens: Tokens, first: number, last: number): Range => ({
  start: tokens.start(first),
  end: tokens.end(last),
});
