import { expect } from 'chai';
import { DynapackError } from '../../lib/errors';
import { applyPatch } from '../../lib/patch/apply';
import { encodePatch } from '../../lib/patch/encode';
import {
  baseId,
  type Copy,
  MAX_LENGTH,
  MAX_RENAMED,
  resultId,
  writeNumber,
  writePatch,
} from '../../lib/patch/format';
import { createDice, type Dice, editText, minifiedText, naming, programOf } from './texts';
import { applyInPage, hash, tools } from './tools';

const BASE = 'var a = require("a"), b = 1;\nexports.c = function (d) { return a(d) + b; };\n';
/** Two releases whose names differ, and little else. */
const MINIFIED = minifiedText(createDice(1), [1, 2, 3], 'etn');
const RENAMED = minifiedText(createDice(2), [1, 2, 3], 'rno');
const ORDER = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_';
const MUTATIONS = 100_000;
const RANDOM_PATCHES = 20_000;

/** The code of the error for which a patch is refused; `undefined` when it is not. */
function refusal(patch: string, oldTexts: readonly string[] = [BASE], hashOf = hash): string | undefined {
  try {
    applyPatch(patch, oldTexts, hashOf);
    return undefined;
  } catch (error) {
    if (error instanceof DynapackError) return error.code;
    throw error;
  }
}

/** A patch whose ids are right and whose copies are what they are. */
const forged = (copies: Copy[], text: string): string =>
  writePatch(baseId([BASE], hash) + resultId(text, hash), copies, text);

type Mutation = (dice: Dice, patch: string) => string;

const replaceAt = (patch: string, at: number, unit: string): string =>
  patch.slice(0, at) + unit + patch.slice(at + 1);

/** What transport, storage or malice may do. */
const mutations: Record<string, Mutation> = {
  truncated: (dice, patch) => patch.slice(0, dice.below(patch.length)),
  'bit flipped': (dice, patch) => {
    const at = dice.below(patch.length);
    return replaceAt(patch, at, String.fromCharCode(patch.charCodeAt(at) ^ (1 << dice.below(7))));
  },
  'unit replaced': (dice, patch) =>
    replaceAt(patch, dice.below(patch.length), dice.pick([...'0123456789azAZ-,\n\0', '😀', 'é'])),
  'piece doubled': (dice, patch) => {
    const at = dice.below(patch.length);
    return patch.slice(0, at + 1 + dice.below(9)) + patch.slice(at);
  },
  'piece lost': (dice, patch) => {
    const at = dice.below(patch.length);
    return patch.slice(0, at) + patch.slice(at + 1 + dice.below(9));
  },
  'numbers grown': (dice, patch) => patch.replace(/(?<=\n)(?=[a-zA-Z])/, String(1 + dice.below(10 ** 9))),
  extended: (dice, patch) => patch + dice.pick(['a', '\n', '\0', patch]),
};

