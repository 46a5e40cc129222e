/**
 * Plain modules are read without a tree, and tell the same: every module that is installed here, mutants of some of them,
 * random modules, and one construct after the other. `SEED=123` makes one mutant.
 */
import { join } from 'node:path';
import { expect } from 'chai';
import { moduleFacts, scriptFacts } from '../../lib/parse/from-tokens';
import { looksLikeModule } from '../../lib/parse/gate';
import { normalise } from '../../lib/parse/source';
import { Dice } from '../esm/dice';
import { textOf } from '../esm/files';
import { randomGraph } from '../esm/random-graphs';
import { randomSource } from '../maps/random-sources';
import { factsOf } from './engines';
import {
  compareKnowing,
  compareReaders,
  countOutcomes,
  type Installed,
  installedModules,
  mutantOf,
  type Outcome,
} from './plain-modules';

const PRODUCTION = { NODE_ENV: 'production' };

/** None, one that makes code dead, and one that makes other code dead. */
const ENVIRONMENTS: Record<string, string>[] = [{}, PRODUCTION, { NODE_ENV: 'test' }];

const root = join(__dirname, '../../node_modules');

/** Those that take a moment; all others take most of the time. */
const SMALL = 60_000;
const installed = [...installedModules(root)].filter(({ source }) => source.length < SMALL);
const isEs = ({ source, isModule }: Installed): boolean => isModule || looksLikeModule(source);
const modules = installed.filter(isEs);
const scripts = installed.filter((each) => !isEs(each));

describe('plain modules', () => {
  it('are most of those that are installed, and tell what their trees tell', () => {
    const counts = countOutcomes(
      modules.map(({ source, path, isModule }) => compareReaders(source, path, PRODUCTION, isModule)),
    );
    expect(counts.read).to.be.above(0.6 * modules.length);
    expect(modules.length).to.be.above(300);
  }).timeout(120_000);

  const { SEED } = process.env;
  const start = Number(SEED ?? 1);
  const total = SEED === undefined ? 3000 : 1;

  it('are most of the CommonJS modules, too', () => {
    const some = scripts.filter((_, index) => index % 4 === 0);
    const counts = countOutcomes(some.map(({ source, path }) => compareReaders(source, path, PRODUCTION)));
    expect(counts.read).to.be.above(0.6 * some.length);
    expect(some.length).to.be.above(300);
  }).timeout(120_000);

  it('tell it when they are changed a little', () => {
    const small = installed.filter(({ source }) => source.length > 150 && source.length < 3000);
    const counts = countOutcomes(
      Array.from({ length: total }, (_, index) => {
        const dice = new Dice(start + index);
        const { source, path, isModule } = dice.pick(small);
        const mutant = mutantOf(source, dice);
        const where = `SEED=${start + index} ${path}\n${mutant}`;
        return compareReaders(mutant, where, dice.pick(ENVIRONMENTS), isModule);
      }),
    );
    if (SEED === undefined) expect(counts.read).to.be.above(0.3 * total);
  }).timeout(120_000);

  it('tell it when names meet in every construct', () => {
    const counts = countOutcomes(
      Array.from({ length: 2 * total }, (_, index) => {
        const dice = new Dice(start + index);
        const mutant = mutantOf(DENSE, dice);
        return compareReaders(mutant, `SEED=${start + index}\n${mutant}`, dice.pick(ENVIRONMENTS));
      }),
    );
    if (SEED === undefined) expect(counts.read).to.be.above(0.3 * total);
  }).timeout(120_000);

  it('tell it when some of their imports are known', () => {
    const counts = countOutcomes(
      Array.from({ length: 2 * total }, (_, index) => {
        const dice = new Dice(start + index);
        const mutant = mutantOf(
          `${FLAG_IMPORTS}${dice.some(FLAG_LINES, 1 + dice.below(2)).join('\n')}\n`,
          dice,
        );
        return compareKnowing(mutant, `SEED=${start + index}\n${mutant}`, dice);
      }),
    );
    if (SEED === undefined) expect(counts.read).to.be.above(0.3 * total);
    if (SEED === undefined) modules.forEach(compareInstalled);
  }).timeout(120_000);

  it('tell it when they are random', () => {
    const graphs = Array.from({ length: 250 }, (_, seed) => randomGraph(seed + 1).modules.map(textOf)).flat();
    const others = Array.from({ length: 500 }, (_, seed) => normalise(randomSource(seed + 1, true)));
    const counts = countOutcomes([...graphs, ...others].map((source) => compareReaders(source, source)));
    expect(counts.read).to.be.above(150);
  }).timeout(120_000);
});

