/** Which declarations may be left out: those that ECMA-262 lets nobody notice, whatever else there is. */
import { expect } from 'chai';
import type { Parts } from '../../lib/facts';
import { isAccepted, refusalOf } from '../../lib/fs/validity';
import { moduleFacts } from '../../lib/parse/from-tokens';
import { parseFacts } from '../../lib/parse/parse';
import { meriyah } from './engines';

const env = { NODE_ENV: 'production' };
const OPTIONS = {
  fileName: '/m.js',
  labels: [],
  env,
  published: false,
  type: undefined,
  refusalOf,
  isAccepted,
};

/** What of a module are parts, by tokens, if they tell, and by its tree; fails where they differ. */
function partsOf(statements: string) {
  const source = moduleOf(statements);
  const plain = moduleFacts(source, env)?.syntax?.parts;
  const parts = treeParts(source);
  const { words: _, ...told } = plain ?? parts;
  expect(told, 'tokens').to.deep.equal(parts);
  const { list, ...rest } = parts;
  return { names: list.flatMap(({ names }) => names), ...rest, isPlain: plain !== undefined };
}

const moduleOf = (statements: string): string => `import i, { C } from 'i';\n${statements}\nexport {};`;

const treeParts = (source: string): Parts =>
  parseFacts(source, { ...OPTIONS, parser: meriyah }).syntax?.parts as Parts;

/** Sources, and what of them is declared at the top level and no part. */
const OTHERS: [source: string, ...names: string[]][] = [
  ['const a = 1; function b() {} class c {}'],
  ['let a = effect(), b = 1, c; const d = 2', 'a', 'b', 'c'],
  [
    'const { a, b: { c = effect(d, d) }, "e": f = (d, d), [d]: g, if: h, ...j } = i',
    'a',
    'c',
    'f',
    'g',
    'h',
    'j',
  ],
  ['const [a, , [b = (d) => d, { c }] = [], ...[e]] = i', 'a', 'b', 'c', 'e'],
  ['var a = i.b, of = i.c, async = i.d, get, set', 'a', 'async', 'get', 'of', 'set'],
  ['const a = i.b\nlet c = i.d\n+ 1, e = i.f', 'a', 'c', 'e'],
  ['const a = i ? function b() {} : class c {}, d = i.e, f = async function* g() {}', 'a', 'd', 'f'],
  [
    'a(function b() {}); i.c = function d() {}; (class e {}); !function f() {}(); new class g { static { effect() } }',
  ],
  ['class a { static b = effect(); static { var c; function d() {} } }', 'a'],
  ['class a extends effect() {} class b extends (class c {}) { static d = effect() }', 'a', 'b'],
  ['export const { a, b } = i, [c] = i; export let d = effect()', 'a', 'b', 'c', 'd'],
  ['export class a extends effect() {} export default class b { static c = effect() }', 'a', 'b'],
  ['export default class { static a = effect() }'],
  ['const a = i.b; export { a as b, a as default, C as c }', 'a'],
  ["import { d as a, default as b } from 'd'; import * as c from 'd'; export * as e from 'd'; effect()"],
  ['effect(); { var a; let b; const c = 1; function d() {} class e {} { var f = i } }', 'a', 'f'],
  [
    'for (var a of i) effect(); for (var b in i) effect(); for (const c of i) effect(); for (let d = 0; d; ) {}',
    'a',
    'b',
  ],
  ['for (var a = 0, b = a ? [1, 2] : (3, 4), { c, d = {} } = i; a < b; a++) {}', 'a', 'b', 'c', 'd'],
  [
    'for (var { a, b: [c] } of i) { var d = function () { var e }, f\nvar g = () => {}\nvar h = `${i}, ${i}`, j }',
    'a',
    'c',
    'd',
    'f',
    'g',
    'h',
    'j',
  ],
  ['for (var a in i) { for (;;) { var b = i\n.c, d } }', 'a', 'b', 'd'],
  ['if (i) { var a } else { var b } if (i) var c = 1, d\nelse var e = effect()', 'a', 'b', 'c', 'd', 'e'],
  ['try { var a = effect() } catch (b) { var c } finally { var d }', 'a', 'c', 'd'],
  ['switch (i) { case 1: var a = 1; let b; case C: { var c } default: var d }', 'a', 'c', 'd'],
  ['a: for (;;) { b: { var c; break a } }\nd: var e = 1', 'c', 'e'],
  ['while (i) { var a = 1 } do { var b } while (i)\nvar c = effect()', 'a', 'b', 'c'],
  [
    '(() => { var a; for (var b of i) { var c } })(); i(function () { if (i) { var d } }, { e() { var f }, get g() { var h } })',
  ],
  ['i({ var: 1 }, { var() {} }, i.var, class { var = 1 }, class { static var() {} }); i.let = 1'],
  ["if (process.env.NODE_ENV !== 'production') { var a = effect() }", 'a'],
  ["if (process.env.NODE_ENV !== 'production') { let a = effect(); (() => { var b })() }"],
  ['var a = 1; var a = effect(); var b = 2; { var b }', 'a', 'b'],
  ['i\nfunction a() {}\ni.e = async\nfunction b() {}\ni\nconst c = i.d', 'c'],
  ["'use client'; effect('var a', `var b`, /var c/) // var d"],
];

