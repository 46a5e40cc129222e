// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are sources.
import { expect } from 'chai';
import { factsOf, referencesOf, replacedIn, sameFacts } from './engines';

const table: [name: string, source: string, ...references: string[]][] = [
  ['a string', "require('x')", "require x <'x'>"],
  ['double quotes', 'require("x")', 'require x <"x">'],
  ['a template without substitution', 'require(`x`)', 'require x <`x`>'],
  ['a template with substitution', 'require(`x${y}`)'],
  ['a computed specifier', "require('x' + y); require(y)"],
  ['a sum of strings', "require('./x' + '.js')", "require ./x.js <'./x' + '.js'>"],
  [
    'a sum of more',
    "require('./x' + 1 + ('.' + `js`)); require((('./y')) + '')",
    "require ./x1.js <'./x' + 1 + ('.' + `js`)>",
    "require ./y <(('./y')) + ''>",
  ],
  [
    'a template of literals',
    "require(`./${'x'}.js`); require(`./${1}${`y${true}`}`)",
    "require ./x.js <`./${'x'}.js`>",
    'require ./1ytrue <`./${1}${`y${true}`}`>',
  ],
  [
    'strings that concat() joins',
    "require('./x'.concat('.js')); require('./'.concat(1, null).concat(`y`)); require(''.concat())",
    "require ./x.js <'./x'.concat('.js')>",
    "require ./1nully <'./'.concat(1, null).concat(`y`)>",
    "require  <''.concat()>",
  ],
  [
    'what concat() joins otherwise',
    "require(['x'].concat('y')); require(a.concat('y')); require('x'.concat(...a)); require((1).concat('x'))",
  ],
  ['parentheses', "require((('./x'))); require(('y'))", "require ./x <'./x'>", "require y <'y'>"],
  [
    'constants in a conditional and in require.resolve',
    "require(a ? './' + 'x' : `y${''}`); require.resolve('./' + 'z')",
    "require ./x <'./' + 'x'>",
    "require y <`y${''}`>",
    "require ./z <'./' + 'z'>",
  ],
  [
    'numbers, sums of numbers and patterns',
    "require(1); require(1 + 2 + 'x'); require(/x/ + ''); require(-1 + 'x')",
  ],
  ['no argument', 'require(); require(...a)'],
  ['further arguments', "require('x', 'y')", "require x <'x'>"],
  ['both strings of a conditional', "require(a ? 'x' : b ? 'y' : c)", "require x <'x'>", "require y <'y'>"],
  ['require.resolve', "require.resolve('x')", "require x <'x'>"],
  ['other members of require', "require.cache['x']; require.resolve.paths('x'); require['resolve']('y')"],
  ['a method called require', "a.require('x'); this.require('y'); a.module.require('z')"],
  ['new', "new require('x')"],
  ['a sequence', "(0, require)('x')"],
  ['a name that only ends so', "$require('x'); requires('y')"],
  ['an escaped name', "r\\u0065quire('x')", "require x <'x'>"],
  ['source order', "require('b'); require('a')", "require b <'b'>", "require a <'a'>"],
  ['nested calls', "require('a')(require('b'))", "require a <'a'>", "require b <'b'>"],
  ['the same string elsewhere', "'x'; f('x'); require('x'); g('x')", "require x <'x'>"],
  [
    'escapes',
    "require('./\\u0062ig'); require('\\x61')",
    "require ./big <'./\\u0062ig'>",
    "require a <'\\x61'>",
  ],
  ['white space and comments', "require /* a */ ( /* 'b' */\r\n'x' )", "require x <'x'>"],
  ['comments', "// require('x')\n/* require('y') */"],
  ['strings and templates', `"require('x')"; \`require('y')\``],
  ['substitutions of templates', "`a${require('x')}b`", "require x <'x'>"],
  ['tags', "require`x`; f`${require('y')}`", "require y <'y'>"],
  ['regular expressions', "/require('x')/; a = b / require('y') / c", "require y <'y'>"],
  ['regular expression after )', "if (a) /require('x')/.test(b)"],
  ['division after )', "(a) / require('x') / b", "require x <'x'>"],
  ['regular expression after }', "if (a) {} /require('x')/.test(b)"],
  ['division after }', "a = {} / require('x') / b", "require x <'x'>"],
  ['regular expression after return', "function f() { return /require('x')/ }"],
  ['property names', "a = { require: 1, 'require': 2, require() {}, get require() {} }; a.require = 1"],
  ['labels', "require: for (;;) { break require; } require('x')", "require x <'x'>"],
  ['class methods', "class A { require() {} static require() {} } require('x')", "require x <'x'>"],
  ['computed names', "a = { [require('x')]: 1 }; a[require('y')]", "require x <'x'>", "require y <'y'>"],
  ['shorthand properties', "a = { require }; require('x')", "require x <'x'>"],
  ['typeof', "typeof require; typeof require === 'function' && require('x')", "require x <'x'>"],
  ['top-level return', "if (require('x')) return; require('y')", "require x <'x'>", "require y <'y'>"],
  ['with', "with (a) { require('x') }", "require x <'x'>"],
  ['octal literals', "a = 010 + '\\01'; require('x')", "require x <'x'>"],
  ['HTML-like comments', "a <!-- require('y')\nrequire('x')", "require x <'x'>"],
  ['CRLF', "a\r\nrequire('x')\r\n", "require x <'x'>"],
  ['a byte order mark', "\uFEFFrequire('x')", "require x <'x'>"],
  ['a hashbang', "#!/usr/bin/env require('y')\nrequire('x')", "require x <'x'>"],
  ['both', "\uFEFF#!/usr/bin/env node\r\nrequire('x')", "require x <'x'>"],
  ['await as a name', "var await = require('x')", "require x <'x'>"],
];

