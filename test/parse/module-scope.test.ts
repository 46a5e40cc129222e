/** Names of modules that share a function: which a source declares, where they stand, and which it may mention. */
import { join } from 'node:path';
import { expect } from 'chai';
import type { NameMeaning, NamePlace } from '../../lib/core/name-clashes';
import { moduleFacts } from '../../lib/parse/from-tokens';
import { meaningsInTokens } from '../../lib/parse/module-scope/from-tokens';
import { type ModuleScope, meaningIn, scopeOfSource } from '../../lib/parse/module-scope/from-tree';
import { wordsOfSource } from '../../lib/parse/module-scope/words';
import { topNames } from './engines';
import { installedModules } from './plain-modules';

/** The source with marks around the places of its top level; behind what is a key as well stands a colon. */
function marked(source: string, places: readonly NamePlace[]): string {
  return places
    .toSorted((a, b) => b.start - a.start)
    .reduce(
      (text, { start, end, isShorthand }) =>
        `${text.slice(0, start)}<${text.slice(start, end)}${isShorthand ? ':' : ''}>${text.slice(end)}`,
      source,
    );
}

type Ranges = Parameters<typeof scopeOfSource>[1];

/** Fails where tokens tell something else of the names than the tree. @returns whether they tell anything */
function compareReaders(
  source: string,
  scope: ModuleScope,
  names: readonly string[],
  dropped: Ranges = [],
  where = source,
): boolean {
  const { syntax } = moduleFacts(source, {}) ?? {};
  if (syntax?.parts?.others === undefined) return false;
  const entries = syntax.declarations.filter(({ form }) => form === 'entries');
  const imports = new Set(syntax.imports.map(({ local }) => local));
  const top = new Set(scope.top.keys());
  const found = meaningsInTokens({ source, top, imports, entries, dropped }, names);
  if (found === undefined) return false;
  for (const name of names)
    expect(inOrder(found.get(name)), `${name} in ${where}`).to.deep.equal(inOrder(meaningIn(scope, name)));
  return true;
}

/** The places of a tree are in the order in which it is walked. */
const inOrder = (meaning: NameMeaning | undefined) =>
  meaning && { ...meaning, top: meaning.top?.toSorted((a, b) => a.start - b.start) };

const namesIn = ({ top, inner, free }: ModuleScope): string[] =>
  [...new Set([...top.keys(), ...inner, ...free, 'absent'])].filter((name) => name !== 'arguments');

/** Fails unless the places are those that are marked. @returns the other names of the source, sorted */
function scopeOf(markedSource: string, dropped: readonly string[] = []) {
  const source = markedSource.replace(/<(\w+):?>/g, '$1');
  const ranges = dropped.map((text) => ({
    start: source.indexOf(text),
    end: source.indexOf(text) + text.length,
  }));
  const scope = scopeOfSource(source, ranges);
  if (scope === undefined) throw new Error(`not understood: ${source}`);
  const { top, inner, free, fixed } = scope;
  for (const name of namesIn(scope)) compareReaders(source, scope, [name], ranges);
  expect(marked(source, [...top.values()].flat())).to.equal(markedSource);
  const sorted = (names: Iterable<string>): string => [...names].sort().join(' ');
  return { top: sorted(top.keys()), inner: sorted(inner), free: sorted(free), fixed: sorted(fixed) };
}

/** Names that are absent are none. */
type Expected = Partial<ReturnType<typeof scopeOf>>;