/** Of which tokens do not tell. */
const OTHERS_OF_TREES: typeof OTHERS = [
  ['i.b++\nclass a extends effect() {}', 'a'],
  ['debugger\nclass a extends effect() {}', 'a'],
  ['const Buffer = effect()', 'Buffer'],
  ['class global extends effect() {}', 'global'],
  ['{ var module = i }', 'module'],
];

const PARTS = [
  "import * as n from 'n'; const d = n.d, b = n.e === n.f; export const a = { c: n.d }",
  'const c = Object.prototype.hasOwnProperty, b = Array.isArray, a = [Math.PI, Symbol.iterator]',
  "const a = Symbol.for('a'), b = [typeof window === 'function', typeof document]",
  "const c = new Set(['a', 1]), b = new Map([['a', () => a], ['b', [c]]]), a = new Set([])",
  'let b = /* @__PURE__ */ function (b) { b.c = effect(); return b }({}), a = /* @__PURE__ */ async function () {}()',
  "import * as n from 'n'; const a = new Map([[n.a, 1], ([n.b, 2]),],), b = typeof (1) === typeof window",
  'const a = /** @__PURE__ */ i(1), c = /* @__PURE__ */ (i.b)(), b = /* @__PURE__ */ i;',
  "const a = { __proto__: i, b: 1 }, b = /*#__PURE__*/ Object.freeze({ '__proto__': null, a, i });",
  "const a = { [Symbol.iterator]() { effect(); }, get [Symbol.toStringTag]() {}, async *[Symbol.asyncIterator]() {} }, b = { [Symbol.toStringTag]: 'Module' };",
  'const a = { __proto__() { effect() }, get b() { effect() } }, b = { get __proto__() { effect() } };',
  'class a { static = effect(); } class b { static() { effect(); } }',
  'const a = class b extends C { static c = C };',
  'function a() { effect(); }',
  'async function* a() { yield effect(); }',
  'const a = 1;',
  'let a;',
  "var a = 'text'",
  'const a = `text`;',
  'const a = /pattern/g;',
  'const a = -1;',
  'const a = null, b = a;',
  'const a = () => effect();',
  'const a = async (x = effect()) => { effect(); };',
  'const a = async x => x',
  'const a = function () { effect(); };',
  'const a = [1, , [i], () => 2];',
  "const a = { b: 1, 'c': i, 3: [], d() { effect(); }, get e() { return effect(); }, async *f() {}, i };",
  'const a = i === 1 ? i : !i;',
  'const a = i && (C ?? void 0);',
  'const a = undefined;',
  'const a = /* @__PURE__ */ i(1);',
  'const a = /*#__PURE__*/ new C;',
  'const a = /*#__PURE__*/ i.b.c({ d: () => 1 });',
  'const a = /*#__PURE__*/ (() => { effect(); })();',
  'const a = [/*#__PURE__*/ i(), 2];',
  '/* @__NO_SIDE_EFFECTS__ */ function b() { effect(); } export const a = [b(i, [b(() => 1)])];',
  'const a = b(); // #__NO_SIDE_EFFECTS__\nexport async function b() {}',
  '/** @param x\n * @__NO_SIDE_EFFECTS__ */\nexport default function b() {} const a = b();',
  'export /* @__NO_SIDE_EFFECTS__ */ const b = (x) => effect(x); const a = b(2);',
  'const b = /* @__NO_SIDE_EFFECTS__ (its calls) */ async function () {}, a = b();',
  'const b = /*#__NO_SIDE_EFFECTS__*/ x => x, a = { b: b(), c: !b(1) };',
  'class a { field = effect(); #p = effect(); static s = 1; static t() { effect(); } get g() { return effect(); } }',
  'class a extends C {}',
  'class a extends Map {}',
  '/** @type {Map<keyof Map, $1>} */\nclass a extends Map {}',
  'const a = /** @type {Array<keyof Map>} */ new Map();',
  '/**\n * @typedef {Map<1, 2>} Map\n */\nclass a extends Map {}',
  'const a = 1 << 2;',
  'const a = (0x1f | 2) , b = -1 * 60 * 1e3;',
  'class a { [Symbol.iterator]() { effect(); } }',
  'class a { *[Symbol.iterator]() {} get [Symbol.toStringTag]() { return 1; } async *[Symbol.asyncIterator]() {} }',
  'const a = new Map(), b = [new WeakSet()];',
  "const a = Symbol('a');",
  'const a = i && Symbol();',
  "const a = typeof HTMLElement !== 'undefined' ? HTMLElement : class {};",
  "const b = typeof HTMLElement != 'undefined' ? HTMLElement : class {}; class a extends b {}",
  'const b = class {}; class a extends b {}',
  'class b {} class a extends b {}',
  'export function a() {}',
  'export const a = 1;',
  'export default class {}',
  'export default () => effect();',
  'export default i;',
];

