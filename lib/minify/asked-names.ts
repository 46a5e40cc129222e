/**
 * Names of the language of which oxc takes too much for granted. A script declares them behind its end while oxc reads it: of names that it
 * declares itself, it takes nothing for granted.
 *
 * What `instanceof` asks by: where oxc knows of a value whether it is an object, also by a variable, and the class is one of the language, it
 * forgets what else happens there: in `f() - 1 instanceof Date`, the call.
 *
 * Functions that throw for texts that are no such thing, or numbers that are no character: oxc leaves out `decodeURIComponent(text)` where nobody needs
 * what it gives, also in a `try` that is there to find out whether it throws. (It takes more for granted, such as that what `Math.abs()` is given can be
 * a number; who asks whether a symbol is one is rare, and the declared names cost others.)
 */
import { mappingsWithin } from '../render/moved-mappings';

/** Behind the word is a name, or something else that may come to one. */
const ASKED = /\binstanceof\s*(?:([A-Z]\w*)(?![\w$]|\s*\()|(?![\w$\s])|[\w$]+\s*\()/g;

/** Classes that every engine has: as a variable, each is one that has a value. */
const ALWAYS =
  /(?<![\w$])(?:Object|Function|Array|Number|Boolean|String|Date|RegExp|(?:Eval|Range|Reference|Syntax|Type|URI)?Error)(?![\w$])/g;

/** Classes that engines of ES5 may miss. */
const LATER =
  /(?<![\w$])(?:Symbol|Promise|(?:Weak)?(?:Map|Set)|ArrayBuffer|DataView|(?:Uint|Int)(?:8|16|32)Array|Uint8ClampedArray|Float(?:32|64)Array)(?![\w$])/g;

/** What code asks by `typeof`: of a variable, oxc would read it. */
const GUARDED = /(?<![\w$])typeof[\s(]*([A-Z]\w*)/g;

/** Functions that throw for some texts. */
const THROWING = /(?<![\w$])(?:de|en)codeURI(?:Component)?(?![\w$])/g;

/** The names that a script needs to declare. */
export const namesAsked = (code: string): string[] => [
  ...new Set([...classesAsked(code), ...(code.match(THROWING) ?? []), ...codePoints(code)]),
];

/** `String.fromCodePoint` throws for what is none. */
const codePoints = (code: string): string[] => (/\bfromCodePoint\b/.test(code) ? ['String'] : []);

/** The names of classes of the language that `instanceof` may ask by. */
function classesAsked(code: string): string[] {
  const asked = Array.from(code.matchAll(ASKED), ([, name]) => name);
  const all = asked.includes(undefined) ? code : asked.join(' ');
  const guarded = new Set(Array.from(code.matchAll(GUARDED), ([, name]) => name));
  const later = all.match(LATER)?.filter((name) => !guarded.has(name)) ?? [];
  return [...(all.match(ALWAYS) ?? []), ...later];
}

/** The script, which declares the names as well. */
export const withNames = (code: string, names: readonly string[]): string => `${code}\n;var ${names.join()};`;

/** The minified script without the names that it does not declare itself; `undefined` where they are not what it ends with. */
export function withoutNames<Map extends { mappings: string }>(
  { code, map }: { code: string; map: Map | undefined },
  names: readonly string[],
): { code: string; map: Map | undefined } | undefined {
  const declaration = new RegExp(`\\s*\\bvar\\s+${names.join(',\\s*')};?\\s*$`);
  const end = code.search(declaration);
  if (end < 0) return undefined;
  const text = code.slice(0, end);
  return { code: text, map: map && { ...map, mappings: mappingsWithin(map.mappings, text) } };
}
