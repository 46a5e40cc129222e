/** The statements at the top of a style: what stands before its rules. */
import type { Range } from '../../facts';
import { Kind, nameValue, stringValue, type Token, tokensOf, urlValue } from './tokens';

/** A statement that ends with a semicolon, or with the text. */
export type TopStatement = Range &
  (
    | { form: 'charset' | 'layers' }
    | { form: 'import'; url: string; urlRange: Range; wrappers: string[]; condition: string }
  );

/** Tokens with a meaning for the one that reads them one after the other. */
class Line {
  private readonly tokens: readonly Token[];

  constructor(
    private readonly text: string,
    all: readonly Token[],
  ) {
    this.tokens = all.filter(({ kind }) => kind !== Kind.WhiteSpace && kind !== Kind.Comment);
  }

  at(index: number): Token | undefined {
    return this.tokens[index];
  }

  textOf(index: number): string {
    const token = this.tokens[index];
    return token === undefined ? '' : this.text.slice(token.start, token.end);
  }

  get length(): number {
    return this.tokens.length;
  }

  /** The index behind the bracket that closes what a function or bracket has opened. */
  behindBracket(index: number): number {
    let depth = 0;
    for (let at = index; at < this.tokens.length; at++) {
      const { kind } = this.tokens[at] as Token;
      if (kind === Kind.Function || kind === Kind.ParenOpen) depth++;
      else if (kind === Kind.ParenClose && --depth === 0) return at + 1;
    }
    return this.tokens.length;
  }

  /** The text between two tokens, without comments and line ends. */
  between(first: number, end: number): string {
    const from = this.tokens[first]?.start;
    const to = this.tokens[end - 1]?.end;
    if (from === undefined || to === undefined || first >= end) return '';
    return tokensOf(this.text.slice(from, to))
      .map(({ kind, start, end: behind }) =>
        kind === Kind.WhiteSpace || kind === Kind.Comment
          ? ' '
          : this.text.slice(from + start, from + behind),
      )
      .join('')
      .replace(/ +/g, ' ')
      .trim();
  }
}

/** What an import names, and the index behind it; nothing where it names nothing, and browsers ignore it. */
function readUrl(line: Line, first: number): { url: string; range: Range; next: number } | undefined {
  const token = line.at(first);
  if (token?.kind === Kind.String)
    return { url: stringValue(line.textOf(first)), range: token, next: first + 1 };
  if (token?.kind === Kind.Url) return { url: urlValue(line.textOf(first)), range: token, next: first + 1 };
  if (token?.kind !== Kind.Function || !/^(?:url|src)$/.test(nameValue(line.textOf(first)))) return undefined;
  const next = line.behindBracket(first);
  if (line.at(first + 1)?.kind !== Kind.String) return undefined;
  const { end } = line.at(next - 1) as Token;
  return { url: stringValue(line.textOf(first + 1)), range: { start: token.start, end }, next };
}

/** What a style is wrapped in that is imported under conditions (https://www.w3.org/TR/css-cascade-5/#at-import), the outermost first. */
function readWrappers(line: Line, first: number): string[] {
  const wrappers: string[] = [];
  let at = first;
  if (line.at(at)?.kind === Kind.Identifier && nameValue(line.textOf(at)) === 'layer') {
    wrappers.unshift('@layer');
    at++;
  } else if (line.at(at)?.kind === Kind.Function && nameValue(line.textOf(at)) === 'layer') {
    const next = line.behindBracket(at);
    wrappers.unshift(`@layer ${line.between(at + 1, next - 1)}`);
    at = next;
  }
  if (line.at(at)?.kind === Kind.Function && nameValue(line.textOf(at)) === 'supports') {
    const next = line.behindBracket(at);
    const condition = line.between(at + 1, next - 1);
    // A declaration alone has brackets around it elsewhere.
    const isDeclaration = /^[-\w]+\s*:/.test(condition);
    wrappers.unshift(`@supports ${isDeclaration ? `(${condition})` : condition}`);
    at = next;
  }
  const media = line.between(at, line.length);
  if (media !== '') wrappers.unshift(`@media ${media}`);
  return wrappers;
}

/**
 * @param tokens of the statement, without its semicolon
 * @returns nothing for one that browsers ignore
 */
function readStatement(text: string, tokens: readonly Token[], range: Range): TopStatement | undefined {
  const line = new Line(text, tokens);
  const name = nameValue(line.textOf(0));
  if (name === 'charset') return { ...range, form: 'charset' };
  if (name === 'layer') return { ...range, form: 'layers' };
  const named = name === 'import' ? readUrl(line, 1) : undefined;
  if (named === undefined) return undefined;
  const { url, range: urlRange, next } = named;
  const condition = line.between(next, line.length);
  return { ...range, form: 'import', url, urlRange, wrappers: readWrappers(line, next), condition };
}

const LEADING = new Set([Kind.WhiteSpace, Kind.Comment, Kind.CommentOpen, Kind.CommentClose, Kind.Semicolon]);

/** What has to stand behind all imports. Layers may be named before them, not between them. */
function endsImports(text: string, { start, end }: Range, hasImports: boolean): boolean {
  const name = nameValue(text.slice(start, end));
  return name === 'namespace' || (name === 'layer' && hasImports);
}

/**
 * Reads the statements that may stand before the last import (https://www.w3.org/TR/css-cascade-5/#at-import). What browsers do not know there, they ignore.
 * @returns them, up to the last import, and the index of the token behind that
 */
export function readTop(
  text: string,
  tokens: readonly Token[],
): { statements: TopStatement[]; next: number } {
  const statements: TopStatement[] = [];
  let count = 0;
  let next = 0;
  let hasImports = false;
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as Token;
    if (LEADING.has(token.kind)) {
      at++;
      continue;
    }
    const end = token.kind === Kind.AtKeyword ? endOfStatement(tokens, at) : undefined;
    if (end === undefined || endsImports(text, token, hasImports)) break;
    const last = tokens[end] ?? (tokens[end - 1] as Token);
    const statement = readStatement(text, tokens.slice(at, end), { start: token.start, end: last.end });
    at = end + 1;
    if (statement === undefined) continue;
    statements.push(statement);
    if (statement.form === 'layers') continue;
    hasImports ||= statement.form === 'import';
    count = statements.length;
    next = Math.min(at, tokens.length);
  }
  return { statements: statements.slice(0, count), next };
}

/** The index of the semicolon that ends the at-rule, or of the end; nothing where it has a block. */
function endOfStatement(tokens: readonly Token[], start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const { kind } = tokens[at] as Token;
    if (kind === Kind.Function || kind === Kind.ParenOpen || kind === Kind.BracketOpen) depth++;
    else if (kind === Kind.ParenClose || kind === Kind.BracketClose) depth--;
    else if (kind === Kind.BraceOpen || kind === Kind.BraceClose) return undefined;
    else if (kind === Kind.Semicolon && depth <= 0) return at;
  }
  return tokens.length;
}
