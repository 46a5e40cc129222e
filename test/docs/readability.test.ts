/** What people read is short: pages, paragraphs, sentences. */
import { expect } from 'chai';
import { PAGES, paragraphsOf, readPage, sentencesOf, withoutCode, wordsOf } from './documents';

const LONGEST_PAGE = 300;
const LONGEST_README = 180;
const LONGEST_PARAGRAPH = 6;
const LONGEST_LINE = 120;
const LONGEST_SENTENCE = 35;

const linesOf = (text: string): number => text.trimEnd().split('\n').length;

describe('the documentation is short', () => {
  it('finds what is too long', () => {
    const words = Array.from({ length: 36 }, (_, index) => `Word${index}`).join(' ');
    expect(sentencesOf(`Short one. ${words}.`).map(wordsOf)).to.deep.equal([2, 36]);
    expect(sentencesOf('| `a b c` says so. | Another [one](./of-these.md). |').map(wordsOf)).to.deep.equal([
      3, 2,
    ]);
    expect(paragraphsOf('# Title\n\none\ntwo\n\n- three\n- four\n  five\n\n```js\nsix\n```\n')).to.deep.equal(
      ['one\ntwo', '- three', '- four\n  five'],
    );
  });

  for (const { path, text } of PAGES) {
    it(`${path}: its lines, paragraphs and sentences`, () => {
      expect(linesOf(text), 'lines').to.be.at.most(path === 'README.md' ? LONGEST_README : LONGEST_PAGE);
      const paragraphs = paragraphsOf(text);
      expect(paragraphs.filter((each) => linesOf(each) > LONGEST_PARAGRAPH)).to.deep.equal([]);
      const wide = paragraphs
        .flatMap((each) => each.split('\n'))
        .filter((line) => line.length > LONGEST_LINE);
      expect(wide).to.deep.equal([]);
      expect(sentencesOf(text).filter((each) => wordsOf(each) > LONGEST_SENTENCE)).to.deep.equal([]);
    });
  }

  it('README.md has the two commands, and a picture before them', () => {
    const { text } = readPage('README.md');
    const picture = text.indexOf('](docs/images/diamond.svg)');
    expect(picture).to.be.above(0);
    expect(text.indexOf('npm ci && npm start')).to.be.above(picture);
    expect(text.indexOf('npm ci && npm test')).to.be.above(picture);
    expect(withoutCode(text)).to.not.include('npm test');
  });
});