/** A module of few names, where most changes matter. */
const DENSE = `import * as n from 'a'
import d, { b as c, of, get } from 'b'
n.a(d, c)
;
let a, b;
function f() {
  a = b;
  c(d);
}
class A {
  a = 1;
  b() {}
}
a = {
  b: d,
};
`;

const FLAG_IMPORTS = "import * as n from 'a'\nimport a, { b, c as d } from 'b'\n;\n";

/** What is done with flags. Where much is, the tree is asked. */
const FLAG_LINES = [
  'if (a) f(); else if (!b) g(d);',
  'x = a && b || d;',
  'if ((x & a) !== 0 && !(n.e || b)) f(n.e, a ? b : d);',
  'x = { a, c: n.e };',
  "for (; a; ) if (a === 'on') f(b ?? a);",
  "if ('on' !== d && typeof b === 'x' || a + 1) g(a.x, b(), d[0]);",
  'function f(b = a) { return b && !a }',
  'const g = () => !!a ? x : y;',
  'x = y\na\nb && c()\n;n.e',
  "function* h() { yield a; yield* a ? b : d; yield* 'on' || n.e }",
];

const compareInstalled = ({ source, path, isModule }: Installed, index: number): Outcome =>
  compareKnowing(source, path, new Dice(index + 1), isModule);

const HEAD = "import x, { y } from 'x'; import * as n from 'n';";

