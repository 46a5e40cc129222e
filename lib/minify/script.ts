/**
 * A module of a bundle as a script of its own, for minifiers. A function alone is no script, and one that nobody uses would be
 * dropped, so it is assigned to a name.
 */

/** What a minifier is given before the function. The script never runs, so it does not matter what the name means elsewhere. */
const HEAD = '_=';

const HEAD_MINIFIED = /^\s*_\s*=\s*/;

/**
 * Functions of ES modules run as soon as their bundle is there. Engines compile at once what stands in parentheses, and read all other functions twice
 * (https://v8.dev/blog/preparser#pife).
 */
const RUNS_AT_ONCE = /^function\s*\*/;

/** What stands before a module's function in a bundle. */
export const keyOf = (id: string): string => `${JSON.stringify(id)}:`;

/**
 * @param text a module as a bundle has it: `"id":function(…){…}`, or a string in place of the function
 * @returns `_=function(…){…}`
 */
export const toScript = (text: string, id: string): string => HEAD + text.slice(keyOf(id).length);

/** How many columns further to the left a place on the first line of a script is than in the bundle. */
export const scriptShift = (id: string): number => keyOf(id).length - HEAD.length;

/** A module that has been minified. */
export interface Minified {
  /** As a bundle has it. */
  text: string;
  /** How many columns further to the right than in the minifier's result what stands on the first line is. */
  shift: number;
}

/**
 * @param script what a minifier has made of `toScript`
 * @param isValid whether an engine accepts a text as the body of a function
 * @returns `undefined` when that is not one function, or any other expression, assigned to the same name
 */
export function fromScript(
  script: string,
  id: string,
  isValid: (text: string) => boolean,
): Minified | undefined {
  const head = HEAD_MINIFIED.exec(script)?.[0];
  if (head === undefined || head.includes('\n')) return undefined;
  const code = script.slice(head.length).trimEnd().replace(/;$/, '');
  // Between `?` and `:` no comma, semicolon or line comment of it can do harm.
  if (!isValid(`0?${code}:0`)) return undefined;
  const [open, close] = RUNS_AT_ONCE.test(code) ? ['(', ')'] : ['', ''];
  const before = keyOf(id) + open;
  return { text: before + code + close, shift: before.length - head.length };
}
