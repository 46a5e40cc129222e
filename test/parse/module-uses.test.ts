// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are sources.
/** Which identifiers mean an import, and how they stand there. */
import { expect } from 'chai';
import type { ImportUse } from '../../lib/facts';
import { agreedFacts, syntaxOf } from './engines';

type Form = ImportUse['form'];

const IMPORT = "import { x, y } from 'a';\n";

/** The uses as the offsets of `@` in the marked source would have them, and as they are. */
function usesOf(marked: string, head = IMPORT) {
  const expected: number[] = [];
  const plain = marked.replace(/@/g, (_, at: number) => {
    expected.push(head.length + at - expected.length);
    return '';
  });
  const source = head + plain;
  const { uses } = syntaxOf(source);
  for (const { start, end } of uses) expect(source.slice(start, end)).to.match(/^(x|y|\\u0078)$/);
  return { expected, found: uses.map(({ start }) => start), forms: uses.map(({ form }) => form) };
}

describe('uses of imports', () => {
  /** Every use is marked by `@` before it. */
  const table: [source: string, ...forms: Form[]][] = [
    ['@x', 'value'],
    ['f(@x, [@y], { a: @x })', 'value', 'value', 'value'],
    ['@x.x.y = 1; @x[@y]++; delete @x.y; [@x.y] = [1]; ({ a: @x.y } = b)', ...Array<Form>(6).fill('value')],
    ['@x()', 'statement'],
    ['@x`a${@y}`', 'statement', 'value'],
    ['@x().y(@x)', 'statement', 'value'],
    ['@x.f()', 'value'],
    ['@x["f"]()', 'value'],
    ['(@x)()', 'call'],
    ['a = @x()', 'call'],
    ['a = @x`b`', 'call'],
    ['f(@x(@y()))', 'call', 'call'],
    ['@x(@y())', 'statement', 'call'],
    ['{ @x() } if (a) { @x(); @y() }', 'statement', 'statement', 'statement'],
    ['if (a) @x(); else @y()', 'call', 'call'],
    ['for (;;) @x()', 'call'],
    ['a: @x()', 'call'],
    ['switch (@x()) { case @x(): @x(); @y() }', 'call', 'call', 'statement', 'statement'],
    ['() => @x(); () => { @x() }', 'call', 'statement'],
    ['new @x; new @x(); new @x.y()', 'value', 'value', 'value'],
    ['new (@x())()', 'call'],
    ['@x + @x()', 'value', 'call'],
    ['@x() + @x', 'statement', 'value'],
    ['!@x(); void @x()', 'call', 'call'],
    ['typeof @x; typeof @x()', 'value', 'call'],
    ['a = { @x, @y }', 'shorthand', 'shorthand'],
    ['a = { x: @x, y() {}, get x() { return @x }, [@y]: 1, "x": @y }', ...Array<Form>(4).fill('value')],
    ['a = { x() { @x() } }', 'statement'],
    ['var { a = @x, b: c = @y } = @x', 'value', 'value', 'value'],
    ['({ a = @x } = @y)', 'value', 'value'],
    ['function f(a = @x, { b = @x() }, [c = @y]) {}', 'value', 'call', 'value'],
    ['class A extends @x { [@y]() { return @x } static x() {} y() {} }', 'value', 'value', 'value'],
    ['class A extends @x() {}', 'call'],
    ['for (var a of @x); for (a in @y); for (var b = @x; @x; @y);', ...Array<Form>(5).fill('value')],
    ['`${@x}${@y()}`', 'value', 'call'],
    ['throw @x', 'value'],
    ['(a, @x)(); (0, @y)()', 'value', 'value'],
    ['@\\u0078', 'value'],
    ['export default @x', 'value'],
    ['export default @x()', 'call'],
    ['export const z = @x', 'value'],
    ['export { z as x2 }; var z = @x', 'value'],
    ['a\n@x()\n@y()', 'statement', 'statement'],
    ['@x\n()', 'statement'],
  ];
  for (const [source, ...forms] of table) {
    it(source.replaceAll('\n', '⏎'), () => {
      const uses = usesOf(source);
      expect(uses.found).to.deep.equal(uses.expected);
      expect(uses.forms).to.deep.equal(forms);
    });
  }

  const newer: [source: string, ...forms: Form[]][] = [
    ['@x?.(); a = @x?.()', 'statement', 'call'],
    ['@x?.y(); @x?.[@y]', 'value', 'value', 'value'],
    [
      'class A { x = @x; y = @y(); static { @x() } static [@y] = 1; #x = 1; z() { return this.#x } }',
      'value',
      'call',
      'statement',
      'value',
    ],
    ['a = { ...@x, b: [...@y()] }', 'value', 'call'],
    ['import(@x).then(@y)', 'value', 'value'],
    ['import.meta.x = @x', 'value'],
    ['await @x(); await @y', 'call', 'value'],
    ['for await (const a of @x()) @y()', 'call', 'call'],
  ];
  for (const [source, ...forms] of newer) {
    it(source, () => {
      const uses = usesOf(source);
      expect(uses.found).to.deep.equal(uses.expected);
      expect(uses.forms).to.deep.equal(forms);
    });
  }

  it('name their entry', () => {
    const { uses, imports } = syntaxOf(
      "import a, { b, c as d } from 'e'; import * as f from 'g'; f; d; a; b; f",
    );
    const names = uses.map(({ entry }) => imports[entry]?.local);
    expect(names).to.deep.equal(['f', 'd', 'a', 'b', 'f']);
  });

  it('come before their import, too', () => {
    const source = "x(); function f() { return x } import { x } from 'a';";
    expect(syntaxOf(source).uses.map(({ start }) => start)).to.deep.equal([0, source.indexOf('x }')]);
  });

  it('are no reasons for globals', () => {
    const source = "import { process, Buffer as global } from 'a'; process.nextTick(global); __filename";
    expect(agreedFacts(source).nodeGlobals).to.deep.equal(['__filename']);
  });
});