const SCOPES: [source: string, names: Expected][] = [
  ['const <a> = 1; b(<a>); export { a as c };', { top: 'a', free: 'b' }],
  ['let <a>, [<b>, { c: <d>, ...<e> }] = f;', { top: 'a b d e', free: 'f' }],
  ['var <a>; f({ <a:>, a: <a>, [<a>]: 1, a() {} }); <a>.a;', { top: 'a', inner: 'arguments', free: 'f' }],
  ['const { <a:>, b: <c>, <d:> = <a> } = f;', { top: 'a c d', free: 'f' }],
  ['let <a>; ({ <a:>, b: <a>, <a:> = 1 } = f);', { top: 'a', free: 'f' }],
  ['for (const a of b) { var <c> = a; let d; { var <e> } }', { top: 'c e', inner: 'a d', free: 'b' }],
  ['import a, { b as c } from "d"; import * as e from "d"; const <f> = a(c, e);', { top: 'f' }],
  ['function <a>(b = <a>) { let c; <a>(b, c); }', { top: 'a', inner: 'arguments b c', fixed: 'a' }],
  ['const <a> = 1; (a => { a() }); { let a; a() } <a>;', { top: 'a', inner: 'a' }],
  ['const <a> = 1; f(function a() { a() });', { top: 'a', inner: 'a arguments', free: 'f' }],
  [
    'class <A> extends B { static a = A; #b = c; d() { e() } }',
    {
      top: 'A',
      inner: 'A arguments',
      free: 'B c e',
      fixed: 'A',
    },
  ],
  [
    'const <a> = () => {}, <b> = class {}, <c> = function () {}, <d> = class e {}, <f> = (0, () => {});',
    {
      top: 'a b c d f',
      inner: 'arguments e',
      fixed: 'a b c',
    },
  ],
  [
    'let <a>, <b>, <c>; <a> = () => {}; [<b> = () => {}] = []; <c> ??= class {};',
    {
      top: 'a b c',
      fixed: 'a b c',
    },
  ],
  [
    'const { <a:> = () => {} } = f; g(({ b = class {} }) => b)',
    {
      top: 'a',
      inner: 'b',
      free: 'f g',
      fixed: 'a b',
    },
  ],
  ['for (var <of> of a); for (<of> of <of>);', { top: 'of', free: 'a' }],
  [
    'const <async> = 1; b(async a => <async>, async () => a); <async>\n(1);',
    { top: 'async', inner: 'a', free: 'a b' },
  ],
  [
    'let <get> = { get get() { return <get>; }, set get(a) { <get> = a; } };',
    { top: 'get', inner: 'a arguments' },
  ],
  ['export default function () {} export const <a> = 1;', { top: 'a', inner: 'arguments' }],
  ['a: for (;;) { b.a; break a }', { free: 'b' }],
  ['class <A> { static { var a; b } }', { top: 'A', inner: 'A a', free: 'b', fixed: 'A' }],
  ['try {} catch { var <a> } try {} catch (b) { var <c> }', { top: 'a c', inner: 'b' }],
  ['<a>; try {} catch (a) { for (var a of b) { a } }', { top: 'a', inner: 'a', free: 'b', fixed: 'a' }],
  ['try {} catch (a) { var { b: a } = a }', { top: 'a', inner: 'a', fixed: 'a' }],
  [
    'const <a> = 1; try {} catch (a) { { let a } } function <f>(a) { var a }',
    {
      top: 'a f',
      inner: 'a arguments',
      fixed: 'f',
    },
  ],
];

describe('names of a module', () => {
  for (const [source, names] of SCOPES)
    it(source, () => {
      expect(scopeOf(source)).to.deep.equal({ top: '', inner: '', free: '', fixed: '', ...names });
    });

  it('names with escapes are what they stand for', () => {
    const source = 'const \\u0061b = 1; \\u{61}b; ab; c\\u0064;';
    const { top, free } = scopeOfSource(source, []) ?? {};
    const texts = top?.get('ab')?.map(({ start, end }) => source.slice(start, end));
    expect(texts).to.have.members(['\\u0061b', '\\u{61}b', 'ab']);
    expect([...(free ?? [])]).to.deep.equal(['cd']);
  });

  it('what is left out declares and reads nothing', () => {
    const source = "import { b } from 'b'; const <a> = 1; function c() { return a + d + b; } <a>; e;";
    const left = ['function c() { return a + d + b; }'];
    expect(scopeOf(source, left)).to.deep.include({ top: 'a', free: 'e' });
  });

  it('are not told of what is no module, nor of one that sees names or holds resources to its end', () => {
    expect(scopeOfSource('const a = ;', [])).to.equal(undefined);
    expect(scopeOfSource('const a = 1; (() => eval(b))();', [])).to.equal(undefined);
    expect(scopeOfSource('using a = b;', [])).to.equal(undefined);
    expect(scopeOf('{ using a = b } using; for (using of using);')).to.deep.include({ inner: 'a' });
  });
});

