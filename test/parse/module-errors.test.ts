// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are sources.
/** Early errors of ES modules: what no engine would link or run, with the place. */
import { expect } from 'chai';
import { DynapackError } from '../../lib/errors';
import { explainRefusal, type Parser } from '../../lib/parse/parse';
import { factsOf } from './engines';

/** The error and the offset of its place in a source. */
function errorOf(source: string, parser?: Parser): { error: DynapackError; offset: number } {
  try {
    factsOf(source, parser && { parser });
  } catch (error) {
    expect(error).to.be.instanceOf(DynapackError);
    const found = error as DynapackError;
    const lines = source.split('\n').slice(0, (found.lineNumber as number) - 1);
    const before = lines.reduce((sum, line) => sum + line.length + 1, 0);
    return { error: found, offset: before + (found.columnNumber as number) - 1 };
  }
  throw new Error(`accepted: ${source}`);
}

/** Expects an error at the `@`, which is taken out, with the message. */
function expectError(marked: string, message: RegExp, parsers: (Parser | undefined)[]): void {
  for (const parser of parsers) {
    const { error, offset } = errorOf(marked.replace('@', ''), parser);
    expect([error.code, offset], error.toString()).to.deep.equal(['SYNTAX_ERROR', marked.indexOf('@')]);
    expect(error.message).to.match(message);
    expect(error.frame).to.include('^');
  }
}

describe('declarations of modules', () => {
  for (const source of [
    'export const a = 1; function f() { @export const b = 2; }',
    "if (self) { import @x from 'b'; } export {};",
    'function f() { @export default 1; } module.exports = f;',
  ])
    it(`stand in no function or block: ${source}`, () => {
      expectError(source, /^'(?:import|export)' declares something at the top level of a module only/, [
        undefined,
      ]);
    });
});

describe('imports that cannot be', () => {
  const twice = [
    "import { @a } from 'b'; import { c as a } from 'd';",
    "import { @a, c as a } from 'b';",
    "import @a, { a } from 'b';",
    "import @a, * as a from 'b';",
    "import { @a } from 'b'; let a;",
    "import { @a } from 'b'; var a;",
    "import { @a } from 'b'; { { var a } }",
    "import { @a } from 'b'; for (var a in c);",
    "import { @a } from 'b'; function a() {}",
    "import { @a } from 'b'; class a {}",
    "import { @a } from 'b'; export function a() {}",
    "import { @a } from 'b'; export default class a {}",
    "export default function a() {} import * as @a from 'b';",
  ];
  for (const source of twice) {
    it(`twice: ${source}`, () => {
      const at = source.replace('* as @', '@* as ');
      expectError(at, /'a' cannot be declared by this import: this module declares that name again/, [
        undefined,
      ]);
    });
  }

  for (const source of [
    "import { eval @} from 'b';",
    "import { a as @arguments } from 'b';",
    "import @eval from 'b';",
  ]) {
    it(source, () => expectError(source, /eval or arguments/, [undefined]));
  }

  const once = [
    "import { a } from 'b'; { let a } (function () { var a; function a() {} }); (a => a)",
    "import { a } from 'b'; { function a() {} class c {} } try {} catch (a) {}",
    "import { a } from 'b'; (class a {}); (function a() {}); for (let a of []);",
    "import { a as c } from 'b'; let a; import { eval as d, arguments as e } from 'b';",
    "import { a } from 'b'; a: for (;;) break a; export { a, a as c };",
  ];
  for (const source of once) {
    it(`none in ${source}`, () => expect(factsOf(source).syntax).to.be.an('object'));
  }
});

describe('exports that cannot be', () => {
  const twice = [
    'var a, b; export { a }; export { @a };',
    'var a; export { a, @a };',
    'export let a; export { @a };',
    'var b; export { b as a }; @export function a() {}',
    'export default 1; @export default 2;',
    'export default 1; var a; export { @a as default };',
    "export default 1; export { @default } from 'a';",
    "export { a } from 'a'; export { @b as a } from 'b';",
    "export * as a from 'a'; @export * as a from 'b';",
    "import { a } from 'a'; export { a }; export { @a };",
  ];
  for (const source of twice) {
    it(`twice: ${source}`, () => {
      expectError(source, /exported twice|[Dd]uplicate/, [undefined]);
    });
  }

  const undeclared = [
    'export { @a };',
    'var b; export { b, @a as c };',
    'export { @a }; { let a }',
    'export { @a }; { function a() {} }',
    'export { @a }; function f(a) {}',
    'export { @a }; (function a() {});',
    'export { @process };',
    'export { @require };',
    "export { @a }; export { a as b } from 'c';",
    "import { a as b } from 'c'; export { @a };",
  ];
  for (const source of undeclared) {
    it(`undeclared: ${source}`, () => expectError(source, /is exported but declared nowhere/, [undefined]));
  }

  const declared = [
    'export { a }; var a;',
    'export { a }; { var a }',
    'export { a }; for (var a in b);',
    'export { a }; let { b: [a] } = c;',
    'export { a }; function a() {}',
    'export { a }; class a {}',
    "export { a }; import a from 'b';",
    "export { a }; import * as a from 'b';",
    "export { a }; import { b as a } from 'b';",
    'export { process, require as a }; var process, require;',
  ];
  for (const source of declared) {
    it(`declared: ${source}`, () => expect(factsOf(source).syntax).to.be.an('object'));
  }
});

describe('what ES modules may not be', () => {
  const table: [source: string, line: number, column: number][] = [
    ['export let a;\nreturn;', 2, 1],
    ['export let a;\nwith (a) {}', 2, 6],
    ['export let a;\na = 010;', 2, 5],
    ['export let a;\nvar await;', 2, 5],
    ['export let a;\nfunction f() { await a }', 2, 16],
    ['export let a;\n() => { for await (b of a); }', 2, 13],
    ["export let a;\nf(import 'b')", 2, 10],
    ['export let a;\nvar static;', 2, 5],
  ];
  for (const [source, line, column] of table) {
    it(source.replace('\n', ' '), () => {
      const { error } = errorOf(source);
      expect(error.code).to.equal('SYNTAX_ERROR');
      expect([error.lineNumber, error.columnNumber], error.toString()).to.deep.equal([line, column]);
    });
  }

  it('is found with care once an engine refuses what was rendered', () => {
    const twice = "import { a } from 'a';\nlet b; let b;";
    expect(factsOf(twice, { published: true }).syntax).to.be.an('object');
    const refusal = { message: 'refused', offset: 3, engine: 'Node 1' };
    const { message, lineNumber, columnNumber } = explainRefusal(twice, refusal, true, '/m.js');
    expect([message, lineNumber, columnNumber]).to.deep.equal(["Duplicate binding 'b'", 2, 12]);
  });
});