describe('references', () => {
  it('by module.require, which becomes require', () => {
    const source =
      "var a = module.require('./a'); function f(module) { module.require('./b'); } function g(require) { module.require('./c'); }";
    expect(referencesOf(source)).to.deep.equal(["require ./a <'./a'>"]);
    expect(replacedIn(source)).to.match(
      /^var a = require\('.\/a'\);.*\{ module\.require\(.*\{ module\.require\(/,
    );
    const mixed = "import 'x'; module.require('./a'); exports.b = 1;";
    expect(referencesOf(mixed)).to.deep.equal(["import x <'x'>", "require ./a <'./a'>"]);
    expect(factsOf(mixed).syntax?.commonNames).to.deep.equal(['exports', 'module', 'require']);
  });

  it('may have a specifier with values of process.env, where these are free', () => {
    const source =
      "require('./' + process.env.A + '.js'); require(`./${process.env.A}/x`); a = process.env.A";
    const facts = sameFacts(source, { env: { A: 'b' } });
    expect(facts.references.map(({ specifier }) => specifier)).to.deep.equal(['./b.js', './b/x']);
    expect(facts.replacements.map(({ text }) => text)).to.deep.equal(['"b"']);
    expect(facts.nodeGlobals).to.deep.equal([]);
    const own = "var process = a; require('./' + process.env.A)";
    expect(sameFacts(own, { env: { A: 'b' } }).references).to.deep.equal([]);
  });

  it('may be long sums', () => {
    const source = `require('./x'${" + 'y'".repeat(5000)})`;
    expect(factsOf(source).references.map(({ specifier }) => specifier.length)).to.deep.equal([5003]);
  });

  for (const [name, source, ...expected] of table) {
    it(name, () => {
      expect(referencesOf(source)).to.deep.equal(expected);
    });
  }

  const newer: [name: string, source: string, ...references: string[]][] = [
    ['import()', "import('x').then(a)", "import() x <import('x')>"],
    [
      'import() with options',
      "import('x', { with: { type: 'json' } })",
      "import() x <import('x', { with: { type: 'json' } })>",
    ],
    [
      'import() with options that are evaluated',
      "import('x', f()); import('y', { with: { type } }); import('z', { with: { ...a } })",
      'import() x <import>',
      'import() y <import>',
      'import() z <import>',
    ],
    ['import() of a template', 'await_(import(`x`))', 'import() x <import(`x`)>'],
    [
      'import() of constants',
      "import('./x' + '.js'); import(`./${'y'}.js`); import((('z')))",
      "import() ./x.js <import('./x' + '.js')>",
      "import() ./y.js <import(`./${'y'}.js`)>",
      "import() z <import((('z')))>",
    ],
    ['import() with a comment', "import /* a */ ('x')", "import() x <import /* a */ ('x')>"],
    ['import() of an expression', 'import(a); import(`x${b}`)'],
    [
      'a reference in the options of import()',
      "import('x', require('y'))",
      'import() x <import>',
      "require y <'y'>",
    ],
    ['a reference that decides an import()', "import(require('y'))", "require y <'y'>"],
    ['optional calls', "require?.('x'); require?.resolve('y')", "require x <'x'>", "require y <'y'>"],
    ['closing HTML-like comments', "a <!-- b\n--> require('z')\nrequire('x')", "require x <'x'>"],
    ['line separators in strings', "a = '\u2028'; require('x')", "require x <'x'>"],
    [
      'class fields',
      "class A { require = require('x'); static { require('y') } }",
      "require x <'x'>",
      "require y <'y'>",
    ],
    [
      'private names',
      "class A { #require; f() { return #require in this } } require('x')",
      "require x <'x'>",
    ],
    ['new.target at the top', "new.target; require('x')", "require x <'x'>"],
  ];
  for (const [name, source, ...expected] of newer) {
    it(name, () => {
      const shown = factsOf(source).references.map(
        ({ kind, specifier, start, end }) => `${kind} ${specifier} <${source.slice(start, end)}>`,
      );
      expect(shown).to.deep.equal(expected);
    });
  }

  const optional: [source: string, optional: boolean][] = [
    ["try { require('x') } catch (e) {}", true],
    ["try { a(function () { require('x') }) } catch (e) {} finally {}", true],
    ["try { try { require('x') } finally {} } catch (e) {}", true],
    ["try { require('x') } finally {}", false],
    ["try {} catch (e) { require('x') }", false],
    ["try {} catch (e) {} finally { require('x') }", false],
    ["try {} catch (e) {} require('x'); try {} catch (e) {}", false],
    ["try { ['x' /*js*/] } catch (e) {}", false],
  ];
  for (const [source, expected] of optional) {
    it(`${expected ? 'optional' : 'wanted'}: ${source}`, () => {
      expect(sameFacts(source).references.map((reference) => reference.optional)).to.deep.equal([expected]);
    });
  }

  const optionalImports: [source: string, optional: boolean][] = [
    ["async () => { try { await import('x') } catch {} }", true],
    ["async () => { try { await import('x') } finally {} }", false],
    ["import('x')", false],
    ["import('x').catch(a)", true],
    ["import('x').then(a, b)", true],
    ["import('x').then(a).catch(b)", true],
    ["import('x').then(a).finally(b)", false],
    ["import('x').then(a)", false],
    ["import('x').catch()", false],
    ["import('x')[catch_](a, b)", false],
    ["a(import('x')).catch(b)", false],
    ["a.catch(() => import('x'))", false],
    ["import(require('x')).catch(b)", false],
  ];
  for (const [source, expected] of optionalImports) {
    it(`${expected ? 'optional' : 'wanted'}: ${source}`, () => {
      const { references } = factsOf(source);
      expect(references.map((reference) => reference.optional)).to.deep.equal([expected]);
    });
  }
});
