import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { minify } from 'terser';
import { applyPatch } from '../../lib/patch/apply';
import { encodePatch } from '../../lib/patch/encode';
import { type Columns, readPatch } from '../../lib/patch/format';
import {
  bundleText,
  createDice,
  editText,
  minifiedText,
  moduleText,
  naming,
  programOf,
  randomText,
  shuffle,
} from './texts';
import { applyInPage, hash, tools } from './tools';

const RANDOM_PAIRS = 1_500;
const RENAMED_PAIRS = 250;

/** The patch, after both decoders have made the text of it, also when it has been through UTF-8. */
function proved(oldTexts: readonly string[], text: string): string {
  const patch = encodePatch(oldTexts, text, tools);
  expect(Buffer.from(patch).toString()).to.equal(patch);
  expect(applyPatch(patch, oldTexts, hash) === text).to.equal(true);
  expect(applyInPage(patch, oldTexts.join('')) === text).to.equal(true);
  return patch;
}

const listModules = (seed: number, count: number): string[] => {
  const dice = createDice(seed);
  return Array.from({ length: count }, (_, id) => moduleText(dice, id));
};

describe('patches: what was encoded is what is decoded', () => {
  it(`on ${RANDOM_PAIRS} random pairs`, () => {
    for (let seed = 1; seed <= RANDOM_PAIRS; seed++) {
      const dice = createDice(seed);
      const old = randomText(dice, dice.pick([3, 40, 400]));
      proved([old], dice.below(8) === 0 ? randomText(dice, 40) : editText(dice, old));
    }
  });

  it(`on ${RENAMED_PAIRS} random pairs that differ in names, most of them by renames`, () => {
    let renaming = 0;
    for (let seed = 1; seed <= RENAMED_PAIRS; seed++) {
      const dice = createDice(seed);
      const program = programOf(dice, 400);
      const old = program(naming(dice, 0));
      const text = program(naming(dice, dice.pick([0, 0, 5, 30])));
      const cut = [...old].length >> 1;
      // Also where a name, or what stands before one, begins in one old text and ends in the next.
      const olds =
        dice.below(3) > 0 ? [old] : [[...old].slice(0, cut).join(''), [...old].slice(cut).join('')];
      if (proved(olds, dice.below(3) > 0 ? text : editText(dice, text))[0] === '2') renaming++;
    }
    expect(renaming).to.be.within(RENAMED_PAIRS / 2, RENAMED_PAIRS - 1);
  });

  it('with several old texts, in their order', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const dice = createDice(seed);
      const oldTexts = Array.from({ length: dice.below(5) }, () => randomText(dice, 200));
      proved(oldTexts, editText(dice, shuffle(dice, oldTexts).join('')).replace(/^\ufeff+/, ''));
    }
  });

  it('with empty texts, line ends of all kinds, NULs, marks inside', () => {
    const texts = [
      '',
      '\n',
      '\r\n',
      '\r',
      '\0',
      'a',
      '\n\n\n\n',
      'a\ufeffb',
      '1a\naa\n',
      '😀',
      '\u2028\u2029',
    ];
    for (const old of texts) for (const text of texts) proved([old], text);
    proved([], 'new');
    proved(['', '', 'a'], 'a');
  });

  it('pairs that share a surrogate', () => {
    const faces = ['😀', '😁', '🙀', '\u{1f900}', '\u{1fa00}', '\u{10f600}'];
    for (let seed = 1; seed <= 300; seed++) {
      const dice = createDice(seed);
      const text = (): string => Array.from({ length: dice.below(40) }, () => dice.pick(faces)).join('');
      proved([text()], text());
    }
  });

  it('sources and what a minifier makes of them', async () => {
    const source = readFileSync(require.resolve('esprima'), 'utf8');
    const edited = source
      .replaceAll('this.scanner', 'this.reader')
      .replace('Syntax = {', 'Syntax = { More: 1,');
    const patch = proved([source], edited);
    expect(tools.compressedSize(patch)).to.be.lessThan(1_500);
    const [old, text] = await Promise.all([source, edited].map(async (code) => (await minify(code)).code));
    const minified = proved([old as string], text as string);
    expect(tools.compressedSize(minified)).to.be.lessThan(0.1 * tools.compressedSize(text as string));
  });

  it('modules in another order cost their places only', () => {
    const modules = listModules(1, 40);
    const patch = proved([bundleText(modules)], bundleText(shuffle(createDice(2), modules)));
    expect(patch.length).to.be.lessThan(600);
  });

  it('modules that moved to another bundle are found there', () => {
    const modules = listModules(3, 40);
    const oldTexts = [bundleText(modules.slice(0, 20)), bundleText(modules.slice(20))];
    const text = bundleText([...modules.slice(10, 20), ...modules.slice(30), ...modules.slice(0, 5)]);
    expect(proved(oldTexts, text).length).to.be.lessThan(200);
    expect(proved([oldTexts[0] as string], text).length).to.be.greaterThan(500);
  });

  it('a variable with another name costs less than a literal for each use', () => {
    const calls = Array.from({ length: 150 }, (_, id) => `e.set${id}(e,t,n)`);
    const old = `function f(e,t,n){${calls.join(';')}}`;
    const text = old.replaceAll(/\be\b/g, 'q').replaceAll(/\bt\b/g, 'qq');
    // As the old text has no such letter, each is a literal where nothing is renamed.
    expect(proved([old], text).length).to.be.lessThan(text.split('q').length - 1);
  });

  it('a variable is renamed where it first stands, and a name that differs just once is a literal', () => {
    const [old, renamed] = [
      ['ee', 'tt', 'nn'],
      ['o', 'r', 'i'],
    ].map((names) => minifiedText(createDice(3), [1], names) + minifiedText(createDice(4), [2], 'abc'));
    const text = (renamed as string).replace(/[abc](?=\.x)/, 'z');
    const { renames, literals } = readPatch(proved([old as string], text)) as Columns;
    expect(renames).to.have.length(3);
    expect(literals).to.equal('z');
  });

  it('names are renamed only where a page has less to do than to download', () => {
    const functions = Array.from({ length: 1_500 }, (_, id) => id);
    const kept = minifiedText(createDice(7), functions, 'etn');
    const [old, text] = ['rio', 'oir'].map((letters) => minifiedText(createDice(8), [9_999], letters));
    expect(proved([`${old}`], `${text}`)[0]).to.equal('2');
    expect(proved([kept + old], kept + text)[0]).to.equal('1');
  });

  it('what is equal costs next to nothing', () => {
    const text = bundleText(listModules(4, 60));
    expect(proved([text], text).length).to.be.lessThan(45);
    expect(proved([text], text.replace('push', 'put')).length).to.be.lessThan(60);
  });

  it('equal input gives equal patches', () => {
    for (let seed = 1; seed <= 50; seed++) {
      const dice = createDice(seed);
      const old = randomText(dice, 400);
      const text = editText(dice, old);
      expect(encodePatch([old], text, tools)).to.equal(encodePatch([old], text, tools));
      const [one, two] = ['etnr', 'rnte'].map((letters) => minifiedText(dice, [seed, 2, 3], letters));
      expect(encodePatch([`${one}`], `${two}`, tools)).to.equal(encodePatch([`${one}`], `${two}`, tools));
    }
  });

  it('the smallest after compression wins', () => {
    const old = bundleText(listModules(5, 30));
    const text = bundleText([...listModules(5, 30).slice(3), ...listModules(6, 30)]);
    const seen: string[] = [];
    const sizes = [3, 1, 2];
    const compressedSize = (candidate: string): number => sizes[seen.push(candidate) - 1] as number;
    const patch = encodePatch([old], text, { hash, compressedSize });
    expect(new Set(seen).size).to.equal(sizes.length);
    expect(patch).to.equal(seen[1]);
  });

  it('texts that pages do not see as they are are refused', () => {
    for (const text of ['\ud83d', 'a\ude00', '\ude00\ud83d', '\ufeffa']) {
      expect(() => encodePatch(['a'], text, tools))
        .to.throw()
        .with.property('code', 'PATCH_TEXT');
      expect(() => encodePatch(['a', text], 'a', tools))
        .to.throw()
        .with.property('code', 'PATCH_TEXT');
    }
  });
});
