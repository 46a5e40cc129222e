/** What tokens alone could be taken for something else: one trap after the other, and programs that are full of them. */
import { expect } from 'chai';
import { isAccepted } from '../../lib/fs/validity';
import { asScript } from '../../lib/parse/as-script';
import { moduleFacts } from '../../lib/parse/from-tokens';
import { Dice } from '../esm/dice';
import { compareReaders, countOutcomes, type Outcome } from './plain-modules';
import { randomProgram } from './random-programs';

const ENVIRONMENTS: Record<string, string>[] = [{ A: 'a' }, { A: 'b' }, { A: 'a', B: 'b' }, {}];

const HEAD = "import x, { y } from 'x'; import * as n from 'n';";

describe('traps of modules', () => {
  const table = [
    'do x: for (;;) break; while (0)',
    'if (a) ; else x: for (;;) ;',
    'if (a) ; else module: for (;;) ;',
    'for (;; { x }) break',
    'for (a; { x }; ) break',
    'class C { new\n x() {} }',
    'function f() { class C { var\n[x] = 1 } }',
    '({ *class() { x() } })',
    'class C { static async *class() { x() } }',
    'a = x => y => {}\n(x)',
    'class C { a = x => y => {}\n[x] = 1 }',
    'export default async\nfunction f() {}',
    'a.typeof\nBuffer',
    "(import('a').then(b)).catch(c)",
    "import 'a'\n(import('b')).then(c, d)",
    "import 'a'\n(x)()",
    "import 'a'\nwith\n{ type: 'json' }",
    "import 'a' with { type: 'json' }; export * from 'b' with { type: 'text' }",
    "export { a } from 'a' with { 'type': 'json', }\n(x)()",
    "import('a', { with: { type: 'json' } })",
    "import 'a'\nassert\n({})",
    "import 'a'\n/x/g",
    'var a\n(x)()',
    'let a, b\n(x)()',
    'var a\n/x/.test(y)',
    "if (process.env.A === 'a' && process.env.B === 'b') { c } else { Buffer }",
    "if (process.env.A === 'c' || process.env.A === 'd') { Buffer }",
    "c = process.env.A === 'c' || process.env.A === 'd' ? Buffer : global",
    "(c) || process.env.A !== 'a' && Buffer",
    "if (process.env.A === 'c') l: { Buffer }",
    "if (process.env.A === 'a') ; else l: for (;;) { Buffer }",
    "function* g() { if (process.env.A === 'c') yield\nBuffer }",
    "if (process.env.A === 'c') d = () => {}\n[Buffer]",
    '!process.env.A && `${c, Buffer}`',
    "function f() { throw '' && Buffer }",
    'for (a in true || Buffer) ;',
  ];
  for (const line of table) {
    it(line, () => {
      for (const env of ENVIRONMENTS) expect(compareReaders(HEAD + line, line, env)).not.to.equal('invalid');
    });
  }
});

describe('traps of CommonJS', () => {
  const table = [
    "07.e+require('a')",
    "if (a) let\n{ require }\nrequire('a')",
    "for (var a = 1 in {}, require); require('b')",
    "if (process.env.A === 'c') l: { require('a') }",
    "if (process.env.A !== 'a' || process.env.B !== 'b') { require('a') }",
    'for (a in true || process) ;',
    "a = b && typeof Buffer < 'u' && c ? Buffer.d : e",
    "a = b || typeof Buffer > 'u' || c ? Buffer.d : Buffer.e",
    "a = b || typeof Buffer < 'u' && Buffer.c || Buffer.d",
    "a = b && (typeof Buffer < 'u' && Buffer.c) ? Buffer.d : e",
    "typeof Buffer < 'u' === b ? Buffer.c : Buffer.d; true === 'a' < 'b' && Buffer",
    "'a' < 'b' || Buffer.c; typeof Buffer",
    'a instanceof Buffer ? Buffer.b : c',
    'a.instanceof\nBuffer; b.Buffer.isBuffer(c)',
    'Buffer?.isBuffer(a); Buffer.isBuffer?.(b)',
    'a instanceof (Buffer); (Buffer).isBuffer(b)',
    'function f(Buffer) { a instanceof Buffer } Buffer',
    "if (process.env.A === 'c') { Buffer.from(a) } a instanceof Buffer",
    "try { a = require; a('./b' + c) } catch (d) {} finally {} require('e')",
    'try { try { a = require } finally { b = require } } catch (c) {}',
    'try { a = require } finally { b = require }',
    'try {} catch (a) { b = require } c.try, { d: require }',
  ];
  for (const line of table) {
    it(line, () => {
      for (const env of ENVIRONMENTS) expect(compareReaders(line, line, env)).not.to.equal('invalid');
    });
  }
});

describe('programs of few names', () => {
  const { SEED } = process.env;
  const start = Number(SEED ?? 1);
  const total = SEED === undefined ? 12_000 : 1;
  const compare = (seed: number): Outcome => {
    const dice = new Dice(seed);
    const isModule = dice.chance(0.6);
    const source = randomProgram(dice, isModule, 5 + dice.below(25));
    const syntax = isModule ? moduleFacts(source, {})?.syntax : undefined;
    if (syntax !== undefined && !isAccepted(asScript(source, syntax))) return 'invalid';
    return compareReaders(source, `SEED=${seed}\n${source}`, dice.pick(ENVIRONMENTS));
  };

  it('are read as their trees are', () => {
    const counts = countOutcomes(Array.from({ length: total }, (_, index) => compare(start + index)));
    if (SEED === undefined) expect(counts.read).to.be.above(0.15 * total);
  }).timeout(120_000);
});
