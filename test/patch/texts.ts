/** Seeded texts and what releases do to them. */
import { randomNumbers } from '../../bench/generate-graph';

export interface Dice {
  below(limit: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

export function createDice(seed: number): Dice {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return { below, pick: (items) => items[below(items.length)] as (typeof items)[number] };
}

const ALPHABETS: readonly (readonly string[])[] = [
  ['a'],
  ['a', 'b'],
  [...'abcdefgh(){};,.= \n'],
  ['\n', '\r\n', '\r', '\u2028', '\0', ',', 'a1', '-'],
  ['😀', '😁', '🚀', 'é', 'ß', '日', '\u{10ffff}', '\ufeff', 'x'],
  ['function ', 'return ', 'var a=', 'this.', 'prototype', '(', ')', '{', '}', ';', '\n'],
];

/** Pieces of one alphabet, up to `most` of them. */
export function randomText(dice: Dice, most: number): string {
  const alphabet = dice.pick(ALPHABETS);
  const text = Array.from({ length: dice.below(most + 1) }, () => dice.pick(alphabet)).join('');
  return text.replace(/^\ufeff+/, '');
}

/** The text with pieces taken out, put in, doubled, moved and replaced; never cut inside a pair. */
export function editText(dice: Dice, text: string): string {
  const characters = [...text];
  for (let times = dice.below(8); times > 0; times--) {
    const at = dice.below(characters.length + 1);
    const length = dice.below(dice.pick([2, 10, 100]));
    const piece = characters.slice(at, at + length);
    const inserted = dice.pick([[], piece, [...piece, ...piece], [...randomText(dice, 6)]]);
    characters.splice(at, dice.pick([0, length]), ...inserted);
    if (dice.below(3) === 0) characters.splice(dice.below(characters.length + 1), 0, ...piece);
  }
  return characters.join('').replace(/^\ufeff+/, '');
}

/** A bundle as render/bundle.ts writes them, of numbered modules. */
export function bundleText(modules: readonly string[]): string {
  return `(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{\n${modules.join(',\n')}\n}]);\n`;
}

export function moduleText(dice: Dice, id: number): string {
  const lines = Array.from({ length: 1 + dice.below(12) }, () => {
    return `  var v${dice.below(99)} = this.${dice.pick(['get', 'set', 'on', 'off'])}(${dice.below(999)});`;
  });
  return `"m${id}":function(require,module,exports){\n${lines.join('\n')}\n}`;
}

export function shuffle<Item>(dice: Dice, items: readonly Item[]): Item[] {
  const rest = [...items];
  return items.map(() => rest.splice(dice.below(rest.length), 1)[0] as Item);
}

const SHORT_NAMES = ['a', 'b', 'c', 'e', 'n', 't', '$', '_', 'aa', 'ab', 'b1', '$a', 'e$', 'do', 'if', 'of'];

/** Pieces of a program between names: before each dot, digit, letter or half of a pair, it matters what a name is. */
const BETWEEN = [
  ...[
    '(',
    ',',
    ')',
    '{',
    '}',
    ';',
    '=',
    ' ',
    '\n',
    '.a=',
    '.ab(',
    '?.e,',
    '...',
    '[...',
    '..',
    ':',
    '"',
    ' in ',
  ],
  ...[
    'function ',
    'return ',
    'this.',
    '1e5+',
    '0',
    'é',
    '😀',
    '\u{10ffff}',
    '\u2028',
    '-',
    'abc',
    '.prototype.',
  ],
];

/** A program that uses some short names: made of what it calls each, so that its releases differ in names only. */
export function programOf(dice: Dice, most: number): (nameOf: (variable: number) => string) => string {
  const pieces = Array.from({ length: dice.below(most + 1) }, () =>
    dice.below(2) === 0 ? dice.below(SHORT_NAMES.length) : dice.pick(BETWEEN),
  );
  return (nameOf) => pieces.map((piece) => (typeof piece === 'number' ? nameOf(piece) : piece)).join('');
}

/** What a minifier calls variables: each by another name, here and there by any. */
export function naming(dice: Dice, inconsistency: number): (variable: number) => string {
  const names = shuffle(dice, SHORT_NAMES);
  return (variable) => (dice.below(100) < inconsistency ? dice.pick(names) : (names[variable] as string));
}

/** Functions as a minifier writes them; from release to release, their three variables are called by other of the names. */
export function minifiedText(dice: Dice, functions: readonly number[], names: Iterable<string>): string {
  return functions
    .map((id) => {
      const [a, b, c] = shuffle(dice, [...names]);
      const body = Array.from({ length: 6 }, (_, line) => `${a}.get${id}(${b},${c}[${line * id}],${a}.x)`);
      return `function f${id}(${a},${b},${c}){return ${body.join('+')}}`;
    })
    .join('');
}
