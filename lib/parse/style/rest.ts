/** The rules of a style: where they name files, and what of them would run into whatever stands behind the style in a bundle. */
import type { Range, Replacement } from '../../facts';
import { Kind, nameValue, stringValue, type Token, tokensOf, urlValue } from './tokens';

/** A file that is named: the token that says it, and what that means. */
interface NamedUrl extends Range {
  url: string;
  /** A string alone; else `url(…)`, with or without quotes. */
  isString: boolean;
}

/** What closes what a token opens. */
const CLOSERS: Partial<Record<Kind, string>> = {
  [Kind.Function]: ')',
  [Kind.ParenOpen]: ')',
  [Kind.BracketOpen]: ']',
  [Kind.BraceOpen]: '}',
};

/** What is open: what closes it, and, of functions, the name. */
interface Open {
  closer: string;
  name: string;
}

const isGap = (kind: Kind): boolean => kind === Kind.WhiteSpace || kind === Kind.Comment;

const rangeOf = ({ start, end }: Range): Range => ({ start, end });

export class Rest {
  readonly urls: NamedUrl[] = [];
  /** Brackets that close nothing: they make the rule behind them invalid, and would close what is wrapped around the style. */
  readonly strays: Replacement[] = [];
  /** Offsets of imports that browsers ignore. */
  readonly late: number[] = [];
  hasNamespace = false;
  closing = '';
  private readonly open: Open[] = [];
  /** How many brackets were open at the at-rule of which neither its block nor its end has come: nothing is fetched for what it says. */
  private prelude: number | undefined;
  /** The at-rule that is being read, at the top level. */
  private atRule = '';
  /** There is something at the top level that has not come to its end. */
  private isPending = false;
  private readonly nested: Range[] = [];
  private nestedFrom = 0;

