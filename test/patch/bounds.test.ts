/** How much the encoder does at most, counted in units compared. */
import { expect } from 'chai';
import { createMatcher } from '../../lib/patch/matches';
import { parseOptimally } from '../../lib/patch/optimal-parse';
import { guessPrices } from '../../lib/patch/prices';
import { createDice } from './texts';

const SIZE = 300_000;
/** Per unit of both texts: what a search may take, then what the reduced effort takes at worst. */
const LIMIT = 25;
const WORST = 100;

const units = (text: string): Uint16Array => Uint16Array.from(text, (unit) => unit.charCodeAt(0));

function fill(piece: (index: number) => string): string {
  const pieces: string[] = [];
  for (let length = 0; length < SIZE; length += (pieces.at(-1) as string).length)
    pieces.push(piece(pieces.length));
  return pieces.join('').slice(0, SIZE);
}

/** Texts made to defeat what keeps searches short. */
const adversaries: Record<string, () => [old: string, text: string]> = {
  'one letter': () => [fill(() => 'a'), fill(() => 'a')],
  'one letter, broken now and then': () => [
    fill((index) => `${'a'.repeat(150)}${index % 7}`),
    fill((index) => `${'a'.repeat(149)}${index % 5}`),
  ],
  'few blocks in random order': () => {
    const dice = createDice(1);
    const blocks = Array.from({ length: 16 }, () =>
      fill(() => String.fromCharCode(97 + dice.below(26))).slice(0, 90),
    );
    return [fill(() => dice.pick(blocks)), fill(() => dice.pick(blocks))];
  },
  'two letters at random': () => {
    const dice = createDice(2);
    return [fill(() => dice.pick(['a', 'b'])), fill(() => dice.pick(['a', 'b']))];
  },
  'Fibonacci words': () => {
    let [short, long] = ['a', 'ab'];
    while (long.length < SIZE) [short, long] = [long, long + short];
    return [long.slice(0, SIZE), `${long.slice(7, SIZE / 2)}x${long.slice(0, SIZE / 2)}`];
  },
  'nothing in common': () => {
    const dice = createDice(3);
    return [fill(() => 'ab'), fill(() => String.fromCharCode(0x4e00 + dice.below(20_000)))];
  },
};

describe('patches: bounds of the encoder', () => {
  for (const [name, make] of Object.entries(adversaries)) {
    it(name, () => {
      const [old, text] = make();
      const matcher = createMatcher(units(old), units(text));
      const copies = parseOptimally(matcher, guessPrices(5, 2), LIMIT * (old.length + text.length));
      expect(matcher.work / (old.length + text.length)).to.be.lessThan(WORST);
      for (const { at, from, length } of copies) {
        expect(text.slice(at, at + length) === old.slice(from, from + length)).to.equal(true);
      }
    });
  }

  it('with no effort allowed, a release still costs little', () => {
    const dice = createDice(4);
    const old = fill(() => `${dice.below(10 ** 9)};`);
    const text = old
      .replace(/7(?=.*;$)/g, '1')
      .replaceAll(';12', ';0')
      .slice(100);
    const matcher = createMatcher(units(old), units(text));
    const copied = parseOptimally(matcher, guessPrices(5, 2), 0).reduce((sum, { length }) => sum + length, 0);
    expect(copied).to.be.greaterThan(0.75 * text.length);
  });
});
