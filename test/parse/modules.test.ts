/** What ES modules import and export. */
import { expect } from 'chai';
import { DynapackError } from '../../lib/errors';
import type { ParseOptions } from '../../lib/parse/parse';
import { agreedFacts, factsOf, syntaxOf } from './engines';

/** Requests as specifiers, and entries as `specifier name local`; the namespace is `*`. */
function importsOf(source: string, options: Partial<ParseOptions> = {}) {
  const { references, syntax } = agreedFacts(source, options);
  const requests = syntax?.requests.map((index) => references[index]?.specifier) ?? [];
  const entries = syntax?.imports.map(
    ({ request, name, local, start }) =>
      `${requests[request]} ${name ?? '*'} ${local} <${/^[\w$]+|^\*|^["'].*?["']/.exec(source.slice(start))?.[0]}>`,
  );
  return { requests, entries };
}

/** Local exports as `local name`, indirect ones as `specifier imported name`, stars as `specifier *`. */
function exportsOf(source: string): string[] {
  const { references, syntax } = agreedFacts(source);
  if (syntax === undefined) throw new Error(`no ES module: ${source}`);
  const specifierOf = (request: number) => references[syntax.requests[request] as number]?.specifier;
  return [
    ...syntax.exports.map(({ local, name }) => `${local ?? '?'} ${name}`),
    ...syntax.indirectExports.map(
      ({ request, imported, name }) => `${specifierOf(request)} ${imported ?? '*'} ${name}`,
    ),
    ...syntax.stars.map((request) => `${specifierOf(request)} *`),
  ];
}

describe('imports of ES modules', () => {
  const table: [source: string, requests: string[], ...entries: string[]][] = [
    ["import 'a';", ['a']],
    ["import {} from 'a';", ['a']],
    ["import d from 'a';", ['a'], 'a default d <d>'],
    ["import * as n from 'a';", ['a'], 'a * n <*>'],
    ["import { x } from 'a';", ['a'], 'a x x <x>'],
    ["import { x as y, } from 'a';", ['a'], 'a x y <x>'],
    ["import { default as d } from 'a';", ['a'], 'a default d <default>'],
    ["import d, { x, y as z } from 'a';", ['a'], 'a default d <d>', 'a x x <x>', 'a y z <y>'],
    ["import d, * as n from 'a';", ['a'], 'a default d <d>', 'a * n <*>'],
    ["import { 'a b' as x } from 'a';", ['a'], "a a b x <'a b'>"],
    [
      "import { if as x, as, from, of as as2 } from 'a';",
      ['a'],
      ...['if x', 'as as', 'from from', 'of as2'].map((entry) => `a ${entry} <${entry.split(' ')[0]}>`),
    ],
    ["import { x } from 'a'; import { x as y } from 'a';", ['a', 'a'], 'a x x <x>', 'a x y <x>'],
    ["f(); import { x } from 'b'; export * from 'a';", ['b', 'a'], 'b x x <x>'],
    ["import { x } from './\\u0061';", ['./a'], './a x x <x>'],
    ['import{x}from"a";import*as n from"b";', ['a', 'b'], 'a x x <x>', 'b * n <*>'],
    [
      "import /* a */ d /* b */ , /* c */ { /* d */ x /* e */ } /* f */ from /* g */ 'a' /* h */;",
      ['a'],
      'a default d <d>',
      'a x x <x>',
    ],
    ["import\nd\n,\n{\nx\n}\nfrom\n'a'\n;", ['a'], 'a default d <d>', 'a x x <x>'],
    ["import data from './a.json' with { type: 'json' };", ['./a.json'], './a.json default data <data>'],
    ["\uFEFF#!node\nimport x from 'a';", ['a'], 'a default x <x>'],
    ["if (a) {} else {} import x from 'a';", ['a'], 'a default x <x>'],
    ["import x from 'a'\nimport y from 'b'\n\n// end\n", ['a', 'b'], 'a default x <x>', 'b default y <y>'],
  ];
  for (const [source, requests, ...entries] of table) {
    it(source, () => expect(importsOf(source)).to.deep.equal({ requests, entries }));
  }

  it('are references at their specifiers, in source order among the others', () => {
    const source = "require('a'); import 'b'; require('c'); export * from 'd'; import('e');";
    const found = agreedFacts(source).references.map(
      ({ kind, specifier, start, end, optional }) =>
        `${kind} ${specifier} <${source.slice(start, end)}> ${optional}`,
    );
    expect(found).to.deep.equal([
      "require a <'a'> false",
      "import b <'b'> false",
      "require c <'c'> false",
      "import d <'d'> false",
      "import() e <import('e')> false",
    ]);
    expect(syntaxOf(source).requests).to.deep.equal([1, 3]);
  });
});

