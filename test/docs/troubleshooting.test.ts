/** Each code of errors and warnings has its row in docs/troubleshooting.md, with cause and cure; and each row is of a code that there is. */
import { expect } from 'chai';
import { BUILD_CODES, PAGE_CODES, WORDS_IN_SOURCES } from './codes';
import { PAGES, readPage } from './documents';

interface Row {
  codes: string[];
  cause: string;
  cure: string;
}

const { text } = readPage('docs/troubleshooting.md');

const rows: Row[] = [...text.matchAll(/^\| ((?:`[A-Z_]+`(?:, )?)+) \|([^\n]*?)(?<!\\)\|([^\n]*)\|$/gm)].map(
  ([, codes = '', cause = '', cure = '']) => ({ codes: codes.match(/[A-Z_]+/g) ?? [], cause, cure }),
);

const sorted = (codes: Iterable<string>): string[] => [...new Set(codes)].sort();

describe('troubleshooting', () => {
  it('knows all codes of the sources', () => {
    const known = new Set([...BUILD_CODES, ...PAGE_CODES]);
    expect(known).to.include.members(['SYNTAX_ERROR', 'NOT_A_FILE', 'BUDGET', 'STYLE_ORDER', 'LOAD_TIMEOUT']);
    expect([...WORDS_IN_SOURCES].filter((word) => !known.has(word))).to.deep.equal([]);
  });

  it('has a row for each of them, and none for others', () => {
    const listed = rows.flatMap(({ codes }) => codes);
    expect(sorted(listed)).to.deep.equal(sorted([...BUILD_CODES, ...PAGE_CODES]));
    expect(listed.filter((code, index) => listed.indexOf(code) !== index)).to.deep.equal([]);
  });

  it('says cause and cure', () => {
    expect(rows.filter(({ cause, cure }) => cause.trim() === '' || cure.trim() === '')).to.deep.equal([]);
  });

  it('is the only one to know of codes: no other page names one that is none', () => {
    const known = new Set([...BUILD_CODES, ...PAGE_CODES]);
    const named = PAGES.flatMap((page) =>
      [...page.text.matchAll(/`([A-Z]+(?:_[A-Z]+)+)`/g)].map(([, code]) => code as string),
    );
    const environment = new Set(['NODE_ENV']);
    expect(named.filter((code) => !known.has(code) && !environment.has(code))).to.deep.equal([]);
  });
});
