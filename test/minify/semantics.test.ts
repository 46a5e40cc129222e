/** What the default minifier makes of modules does what they did, and stays as old as their syntax. */
import { basename } from 'node:path';
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { assertES5 } from '../client/es5';
import { placeOf, traceFile } from '../maps/trace';
import { functionsOf, minifiedFiles } from './project';
import { randomProgram, traceOf } from './random-programs';

/** Each is a body of a function; `t` notes what it is given. Results are what Node gives. */
const BODIES: Record<string, string> = {
  'functions of two blocks':
    'if (t(1)) { function f() { return 1; } } else { function f() { return 2; } } return f();',
  'a function of a block, and a variable': 'var f; if (t(1)) { function f() { return 1; } } return f();',
  'a function of a block, and one around it':
    'function f() { return 1; } { function f() { return 2; } } return f();',
  'a function of a block in a function':
    'function g(a, b) { if (a) { function f() { return b; } } return f(); } return g(1, 2);',
  'a function of a switch': 'switch (t(1)) { case 1: function f() { return 4; } } return f();',
  'with, and short names':
    'var o = { e: 5, t: 6 }, long = 1; with (o) { var q = function () { return long + e; }; return q(); }',
  'with, and what has constants':
    'with ({ Infinity: 3, undefined: 4, NaN: 5 }) { return Infinity + undefined + NaN; }',
  'with where statements are, and methods of that name': `var o = { e: 5, t: 6 }, long = 1, found = [];
    class A { with(longer) { found.push(long + longer); } static with() { return new A(); } } A.with().with(2);
    ({ with(longer) { if (longer) with (o) return found.push(t + longer); } }).with(3); (() => { l: with (o) { with (found) push(e); } })();
    switch (1) { case 1: with (o) found.push(e); default: for (;;) with (o) { found.push(t); break; } } return found;`,
  'effects before instanceof':
    'var x = !t(1) instanceof Array; if ((x = t(2) === 1) instanceof Object) t(3); [t(4)] instanceof Array;',
  'more effects before instanceof':
    'typeof t(1) instanceof Array; `${t(2)}` instanceof Object; (t(3), 1) instanceof Object;',
  'calls before instanceof':
    'if (t([]) instanceof Array) t(1); t({}).x instanceof Array; (t(2)) instanceof Array; typeof t(3) instanceof Array; return [typeof(t(4)) instanceof Object, -t(5) instanceof Object, ![].concat(t(6)) instanceof Array, new t(7) instanceof Object];',
  'calls before instanceof, behind operators':
    'return ["a" + t(1).x instanceof Object, t(2) - 1 instanceof String, t(3) < 1 instanceof Boolean, +t(4).x instanceof Number, t([]) instanceof Array instanceof Object];',
  'results of instanceof that nobody needs':
    '!t(1).x instanceof Array; new Date(t(2)) instanceof Date; (async function () { await t(3) instanceof Error; })(); const a = [t(4)]; a instanceof Array;',
  'calls before instanceof, by variables and functions':
    'const a = t(1) - 1, b = "b" + t(2); if (b instanceof String) return; const f = () => t(3) - 1; function g() {} return [a instanceof Object, f() instanceof Object, g(t(4)) instanceof Object];',
  'classes that come to those of the language':
    'const f = () => Object; return [t(1) - 1 instanceof (0, Object), t(2) - 1 instanceof f(), t(3) - 1 instanceof (t ? Object : Array), t(4) - 1 instanceof/**/Object];',
  'classes that a function declares, and such that may be missing':
    'function Map() { t(1); } const m = new Map(); let s = 0; try { s instanceof Missing; } catch (error) { s = error.name; } return [m instanceof Map, typeof Set === "function" && t(new Set([1])) instanceof Set, s, typeof Missing, Object.keys({ a: 1 }).length, Array(3).length];',
  'parameters and arguments':
    'function f(a, b) { a = 2; arguments[1] = 5; return [arguments[0], b]; } return f(1, 3);',
  'catch and variables': "var a = 'F'; try { throw 1; } catch (args) { var a = 'P'; } return a;",
  'nested catch':
    'var a = 1, c = 0; try { throw a; } catch (e) { try { throw 0; } catch (a) { e && e[!function () { c++; }()]; } } return c;',
  'spread in new Array': 'return new Array(1, ...[2, 3]).join() + new Array(3).length;',
  'for-in and a name before':
    "{ var name = 'n1'; const foo = { foo: 1 }; name = 'n2'; for (let name in foo) t(name); t(name); }",
  'evaluation order of inlined values':
    'var n = 0; function f() { return ++n; } var a = f(); var b = n; n = 9; return [a, b, n];',
  'names in nested callbacks':
    'var r = [[1], [2]].map(function (e) { return e.reduce(function (t, n) { return e ? t + n : 0; }, 5); }); return r;',
  'undefined and null':
    'function f(a) { return a === null || a === undefined ? "d" : a; } return [f(null), f(0), f(), f(NaN)];',
  'delete of constants': 'return [delete NaN, delete (0 / 0), delete void 0];',
  'strict functions':
    'return (function () { "use strict"; return (function () { return this === undefined; })(); })();',
  'computed __proto__':
    'var __proto__ = 1; return [Object.keys({ ["__proto__"]: 1 }), Object.keys({ __proto__ }), {}.__proto__ === null];',
  'names that eval reads': 'function f(longName) { return eval("longName"); } return f(7);',
  'eval under another name':
    'const first = eval; return [first("typeof t"), (() => { const second = (0, eval); return second("typeof t"); })(), (() => { const third = (eval); return third("typeof t"); })(), ((fourth = eval) => fourth("typeof t"))(), (0, eval)("typeof t"), eval("typeof t"), { eval: 1 }.eval, "= eval;"];',
  'private names that eval reads':
    'class A { #longName = t(7); f() { return eval("this.#longName"); } } return new A().f();',
  'what throws for some texts':
    'function f(g) { try { g(); return true; } catch (e) { return e.name; } } return [f(() => { decodeURIComponent("%"); }), f(() => { decodeURI("%"); }), f(() => { encodeURIComponent("\\ud800"); }), f(() => { encodeURI("\\ud800"); }), f(() => { String.fromCodePoint(-1); }), f(() => { (0, decodeURI)("%"); }), f(() => { encodeURI("a"); })];',
  'getters and setters':
    'var n = 0; var o = { get a() { n++; return 0; }, set a(v) { n += 10; } }; o.a; o.a = o.a || 1; return n;',
};