describe('patches: damage', () => {
  it(`${MUTATIONS} mutated patches: refused, or still the right text`, () => {
    const names = Object.keys(mutations);
    const refused = new Map<string, number>();
    const versions = new Set<string>();
    let harmless = 0;
    for (let seed = 1; seed <= MUTATIONS / 100; seed++) {
      const dice = createDice(seed);
      const [old, next] = dice.below(3) > 0 ? [BASE, BASE] : [MINIFIED, RENAMED];
      const text = editText(dice, next);
      const patch = encodePatch([old], text, tools);
      versions.add(patch.slice(0, 1));
      for (let times = 0; times < 100; times++) {
        const name = names[times % names.length] as string;
        const mutated = (mutations[name] as Mutation)(dice, patch);
        if (mutated === patch) continue;
        const code = refusal(mutated, [old]);
        if (code === undefined) harmless++;
        else refused.set(code, (refused.get(code) ?? 0) + 1);
        const made = applyInPage(mutated, old);
        if (made !== undefined && hash(made) === hash(text)) expect(made).to.equal(text);
        expect(made?.length ?? 0).to.be.at.most(2 * old.length * mutated.length);
      }
    }
    expect([...versions].sort()).to.deep.equal(['1', '2']);
    expect(harmless).to.be.lessThan(MUTATIONS / 100);
    expect([...refused.keys()].sort()).to.deep.equal([
      'PATCH_BASE',
      'PATCH_BOUNDS',
      'PATCH_LITERALS',
      'PATCH_MALFORMED',
      'PATCH_RESULT',
      'PATCH_SIZE',
      'PATCH_VERSION',
    ]);
  });

  it('every truncation and every flipped bit of a patch is refused', () => {
    const edited = BASE.replace('b = 1', 'b = 22').replace('return', 'throw').replace('var', 'const');
    const pairs: [version: string, old: string, text: string][] = [
      ['1', BASE, edited],
      ['2', MINIFIED, `${RENAMED}!`],
    ];
    for (const [version, old, text] of pairs) {
      const patch = encodePatch([old], text, tools);
      expect(patch[0]).to.equal(version);
      for (let at = 0; at < patch.length; at++) {
        expect(refusal(patch.slice(0, at), [old]), `cut at ${at}`).to.be.a('string');
        expect(applyInPage(patch.slice(0, at), old), `cut at ${at}`).to.equal(undefined);
        for (let bit = 0; bit < 16; bit++) {
          const flipped = replaceAt(patch, at, String.fromCharCode(patch.charCodeAt(at) ^ (1 << bit)));
          expect(refusal(flipped, [old]), `bit ${bit} at ${at}`).to.be.a('string');
        }
      }
    }
  });

  it('other old texts, or the same in another order, are refused', () => {
    const patch = encodePatch(['first', 'second'], 'first second third', tools);
    expect(refusal(patch, ['first', 'second'])).to.equal(undefined);
    for (const texts of [['second', 'first'], ['firstsecond'], ['first'], [], ['first', 'second', '']]) {
      expect(refusal(patch, texts)).to.equal('PATCH_BASE');
    }
  });

  it('copies from outside the old texts are refused', () => {
    for (const from of [-1, -BASE.length, BASE.length - 4, BASE.length, 10 ** 9]) {
      const patch = forged([{ at: 0, from, length: 5 }], 'abcde');
      expect(refusal(patch)).to.equal('PATCH_BOUNDS');
      expect(applyInPage(patch, BASE)).to.equal(undefined);
    }
  });

  it('negative lengths are refused', () => {
    const copies = [
      { at: 0, from: 5, length: -5 },
      { at: -5, from: 0, length: 5 },
    ];
    expect(refusal(forged(copies, ''))).to.equal('PATCH_MALFORMED');
    expect(applyInPage(forged(copies, ''), BASE)).to.equal(undefined);
  });

  it('a small patch that would make a huge text is refused before it is made', () => {
    const old = 'x'.repeat(2 ** 20);
    const copies = Array.from({ length: 600 }, (_, index) => ({
      at: index * 2 ** 20,
      from: 0,
      length: 2 ** 20,
    }));
    const patch = writePatch(baseId([old], hash) + resultId('', hash), copies, '').replace(/\n[^\n]*\n$/, '');
    const columns = `${patch}\n${'a'.repeat(copies.length + 1)}\n`;
    expect(copies.length * 2 ** 20).to.be.greaterThan(MAX_LENGTH);
    expect(refusal(columns, [old])).to.equal('PATCH_SIZE');
    expect(applyInPage(columns, old)).to.equal(undefined);
  });

  it(`${RANDOM_PATCHES} random patches that rename: the page and the library agree`, () => {
    const refused = new Map<string | undefined, number>();
    for (let seed = 1; seed <= RANDOM_PATCHES; seed++) {
      const dice = createDice(seed);
      const old = programOf(dice, 40)(naming(dice, 20));
      const columns = randomColumns(dice, old);
      // What the patch makes is only known when it has been made; the page's decoder does not ask.
      const made = applyInPage(`2${'-'.repeat(28)}\n${columns}`, old);
      const patch = `2${baseId([old], hash)}${resultId(made ?? '', hash)}\n${columns}`;
      const code = refusal(patch, [old]);
      expect(code === undefined, `seed ${seed}: ${code}`).to.equal(made !== undefined);
      if (made !== undefined) expect(applyPatch(patch, [old], hash)).to.equal(made);
      refused.set(code, (refused.get(code) ?? 0) + 1);
    }
    expect(refused.get(undefined)).to.be.within(RANDOM_PATCHES / 10, RANDOM_PATCHES / 2);
    expect(refused.get('PATCH_BOUNDS')).to.be.greaterThan(RANDOM_PATCHES / 10);
    expect(refused.get('PATCH_MALFORMED')).to.be.greaterThan(RANDOM_PATCHES / 100);
  });

  it('renames of more names than there are, or by negative gaps, are refused', () => {
    const columns = (gaps: string, steps: string): string => `a\nc\naa\n${gaps}\n${steps}\n${ORDER}\n`;
    const ids = `2${baseId(['a,b'], hash)}`;
    const patch = (made: string, gaps: string, steps: string): string =>
      `${ids}${resultId(made, hash)}\n${columns(gaps, steps)}`;
    expect(refusal(patch('c,', 'ab', 'cc'), ['a,b'])).to.equal('PATCH_BOUNDS');
    expect(refusal(patch('a,', 'a', 'B'), ['a,b'])).to.equal('PATCH_BOUNDS');
    expect(applyInPage(patch('a,', 'a', 'B'), 'a,b')).to.equal(undefined);
    // Behind the last name, as far as numbers go, it is a letter.
    for (const step of ['120a', '999999999z']) {
      const made = applyInPage(patch('', 'a', step), 'a,b') as string;
      expect(made).to.match(/^\w,$/);
      expect(applyPatch(patch(made, 'a', step), ['a,b'], hash)).to.equal(made);
    }
    expect(refusal(patch('c,', 'aB', 'cc'), ['a,b'])).to.equal('PATCH_MALFORMED');
    expect(applyInPage(patch('c,', 'aB', 'cc'), 'a,b')).to.equal(undefined);
    expect(refusal(patch('c,', 'aa', 'cd'), ['a,b'])).to.equal(undefined);
    expect(applyInPage(patch('c,', 'aa', 'cd'), 'a,b')).to.equal('c,');
    for (const [gaps, steps] of [
      ['ab', 'cc'],
      ['ab', 'c'],
      ['a', 'cc'],
      ['aa', 'c'],
      ['', 'c'],
      ['a', ''],
    ] as const) {
      expect(refusal(patch('c,', gaps, steps), ['a,b']), `${gaps} ${steps}`).to.be.a('string');
      expect(applyInPage(patch('c,', gaps, steps), 'a,b'), `${gaps} ${steps}`).to.equal(undefined);
    }
  });

  it('nothing is renamed in old texts that might become too long', () => {
    const old = `a${'.'.repeat(MAX_RENAMED)}`;
    const cheapHash = (text: string): string => hash(String(text.length));
    const columns = '\n\na\na\nb\n\n';
    const patch = (text: string): string =>
      `2${baseId([text], cheapHash)}${resultId('', cheapHash)}\n${columns}`;
    for (const [text, code, made] of [
      [old, 'PATCH_SIZE', undefined],
      ['a', undefined, ''],
    ] as const) {
      expect(refusal(patch(text), [text], cheapHash)).to.equal(code);
      expect(applyInPage(patch(text), text)).to.equal(made);
    }
  });

  it('a patch of another version is refused as such', () => {
    for (const version of ['0', '3', '-', '_', 'a']) {
      const patch = encodePatch([BASE], BASE, tools).replace(/^1/, version);
      expect(refusal(patch)).to.equal('PATCH_VERSION');
      expect(applyInPage(patch, BASE)).to.equal(undefined);
    }
  });

  it('a patch with the columns of another version is refused', () => {
    const plain = encodePatch([MINIFIED], `${MINIFIED}!`, tools);
    const renaming = encodePatch([MINIFIED], RENAMED, tools);
    const wrong = [plain.replace(/^1/, '2'), renaming.replace(/^2/, '1'), renaming.replace(/^2/, '3')];
    for (const patch of wrong) {
      expect(refusal(patch, [MINIFIED])).to.be.a('string');
      expect(applyInPage(patch, MINIFIED)).to.equal(undefined);
    }
  });
});

