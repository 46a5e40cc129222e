/** What both readers go by when they tell which declarations have no effects. */
import { decoded } from '../../escaped-names';
import type { ImportEntry } from '../../facts';

/** `typeof x !== 'undefined' ? x :`, up to the value without one. */
const GUARD = /typeof\s+([\w$]+)\s*!==?\s*(?:'undefined'|"undefined")\s*\?\s*\1\s*:/y;

/** An object of a class, with nothing. */
const NEW = /new\s+(\w+)\s*\(\s*\)/y;

const SYMBOL = /Symbol(?:\.for)?\s*\(\s*(?:'[^'\\\n]*'|"[^"\\\n]*")?\s*\)/y;

const SYMBOL_KEY = /\[Symbol\.(?:iterator|asyncIterator|toStringTag|toPrimitive|hasInstance|species)\]/y;

/** Classes of the language, which others may extend. */
const CLASSES: ReadonlySet<string> = new Set([
  'Array',
  'Date',
  'Error',
  'EvalError',
  'Map',
  'Promise',
  'RangeError',
  'RegExp',
  'Set',
  'SyntaxError',
  'TypeError',
  'WeakMap',
  'WeakSet',
]);

/** What the language has, and members of that: to read them has no effects. Of `prototype`, any member may be read, since all of these have one. Getters that throw are none of them. */
const READ =
  /(?:(Array|Boolean|Date|Error|Function|Map|Number|Object|Promise|RegExp|Set|String|Symbol|WeakMap|WeakSet)(?:\.prototype)?|(JSON|Math|Reflect))\.(?!(?:arguments|caller|description|size)\b)[\w$]+/y;

/** Classes of which objects are made without effects, where they are given nothing, or an array. */
const COLLECTIONS: ReadonlySet<string> = new Set(['Map', 'Set', 'WeakMap', 'WeakSet']);

/** What is before a name that is read: nothing that declares one, nor a comment, of which that is not known. */
const BEFORE = '(?:\\b(?:new|extends|instanceof|typeof|return) +|[(=!&|?;<>+-] *)';

/** What is behind a name, on its line, only where that is read, or stands in a comment. */
const BEHIND = `(?: *[.:<>)\`'"+&|?!]| +(?!(?:in|of|from|as|extends)\\b)\\w)`;

/** Whether a word is there, and nowhere but where it is read. */
function isReadIn(source: string, name: string): boolean {
  const word = `(?<![\\w$])(?<!(?<!\\.\\.)\\.)${name.replaceAll('$', '\\$')}(?![\\w$])`;
  const all = source.match(new RegExp(word, 'g')) ?? [];
  const read = new RegExp(`${BEFORE}${word}(?!\\s*=[^=])|${word}${BEHIND}`, 'g');
  return all.length > 0 && all.length === source.match(read)?.length;
}

/**
 * Comments for whatever stands around them, such as types. Even in a string or template, nothing in them is code: there is no end of one in them, unless
 * they begin a line, where no string goes on without a backslash; and no statement, as there might be between two regular expressions.
 */
const DOCUMENTATION =
  /(?<=^|[^\\\r\n]\r?\n|\n\r?\n)[ \t]*\/\*\*(?:[^`$*]|\$(?!\{)|\*(?!\/))*\*\/|\/\*\*(?:[^`'"$*\n=;]|=>|\$(?!\{)|\*(?!\/))*\*\//g;

/** What the source of a module means by names that it does not declare. */
export class Globals {
  private readonly known = new Map<string, boolean>();
  private code: string | undefined;
  /** The source, with names that are written with escapes. */
  private text: string | undefined;

  constructor(private readonly source: string) {}

  /** Whether nothing in the source may declare the name: wherever the word is, it stands where no declaration has one. */
  has(name: string): boolean {
    if (name === '') return false;
    let isGlobal = this.known.get(name);
    if (isGlobal === undefined) {
      this.text ??= this.source.includes('\\u') ? decoded(this.source) : this.source;
      isGlobal = isReadIn(this.text, name);
      if (!isGlobal && this.text.includes('/**')) {
        this.code ??= this.text.replace(DOCUMENTATION, ' ');
        isGlobal = isReadIn(this.code, name);
      }
      this.known.set(name, isGlobal);
    }
    return isGlobal;
  }

  isClass = (name: string): boolean => CLASSES.has(name) && this.has(name);

  /** Whether a choice that begins at the offset asks for a global before it reads that. */
  isGuard = (offset: number): boolean => this.has(this.match(GUARD, offset)?.[1] ?? '');

  /** Whether `new Map()` or the like is all that stands there. */
  isCollection(start: number, end: number): boolean {
    const found = this.match(NEW, start);
    return (
      found?.[0].length === end - start && COLLECTIONS.has(found[1] as string) && this.has(found[1] as string)
    );
  }

  /** Where that ends which begins at the offset, if it is a member of something of the language, such as `Object.prototype.toString`. */
  endOfRead(offset: number): number | undefined {
    const found = this.match(READ, offset);
    return found && this.has((found[1] ?? found[2]) as string) ? offset + found[0].length : undefined;
  }

  /** Whether what is made by `new` of a class of that name is a collection that an array may be given. */
  isFilled = (name: string): boolean => (name === 'Set' || name === 'Map') && this.has(name);

  /** Whether a key between brackets, which begin at the offset, is a symbol of the language. */
  isSymbolKey = (bracket: number): boolean => this.match(SYMBOL_KEY, bracket) !== null && this.has('Symbol');

  /** Whether `Symbol()` or `Symbol.for()`, with a text or without, is all that stands there. */
  isSymbol = (start: number, end: number): boolean =>
    this.match(SYMBOL, start)?.[0].length === end - start && this.has('Symbol');

  private match(pattern: RegExp, offset: number): RegExpExecArray | null {
    pattern.lastIndex = offset;
    return pattern.exec(this.source);
  }
}

const NUMBER = '(?:0[xX][\\da-fA-F]+|0[bBoO]\\d+|\\d[\\d.]*(?:[eE]\\d+)?)';

const CALCULATION = new RegExp(`^-?${NUMBER}(?:\\s*(?:<<|>>>?|\\*\\*?|[-+/%&|^])\\s*${NUMBER})+$`);

/** Whether a value is worked out of numbers alone, as `1 << 2` is; it may stand in parentheses. */
export const isCalculation = (text: string): boolean => CALCULATION.test(text.replace(/^\(+|\)+$/g, ''));

/** What is known of names of the top level where a declaration stands. */
export interface Known {
  imported: ReadonlySet<string>;
  /** Those of them that are namespaces. */
  namespaces: ReadonlySet<string>;
  /** Those that a class may extend. */
  functions: ReadonlySet<string>;
  /** All that have a value there; reading another name may throw. */
  declared: Set<string>;
  /** Constants that have one, which is a class. */
  classes: Set<string>;
  globals: Globals;
  /** Functions whose calls have no effects; of a namespace with a name in it: `flags.read`. */
  effectless: Set<string>;
}

const IN_COMMENT = '(?:[^*]|\\*(?!/))*';

/** Comments of which one says of the call behind them that it has no effects. */
export const ANNOTATED = new RegExp(
  `(?:/\\*${IN_COMMENT}[#@]__PURE__${IN_COMMENT}\\*/|//.*[#@]__PURE__.*\\n)(?:\\s|/\\*${IN_COMMENT}\\*/)*$`,
);

/** In a comment before a function, it says that its calls have none. (https://github.com/javascript-compiler-hints/compiler-notations-spec) */
export const EFFECTLESS = /[#@]__NO_SIDE_EFFECTS__/;

/** Whether something may write to a variable: then it may be another function. */
export function mayBeWritten(source: string, name: string): boolean {
  if (name === '') return false;
  const word = `(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`;
  const written = `(?:\\+\\+|--)\\s*${word}|${word}\\s*(?:\\+\\+|--|[-+*/%&|^?<>]*=(?![=>]))`;
  return new RegExp(written).test(source);
}

/** Names of the language that nothing can change. */
export const CONSTANTS: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity']);

/** Each once, without that of a default export that has none in the source. */
export const sortedNames = (names: Iterable<string>): string[] =>
  [...new Set(names)].filter((name) => name !== '').sort();

/** The names under which a module imports namespaces. */
export const namespacesIn = (imports: readonly ImportEntry[]): ReadonlySet<string> =>
  new Set(imports.flatMap(({ name, local }) => (name === undefined ? local : [])));
