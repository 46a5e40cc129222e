import { expect } from 'chai';
import { DynapackError } from '../../lib/errors';
import { applyPatch } from '../../lib/patch/apply';
import { encodePatch } from '../../lib/patch/encode';
import { baseId, type Copy, MAX_LENGTH, resultId, writePatch } from '../../lib/patch/format';
import { createDice, type Dice, editText } from './texts';
import { applyInPage, hash, tools } from './tools';

const BASE = 'var a = require("a"), b = 1;\nexports.c = function (d) { return a(d) + b; };\n';
const MUTATIONS = 100_000;

/** The code of the error for which a patch is refused; `undefined` when it is not. */
function refusal(patch: string, oldTexts: readonly string[] = [BASE]): string | undefined {
  try {
    applyPatch(patch, oldTexts, hash);
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
    let harmless = 0;
    for (let seed = 1; seed <= MUTATIONS / 100; seed++) {
      const dice = createDice(seed);
      const text = editText(dice, BASE);
      const patch = encodePatch([BASE], text, tools);
      for (let times = 0; times < 100; times++) {
        const name = names[times % names.length] as string;
        const mutated = (mutations[name] as Mutation)(dice, patch);
        if (mutated === patch) continue;
        const code = refusal(mutated);
        if (code === undefined) harmless++;
        else refused.set(code, (refused.get(code) ?? 0) + 1);
        const made = applyInPage(mutated, BASE);
        if (made !== undefined && hash(made) === hash(text)) expect(made).to.equal(text);
        expect(made?.length ?? 0).to.be.at.most(BASE.length * mutated.length);
      }
    }
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
    const text = BASE.replace('b = 1', 'b = 22').replace('return', 'throw').replace('var', 'const');
    const patch = encodePatch([BASE], text, tools);
    for (let at = 0; at < patch.length; at++) {
      expect(refusal(patch.slice(0, at)), `cut at ${at}`).to.be.a('string');
      expect(applyInPage(patch.slice(0, at), BASE), `cut at ${at}`).to.equal(undefined);
      for (let bit = 0; bit < 16; bit++) {
        const flipped = replaceAt(patch, at, String.fromCharCode(patch.charCodeAt(at) ^ (1 << bit)));
        expect(refusal(flipped), `bit ${bit} at ${at}`).to.be.a('string');
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

  it('a patch of another version is refused as such', () => {
    const patch = encodePatch([BASE], BASE, tools).replace(/^1/, '2');
    expect(refusal(patch)).to.equal('PATCH_VERSION');
    expect(applyInPage(patch, BASE)).to.equal(undefined);
  });
});