describe('exports of ES modules', () => {
  const table: [source: string, ...exports: string[]][] = [
    ['export {};'],
    ['export var a = 1, b;', 'a a', 'b b'],
    [
      'export let a, { b, c: d, [e]: f, ...g } = h, [i, , j = 1, ...[k]] = l;',
      ...'a b d f g i j k'.split(' ').map((name) => `${name} ${name}`),
    ],
    ['export const { a: { b: [c = 1] } } = d;', 'c c'],
    ['export function a(b) { var c; }', 'a a'],
    ['export function* a() {} export async function b() {}', 'a a', 'b b'],
    ['export class A {}', 'A A'],
    ['var a; export { a };', 'a a'],
    ['export { a, b as c, b as d, b as default, }; var a, b;', 'a a', 'b c', 'b d', 'b default'],
    ["export { a as 'a b', a as '', a as if }; var a;", 'a a b', 'a ', 'a if'],
    ['export default 1;', '? default'],
    ['export default a; var a;', '? default'],
    ['export default function () {}', '? default'],
    ['export default function a() {}', 'a default'],
    ['export default async function* a() {}', 'a default'],
    ['export default class {}', '? default'],
    ['export default class A {}', 'A default'],
    ['export default (function a() {});', '? default'],
    ["export * from 'a';", 'a *'],
    ["export * from 'a'; export * from 'b'; export * from 'a';", 'a *', 'b *', 'a *'],
    ["export * as a from 'b';", 'b * a'],
    ["export * as default from 'b'; export * as 'x y' from 'b';", 'b * default', 'b * x y'],
    ["export {} from 'a';"],
    [
      "export { a, b as c, default, default as d, e as default2 } from 'f';",
      'f a a',
      'f b c',
      'f default default',
      'f default d',
      'f e default2',
    ],
    ["export { 'a b' as 'c d', 'e', if } from 'f';", 'f a b c d', 'f e e', 'f if if'],
    ["import { a } from 'b'; export { a };", 'b a a'],
    ["export { a as c, a as d }; import { x as a } from 'b';", 'b x c', 'b x d'],
    ["import a from 'b'; export { a, a as default };", 'b default a', 'b default default'],
    ["import * as a from 'b'; export { a, a as c };", 'b * a', 'b * c'],
    ["import { a } from 'b'; export default a;", '? default'],
    ["import { a } from 'b'; export const c = a;", 'c c'],
    ['{ var a } export { a };', 'a a'],
    ['export { a }; for (var { b: [a] } of []);', 'a a'],
    ['export { \\u0061 }; let a;', 'a a'],
  ];
  for (const [source, ...exports] of table) {
    it(source, () => expect(exportsOf(source)).to.deep.equal(exports));
  }
});

