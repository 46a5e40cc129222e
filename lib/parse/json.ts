/** Where a text stops being JSON. Engines tell it for some mistakes only, each in its own words. */

/** What may come next. The first value or key of a list may be missing, the one after a comma may not. */
type Expected = 'first value' | 'value' | 'first key' | 'key' | 'colon' | 'end';

const SPACE = /[ \t\n\r]*/y;
const TOKEN = /[{}[\]:,"]|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
/** A string up to its end, or up to what it may not contain. */
const STRING = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[ !#-[\]-\uffff]*)*/y;

/** Offset of the first character that cannot be part of JSON, or the end of a text that ends too early. */
export function jsonErrorOffset(text: string): number {
  const closers: string[] = [];
  let expected: Expected | undefined = 'value';
  for (
    let position = endOf(SPACE, text, 0);
    position < text.length;
    position = endOf(SPACE, text, position)
  ) {
    const end = endOf(TOKEN, text, position);
    expected = follow(expected, text.slice(position, end), closers);
    if (expected === undefined) return position;
    if (text[position] !== '"') {
      position = end;
      continue;
    }
    position = endOf(STRING, text, position);
    if (text[position] !== '"') return position;
    position += 1;
  }
  return text.length;
}

/** Where a sticky pattern that begins at `start` ends; at `start` itself when it does not match. */
function endOf(pattern: RegExp, text: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : start;
}

/** What may follow the token, or `undefined` when it may not stand here. `closers` of the open lists, innermost last. */
function follow(expected: Expected, token: string, closers: string[]): Expected | undefined {
  const takesValue = expected === 'value' || expected === 'first value';
  switch (token) {
    case '':
      return undefined;
    case '{':
    case '[':
      if (!takesValue) return undefined;
      closers.push(token === '{' ? '}' : ']');
      return token === '{' ? 'first key' : 'first value';
    case '}':
    case ']':
      if (expected !== 'end' && expected !== (token === '}' ? 'first key' : 'first value')) return undefined;
      return closers.pop() === token ? 'end' : undefined;
    case ',':
      if (expected !== 'end' || closers.length === 0) return undefined;
      return closers.at(-1) === '}' ? 'key' : 'value';
    case ':':
      return expected === 'colon' ? 'value' : undefined;
    case '"':
      if (expected === 'key' || expected === 'first key') return 'colon';
      return takesValue ? 'end' : undefined;
    default:
      return takesValue ? 'end' : undefined;
  }
}
