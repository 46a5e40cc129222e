/** What a user's own parser is. Apart from the rest, so that public types do not need those of ESTree. */

/** An ESTree `Program` whose nodes have either `range` or `start` and `end`. */
export interface SyntaxTree {
  readonly type: string;
}

/** A user's own parser. It throws when the source is not what `module` says. */
export type Parser = (source: string, context: { module: boolean; fileName: string }) => SyntaxTree;
