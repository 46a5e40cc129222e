/**
 * How a source is laid out. Fragments are written with marks where white space and comments may stand:
 * a space (some, line ends too), `·` (perhaps some), `␣` (some, no line end), `˙` (perhaps some, no line end),
 * `¶` (the end of a statement). A space that is part of a string is `␠`.
 */
import type { Dice } from '../../esm/dice';

/** How much stands between tokens. */
export type Layout = 'minified' | 'plain' | 'commented' | 'wild';

export const LAYOUTS: readonly Layout[] = ['minified', 'plain', 'commented', 'wild'];

const INLINE = [' ', '\t', '  ', '\u00a0', '\u3000', '\ufeff'];
const BREAKS = ['\n', '\r\n', '\u2028', '\n\n\t'];
const INLINE_COMMENTS = [
  '/**/',
  "/* import x from 'nowhere' */",
  '/* } ) ] ; */',
  '/*await*/',
  '/* \' " ` ${ */',
  '/*\\u*/',
];
const BREAKING_COMMENTS = [
  '// c\n',
  "//export default '\n",
  '/*\n*/',
  '/* a\r\n b */',
  '//\u2029',
  '// `${\n',
];

function piece(layout: Layout, dice: Dice, mayBreak: boolean): string {
  const isWild = layout === 'wild';
  const breaks = dice.chance(isWild ? 0.5 : 0.2);
  if (dice.chance(isWild ? 0.5 : 0.3))
    return dice.pick(mayBreak && breaks ? BREAKING_COMMENTS : INLINE_COMMENTS);
  if (!isWild) return ' ';
  return dice.pick(mayBreak && breaks ? BREAKS : INLINE);
}

function gap(layout: Layout, dice: Dice, mayBreak: boolean): string {
  if (layout === 'minified') return '';
  if (layout === 'plain') return dice.chance(0.6) ? ' ' : '';
  let text = '';
  while (dice.chance(0.4)) text += piece(layout, dice, mayBreak);
  return text;
}

/** What begins a statement that continues the one before, where that has no semicolon. */
const CONTINUES = /^[([`/+\-*.,?<>=&|^%!]/;

function statementEnd(rest: string, layout: Layout, dice: Dice): string {
  const isLast = rest === '';
  const first = rest.replace(/^[ ·␣˙]+/, '');
  const isSafe = !CONTINUES.test(first);
  if (!isSafe || !dice.chance(layout === 'minified' ? 0.1 : 0.5)) return ';';
  if (isLast) return dice.pick(['', '\n', ' // end', ' /* end */', ';//']);
  return layout === 'minified' ? '\n' : dice.pick(['\n', '\n', ' // c\n', '/*\n*/', '\r\n', '\u2028']);
}

/** The `of` of loops before what meriyah 7.4 does not take for white space there. */
const MISSED = /\bof(?=[\u00a0\u2028\u3000\ufeff])/g;

/** The text with every mark replaced. */
export function layOut(marked: string, layout: Layout, dice: Dice): string {
  const text = marked.replace(/[ ·␣˙¶␠]/g, (mark, at: number) => {
    if (mark === '␠') return ' ';
    if (mark === '¶') return statementEnd(marked.slice(at + 1), layout, dice);
    const space = gap(layout, dice, mark === ' ' || mark === '·');
    return space === '' && (mark === ' ' || mark === '␣') ? ' ' : space;
  });
  return text.replace(MISSED, 'of ');
}