describe('what tokens tell', () => {
  const table = [
    'x; x(); new x(); new x; x``; x?.(); x?.a',
    'n.a; n?.b; n . c; n[x]; n',
    'if (a) x(); else x(); for (;;) x()',
    'x()\ny()\n{ x() }',
    'f({ x, y: x, n: n.a }, [x, ...y], (x, y), x)',
    '({ x() {}, get x() { return y }, async x() {}, *x() {}, [x]: y, if(a) { x() } })',
    'class A extends x { x() { y() } static y = x; get n() { return n.a } #x = y; }',
    'switch (x) { case x: x(); break; case y: default: x() }',
    'a ? x : y; a ? { x } : { y }',
    'a = b / x / y; if (x) /x/.test(y); a = [/[/]x/, x]',
    'a = `${x} ${`${y}`} x`',
    'for (const a of x) y(a); for (const a in x) y; for (let i = x.length; i--;) y()',
    'const f = (a, b = x) => y(a); const g = async (a) => { await x(a) }',
    'function f() { return arguments.length > 1 && arguments[1] !== undefined ? arguments[1] : x }',
    'typeof x; void x; x in y; x instanceof y; a.x; a?.x; a = { x: 1 }',
    'function f() { return x } function* g() { yield* x; yield y }',
    'try { x() } catch (e) { y(e) } finally { x() }',
    'export const a = x, b = y; export let c; export { a as d, x as e, n as f }',
    'export default x',
    'export default (a, b) => x',
    'export default function () {}',
    'export default async function* named() {}',
    'export default class extends x {}',
    'export default class Named {}',
    "export * from 'a'; export * as all from 'b'; export { a as default, default as b } from 'c'",
    "import 'a'\nimport b, * as c from 'b'\nimport { default as d, e as if1, } from 'd'\nc.d",
    "if (process.env.NODE_ENV !== 'production') { a(process.env.NODE_ENV === 'test') }",
    "process.env.NODE_ENV !== 'production' ? x() : void 0; a = process.env.NODE_ENV || y;",
    'a = { process: 1, require: 2, module: a.exports, import: b.global }',
    'function f(x) { x() } x()',
    'function f({ x }, { a: y = 1 }, ...n) { x(y, n.a) } x(y, n.a)',
    'function f([...x], b = x) { return () => x } x',
    'a = x => x, y; a = (b, x) => [x, y]; a = async x => x ? x : y; a = [x => x, x]; f(x => x.a, x)',
    'a = b ? x => x : x; a = `${x => x}${x}`; a = { b: x => x, c: x }',
    'try { x() } catch (x) { x() } try { x } catch ({ x }) { x() } finally { x }',
    'function f() { var x = 1; { let y = x; y() } y(x); for (const n of y) { n(x) } n }',
    'function f() { if (a) { var b = 1, x = 2, y = () => x } return x(y, n) } x(y)',
    'function f() { const { a, b: [x = 1], ...y } = n; x(y) } x(y)',
    'function f() { x(); function x() {} class y {} new y() } new x(y)',
    'a = function x() { x() }, b = class y { c = y }, x(y)',
    'class A { x(x) { x() } set y(y) { y() } static { let n = 1; n() } b = n }',
    'class A { yield() { this.await() } await = x; async return() {} }',
    'for (let x = 0, y = x; x < y; x++) { x } function f() { var a, x; x = 1; x++ } x(y)',
    'switch (x) { case 1: let x; x() } x()',
    'process.cwd(); Buffer.from(x); typeof module; a = { Buffer }; global.b = setImmediate',
    "a = typeof exports == 'object' && exports && !exports.nodeType && exports",
    'function f(process, { module }) { process.env.NODE_ENV; module.exports }',
    "if (typeof process !== 'undefined' && process.env && process.env.NODE_ENV === 'a') { process.exit() }",
    "if (process.env.NODE_ENV === 'test') a(); else b(process.env.NODE_ENV + 1)",
    "if (process.env.NODE_ENV === 'test') { Buffer } else if (process.env.NODE_ENV === 'b') { global } else __dirname",
    "if (process.env.NODE_ENV !== 'production' && Buffer) { global } else { __dirname } process.cwd()",
    "if (a && 'test' !== process.env.NODE_ENV && Buffer) throw global; a(__dirname)",
    "if (process.env.NODE_ENV === 'test' || Buffer) b(global); a(__dirname)",
    "a = 'production' === process.env.NODE_ENV ? Buffer : () => global, __dirname",
    "a = process.env.NODE_ENV !== 'production' && Buffer || global; b = [__dirname]",
    "a = process.env.NODE_ENV !== 'production' && Buffer ? global : __dirname; b(__filename)",
    "'production' !== process.env.NODE_ENV && (function () { Buffer })(); a(process.env.NODE_ENV === 'b')",
    "function f() { if (process.env.NODE_ENV === 'production') return () => Buffer\n return global }",
    "if ('a' in b) { a = () => c }\nprocess.env.NODE_ENV !== 'test' ? x() : void 0; 'a' + b, a - 1 > 2 && global",
    "import('a').then(b).then(c => import('d')); a = () => import('e'); if (process.env.NODE_ENV === 'a') import('f')",
    'export const { a, b: [c, ...d], e = x, ...f } = y, [g = () => x] = n',
    'const { a, b } = x, [c] = y; export { a, b as d, c }',
    'export default (function () {})',
    'export default ((class {}))\nx()',
    'export default (a => x)',
    'export default (function named() { x() })',
    'export default (function () { return x })()',
    'const A = (function (b) { return b(x) }(x)), B = (function (b) {})(y);',
    'const ensure = () => x; ensure(); a.ensure(x, [y])',
  ];
  for (const line of table) {
    it(line, () => {
      for (const env of [PRODUCTION, { NODE_ENV: 'test' }]) {
        const source = `${HEAD}${line}`;
        expect(compareReaders(source, source, env), source).to.equal('read');
      }
    });
  }
});

describe('what tokens tell of CommonJS', () => {
  const read = [
    "const a = require('a'), { b } = require('b'); exports.a = a; module.exports = b",
    "if (process.env.NODE_ENV === 'production') { a(require('a')) }",
    "if (process.env.NODE_ENV !== 'production') { a(require('a'), Buffer, process.cwd()) }",
    "a = typeof process === 'object' && process.cwd(); global.b = { Buffer, global: 1 }.Buffer",
    "a = typeof setImmediate === 'function' ? setImmediate : setTimeout; __dirname",
    "a = require.cache; require.ensure; typeof require === 'function'",
    "var global = 1; global; (function (process, require) { process.env.NODE_ENV; require(a ? 'a' : 'b') })(process)",
    "(function (global, factory) { typeof exports === 'object' ? module.exports = factory() : global.a = factory() })(this, f)",
    "(function e(t, n, r) { function s(o) { var a = typeof require == 'function' && require; return a(o) } })",
    "(function () { var c = 'function' == typeof require && require; if (!b && c) return c(d, !0) })()",
    "if (process.env.NODE_ENV === 'production') { module.exports = require('a') } else { module.exports = require('b') }",
    "var a = 0, b = !1, c = 'undefined' !== typeof setImmediate ? setImmediate : null",
  ];
  for (const line of read) {
    it(line, () => {
      for (const env of ENVIRONMENTS) expect(compareReaders(line, line, env)).to.equal('read');
    });
  }

  const left = [
    "try { require('a') } catch (e) {}",
    "require(a ? 'a' : 'b')",
    "require.resolve('a')",
    'a = require',
    'require(a.b)',
    "require(a + 'b')",
    "require.context('a')",
    "require('node:module')",
    'new Worker(__filename)',
    "(require)('a')",
    "new require('a')",
    "require('a\\x41')",
    "process['env'].NODE_ENV",
    "if (true) { require('a') }",
    'with (a) global',
    "import('a')",
    'typeof (process)',
  ];
  for (const line of left) {
    it(`not ${line}`, () => {
      expect(scriptFacts(line, PRODUCTION)).to.equal(undefined);
    });
  }
});

