import { expect } from 'chai';
import { renameNames } from '../../lib/patch/names';

/** The text after renames, all of which must take place: by default, of its first name and the equals of that. */
function rename(text: string, renames = [{ gap: 0, name: 'X' }]): string {
  const [renamed, used] = renameNames(text, renames);
  expect(used).to.equal(renames.length);
  return renamed;
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
      expect(renameNames(text, [{ gap: 0, name: 'X' }])).to.deep.equal([text, 0]);
    }
  });

  it('have another name from a rename on, until the next of theirs', () => {
    const renames = [
      { gap: 1, name: 'b' },
      { gap: 1, name: 'a' },
      { gap: 2, name: 'cc' },
    ];
    expect(rename('a,a,a,b,b,a,b', renames)).to.equal('a,b,b,a,a,b,cc');
  });
});