describe('declarations of ES modules', () => {
  /** What is taken out or replaced is in brackets; the end of a default value is marked by `^`. */
  function marked(source: string): string {
    const marks: [offset: number, mark: string][] = syntaxOf(source).declarations.flatMap((each) => [
      [each.start, '['] as [number, string],
      [each.end, ']'] as [number, string],
      ...('valueEnd' in each ? [[each.valueEnd, each.isAnonymous ? '^^' : '^'] as [number, string]] : []),
      ...('nameAt' in each ? [[each.nameAt, '|'] as [number, string]] : []),
    ]);
    return marks
      .reverse()
      .sort(([a], [b]) => b - a)
      .reduce((text, [offset, mark]) => text.slice(0, offset) + mark + text.slice(offset), source);
  }

  const table = [
    "[import 'a';]",
    "a; [import { x } from 'a';] b",
    "[export { x } from 'a';][export * from 'b';]",
    'var a; [export { a };]',
    '[export ]const a = 1;',
    '[export/**/]function a() {}',
    '[export // a\n]class A {}',
    '[export default ]1^;',
    '[export /* a */ default /* b */ ]a /* c */ + /* d */ b^; var a, b',
    '[export default]{ a: 1 }^;',
    '[export default](1^);'.replace('^)', ')^'),
    '[export default ]() => 1^^;',
    '[export default ](class {})^^;',
    '[export default ](class A {})^;',
    '[export default ](0, class {})^;',
    '[export default ]class {}^^',
    '[export default ]class A {}',
    '[export default ]function a() {}',
    '[export default ]function|() {}',
    '[export default ]function |() {}',
    '[export default ]function*|() {}',
    '[export default ]async function *| () {}',
    '[export default /* a */ ]async /* b */ function /* c */ *| /* d */ () {}',
    '[export default ]async () => {}^^;',
    '[export default ]async^; var async',
  ];
  for (const text of table) {
    it(text, () => expect(marked(text.replace(/[[\]^|]/g, ''))).to.equal(text));
  }

  const unfinished = [
    "[import 'a']\nb",
    "[import 'a'] // b",
    "[export * from 'a'] /* b */",
    'var a; [export { a }] // b\nc',
    '[export default ]1^ // a',
    '[export default ]() => 1^^ // a',
    '[export default ]() => 1^^ /* a */\nb()',
    '[export default ]a^\n\nb; var a',
    '[export default ](() => {})^^ /* a */',
  ];
  for (const text of unfinished) {
    it(`without semicolon: ${text}`, () => expect(marked(text.replace(/[[\]^|]/g, ''))).to.equal(text));
  }
});

