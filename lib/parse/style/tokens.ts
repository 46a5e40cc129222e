/** The tokens of a style, by css-tree (https://www.w3.org/TR/css-syntax-3/). */

/** What is used of css-tree. */
interface Tokenizer {
  tokenize(text: string, onToken: (kind: number, start: number, end: number) => void): void;
}

type Utils = Record<'string' | 'url' | 'ident', { decode(token: string): string }>;

/** Loaded when there is a style. */
const tokenizer = () => require('css-tree/tokenizer') as Tokenizer;
const utils = () => require('css-tree/utils') as Utils;

/** Kinds of tokens, as css-tree numbers them. */
export enum Kind {
  End = 0,
  Identifier = 1,
  Function = 2,
  AtKeyword = 3,
  String = 5,
  Url = 7,
  BadUrl = 8,
  WhiteSpace = 13,
  CommentOpen = 14,
  CommentClose = 15,
  Semicolon = 17,
  BracketOpen = 19,
  BracketClose = 20,
  ParenOpen = 21,
  ParenClose = 22,
  BraceOpen = 23,
  BraceClose = 24,
  Comment = 25,
}

export interface Token {
  kind: Kind;
  start: number;
  end: number;
}

/** All of a text; their ranges make it. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  tokenizer().tokenize(text, (kind, start, end) => {
    tokens.push({ kind, start, end });
  });
  return tokens;
}

/** The value of a string token. */
export const stringValue = (token: string): string => utils().string.decode(token);

/** What an unquoted `url(…)` names. */
export const urlValue = (token: string): string => utils().url.decode(token);

/** What a name is without escapes, in lower case: of functions and at-rules, whose names are ASCII. */
export const nameValue = (token: string): string =>
  utils()
    .ident.decode(token.replace(/^@|\($/g, ''))
    .toLowerCase();
