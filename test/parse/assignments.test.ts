// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are sources.
/** Assignments to imports: an error where they certainly run, else a concern with the place. */
import { expect } from 'chai';
import { DynapackError } from '../../lib/errors';
import { moduleFacts } from '../../lib/parse/from-tokens';
import { agreedFacts, esprima, factsOf, meriyah, withoutParts } from './engines';

const named = ["import { x } from 'a';", "import x from 'a';", "import { y as x } from 'a';"];
const NAMESPACE = "import * as x from 'a';";

/** Where the marks stand, and the source without them. */
function unmark(marked: string): { source: string; places: number[] } {
  const places: number[] = [];
  const source = marked.replace(/@/g, (_, at: number) => {
    places.push(at - places.length);
    return '';
  });
  return { source, places };
}

function expectError(marked: string): void {
  const { source, places } = unmark(marked);
  for (const parser of [undefined, esprima, meriyah]) {
    let error: unknown;
    try {
      factsOf(source, parser && { parser });
    } catch (thrown) {
      error = thrown;
    }
    expect(error, source).to.be.instanceOf(DynapackError);
    const { code, message, lineNumber, columnNumber } = error as DynapackError;
    expect({ code, lineNumber }).to.deep.equal({ code: 'SYNTAX_ERROR', lineNumber: 2 });
    expect(columnNumber).to.equal((places[0] as number) - source.indexOf('\n'));
    expect(message).to.match(/cannot assign to 'x'/);
  }
}

function expectConcerns(marked: string): void {
  const { source, places } = unmark(marked);
  const expected = places.map((start) => ({ kind: 'assignment to an import', start, name: 'x' }));
  expect(agreedFacts(source).concerns, source).to.deep.equal(expected);
}

/** The reader of tokens says nothing of a source that it has not understood as the tree does. */
function expectSameOfTokens(marked: string): void {
  const { source } = unmark(marked);
  const plain = moduleFacts(source, {});
  if (plain) expect(withoutParts(plain), source).to.deep.equal(factsOf(source, { parser: meriyah }));
}

describe('assignments to imports', () => {
  const certain = ['@x = 1', '@x += 1', '@x **= 1', '@x++', '--@x', '(@x) = 1', 'a(); @x = b'];
  const byPattern = [
    '[@x] = a',
    '[, [@x = 1]] = a',
    '[...@x] = a',
    '({ @x } = a)',
    '({ @x = 1 } = a)',
    '({ a: @x } = b)',
    '({ a: [{ b: @x = 1 }] } = c)',
  ];
  for (const source of [...certain, ...byPattern]) {
    it(`fail the build where they certainly run: ${source}`, () => {
      for (const declaration of [...named, NAMESPACE]) expectError(`${declaration}\n${source}`);
    });
  }

  const possible = [
    'a = @x = b',
    '@x = 1, a()',
    'f(@x = 1)',
    'for (@x of a);',
    'for (@x in a);',
    'for ([@x] of a);',
    'for ({ @x } of a);',
    'for (@x = 0; ;);',
    '() => @x = 1',
    'function f(a = @x = 1) {}',
    'function f() { [@x] = a; ({ @x } = a); ({ @x = 1 } = a); @x++; return @x += 1 }',
    '{ let y; y = 1; @x = 1 }',
    'if (a) @x = 1; else @x--',
    'try { @x = 1 } catch (e) {}',
    'while (a) @x++',
    'a && (@x = 1)',
    '[a = @x = 1] = b',
    '[(() => { @x = 1 })().y] = a',
    'class A { f() { @x = 1 } }',
    '`${@x = 1}`',
    '(function (x) { x = 1 }); (function () { @x++ })',
    'export default @x = 1',
    '@x ??= 1',
    '@x ||= 1',
    '() => { @x &&= 1 }',
    '() => { ({ ...@x } = a) }',
    'for await (@x of a);',
    'class A { static { @x = 1 } y = @x = 1 }',
  ];
  for (const source of possible) {
    it(`are told of where they may run: ${source}`, () => {
      for (const declaration of [...named, NAMESPACE]) {
        expectConcerns(`${declaration}\n${source}`);
        expectSameOfTokens(`${declaration}\n${source}`);
      }
    });
  }

  const members = [
    '@x.a = 1',
    '@x.a++',
    '--@x.a; a()',
    '@x[0] += 1; @x["a"] = 1; @x[b] = 1',
    '(@x.a) = 1',
    '[@x.a] = b',
    '[c, @x.a = 1, ...@x.d] = b',
    '({ a: @x.b } = c)',
    '({ a: @x.b = 1, ...@x.c } = d)',
    'for (@x.a of b);',
    'for (@x.a in b);',
    'for ([@x.a] of b);',
    'delete @x.a; delete @x[a]',
    'delete (@x.a)',
    'delete @x?.a; delete @x?.[a]',
    '() => { @x.a = 1 }',
    'a = b; @x.a ||= c',
  ];
  for (const source of members) {
    it(`are told of where members of namespaces are meant: ${source}`, () => {
      expectConcerns(`${NAMESPACE}\n${source}`);
      expectSameOfTokens(`${NAMESPACE}\n${source}`);
      for (const declaration of named)
        expect(agreedFacts(`${declaration}\n${unmark(source).source}`).concerns).to.be.empty;
    });
  }

  const none = [
    'x[x == 1]; f(x == 1, x === 2, x => x = 1)',
    'x.a.b = 1; x.a().b++; delete x.a.b',
    '[x.a.b] = c',
    'for (x.a.b of c);',
    'x().a = 1; y.x.a = 1',
    'f(x.a, [x.b, x.c], { d: x.e })',
    '(x.a)',
    'a[x.b] = c[x.d]',
    'for (a of x.b);',
    'a = { b: x.c, ...x.d }; a = [x.b] == c',
    '(x => { x = 1; x.a = 1 })',
    '(function () { var x; x = 1; x++; x.a = 1 })',
    '{ let x; [x] = a; [x.b] = c }',
    'for (let x of a) x = 1',
    'for (var i = x; i < x; i++);',
    'try {} catch (x) { x = 1 }',
    '({ x: a } = b); [a = x] = b; ({ a = x } = b); ({ [x]: a } = b); ({ [x.a]: a } = b); [a = x.b] = c',
    'class A { x = 1; y() { this.x = 1 } }',
    'if ("a" === "b") { x = 1 }',
  ];
  for (const source of none) {
    it(`none in ${source}`, () => {
      for (const declaration of [...named, NAMESPACE]) {
        expectConcerns(`${declaration}\n${source}`);
        expectSameOfTokens(`${declaration}\n${source}`);
      }
    });
  }
});