const EFFECTS = [
  'const a = effect();',
  'const a = i.b;',
  'const a = i?.b;',
  'const { a } = i;',
  'const [a] = i;',
  'const a = `${i}`;',
  'const a = i`text`;',
  'const a = i + 1;',
  'const a = 1n << 2;',
  'const a = 1 + i;',
  'const a = 1 < i;',
  'class a { [Symbol.unknown]() {} }',
  'class a { static [Symbol.iterator] = effect(); }',
  'const { Symbol } = i; class a { [Symbol.iterator]() {} }',
  'const a = i == 1;',
  'const a = i < 1;',
  "const a = 'b' in i;",
  'const a = i instanceof C;',
  'const a = new C();',
  'const a = [...i];',
  'const a = { ...i };',
  'const a = { [i]: 1 };',
  'const a = { [Symbol.unknown]: 1 };',
  'const a = { [Symbol.iterator + i]: 1 };',
  'const a = { [Symbol.iterator]: effect() };',
  'const { Symbol } = i; const a = { [Symbol.iterator]: 1 };',
  'const a = { __proto__: effect() };',
  'const a = { __proto__: i.b };',
  'const a = { b: effect() };',
  'const a = undeclared;',
  'const a = later; const later = effect();',
  'const a = a;',
  'let a = i = 1;',
  'const a = delete i.b;',
  "const a = import('b');",
  'const a = i && effect();',
  'const a = i ? 1 : effect();',
  'const a = /*#__PURE__*/ i()();',
  'const a = /*#__PURE__*/ i(effect());',
  'const a = /*#__PURE__*/ i().b;',
  'const a = /*#__PURE__*/ i ? effect() : 1;',
  'class a extends effect() {}',
  'class a extends Unknown {}',
  'class a extends Map.Entry {}',
  'var { Map } = i; class a extends Map {}',
  'var [...Map] = i; class a extends Map {}',
  'if (i) { var Map = 1; } class a extends Map {}',
  'var b = `\n/** ${(Map = i)} */`; class a extends Map {}',
  'var b = `\n/** `; var { Map } = i; /** */ class a extends Map {}',
  "var b = '\\\n/** '; var { Map } = i; /** */ class a extends Map {}",
  "var b = '\\\r\n/** '; var { Map } = i; /** */ class a extends Map {}",
  "var b = ' /** '; var { Map } = i; b = ' */'; class a extends Map {}",
  'var b = /[/** ]/; var { Map } = i; b = / *//2; class a extends Map {}',
  'for (var Map of i) {} const a = new Map();',
  'Map = i; const a = new Map();',
  'const a = new Map(i);',
  'const a = new Map().size;',
  'const a = new Proxy();',
  'const a = Symbol(i);',
  'const a = Symbol.for(i);',
  'const a = Symbol.unknown();',
  'const a = Object.keys(i);',
  'const a = Object.a.b;',
  'const a = window.b;',
  'const { Object } = i; const a = Object.keys;',
  "import * as n from 'n'; const a = n.b.c;",
  "import * as n from 'n'; const a = n.b();",
  "import * as n from 'n'; const a = n[i];",
  'const a = new Set([...i]);',
  'const a = new Set([effect()]);',
  'const a = new Map([i]);',
  'const a = new Map([, [1]]);',
  'const a = new WeakSet([i]);',
  'const a = new Map([[1] === [2]]);',
  'const a = Map.prototype.size;',
  'const a = Symbol.prototype.description;',
  'const a = Object.caller;',
  'const a = Function.prototype.arguments;',
  'const a = /* @__PURE__ */ (effect())();',
  '/* @__NO_SIDE_EFFECTS__ */ function b() {} const a = b(effect());',
  '/* @__NO_SIDE_EFFECTS__ */ function b() {} const a = b(...i);',
  '/* @__NO_SIDE_EFFECTS__ */ function b() {} const a = b().c;',
  '/* @__NO_SIDE_EFFECTS__ */ function b() {} const a = b()();',
  '/* @__NO_SIDE_EFFECTS__ */ function b() {} const a = b.c();',
  '/* @__NO_SIDE_EFFECTS__ */ function b() {} const a = b`c`;',
  '/* @__NO_SIDE_EFFECTS__ */ function b() {} const a = new b();',
  '/* @__NO_SIDE_EFFECTS__ */ function b() {} const a = b?.();',
  '/* @__NO_SIDE_EFFECTS__ */ function b() {} const a = (b)();',
  '/* @__NO_SIDE_EFFECTS__ */ function b() {} b = i; const a = b();',
  '/* @__NO_SIDE_EFFECTS__ */ function b() {} const a = class b { static c = b(); };',
  '/* @__NO_SIDE_EFFECTS__ */ let b = () => 1; const a = b();',
  'const c = 1, /* @__NO_SIDE_EFFECTS__ */ b = () => 1; const a = b();',
  'const b = /* @__NO_SIDE_EFFECTS__ */ (() => 1); const a = b();',
  'const b = /* @__NO_SIDE_EFFECTS__ */ i; const a = b();',
  'const a = b(); const b = /* @__NO_SIDE_EFFECTS__ */ () => 1;',
  '/* @__NO_SIDE_EFFECTS__ */ 1; function b() {} const a = b();',
  'const a = /* @__PURE__ */ (i ? effect() : i)();',
  "import * as n from 'n'; class a { #d; static b = n.#d; }",
  "import * as n from 'n'; const a = class n { static get b() { effect() } static c = n.b };",
  'function b() {} const a = class b extends b {};',
  'const a = new Set([1], effect());',
  'const { Set } = i; const a = new Set([1]);',
  'const a = typeof i.b;',
  'const a = typeof later; let later = effect();',
  'const a = /* @__PURE__ */ function () {}(effect());',
  'const a = function () { effect() }();',
  'const a = new Symbol();',
  "const a = i || typeof HTMLElement !== 'undefined' ? HTMLElement : 1;",
  "const a = typeof HTMLElement !== 'undefined' ? HTMLElement : 1 + i;",
  'const a = Symbol()();',
  "const a = typeof later !== 'undefined' ? later : 1; let later = effect();",
  "const a = typeof HTMLElement === 'undefined' ? HTMLElement : class {};",
  "const a = typeof HTMLElement !== 'object' ? HTMLElement : class {};",
  "const a = typeof HTMLElement !== 'undefined' ? Element : class {};",
  "const a = typeof HTMLElement !== 'undefined' ? HTMLElement : effect();",
  "let b = typeof HTMLElement !== 'undefined' ? HTMLElement : class {}; b = i.b; class a extends b {}",
  'class a extends later {} class later { static s = effect() }',
  'class a extends 1 {}',
  'class a { static { effect(); } }',
  'class a { static s = effect(); }',
  'class a { static s = this; }',
  'class a { [effect()]() {} }',
  'class a { static [i] = 1; }',
  'export default effect();',
  'if (i) var a = 1; effect();',
  'if (i) effect(); else var a = 1; effect();',
  'for (; i; ) var a = 1; effect();',
  'while (i) var a = 1; effect();',
  'b: var a = 1; effect();',
];

