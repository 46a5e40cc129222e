/**
 * Where a style names other files (CSS Syntax 3, CSS Values 4): by `url(…)`, by `@import "…"`, by strings of `image-set(…)`. What
 * stands in comments and other strings names none, nor do namespaces.
 */

/** One of them: the token that says it, and what that means. */
export interface StyleReference {
  start: number;
  end: number;
  url: string;
  /** A string alone; else `url(…)`, with or without quotes. */
  isString: boolean;
}

/** Comments, strings, brackets, and names with escapes in them, behind `@` or `#`, before `(`. */
const TOKEN =
  /\/\*|["'(){};]|([@#]?)((?:[-\w\u0080-\uffff]|\\(?:[\da-f]{1,6}(?:\r\n|[ \t\n\r\f])?|[^\n\r\f\da-f]))+)(\(?)/gi;
const ESCAPE = /\\(?:([\da-f]{1,6})(?:\r\n|[ \t\n\r\f])?|(\r\n|[\n\r\f])|([\s\S]))/gi;
/** One of them, where it begins. */
const ESCAPE_HERE = new RegExp(ESCAPE.source, 'iy');
const SPACES = /[ \t\n\r\f]*/y;
const NEWLINE = /[\n\r\f]/;
const IMAGE_SET = /^(?:-webkit-)?image-set$/;

/** What an escape stands for. */
function decode(_: string, hex: string | undefined, newline: string | undefined, other: string): string {
  if (newline !== undefined) return '';
  if (hex === undefined) return other;
  const code = Number.parseInt(hex, 16);
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return String.fromCodePoint(isCharacter ? code : 0xfffd);
}

const meaningOf = (text: string): string => text.replace(ESCAPE, decode);

function skipSpaces(text: string, at: number): number {
  SPACES.lastIndex = at;
  SPACES.exec(text);
  return SPACES.lastIndex;
}

/** Where the escape ends that begins at an offset. */
function endOfEscape(text: string, at: number): number {
  ESCAPE_HERE.lastIndex = at;
  return ESCAPE_HERE.exec(text) ? ESCAPE_HERE.lastIndex : at + 1;
}

/** Where the string ends that begins at an offset: behind its quote, or before the line's end, which none goes beyond. */
function endOfString(text: string, start: number): number {
  const quote = text[start] as string;
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at] as string;
    if (character === quote) return at + 1;
    if (NEWLINE.test(character)) return at;
    if (character === '\\') at = endOfEscape(text, at) - 1;
  }
  return text.length;
}

/** Where a `url(` without quotes ends, behind its bracket, and its contents; none when it is not valid. */
function readUrl(text: string, start: number): { end: number; url: string | undefined } {
  let isValid = true;
  let at = start;
  for (; at < text.length && text[at] !== ')'; at++) {
    const character = text[at] as string;
    if (character === '\\') {
      if (NEWLINE.test(text[at + 1] ?? '')) isValid = false;
      at = endOfEscape(text, at) - 1;
    } else if (/["'(]/.test(character)) isValid = false;
    else if (/[ \t\n\r\f]/.test(character)) {
      const next = skipSpaces(text, at);
      if (next < text.length && text[next] !== ')') isValid = false;
      at = next - 1;
    }
  }
  const url = isValid ? meaningOf(text.slice(start, at)).trimEnd() : undefined;
  return { end: Math.min(at + 1, text.length), url };
}

class Reader {
  readonly found: StyleReference[] = [];
  /** Functions and brackets that are open. */
  private readonly open: string[] = [];
  /** Behind `@import`, before anything else. */
  private isImport = false;
  private isNamespace = false;

  constructor(private readonly text: string) {}

  read(): StyleReference[] {
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(this.text); match; match = TOKEN.exec(this.text))
      TOKEN.lastIndex = this.take(match);
    return this.found;
  }

  /** Takes what begins with a token, and gives where it ends. */
  private take(match: RegExpExecArray): number {
    const [token, sign, name, bracket] = match;
    const end = match.index + token.length;
    if (token === '/*') return this.endOfComment(end);
    if (token === '"' || token === "'") return this.takeString(match.index);
    if (name === undefined) return this.takeBracket(token, end);
    const meaning = meaningOf(name).toLowerCase();
    this.isImport = sign === '@' && meaning === 'import';
    if (sign === '@') this.isNamespace = meaning === 'namespace';
    if (bracket === '') return end;
    return this.takeFunction(sign === '' ? meaning : '', match.index, end);
  }

  private endOfComment(at: number): number {
    const end = this.text.indexOf('*/', at);
    return end < 0 ? this.text.length : end + 2;
  }

  private takeString(start: number): number {
    const end = endOfString(this.text, start);
    if (this.isImport || IMAGE_SET.test(this.open.at(-1) ?? '')) this.addString(start, end);
    this.isImport = false;
    return end;
  }

  private takeBracket(token: string, end: number): number {
    this.isImport = false;
    if (token === '(') this.open.push('');
    else if (token === ')') this.open.pop();
    else {
      this.open.length = 0;
      this.isNamespace = false;
    }
    return end;
  }

  /** @param at where the function's arguments begin */
  private takeFunction(name: string, start: number, at: number): number {
    const next = skipSpaces(this.text, at);
    const isQuoted = /["']/.test(this.text[next] ?? '');
    if (name === 'url' && !isQuoted) {
      const { end, url } = readUrl(this.text, next);
      if (url !== undefined && !this.isNamespace) this.found.push({ start, end, url, isString: false });
      return end;
    }
    this.open.push(name);
    if ((name !== 'url' && name !== 'src') || !isQuoted) return at;
    const end = endOfString(this.text, next);
    this.addString(next, end);
    return end;
  }

  private addString(start: number, end: number): void {
    const isClosed = end - start > 1 && this.text[end - 1] === this.text[start];
    // One that a line's end cuts off is none; the end of the text closes it.
    if (this.isNamespace || (!isClosed && end < this.text.length)) return;
    const url = meaningOf(this.text.slice(start + 1, isClosed ? end - 1 : end));
    this.found.push({ start, end, url, isString: true });
  }
}

/** All references of a style, in their order. */
export const findStyleReferences = (text: string): StyleReference[] => new Reader(text).read();

/** Whether it depends on where the style is: not whole URLs, paths from the root, and what is in the same document. */
export const isRelative = (url: string): boolean => !/^(?:$|[a-z][a-z\d+.-]*:|[/\\#])/i.test(url.trim());