/** Whatever is asked about one name is asked about each. */
describe('many names', () => {
  const MANY = 60_000;
  const many = [
    `x${',x'.repeat(MANY)}`,
    `var a=1${',b=x'.repeat(MANY)}`,
    `var a=1${',[b]=[x]'.repeat(MANY)}`,
    'function f(x){x}'.repeat(MANY),
    `${'x=>'.repeat(MANY)}1`,
    `a=[${'x=>x,'.repeat(MANY)}]`,
    'Buffer;!1;'.repeat(MANY),
    'module;Buffer;'.repeat(MANY),
    "process.env.A==='b'&&c;".repeat(MANY),
    `a=${"process.env.A==='b'?c:".repeat(MANY)}d`,
    `a=${"process.env.A==='b'||".repeat(MANY)}d`,
    `{${'let x;{'.repeat(900)}x${'}'.repeat(901)}`,
    `import('a')${'.then(b)'.repeat(MANY)}`,
    `a=${'`${x}`+'.repeat(MANY)}1`,
    'const{class:a}=b;'.repeat(MANY),
    `${"if(process.env.A==='b')".repeat(MANY)}a`,
    "a||process.env.A==='b'||".repeat(MANY),
  ];
  for (const line of many) {
    it(`${line.slice(0, 30)}…`, () => {
      const facts = moduleFacts(`${HEAD}${line}`, { A: 'a' });
      if (facts !== undefined) expect(facts.syntax?.imports).to.have.length(3);
    }).timeout(5_000);
  }
});

describe('what is left to the tree', () => {
  const table = [
    'function x() {}',
    'var x',
    'var a = 1, x = 2',
    'const { x } = a',
    'const [x] = a',
    'class x {}',
    'x = 1',
    'x++',
    '--x',
    '[x] = a',
    '({ x } = a)',
    '({ a: x } = a)',
    'for (x of a);',
    'x: for (;;);',
    '(x)(a)',
    'await x',
    'arguments',
    'a = () => arguments',
    'return',
    'yield',
    'new.target',
    'delete x',
    'delete (x)',
    'require("a")',
    'process.env.NODE_ENV = 1',
    'typeof process.env.NODE_ENV',
    'import(a)',
    'import("a", b)',
    'try { import("a") } catch {}',
    'import("a").catch(b)',
    'import("a").then(b).then(c, d)',
    '(import("a")).then(b, c)',
    'import.meta.url',
    'ensure(["./a"])',
    'a.ensure(["./a"])',
    'a<!--b',
    'ü = x',
    '\\u0061 = x',
    '{} /x/',
    'export { unknown }',
    'export { x as a, y as a }',
    'export default async () => {}',
    "import a from 'a' with { type: 'json' }",
    "import { x } from 'again'",
    "import { public } from 'a'",
    "export { a as 'a b' } from 'a'",
    "if (false) { a(process.env.NODE_ENV === 'test') }",
  ];
  for (const line of table) {
    it(line, () => {
      expect(moduleFacts(`${HEAD}${line}`, PRODUCTION)).to.equal(undefined);
    });
  }

  it('a source without declarations, and one of a script', () => {
    expect(moduleFacts('x()', {})).to.equal(undefined);
    expect(moduleFacts('#!/usr/bin/env node\nexport {}', {})).to.equal(undefined);
  });

  it('a source with a label', () => {
    const source = "export const a = './a' /*js*/";
    const { references } = factsOf(source, { published: true });
    expect(references.map(({ specifier }) => specifier)).to.deep.equal(['./a']);
  });
});