  /** @param first index of the token to begin with */
  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
    private readonly first: number,
  ) {}

  read(): this {
    for (let at = this.first; at < this.tokens.length; at++) this.take(at);
    this.closing = this.closingText();
    return this;
  }

  /** Whether an offset is outside of all blocks. */
  isTop(offset: number): boolean {
    return !this.nested.some(({ start, end }) => start <= offset && offset < end);
  }

  private textOf({ start, end }: Token): string {
    return this.text.slice(start, end);
  }

  private take(at: number): void {
    const token = this.tokens[at] as Token;
    const { kind } = token;
    if (isGap(kind)) return;
    if (kind === Kind.AtKeyword) this.takeAtKeyword(token, at);
    else if (kind === Kind.Url) this.add(token, urlValue(this.textOf(token)), false);
    else if (kind === Kind.String) this.takeString(token, at);
    else if (kind === Kind.Semicolon && this.open.length === 0) this.endStatement();
    if (kind === Kind.Semicolon || kind === Kind.BraceOpen) this.endPrelude(this.open.length);
    const closer = CLOSERS[kind];
    if (closer !== undefined) this.begin(token, closer, at);
    else if (kind === Kind.ParenClose || kind === Kind.BracketClose || kind === Kind.BraceClose)
      this.end(token);
    else if (kind !== Kind.Semicolon && kind !== Kind.CommentOpen && kind !== Kind.CommentClose)
      this.isPending = this.open.length === 0 || this.isPending;
  }

  private takeAtKeyword(token: Token, at: number): void {
    if (this.beginsStatement(at)) this.prelude ??= this.open.length;
    if (this.open.length > 0) return;
    this.atRule = nameValue(this.textOf(token));
    if (this.atRule === 'namespace') this.hasNamespace = true;
    if (this.atRule === 'import') this.late.push(token.start);
  }

  /** In values there may be signs of this kind as well. */
  private beginsStatement(at: number): boolean {
    let before = at - 1;
    while (before > 0 && isGap((this.tokens[before] as Token).kind)) before--;
    const { kind } = this.tokens[before] ?? {};
    const isBehind = kind === Kind.Semicolon || kind === Kind.BraceOpen || kind === Kind.BraceClose;
    return isBehind || this.open.length === 0;
  }

  /** An at-rule has come to its block or its end, if it stands where so many brackets are open, or further in. */
  private endPrelude(depth: number): void {
    if (this.prelude !== undefined && this.prelude >= depth) this.prelude = undefined;
  }

  private takeString(token: Token, at: number): void {
    const name = this.open.at(-1)?.name ?? '';
    const isUrl = (name === 'url' || name === 'src') && this.isFirst(at);
    if (!isUrl && !/^(?:-webkit-)?image-set$/.test(name)) return;
    this.add(token, stringValue(this.textOf(token)), true);
  }

  /** Whether the token is the first one in its bracket. */
  private isFirst(at: number): boolean {
    let before = at - 1;
    while (before > 0 && isGap((this.tokens[before] as Token).kind)) before--;
    return this.tokens[before]?.kind === Kind.Function;
  }

  private add({ start, end }: Range, url: string, isString: boolean): void {
    if (this.prelude === undefined) this.urls.push({ start, end, url, isString });
  }

  private begin(token: Token, closer: string, at: number): void {
    if (this.open.length === 0) {
      this.nestedFrom = token.start;
      this.isPending = true;
    }
    const name = token.kind === Kind.Function ? nameValue(this.textOf(token)) : '';
    this.open.push({ closer, name });
    if (name === 'url') this.addEscaped(token, at);
  }

  /** A `url(` with escapes in its name: css-tree takes it for a function, whatever is in it. */
  private addEscaped({ start, end }: Token, at: number): void {
    const behind = this.text.slice(end);
    const [raw] = /^(?:\\[\s\S]|[^)"'(\\])*/.exec(behind) as RegExpExecArray;
    if (this.nextIsString(at) || raw.trim() === '') return;
    const isClosed = behind[raw.length] === ')';
    if (!isClosed && raw.length < behind.length) return;
    this.add({ start, end: end + raw.length + Number(isClosed) }, urlValue(`url(${raw})`), false);
  }

  private nextIsString(at: number): boolean {
    let next = at + 1;
    while (next < this.tokens.length && isGap((this.tokens[next] as Token).kind)) next++;
    return this.tokens[next]?.kind === Kind.String;
  }

  /** Only the bracket that fits the innermost one closes anything (https://www.w3.org/TR/css-syntax-3/#consume-simple-block). */
  private end(token: Token): void {
    const closer = this.textOf(token);
    const innermost = this.open.at(-1);
    // It begins a rule that is none.
    if (innermost === undefined) this.isPending = true;
    if (innermost === undefined && closer === '}') this.strays.push({ ...rangeOf(token), text: '!' });
    if (innermost?.closer !== closer) return;
    this.open.pop();
    if (closer === '}') this.endPrelude(this.open.length + 1);
    if (this.open.length > 0) return;
    this.nested.push({ start: this.nestedFrom, end: token.end });
    if (closer === '}') this.endStatement();
  }

  private endStatement(): void {
    this.atRule = '';
    this.isPending = false;
  }

  private closingText(): string {
    const closing =
      unclosedToken(this.text, this.tokens) +
      this.open
        .map(({ closer }) => closer)
        .reverse()
        .join('');
    if (!this.isPending) return closing;
    const [outermost] = this.open;
    if (outermost?.closer === '}') return closing;
    // A rule without a block is none.
    return closing + (this.atRule === '' ? '{}' : ';');
  }
}

/** What closes a token that goes on to the end: a comment, a string, a `url(`, or a character that is escaped, of which there is none. */
function unclosedToken(text: string, tokens: readonly Token[]): string {
  const { kind, start, end } = tokens.at(-1) ?? { kind: Kind.End, start: 0, end: 0 };
  const last = text.slice(start, end);
  if (kind === Kind.Comment) return last.length >= 4 && last.endsWith('*/') ? '' : '*/';
  const isEscaping = /(?:^|[^\\])(?:\\\\)*\\$/.test(last);
  if (kind === Kind.String) {
    const isClosed = last.length > 1 && last.endsWith(last[0] as string) && !isEscaping;
    return isClosed ? '' : `${isEscaping ? '\n' : ''}${last[0]}`;
  }
  const escaped = isEscaping ? '\ufffd' : '';
  return (kind === Kind.Url || kind === Kind.BadUrl) && !last.endsWith(')') ? `${escaped})` : escaped;
}

/** What has to stand behind a statement that goes on to the end of the text, before its semicolon. */
export const closingOf = (statement: string): string =>
  new Rest(statement, tokensOf(statement), 0).read().closing.replace(/;$/, '');
