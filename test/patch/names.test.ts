import { expect } from 'chai';
import { guessOrders, nameAt, placeOf } from '../../lib/patch/name-order';
import { renameNames } from '../../lib/patch/names';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const ALPHABET = `${LETTERS}${LETTERS.toUpperCase()}$_`;

/** The text after renames, all of which must take place: by default, of its first name, whose equals become `X`, too. */
function rename(text: string, renames = [{ gap: 0, step: stepOfFirst(text) }]): string {
  const [renamed, used] = renameNames(text, renames, ALPHABET);
  expect(used).to.equal(renames.length);
  return renamed;
}

/** From the first name of a text, by itself, to `X`. */
function stepOfFirst(text: string): number {
  const [name = ''] = text.match(/(?<![.\w$]|\b\d)[a-z_$][\w$]?(?![\w$])|(?<=\.\.\.)[a-z_$][\w$]?/i) ?? [];
  return placeOf('X', ALPHABET) - placeOf(name, ALPHABET);
}

describe('patches: names', () => {
  it('are words of a letter or two that follow no dot', () => {
    for (const [text, renamed] of Object.entries({
      a: 'X',
      ab: 'X',
      $: 'X',
      _$: 'X',
      a1: 'X',
      '(a)': '(X)',
      'b.a': 'X.a',
      'b?.a': 'X?.a',
      '[...ab]': '[...X]',
      'b..a': 'X..a',
      '{do:1}': '{X:1}',
      éa: 'éX',
      '😀a😀': '😀X😀',
      '1+a': '1+X',
      '\na': '\nX',
    })) {
      expect(rename(text)).to.equal(renamed);
    }
  });

  it('are no other words, and no numbers', () => {
    for (const text of [
      'abc',
      '.a',
      '1a',
      '1',
      'a$b',
      '$$$',
      '',
      '..a',
      'x1y.ab',
      '0.a',
      '\u212a',
      '\u017f',
    ]) {
      expect(renameNames(text, [{ gap: 0, step: 1 }], ALPHABET)).to.deep.equal([text, 0]);
    }
  });

  it('have another name from a rename on, until the next of theirs', () => {
    const renames = [
      { gap: 1, step: 1 },
      { gap: 1, step: -1 },
      { gap: 2, step: 1 + 3 * ALPHABET.length },
    ];
    expect(rename('a,a,a,b,b,a,b', renames)).to.equal('a,b,b,a,a,b,cc');
  });

  it('are in an order: letters, then each with a letter or digit behind', () => {
    const names = Array.from({ length: 54 * 55 }, (_, place) => nameAt(place, ALPHABET));
    expect(names.slice(52, 56)).to.deep.equal(['$', '_', 'aa', 'ba']);
    expect(names.at(-1)).to.equal('__');
    expect(new Set(names).size).to.equal(names.length);
    names.forEach((name, place) => {
      expect(placeOf(name, ALPHABET)).to.equal(place);
    });
    // Behind the last.
    expect(nameAt(names.length + 3, ALPHABET)).to.equal('d');
    expect(nameAt(5, '')).to.equal('');
  });

  it('are renamed until a step leads to none', () => {
    const renames = [
      { gap: 0, step: 1 },
      { gap: 0, step: -9 },
      { gap: 0, step: 1 },
    ];
    expect(renameNames('a,b,c', renames, ALPHABET)).to.deep.equal(['b,b,c', 1]);
  });

  it('tell the order that they were handed out in', () => {
    for (const order of [ALPHABET, [...ALPHABET].reverse().join(''), 'etn', '$']) {
      const inOrder = Array.from({ length: 3 * order.length }, (_, place) => nameAt(place, order));
      // A stretch without some, and another one that goes backwards.
      const names = [...inOrder.filter((_, place) => place % 7 > 0), ...inOrder.slice(60, 70).reverse()];
      const changes = names.map((name) => ({ gap: 0, old: order.charAt(0), name }));
      expect(guessOrders(changes)[1]).to.equal(order);
    }
  });

  it('are steps apart in any order of their letters', () => {
    const names = ['a', 'b', 'c', 'b', 'a', 'c', 'a', 'dd', 'a1', 'b1', '$_', 'a'];
    const changes = names.map((name, index) => ({ gap: 0, old: names.at(index - 3) as string, name }));
    for (const order of guessOrders(changes)) {
      expect([...order].sort().join('')).to.equal('$1_abcd');
      for (const { old, name } of changes) {
        const step = placeOf(name, order) - placeOf(old, order);
        expect(nameAt(placeOf(old, order) + step, order)).to.equal(name);
      }
    }
    expect(guessOrders([])).to.deep.equal(['', '']);
  });
});
