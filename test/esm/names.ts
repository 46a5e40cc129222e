/** Names that modules give to what they export, and to their variables. */
import type { Dice } from './dice';

const COMMON = ['a', 'b', 'c', 'd', 'e'];

/** Names that text around a module might use, that mean something in some places only, or that objects have. */
const UNUSUAL = [
  'require',
  'module',
  'exports',
  'self',
  'define',
  'Object',
  'Promise',
  'Symbol',
  'Reflect',
  'Proxy',
  'from',
  'as',
  'of',
  'get',
  'set',
  'async',
  'type',
  'meta',
  'target',
  'toString',
  'hasOwnProperty',
  'then',
  '__esModule',
  '__proto__',
  '$',
  '_',
  'ns',
  'é',
];

/** Names that no variable can have. */
const UNSPEAKABLE = [
  'if',
  'class',
  'import',
  'await',
  'constructor',
  'a-b',
  'string name',
  '10',
  '9',
  '🙂',
  '',
  "it's",
];

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

const RESERVED = new Set(['if', 'class', 'import', 'await', 'constructor']);

export const isIdentifier = (name: string): boolean => IDENTIFIER.test(name) && !RESERVED.has(name);

/** A name as it stands in an import or export statement. */
export const spell = (name: string): string =>
  IDENTIFIER.test(name) ? name : `'${name.replace("'", "\\'")}'`;

/** A name as it stands behind a value. */
export const memberOf = (name: string): string =>
  IDENTIFIER.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;

/** A name that other modules are likely to export as well. */
export function randomExportName(dice: Dice): string {
  if (dice.chance(0.75)) return dice.pick(COMMON);
  return dice.pick(dice.chance(0.7) ? UNUSUAL : UNSPEAKABLE);
}

/** A name for a variable, the wanted one if it is free; it is taken then. */
export function freshName(
  taken: Set<string>,
  dice: Dice,
  wanted = dice.pick([...COMMON, ...UNUSUAL]),
): string {
  let name = wanted;
  for (let count = 2; taken.has(name); count++) name = `${wanted}${count}`;
  taken.add(name);
  return name;
}
