import { expect } from 'chai';
import { DynapackError } from '../../lib/errors';
import { isAccepted } from '../../lib/fs/validity';
import type { Parser } from '../../lib/parse/parse';
import { factsOf, moduleStart } from './engines';

function errorOf(source: string, parser?: Parser): DynapackError {
  try {
    factsOf(source, { type: 'commonjs', ...(parser && { parser }) });
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

  it('are found in published files without a word of interest, which are not parsed when valid', () => {
    const neverParsed: Parser = () => {
      throw new Error('parsed');
    };
    expect(factsOf('a', { published: true, parser: neverParsed }).references).to.deep.equal([]);
    expect(() => factsOf('a b', { published: true, parser: neverParsed })).to.throw('parsed');
    expect(() => factsOf('a b', { published: true })).to.throw(DynapackError);
    expect(() => factsOf('require b', { published: true })).to.throw(DynapackError);
    expect(() => factsOf("'a' /*js*/ b", { published: true })).to.throw(DynapackError);
  });

  const early: [source: string, line: number, column: number][] = [
    ['let a;\nlet a;', 2, 5],
    ['}), (function () {', 1, 1],
    ['}, function () {', 1, 1],
    ['const x = 1;\nvar x;', 2, 5],
    ['function f(a) { let a }', 1, 21],
    ['class A {} class A {}', 1, 18],
    ['try {} catch (e) { let e }', 1, 24],
    ['for (const i of []) { var i }', 1, 27],
    ["function f(a, a) { 'use strict' }", 1, 15],
    ['(a, a) => a', 1, 5],
    ['class A { m() { this.#y } }', 1, 23],
    ['class A { #y; #y }', 1, 16],
    ['function f() { super.x }', 1, 21],
    ['const module = 1', 1, 7],
    ['var a;\nlet exports', 2, 5],
    ['const { a: [require] } = b', 1, 13],
    ['class module {}', 1, 7],
    ['a?.b; let module', 1, 11],
    ['#!node\nlet module', 2, 5],
    [`${'a; '.repeat(1000)}let module`, 1, 3005],
  ];
  for (const [source, line, column] of early) {
    it(`early: ${source.slice(-40)}`, () => {
      const error = errorOf(source);
      expect(error.code).to.equal('SYNTAX_ERROR');
      expect([error.lineNumber, error.columnNumber], error.toString()).to.deep.equal([line, column]);
    });
  }

  it('of parameters declared again say why', () => {
    expect(errorOf('let module').message).to.match(/'module'.*parameters require, module and exports/);
  });

  const valid: string[] = [
    'var module, exports; function require() {}',
    '{ let module } function f(module, exports) { var require; }',
    'try {} catch (e) { var e } try {} catch (e) { for (var e in []); }',
    'function f() {} function f() {} { function g() {} function g() {} }',
    'function f(a, a) { var a; }',
    'let x; { function x() {} }',
    'switch (1) { case 1: function q() {} case 2: function q() {} }',
    'if (1) function z() {} else function z() {}',
    'return new.target',
    'a();\n--> b',
  ];
  for (const source of valid) {
    // Node 20 refuses modifiers, which makes the careful engine read the rest.
    for (const text of [source, `/(?i:a)/;\n${source}`]) {
      it(`none in ${text.replace('\n', ' ')}`, () => {
        expect(factsOf(text).references).to.deep.equal([]);
      });
    }
  }

  it('are not what newer engines understand', () => {
    for (const source of ['/(?i:a)/', '/[a--b]/v', '/(?<a>x)|(?<a>y)/', '/\\p{New}/u', '{ using a = b }']) {
      expect(factsOf(`${source};\nrequire('x');`).references, source).to.have.length(1);
    }
  });

  it('are found in ES modules only after what they are', () => {
    const source = "import { createRequire } from 'module';\nconst require = createRequire(import.meta.url);";
    expect(moduleStart(factsOf(source))).to.equal(0);
    expect(moduleStart(factsOf('const module = await 1'))).to.equal(15);
  });

  it('of other parsers are the only ones', () => {
    const parser: Parser = () => ({ type: 'Program', body: [], range: [0, 0] }) as never;
    expect(factsOf('let module; let a; let a', { parser }).references).to.deep.equal([]);
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
    // Newer engines take conditionals of any depth.
    it(`report ${name} nested too deeply, if the engine does not take them`, () => {
      if (isAccepted(source)) factsOf(source);
      else expect(errorOf(source).message).to.include('nested too deeply');
    }).timeout(20_000);
  }
});