describe('what may be left out of a module', () => {
  for (const source of PARTS)
    it(source, () => {
      const { names, mentioned, isAll, isPlain } = partsOf(source);
      expect(isPlain, 'tokens tell').to.equal(true);
      expect(names.at(-1) || 'a').to.match(/^[ab]$/);
      expect({ mentioned, isAll }).to.deep.equal({ mentioned: [], isAll: true });
    });

  for (const source of EFFECTS)
    it(`not ${source}`, () => {
      const { names, isAll } = partsOf(source);
      expect(names).not.to.include.members(['a']).and.not.to.include.members(['']);
      expect(isAll).to.equal(false);
    });

  for (const [source, ...names] of OTHERS)
    it(`the rest declares ${names.join(', ') || 'nothing'}: ${source}`, () => {
      const { others, isPlain } = partsOf(source);
      expect({ others, isPlain }).to.deep.equal({ others: names, isPlain: true });
    });

  for (const [source, ...names] of OTHERS_OF_TREES)
    it(`only a tree tells that the rest declares ${names.join(', ')}: ${source}`, () => {
      const module = moduleOf(source);
      expect(treeParts(module).others).to.deep.equal(names);
      expect(moduleFacts(module, env)?.syntax?.parts?.others).to.equal(undefined);
    });

  it('calls of imports have effects, unless it is known that they have none', () => {
    const source = moduleOf(
      "import * as n from 'n'; const a = i(1), a2 = n.f([i()]); const b = C(1); const c = n.g(); const d = n(1);",
    );
    const imports = { values: {}, effectless: ['i', 'n.f'] };
    for (const known of [undefined, imports]) {
      const plain = moduleFacts(source, env, undefined, false, known)?.syntax?.parts as Parts;
      const options = { ...OPTIONS, parser: meriyah, ...(known && { imports: known }) };
      const parts = parseFacts(source, options).syntax?.parts as Parts;
      for (const { list } of [plain, parts])
        expect(list.flatMap(({ names }) => names)).to.deep.equal(known ? ['a', 'a2'] : []);
    }
  });

  it('what the rest declares is not told where that holds resources', () => {
    const module = moduleOf('using a = effect();');
    expect(treeParts(module).others).to.equal(undefined);
    expect(moduleFacts(module, env)?.syntax?.parts?.isAll).to.equal(false);
    expect(moduleFacts(module, env)?.syntax?.parts?.others).to.equal(undefined);
    expect(partsOf('for (using a of i) { using b = i } using(i); i.using = 1').others).to.deep.equal([]);
  });

  it('what a kept statement mentions is needed, also what is assigned to', () => {
    const { names, mentioned } = partsOf(
      'let a = 1; function b() {} class c {} a = 2; b.c = i; c.prototype.d = i;',
    );
    expect(names).to.deep.equal(['a', 'b', 'c']);
    expect(mentioned).to.deep.equal(['a', 'b', 'c']);
  });

  it('what is called like a key, or like a function or class further in, is not', () => {
    for (const keys of [
      'class a {}, function b() {}, () => { function a() {} class b {} }',
      "{ a: 1, a() {}, 'a': 2, b: [{ a: i }] }",
      '{ a: i.b, b: { a: i.c } }',
      'class { a = 1; b; #a = i; static b() {} a() {} b = {}\n a = i\n b() {} static a = 2; }',
      'class { get; a() {} set = i; b = 1 } ',
    ])
      expect(partsOf(`function a() {} const b = 1; i(${keys});`).mentioned, keys).to.deep.equal([]);
  });

  it('what is a value as well is needed', () => {
    for (const value of [
      '{ a }',
      '{ b: a }',
      '{ [a]: 1 }',
      '{ ...a }',
      '{ b: i ? a : i, c: 1 }',
      '{ b: (i, a), c() {} }',
      '{ b: a() }',
      '{ b() { a: for (;;) i(a); } }',
      'class { b = a; }',
      'class { b = a\n c() {} }',
      'class { [a]() {} }',
      'class { static b = i ? a : 1; }',
      'class { b = i instanceof a; }',
      'class { b = new a(); }',
      'class { b = typeof a; c = 1 }',
      'class { b = async (c = a) => {} }',
      'class extends a {}',
    ])
      expect(partsOf(`function a() {} i(${value});`).mentioned, value).to.deep.equal(['a']);
    expect(partsOf('function a() {} switch (i) { case a: i(); }').mentioned).to.deep.equal(['a']);
    expect(partsOf('let a = 1; ({ b: a, c: i.d } = i);').mentioned).to.deep.equal(['a']);
  });

  it('what is mentioned in dead code is not', () => {
    const dead = "process.env.NODE_ENV !== 'production' ? a.propTypes = { b } : void 0;";
    expect(partsOf(`function a() {} const b = () => 1; ${dead}`).mentioned).to.deep.equal([]);
  });

  it('what is declared twice is one by name', () => {
    const { names, mentioned } = partsOf("var a = 'first'; var a; var a = i.b;");
    expect(names).to.deep.equal(['a', 'a']);
    expect(mentioned).to.deep.equal(['a']);
  });
});
