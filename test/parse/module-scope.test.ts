/** Names of modules that share a function: which a source declares, where they stand, and which it may mention. */
import { join } from 'node:path';
import { expect } from 'chai';
import type { Node } from 'estree';
import type { NamePlace, NamePlaces } from '../../lib/core/name-clashes';
import { moduleFacts } from '../../lib/parse/from-tokens';
import { placesInTokens } from '../../lib/parse/module-scope/from-tokens';
import { placesInTree } from '../../lib/parse/module-scope/from-tree';
import { wordsOfSource } from '../../lib/parse/module-scope/words';
import { parseModern } from '../../lib/parse/tree/modern';
import { walk } from '../../lib/parse/tree/nodes';
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

type Ranges = Parameters<typeof placesInTree>[1];

/** Fails where tokens tell something else of the names of the top level than the tree. @returns whether they tell anything */
function compareReaders(source: string, places: NamePlaces, dropped: Ranges = [], where = source): boolean {
  const { syntax } = moduleFacts(source, {}) ?? {};
  if (syntax?.parts?.others === undefined) return false;
  const entries = syntax.declarations.filter(({ form }) => form === 'entries');
  const found = placesInTokens({ source, entries, dropped }, new Set(places.keys()));
  if (found === undefined) return false;
  expect(inOrder(found), where).to.deep.equal(inOrder(places));
  return true;
}

/** The places of a tree are in the order in which it is walked. */
const inOrder = (all: NamePlaces) =>
  new Map([...all].map(([name, places]) => [name, places.toSorted((a, b) => a.start - b.start)]));

/** Fails unless the places are those that are marked. */
function expectMarked(markedSource: string, dropped: readonly string[] = []): void {
  const source = markedSource.replace(/<(\w+):?>/g, '$1');
  const ranges = dropped.map((text) => ({
    start: source.indexOf(text),
    end: source.indexOf(text) + text.length,
  }));
  const places = placesInTree(source, ranges);
  if (places === undefined) throw new Error(`not understood: ${source}`);
  compareReaders(source, places, ranges);
  expect(marked(source, [...places.values()].flat())).to.equal(markedSource);
}

/** All names that declare something or are evaluated. */
function namesIn(source: string): ReadonlySet<string> {
  const names = new Set<string>();
  const add = (node: Node | null | undefined): unknown => node?.type === 'Identifier' && names.add(node.name);
  walk<undefined>(parseModern(source, true, false), undefined, (node) => {
    if (node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') add(node.id);
    add(node);
    return undefined;
  });
  return names;
}

const SCOPES = [
  'const <a> = 1; b(<a>); export { a as c };',
  'let <a>, [<b>, { c: <d>, ...<e> }] = f;',
  'var <a>; f({ <a:>, a: <a>, [<a>]: 1, a() {} }); <a>.a;',
  'const { <a:>, b: <c>, <d:> = <a> } = f;',
  'let <a>; ({ <a:>, b: <a>, <a:> = 1 } = f);',
  'for (const a of b) { var <c> = a; let d; { var <e> } }',
  'import a, { b as c } from "d"; import * as e from "d"; const <f> = a(c, e);',
  'function <a>(b = <a>) { let c; <a>(b, c); }',
  'const <a> = 1; (a => { a() }); { let a; a() } <a>;',
  'const <a> = 1; f(function a() { a() });',
  'class <A> extends B { static a = <A>; #b = c; d() { e() } }',
  'const <a> = () => {}, <b> = class {}, <c> = function () {}, <d> = class e {}, <f> = (0, () => {});',
  'let <a>, <b>, <c>; <a> = () => {}; [<b> = () => {}] = []; <c> ??= class {};',
  'const { <a:> = () => {} } = f; g(({ b = class {} }) => b)',
  'for (var <of> of a); for (<of> of <of>);',
  'const <async> = 1; b(async a => <async>, async () => a); <async>\n(1);',
  'let <get> = { get get() { return <get>; }, set get(a) { <get> = a; } };',
  'export default function () {} export const <a> = 1;',
  'a: for (;;) { b.a; break a }',
  'class <A> { static { var a; b } }',
  'try {} catch { var <a> } try {} catch (b) { var <c> }',
  'const <a> = 1; try {} catch (a) { { let a } } function <f>(a) { var a }',
  'class <A> { b() { return class A { c = A }; } d = <A> } const <E> = class E { f = E };',
  'class <A> { b(A) { A } static { class A { c = A } } [<A>] = <A> }',
];

describe('names of a module', () => {
  for (const source of SCOPES) it(source, () => expectMarked(source));

  it('names with escapes are what they stand for', () => {
    const source = 'const \\u0061b = 1; \\u{61}b; ab; c\\u0064;';
    const places = placesInTree(source, [])?.get('ab');
    const texts = places?.map(({ start, end }) => source.slice(start, end));
    expect(texts).to.have.members(['\\u0061b', '\\u{61}b', 'ab']);
  });

  it('are none where they are left out', () => {
    const left = 'function c() { return a + d; }';
    expectMarked(`const <a> = 1; ${left} <a>; let <e>;`, [left]);
  });

  it('are not told of what is no module, nor of one that sees names or holds resources to its end', () => {
    expect(placesInTree('const a = ;', [])).to.equal(undefined);
    expect(placesInTree('const a = 1; (() => eval(b))();', [])).to.equal(undefined);
    expect(placesInTree('using a = b;', [])).to.equal(undefined);
    expectMarked('{ using a = b } let <c> = using; for (using of using);');
  });

  it('are not told where a `catch` has the value of one', () => {
    for (const statement of ['for (var a of b) { a }', 'var { b: a } = a', 'var a = 1']) {
      const source = `a; try {} catch (a) { ${statement} }`;
      expect(placesInTree(source, []), source).to.equal(undefined);
      const named = { source, entries: [], dropped: [] };
      expect(placesInTokens(named, new Set(['a'])), source).to.equal(undefined);
    }
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
      const places = placesInTree(source, []);
      const facts = moduleFacts(source, {});
      if (places === undefined || facts === undefined) continue;
      const names = topNames(facts);
      if (names) expect([...places.keys()].sort(), path).to.deep.equal(names);
      if (names) told++;
      const declared = [...namesIn(source)];
      const words = wordsOfSource(source);
      expect(
        declared.filter((name) => !words.has(name)),
        path,
      ).to.deep.equal([]);
      const { imports = [], parts } = facts.syntax ?? {};
      const local = new Set(imports.map((entry) => entry.local));
      const known = new Set(parts?.words);
      const missing = declared.filter((name) => !known.has(name) && !local.has(name));
      expect(parts && missing, path).to.deep.equal(parts && []);
    }
    expect(told)
      .to.be.above(0.9 * modules.length)
      .and.above(100);
  });

  it('are among tokens what they are in trees', () => {
    let all = 0;
    let told = 0;
    for (const { path, source } of modules) {
      const places = placesInTree(source, []);
      if (places === undefined) continue;
      all++;
      if (compareReaders(source, places, [], path)) told++;
    }
    expect(told)
      .to.be.above(0.8 * all)
      .and.above(200);
  }).timeout(60_000);
});
