import { expect } from 'chai';
import { type Copy, readPatch, writeNumber, writePatch } from '../../lib/patch/format';

const HEADER = 'base-1hash_of_22_characters_';

const columns = (offsets: string, lengths: string, runs: string, literals = ''): string =>
  `1${HEADER.slice(0, 28)}\n${offsets}\n${lengths}\n${runs}\n${literals}`;

const renamed = (...lines: string[]): string => `2${HEADER.slice(0, 28)}\n${lines.join('\n')}`;

describe('patches: the format', () => {
  it('numbers end with a letter', () => {
    const numbers = [0, 2, -2, 25, 26, 261, -261, 10 ** 8];
    expect(numbers.map(writeNumber)).to.deep.equal(['a', 'c', 'C', 'z', '1a', '10b', '10B', '3846153w']);
  });

  it('copies are written relative to the copy before', () => {
    const copies: Copy[] = [
      { at: 1, from: 10, length: 30 },
      { at: 33, from: 5, length: 2 },
    ];
    const patch = writePatch(HEADER.slice(0, 28), copies, `x${'.'.repeat(30)}yz..!\n`);
    expect(patch).to.equal(columns('k1J', '1ec', 'bcc', 'xyz!\n'));
  });

  it('renames have columns of their own, and their version', () => {
    const renames = [
      { gap: 0, step: 1 },
      { gap: 27, step: -30 },
      { gap: 2, step: 0 },
    ];
    const copies = [{ at: 0, from: 1, length: 2 }];
    const patch = writePatch(HEADER.slice(0, 28), copies, 'ab!', renames, 'etn$1');
    expect(patch).to.equal(renamed('b', 'c', 'ab', 'a1bc', 'b1Ea', 'etn$1', '!'));
    expect(readPatch(patch)).to.include({ order: 'etn$1', literals: '!' });
    expect(readPatch(patch)?.renames).to.deep.equal(renames);
  });

  it('what is written is read', () => {
    for (let value = -3_000; value <= 3_000; value++) {
      const size = Math.abs(value);
      const read = readPatch(columns(writeNumber(value), writeNumber(size), `a${writeNumber(size)}`));
      expect(read?.offsets).to.deep.equal([value]);
      expect(read?.lengths).to.deep.equal([size]);
      expect(read?.runs).to.deep.equal([0, size]);
    }
  });

  it('nothing else is read', () => {
    expect(readPatch(columns('k1J', '1ec', 'bcc', 'xyz!\n'))).to.be.an('object');
    const wrong = ['', '1', '\n\n\n\n', columns('k', 'k', 'a'), columns('k', '', 'a'), columns('', '', '')];
    const numbers = ['0a', 'A', '1', '-a', '1,a', ' a', '1000000000a', 'é'];
    for (const patch of [...wrong, ...numbers.map((number) => columns(number, 'a', 'aa'))]) {
      expect(readPatch(patch), JSON.stringify(patch)).to.equal(undefined);
    }
    expect(readPatch(renamed('', '', 'a', 'ab', 'aB', '', ''))).to.be.an('object');
    for (const steps of ['', 'a', 'aaa', 'a,a', 'aA', '0aa', 'a\r', 'éa']) {
      expect(readPatch(renamed('', '', 'a', 'ab', steps, '', '')), JSON.stringify(steps)).to.equal(undefined);
    }
    for (const order of ['e', 'te0$_Z']) {
      expect(readPatch(renamed('', '', 'a', 'ab', 'aB', order, ''))?.order).to.equal(order);
    }
    for (const order of ['ee', 'etne', 'é', 'e,', 'e\r', ' ', '😀']) {
      expect(readPatch(renamed('', '', 'a', 'ab', 'aB', order, '')), order).to.equal(undefined);
    }
    expect(readPatch(renamed('', '', 'a', '0ab', 'aB', '', ''))).to.equal(undefined);
    expect(readPatch(renamed('', '', 'a', 'ab', 'aB', ''))).to.equal(undefined);
  });
});