describe('what makes an ES module', () => {
  const moduleNames: [source: string, ...names: string[]][] = [
    ['export {};'],
    ["import a from 'b'; module.exports = a;", 'module'],
    ["import a from 'b'; exports.a = a; module.id;", 'exports', 'module'],
    ["import a from 'b'; require('c');", 'require'],
    ["import a from 'b'; typeof module; typeof exports !== 'undefined';"],
    ["import a from 'b'; if (typeof module === 'object') module.exports = a;", 'module'],
    ["import { module, exports } from 'b'; module.a = exports;"],
    ['export function f(module, exports, require) { module.exports = exports.a = require; }'],
    ['export var module = {}; module.exports = 1;'],
    ['export {}; a.module; a.exports; ({ module: 1, exports() {} });'],
    ['export {}; module: for (;;) break module;'],
    ['export {}; function f() { return () => exports }', 'exports'],
  ];
  for (const [source, ...names] of moduleNames) {
    it(`names of CommonJS in ${source}`, () => expect(syntaxOf(source).commonNames).to.deep.equal(names));
  }

  describe('by its name or package.json', () => {
    const env = { NODE_ENV: 'production' };

    const free: [source: string, ...concerns: string[]][] = [
      [''],
      ['var a = this;'],
      ['a(process.env.X)'],
      ['var require = 1, __dirname = 2; require; __dirname; function f(exports) { exports.a = 1; }'],
      ['module.exports = 1;', 'module'],
      ['exports.a = 1; exports.b = 2; module.id', 'exports', 'module'],
      ["var a = require('a');", 'require'],
      ["require.resolve('a'); await b", 'require'],
      ['a(__filename, __dirname)', '__filename', '__dirname'],
      ["module.exports = import('a'); export {}", 'module'],
      ["typeof exports === 'object' && typeof module !== 'undefined' ? f(exports, require('a')) : f(self);"],
      ["try { require('a') } catch {}"],
      ["if (process.env.NODE_ENV !== 'production') exports.a = require('a'); exports.b = 2;", 'exports'],
    ];
    for (const [source, ...concerns] of free) {
      it(`has nothing of CommonJS: ${source}`, () => {
        const facts = agreedFacts(source, { type: 'module', env });
        expect(facts.syntax?.commonNames).to.deep.equal([]);
        expect(facts.references.filter(({ kind }) => kind === 'require')).to.deep.equal([]);
        expect(facts.nodeGlobals.filter((name) => name.startsWith('__'))).to.deep.equal([]);
        expect(facts.concerns.map(({ name }) => name)).to.deep.equal(concerns);
        for (const { start, name = '' } of facts.concerns)
          expect(source.slice(start, start + name.length)).to.equal(name);
      });
    }

    const invalid = [
      'with (a) b',
      '010',
      "'\\010'",
      'return',
      'new.target',
      'var a; delete a',
      'eval = 1',
      'arguments = 1',
      'var await',
      'function f() { await; }',
      'var static',
      'var yield',
      'a: function f() {}',
      'if (a) function f() {}',
    ];
    for (const source of invalid) {
      it(`is invalid, and no script: ${source}`, () => {
        expect(factsOf(source).syntax).to.equal(undefined);
        expect(() => factsOf(source, { type: 'module' })).to.throw(DynapackError);
        expect(() => factsOf(`${source}; export {};`)).to.throw(DynapackError);
      });
    }
  });

  describe('by declaring once more what CommonJS gives', () => {
    const declared: [source: string, ...names: string[]][] = [
      ['let exports = 1;'],
      ["const require = (id) => id; require('a');"],
      ['class exports {}'],
      ['const { a: [module] } = b; module.exports = 1;'],
      ["const module = {}; exports.a = require('a');", 'exports', 'require'],
    ];
    for (const [source, ...names] of declared) {
      it(source, () => {
        const facts = factsOf(source);
        expect(facts.syntax?.commonNames).to.deep.equal(names);
        expect(facts.references.map(({ kind }) => kind)).to.deep.equal(names.length > 0 ? ['require'] : []);
        expect(factsOf(source, { published: true })).to.deep.equal(facts);
        expect(() => factsOf(source, { type: 'commonjs' })).to.throw(DynapackError);
      });
    }

    it('at the top level, and of a kind that cannot be declared twice', () => {
      for (const source of [
        'var exports = 1;',
        'function require() {}',
        '{ let module; }',
        '(require) => 1',
      ]) {
        expect(factsOf(source).syntax, source).to.equal(undefined);
      }
      expect(() => factsOf('let module; let module;')).to.throw(DynapackError);
    });
  });

  it('is the same in published files, where some are not parsed', () => {
    for (const [source, type] of [
      ['module.exports = 1;', 'module'],
      ['exports.a = 1;', 'module'],
      ["\\u0072equire('x');", undefined],
      ["requ\\u{69}re('x');", undefined],
      ['self.x = "\\u00e9";', 'module'],
    ] as const) {
      const parsed = factsOf(source, { type, published: false });
      expect(factsOf(source, { type, published: true }), source).to.deep.equal(parsed);
    }
  });

  it('needs no parser in a published script without a word of interest', () => {
    const parser = () => {
      throw new Error('parsed');
    };
    expect(factsOf('a()', { published: true, parser }).syntax).to.equal(undefined);
  });

  it('is strict: a function in a block stays there', () => {
    const references = (source: string) => agreedFacts(source).references.length;
    expect(references("{ function require() {} } require('a');")).to.equal(0);
    expect(references("{ function require() {} } require('a'); export {};")).to.equal(1);
  });
});
