/** Random modules in which every word `t1`, `t2` … stands once, between everything that rendering changes. */

/** Mulberry32: the same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** `#` stands for a word of its own. */
const COMMON: readonly string[] = [
  '#.#(#, [#], { #: # });',
  "#(require('./a.js').#, #);",
  'if (process.env.NODE_ENV === # + #) { #(); }',
  "import('./b.mjs').then(#, (#) => #);",
  "# = './a.js' /*js*/, #();",
  '# = `#${#} ${`${#}`}\n  ${# + #}`;',
  '/* # */ # /* 😀 */ (#) // #',
  'var #=/[/#"]/g,#="\\"#\\"";#=#+#;#++;!#;',
  '\t#(process, __filename, global.#);',
  "try { require('./a.js') } catch (#) { throw # }",
  '(function # (#) { return typeof # })(#)(#)[#];',
];

const ES: readonly string[] = [
  "import $i, { value as $j } from './b.mjs'; $i(#, $j(#), $j.#, { $j, #: $i });",
  "import * as $i from './a.js';",
  "import './b.mjs'; #();",
  'export const # = #, # = [#];',
  'export function #(#) { return # }',
  'export class # extends # { #() {} }',
  "export { value as # } from './b.mjs';",
  "export * from './b.mjs'; #;",
  '#(await #, await #(#));',
  'await #.#;',
  'for await (const # of #) { #(#); }',
  '#(import.meta.#, import.meta);',
  'var # = # <!--#;',
  'label: for await (# of [#, #]) if (#) continue label;',
];

const DEFAULTS: readonly string[] = [
  'export default #;',
  'export default # => #',
  'export default function (#) { #(); }',
  'export default function #() {}',
  'export default class { # = #; }',
  'export default (#, #);',
  "export default import('./b.mjs')",
];

const LINE_ENDS: readonly string[] = ['\n', '\n', '\r\n', '\n\n', ' ', '\n/* # */', '\u2028', '\r '];

const BEGINNINGS: readonly string[] = ['', '', '\uFEFF', '#!/usr/bin/env node\n', '\n', '"use strict";'];

/** Each import has local names of its own: `$i` and `$j` become `i7` and `j7`. */
function numberImports(text: string): string {
  let count = 0;
  return text.replace(/import .*\$i.*/g, (line) => {
    count++;
    return line.replaceAll(/\$([ij])/g, `$1${count}`);
  });
}

/** A random module. */
export function randomSource(seed: number, isModule: boolean): string {
  const random = randomFrom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const templates = isModule ? [...ES, ...COMMON] : COMMON;
  const parts = Array.from({ length: 1 + Math.floor(random() * 9) }, () => pick(templates));
  if (isModule) parts.splice(Math.floor(random() * parts.length), 0, pick(DEFAULTS));
  const lineEnd = pick(['\n', '\r\n']);
  const body = parts
    .map((part) => part + pick(LINE_ENDS))
    .join('\n')
    .replace(/(?<!\r)\n/g, lineEnd);
  const text = pick(BEGINNINGS) + (random() < 0.5 ? body : body.trimEnd());
  let words = 0;
  return numberImports(text).replace(/#(?!!)/g, () => `t${++words}`);
}
