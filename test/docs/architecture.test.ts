/** Each chapter of ARCHITECTURE.md begins with the problem and ends with what was left out. */
import { expect } from 'chai';
import { readPage } from './documents';

const chapters = readPage('ARCHITECTURE.md')
  .text.split(/^## /m)
  .slice(1)
  .map((chapter) => {
    const [title = '', ...paragraphs] = chapter.trim().split(/\n\n/);
    return { title, first: paragraphs[0] ?? '', last: paragraphs.at(-1) ?? '' };
  });

describe('chapters of ARCHITECTURE.md', () => {
  it('begin with the problem', () => {
    expect(chapters.length).to.be.above(20);
    const others = chapters.filter(({ first }) => !/^\*\*The problem\.\*\* \S/.test(first));
    expect(others.map(({ title }) => title)).to.deep.equal([]);
  });

  it('end with what was left out', () => {
    const others = chapters.filter(({ last }) => !/^\*\*Left out:\*\* \S/.test(last));
    expect(others.map(({ title }) => title)).to.deep.equal([]);
  });
});