describe('what only looks like an import', () => {
  /** `@` marks what is a use all the same. */
  const table = [
    '(function (x) { x() }); @x',
    '(function (a = x, x) {}); @x',
    '(function (a = @x) { var x; x })',
    '(function (a = () => @x) { let x; x })',
    '(x => x)(@x); ((a, [x]) => x)(@x); (({ a: { x } }) => x)(@x); ((...x) => x)(@x)',
    '(({ x = @y }) => x)(@x); ({ f(x) { x }, set a(x) { x } }); @x',
    '{ let x; x() } @x',
    '{ x; let x } @x',
    '{ const [{ x }] = @y; x } @x',
    '{ class x { a() { x } } x } @x',
    '{ x(); function x() {} } @x',
    '{ async function x() {} x } { function* x() {} x } @x',
    'function f() { x; var x } @x',
    'function f() { if (a) { for (var x of @y); } x } @x',
    'function f() { function x() {} x } @x',
    'function f() { { function x() {} } return @x }',
    'function f() { for (var x in @y) x; x } @x',
    'try {} catch (x) { x } @x',
    'try {} catch ({ a: [x] }) { x } @x',
    'for (let x = 1; x; x++) x; @x',
    'for (const x of @y) x; @x',
    'for (const { x } of @y) x; @x',
    'for (let x in @y) { x } @x',
    'switch (@x) { case x: let x }',
    'switch (@x) { case @x: { let x; x } }',
    'switch (@x) { case 1: function x() {} default: x() }',
    '(class x extends x { a() { return x } }); @x',
    '(function x() { x() }); @x',
    '(function () { (function x() {}); return @x })',
    '(function* x() { x })',
    'x: for (;;) { break x } y: { continue_: break y }',
    'a.x; a.x(); a.x.y; a[@x].x',
    '({ x: 1, y() {}, get x() {}, set x(a) {}, "y": 2, async x() {} })',
    'class A { x() {} static y() {} get x() {} }',
    'var { x: a, y: b = 1 } = c; [a.x] = c; ({ x: a.y } = c)',
    '"x"; /x/; `x`; // x',
    'export { z as x, z as y }; var z',
    "export { x as y } from 'b'; export * as x from 'c'",
    'function f(x) { return function () { return () => x } } @x',
    '(function () { var x; return () => { { x } } })',
    '((x) => { { x } (function () { x })() })',
    'function f({ a = x, x }) {}',
    '(x) => { { var x } x }',
  ];
  for (const source of table) {
    it(source, () => {
      const { expected, found } = usesOf(source);
      expect(found).to.deep.equal(expected);
    });
  }

  const newer = [
    'class A { x = @x; static y; #y; a() { this.#y } }',
    'class A { static { var x; x } } @x',
    'class A { static { let x; x } static { @x } }',
    'try {} catch { @x }',
    'const { ...z } = { x: 1 }; ({ a: 1, ...@x })',
    'for await (const x of @y) x; @x',
    'async (x) => { await x }',
    'import.meta.x; a?.x; a?.x(); a?.[@x]',
  ];
  for (const source of newer) {
    it(source, () => {
      const { expected, found } = usesOf(source);
      expect(found).to.deep.equal(expected);
    });
  }
});