/** Columns as they may be written, of which many fit no text. */
function randomColumns(dice: Dice, old: string): string {
  const count = dice.below(4);
  const small = (): string => writeNumber(dice.below(6));
  const number = (): string =>
    writeNumber(dice.below(30) === 0 ? -1 - dice.below(3) : dice.below(old.length + 3));
  const repeat = (times: number, make: () => string): string => Array.from({ length: times }, make).join('');
  const renames = dice.below(6);
  const offBy = (): number => (dice.below(60) === 0 ? 1 : 0);
  const runs = Array.from({ length: count + 1 }, () => dice.below(3));
  const literals = runs.reduce((sum, run) => sum + run, offBy());
  return [
    repeat(count + offBy(), small),
    repeat(count + offBy(), () => (dice.below(3) === 0 ? number() : small())),
    runs.map(writeNumber).join(''),
    repeat(renames, () => (dice.below(40) === 0 ? number() : small())),
    repeat(renames + offBy(), () =>
      writeNumber(dice.below(40) === 0 ? dice.below(9_000) - 4_500 : dice.below(40) - 9),
    ),
    dice.below(9) === 0 ? '' : ORDER.slice(dice.below(50)),
    repeat(literals, () => dice.pick(['x', '\n', ',', 'é'])),
  ].join('\n');
}
