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
  const source = `import i, { C } from 'i';\n${statements}\nexport {};`;
  const plain = moduleFacts(source, env)?.syntax?.parts;
  const parts = parseFacts(source, { ...OPTIONS, parser: meriyah }).syntax?.parts as Parts;
  if (plain) expect(plain, 'tokens').to.deep.equal(parts);
  const { list, mentioned, isAll } = parts;
  return { names: list.flatMap(({ names }) => names), mentioned, isAll, isPlain: plain !== undefined };
}

const PARTS = [
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
  'class a { field = effect(); #p = effect(); static s = 1; static t() { effect(); } get g() { return effect(); } }',
  'class a extends C {}',
  'class a extends Map {}',
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
  'const a = { __proto__: i };',
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
  'for (var Map of i) {} const a = new Map();',
  'Map = i; const a = new Map();',
  'const a = new Map(i);',
  'const a = new Map().size;',
  'const a = new Proxy();',
  'const a = Symbol(i);',
  'const a = Symbol.for;',
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

  it('what a kept statement mentions is needed, also what is assigned to', () => {
    const { names, mentioned } = partsOf(
      'let a = 1; function b() {} class c {} a = 2; b.c = i; c.prototype.d = i;',
    );
    expect(names).to.deep.equal(['a', 'b', 'c']);
    expect(mentioned).to.deep.equal(['a', 'b', 'c']);
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