type Program = (...parameters: unknown[]) => unknown;

const commonJs = (text: string): string => `exports.default = ${text};`;
const esModule = (text: string): string => `export default ${text};`;

/** What a module function gives out, run in this realm, so that global objects are the same. */
function runModule(code: string): Program {
  const run = new Function(`return (${code})`)();
  const exports: { default?: Program } = {};
  const declared = run(undefined, { exports }, exports);
  if (exports.default) return exports.default;
  const [, [, getDefault]] = declared.next().value;
  declared.next([]);
  declared.next();
  return getDefault();
}

/** The functions, each minified in a module of its own. */
async function minifyEach(texts: readonly string[], form: (text: string) => string): Promise<Program[]> {
  const { bundles, metadata } = await minifiedFiles({
    'main.js': texts.map((_, index) => `require('./m${index}');`).join('\n'),
    ...Object.fromEntries(texts.map((text, index) => [`m${index}.js`, form(text)])),
  });
  const functions = functionsOf(bundles);
  const ids = Object.fromEntries(Object.entries(metadata.modules).map(([id, path]) => [basename(path), id]));
  return texts.map((_, index) => runModule(functions[ids[`m${index}.js`] as string] as string));
}

const PROGRAMS = 700;

describe('minify() without a function', () => {
  it('keeps what others have lost', async () => {
    const texts = Object.values(BODIES).map((body) => `function (t) { ${body} }`);
    const programs = await minifyEach(texts, commonJs);
    Object.keys(BODIES).forEach((name, index) => {
      const before = new Function(`return ${texts[index]}`)();
      expect(traceOf(programs[index] as typeof before), name).to.equal(traceOf(before));
    });
  });

  it('asks for classes before it reads them', async () => {
    const text =
      'function (t) { return [typeof Map !== "undefined" && t([]) instanceof Map, t(2) - 1 instanceof Object]; }';
    for (const form of [commonJs, esModule]) {
      const { bundles } = await minifiedFiles({ 'main.js': "require('./m');", 'm.js': form(text) });
      expect(Object.values(bundles).join()).to.match(/typeof Map[!=<]/);
    }
  });

  for (const [name, form, mode] of [
    ['CommonJS', commonJs, ''],
    ['ES modules', esModule, '"use strict";'],
  ] as const) {
    it(`random programs do what they did: ${name}`, async () => {
      const seeds = Array.from({ length: PROGRAMS }, (_, index) => 70_000 + index);
      const valid = seeds.flatMap((seed) => {
        const text = randomProgram(seed);
        try {
          return [{ seed, text, before: new Function(`${mode}return ${text}`)() }];
        } catch {
          return [];
        }
      });
      expect(valid.length).to.be.greaterThan(PROGRAMS * 0.9);
      const texts = valid.map(({ text }) => text);
      const programs = await minifyEach(texts, form);
      valid.forEach(({ seed, before }, index) => {
        expect(traceOf(programs[index] as typeof before), `seed ${seed}`).to.equal(traceOf(before));
      });
    });
  }
});

