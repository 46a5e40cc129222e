import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { findScript, loader, updatingLoader } from '#client';
import { assertES5 } from './es5';

const NEWER: Record<string, string> = {
  let: 'let a = 1;',
  const: 'const a = 1;',
  'arrow function': 'var f = function () { return () => 1; };',
  class: 'class A {}',
  'template literal': 'var a = `b`;',
  'default parameter': 'function f(a = 1) {}',
  'rest parameter': 'function f(...a) {}',
  spread: 'f(...a);',
  destructuring: 'var { a } = b;',
  'for of': 'for (var a of b) {}',
  generator: 'function* f() {}',
  'async function': 'async function f() {}',
  'shorthand property': 'var a = { b };',
  method: 'var a = { b() {} };',
  'computed property': 'var a = { [b]: 1 };',
  exponentiation: 'a = b ** c;',
  'binary number': 'a = 0b1;',
  'sticky regular expression': 'a = /b/y;',
  'code point escape': String.raw`a = '\u{1F600}';`,
  'trailing comma of arguments': 'f(a,);',
  'new.target': 'function f() { return new.target; }',
};

/** Bytes after gzip. */
const BUDGETS = { loader: 1440, updatingLoader: 3490, findScript: 240 };

for (const [name, text] of Object.entries({ loader, updatingLoader, findScript })) {
  describe(`the ${name} as text`, () => {
    it('is one function expression in ES5', () => {
      expect(text).to.match(/^function\(\w(?:,\w){0,2}\)\{.*\}$/s);
      expect(() => assertES5(`(${text})`)).not.to.throw();
    });

    it('keeps its budget', () => {
      expect(gzipSync(text, { level: 9 }).length).to.be.at.most(BUDGETS[name as keyof typeof BUDGETS]);
    });

    it('can stand in a page: nothing in it ends a script element or starts a comment', () => {
      expect(text).not.to.match(/<\/script|<!--/i);
    });

    it('contains neither eval nor anything like it', () => {
      expect(text).not.to.match(/\beval\b|\bFunction\(|innerHTML|document\.write/);
    });
  });
}

describe('what runs in browsers, in its readable form', () => {
  for (const name of ['loader', 'updating-loader', 'worker']) {
    it(`${name}.js is in ES5`, async () => assertES5(await readFile(`dist/client/${name}.js`, 'utf8')));
  }
});

describe('the ES5 check', () => {
  for (const [name, code] of Object.entries(NEWER)) {
    it(`refuses: ${name}`, () => {
      expect(() => assertES5(code)).to.throw(/Not ES5/);
    });
  }

  it('accepts what ES5 has', () => {
    assertES5(`
      var a = { get b() { return 1; }, 'c': [1, , 2], import: /x/gi };
      label: for (var k in a) { if (k) continue label; else break; }
      try { throw a; } catch (e) { delete a.import; } finally { void 0; }
      (function f() { do { a--; } while (a); switch (a) { case 1: default: } return typeof a; })();
    `);
  });
});