/** Sources, what they mention, and what they do not. */
const WORDS: [source: string, words: string, others?: string][] = [
  ['const a = b; c(d => { e: f })', 'a b c d f'],
  ['a.b; a?.c; a . d; a./* */e; a\n.f; a.#g', 'a', 'b c d e f g'],
  ['f(...a, [...b], { ...c }, ... d); ((...e) => e)()', 'a b c d e f'],
  ['({ a: b, c, d() {}, [e]: f, g: { h: i } })', 'b c e f i', 'a d g h'],
  ['const { a: b, c = d, [e]: f, ...g } = h', 'b c d e f g h', 'a'],
  ['x = { get a() {}, async b() {}, async *c() {} }; class D { e = f; static g() {} }', 'D f x'],
  ['// a\n/* b */ "c"; \'d\'; `e ${f} g ${`${h}`}`; /i/', 'f h', 'a b c d e g i'],
  [
    'process; module; arguments; async; of; get; set; Buffer; eval',
    'process module arguments async of get set Buffer eval',
  ],
  ['if (a) { b: c(d) } else { e(f) } switch (g) { case h: i }', 'a c d e f g h i'],
  ['() => { a: b }; () => ({ c: d })', 'b d', 'c'],
  ['x = a ? { b: c } : d; y = a ? e : f', 'a c d e f x y', 'b'],
  ['a ? b : c; [d ? (e) : f(g)]', 'a b c d e f g'],
  ['const a\u00a0=\u00a0b;\u2003c;\ufeffd;\u3000e\u2028f', 'a b c d e f'],
  ['é; aé; 变量.b; x.é; ...𝒳', 'é aé 变量 𝒳'],
  ['\\u0061b; c\\u{64}; e', 'ab cd e'],
  ['a.b; a...c; é; ...d', 'a c d é', 'b'],
  ['1..a; 1.5.b; .5+c', 'c', 'a b'],
];

describe('words of a module', () => {
  for (const [source, words, others = ''] of WORDS)
    it(JSON.stringify(source), () => {
      const found = wordsOfSource(source);
      expect(words.split(' ').filter((word) => !found.has(word))).to.deep.equal([]);
      expect(others.split(' ').filter((word) => found.has(word))).to.deep.equal([]);
    });
});

describe('names of modules that are installed', () => {
  const root = join(__dirname, '../../node_modules');
  const modules = [...installedModules(root)].filter(
    ({ source }, index) => index % 5 === 0 && source.length < 20_000 && /^(?:im|ex)port\b/m.test(source),
  );

  it('are all among their words, and those of the top level are what facts tell', () => {
    let told = 0;
    for (const { path, source } of modules) {
      const scope = scopeOfSource(source, []);
      const facts = moduleFacts(source, {});
      if (scope === undefined || facts === undefined) continue;
      const names = topNames(facts);
      if (names) expect([...scope.top.keys()].sort(), path).to.deep.equal(names);
      if (names) told++;
      const { imports, parts } = facts.syntax ?? {};
      const declared = namesIn(scope).filter((name) => name !== 'absent');
      const imported = (imports ?? []).map(({ local }) => local);
      const words = wordsOfSource(source);
      const missing = [...declared, ...imported].filter((name) => !words.has(name));
      expect(missing, path).to.deep.equal([]);
      const known = new Set(parts?.words);
      expect(parts && declared.filter((name) => !known.has(name)), path).to.deep.equal(parts && []);
    }
    expect(told)
      .to.be.above(0.9 * modules.length)
      .and.above(100);
  });

  it('are among tokens what they are in trees', () => {
    let all = 0;
    let told = 0;
    for (const { path, source } of modules) {
      const scope = scopeOfSource(source, []);
      if (scope === undefined) continue;
      const names = namesIn(scope);
      const few = [...scope.top.keys()].slice(0, 5);
      if (compareReaders(source, scope, names, [], path)) told += few.length;
      else for (const name of few) told += Number(compareReaders(source, scope, [name], [], path));
      all += few.length;
    }
    expect(told)
      .to.be.above(0.85 * all)
      .and.above(300);
  }).timeout(60_000);
});