describe('minify() without a function: ES5', () => {
  const source = `/* \`a comment\` */
var text = 'line 1\\nline 2', quotes = ["it's", 'say "x"', "both ' and \\"", '\`', '$' + '{x}', '\\u2028', '\\0' + '1', '', "\\\\"];
function f(a, b) { a = a || {}; return a.x === null || a.x === undefined ? b : Math.pow(a.x, 2); }
try { if (text) throw text; } catch (error) { exports.caught = error; }
exports.concat = 'a'.concat(text, 'b') + '<' + f(null, text) + '>';
exports.all = function () { return { text: text, quotes: quotes, f: [f({}, 1), f({ x: 3 })] }; };
for (var i = 3; i-->0;) exports['key-' + i] = /[\`/]/.test('\`');`;

  const expected = (): unknown => {
    const exports: Record<string, unknown> = {};
    new Function('exports', source)(exports);
    return [exports, (exports.all as () => unknown)()];
  };

  const files = { 'main.js': "var m = require('./old'); self.result = [m, m.all()];", 'old.js': source };
  const options: dynapack.Options = { sourcemaps: true };

  it('stays ES5, and means the same', async () => {
    const packed = await minifiedFiles(files);
    for (const code of Object.values(functionsOf(packed.bundles))) assertES5(`(${code})`);
    const { page } = await packed.visit('main');
    expect(JSON.stringify(page.result)).to.equal(JSON.stringify(expected()));
  });

  it('has maps that lead to the same places', async () => {
    const { files: built } = await minifiedFiles(files, undefined, options);
    const [main] = built.filter(({ sourceMap }) => sourceMap).map(traceFile);
    for (const [minified, original] of [
      ['"line 1', "'line 1"],
      ['say', '\'say "x"'],
      ['.concat=', 'concat = '],
      ['.test(', 'test('],
    ] as const) {
      const { source: file, line } = main?.originalOf(minified) ?? {};
      expect([file, line], minified).to.deep.equal(['old.js', placeOf(source, original).line]);
    }
  });

  it('keeps templates where there are some', async () => {
    const { bundles } = await minifiedFiles({
      'main.js': 'var a = 1; self.result = [`x${self.y}`, "z\\nz", a];',
    });
    expect(bundles['main.js']).to.include('`x${self.y}`');
  });

  it('keeps those with a tag, whatever spaces are in strings', async () => {
    for (const space of ['\u00a0', '\ufeff', '\u2028', ' ']) {
      const packed = await minifiedFiles({
        'main.js': `var tag = (parts) => parts.raw[0]; self.result = [tag\`a\\n\`, '${space}!', self.none];`,
      });
      expect((await packed.visit('main')).page.result).to.deep.equal(['a\\n', `${space}!`, undefined]);
    }
  });
});
