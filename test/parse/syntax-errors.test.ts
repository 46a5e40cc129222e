import { expect } from 'chai';
import { DynapackError } from '../../lib/errors';
import type { Parser } from '../../lib/parse/facts';
import { factsOf } from './lanes';

function errorOf(source: string, parser?: Parser): DynapackError {
  try {
    factsOf(source, parser && { parser });
  } catch (error) {
    expect(error).to.be.instanceOf(DynapackError);
    return error as DynapackError;
  }
  throw new Error(`accepted: ${source.slice(0, 100)}`);
}

describe('syntax errors', () => {
  const table: [name: string, source: string, line: number, column: number][] = [
    ['a token too many', 'var a = 1;\nvar b = );', 2, 9],
    ['a script', 'a\r\n  b c', 2, 5],
    ['an ES module', "import a from 'a';\nvar 1;", 2, 5],
    ['after a byte order mark', '\uFEFFa b', 1, 4],
    ['after a hashbang', '#!node\na b', 2, 3],
    ['JSX', 'a = <div/>', 1, 5],
    ['import inside of a function', "var a;\nfunction f() { import b from 'c' }", 2, 23],
  ];
  for (const [name, source, line, column] of table) {
    it(name, () => {
      const error = errorOf(source);
      expect([error.code, error.fileName]).to.deep.equal(['SYNTAX_ERROR', '/m.js']);
      expect([error.lineNumber, error.columnNumber]).to.deep.equal([line, column]);
      expect(error.message).to.match(/\w/);
      expect(error.frame).to.include('^');
      expect(error.cause).to.be.instanceOf(Error);
    });
  }

  it('are not looked for in published files without a word of interest', () => {
    expect(factsOf('a b', { published: true }).references).to.deep.equal([]);
    expect(() => factsOf('require b', { published: true })).to.throw(DynapackError);
    expect(() => factsOf("'a' /*js*/ b", { published: true })).to.throw(DynapackError);
  });

  it('of other parsers say where', () => {
    const failing =
      (properties: object): Parser =>
      () => {
        throw Object.assign(new SyntaxError('Bad'), properties);
      };
    expect(errorOf('ab\ncd', failing({ pos: 4 })).lineNumber).to.equal(2);
    expect(errorOf('ab\ncd', failing({ index: 4 })).columnNumber).to.equal(2);
    expect(errorOf('ab\ncd', failing({})).message).to.equal('Bad');
  });

  const deep: [name: string, source: string][] = [
    ['brackets', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['blocks', '{'.repeat(200_000) + '}'.repeat(200_000)],
    ['functions', '(function(){'.repeat(100_000) + '})'.repeat(100_000)],
    ['negations', `a = ${'!'.repeat(300_000)}b`],
    ['conditionals', `a = ${'b ? c : '.repeat(200_000)} d`],
  ];
  for (const [name, source] of deep) {
    it(`report ${name} nested too deeply`, () => {
      expect(errorOf(source).message).to.include('nested too deeply');
    }).timeout(20_000);
  }
});
