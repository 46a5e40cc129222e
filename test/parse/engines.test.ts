import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { expect } from 'chai';
import { labelComment } from '../../lib/parse/declared/labels';
import { isInteresting, isNewer, looksLikeModule } from '../../lib/parse/gate';
import { parseModern } from '../../lib/parse/tree/modern';
import { esprima, factsOf, meriyah, moduleStart, sameFacts } from './engines';

const PACKAGES = [
  'esprima',
  'through2',
  'readable-stream',
  'gulp',
  'vinyl',
  'crypto-browserify',
  'chai',
  'terser',
];

describe('gate', () => {
  const label = labelComment(['js']);

  for (const word of [
    'require',
    'import',
    'export',
    'await',
    'process',
    'Buffer',
    'global',
    '__filename',
    '__dirname',
  ]) {
    it(`is interested in ${word}`, () => {
      expect(isInteresting(`a;${word}.b`, label)).to.equal(true);
      expect(isInteresting(`a;$$${word}b.c`, label)).to.equal(false);
    });
  }

  it('is interested in labels', () => {
    expect(isInteresting("'a' /* js */", label)).to.equal(true);
    expect(isInteresting("'a' /* css */", label)).to.equal(false);
    expect(isInteresting("'a' /* js */", undefined)).to.equal(false);
  });

  const newer = [
    '({...a})',
    'let {...a} = b',
    'a?.b',
    'a?.[0]',
    'a ?? b',
    'a ||= b',
    'a &&= b',
    'a ??= b',
    'import(a)',
    'import.meta',
    'export * as a from "b"',
    'try {} catch {}',
    'async function* a() {}',
    'a = { async *b() {} }',
    'class A { static a = 1 }',
    'class A { static { } }',
    'this.#a',
    '1_000',
    '1n',
    '0xFFn',
    'for await (a of b);',
  ];
  for (const source of newer) {
    it(`newer: ${source}`, () => expect(isNewer(source)).to.equal(true));
  }

  for (const source of [
    'a ? .5 : 1',
    'f(a, [...b])',
    'async () => await a',
    'catch (e) {',
    'a || b',
    'a1_1',
    '/a?b/',
  ]) {
    it(`not newer: ${source}`, () => expect(isNewer(source)).to.equal(false));
  }

  it('tells modules by their first words', () => {
    for (const source of [
      'import "a"',
      'a;import{b}from"c"',
      '/**/export default 1',
      'x\n  export * from "a"',
    ]) {
      expect(looksLikeModule(source), source).to.equal(true);
    }
    for (const source of [
      'import("a")',
      '// import a from "b"',
      'a.export = 1',
      '"export {}"',
      'exports.a',
    ]) {
      expect(looksLikeModule(source), source).to.equal(false);
    }
  });
});

describe('module syntax', () => {
  /** The module syntax starts at `@`, which is taken out; without one the source is a script. */
  const table = [
    "@import 'a'",
    "a; @import b from 'c'; export default 1",
    '/* a */ @export { a }; var a',
    'var a; @export default a',
    "@export * from 'a'",
    '\uFEFF#!node\n@export const a = 1',
    'f(@import.meta.url)',
    'function f() { return @import.meta }',
    '@await a()',
    'a; for (;;) { b(@await c) }',
    '@for await (a of b);',
    'async function f() { await a; for await (b of c); }',
    "import('a')",
    "module.exports = `\nimport a from 'b'\n`; with (c) d",
    "/*\nimport a from 'b'\n*/ a = 010",
    'var await; await',
    "'export default a'",
    'exports.default = 1',
  ];
  for (const marked of table) {
    it(JSON.stringify(marked), () => {
      const offset = marked.indexOf('@');
      const facts = factsOf(marked.replace('@', ''));
      expect(moduleStart(facts)).to.equal(offset < 0 ? undefined : offset);
    });
  }
});

describe('engines', () => {
  it('agree on random programs', () => {
    let found = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const source = randomProgram(seed);
      // Some declare a name twice.
      const options = { env: { A: 'x' }, refusalOf: () => undefined, isAccepted: () => true };
      const { references, replacements } = sameFacts(source, options);
      const ends = [...references, ...replacements].sort((a, b) => a.start - b.start);
      for (const [index, { start }] of ends.entries()) {
        expect(start, source).to.be.at.least(ends[index - 1]?.end ?? 0);
      }
      found += ends.length;
    }
    expect(found).to.be.greaterThan(1000);
  });

  it('take a parser of the user, with range or with start and end', () => {
    const source = "import('./a'); require('b')";
    const bare = (start: number, end: number) => ({ start, end });
    const call = {
      type: 'CallExpression',
      callee: { type: 'Identifier', name: 'require', ...bare(15, 22) },
      arguments: [{ type: 'Literal', value: 'b', ...bare(23, 26) }],
      ...bare(15, 27),
    };
    const unknown = { type: 'Decorated', hints: ['a', null, call], parts: { b: 1 }, ...bare(0, 27) };
    const program = { type: 'Program', sourceType: 'script', body: [unknown], ...bare(0, 27) };
    const { references } = factsOf(source, { parser: () => program });
    expect(references.map(({ specifier, start, end }) => [specifier, start, end])).to.deep.equal([
      ['b', 23, 26],
    ]);
  });

  for (const name of PACKAGES) {
    it(`agree on ${name} and accept what Node accepts`, () => {
      for (const file of filesOf(name)) {
        const source = readFileSync(file, 'utf8');
        if (!acceptedByNode(source)) continue;
        const facts = factsOf(source, { fileName: file });
        if (isNewer(source)) continue;
        expect(factsOf(source, { parser: meriyah }), file).to.deep.equal(facts);
        try {
          expect(factsOf(source, { parser: esprima }), file).to.deep.equal(facts);
        } catch (error) {
          expect(error, file).to.have.property('message', 'not for esprima');
        }
      }
    }).timeout(30_000);
  }
});

describe('large sources', () => {
  it('of one line', () => {
    const source = `${'function f(a,b){return a?b(a+1):"x"+a.c}'.repeat(130_000)}require("x")`;
    expect(source.length).to.be.greaterThan(5e6);
    expect(factsOf(source).references.map(({ specifier }) => specifier)).to.deep.equal(['x']);
  }).timeout(30_000);

  for (const operator of ['+', '===', '&&', '||', ',', '.concat(b).concat']) {
    it(`of one long chain of ${operator}`, () => {
      const source = `(${`("a")${operator}`.repeat(100_000)}(require("x")))`;
      expect(factsOf(source).references).to.have.length(operator === '||' ? 0 : 1);
    }).timeout(20_000);
  }

  it('of one long sum, in both engines', () => {
    const source = `a = ${'"a" + '.repeat(100_000)}"b"; require("x")`;
    expect(sameFacts(source).references).to.have.length(1);
  }).timeout(20_000);

  it('of much white space', () => {
    const source = `${'\n'.repeat(500_000)}import 'a'${' \n'.repeat(500_000)}`;
    expect(moduleStart(factsOf(source))).to.equal(500_000);
  }).timeout(5000);
});

function filesOf(name: string): string[] {
  const folder = join('node_modules', name);
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.js')).map((file) => join(folder, file));
}

function acceptedByNode(source: string): boolean {
  try {
    new Script(`(function (exports, require, module) {${source.replace(/^#!.*/, '')}\n})`);
    return true;
  } catch {
    return false;
  }
}

/** A program out of nested statements that declare, use and hide the watched names. */
function randomProgram(seed: number): string {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % limit;
  };
  const name = () => ['require', 'process', 'Buffer', '__dirname', 'a'][below(5)] as string;
  const expression = (depth: number): string => {
    const inner = () => (depth > 3 ? name() : expression(depth + 1));
    const forms = [
      () => `require('${below(9)}')`,
      () => `'./${below(9)}' /*js*/`,
      () => `__dirname + \`/${below(9)}\` /* js */`,
      () => `process.env.A`,
      () => `(process.env.A === 'x' ? ${inner()} : ${inner()})`,
      () => `(${inner()} && ${inner()} || !${inner()})`,
      () => `function ${name()}(${name()} = ${inner()}) { ${statement(depth + 1)} }`,
      () => `((${name()}, [b = ${inner()}]) => (${inner()}))`,
      () => `{ ${name()}: ${inner()}, ${name()}() { ${statement(depth + 1)} }, [${inner()}]: 1 }`,
      () => `class ${name()} { ${name()}() { ${statement(depth + 1)} } }`,
      () => `\`a\${${inner()}}b\``,
      () => `(${inner()}, ${name()}.${name()}, /${name()}/)`,
    ];
    return (forms[below(forms.length)] as () => string)();
  };
  const statement = (depth: number): string => {
    const inner = () => (depth > 3 ? `f(${name()});` : statement(depth + 1));
    const forms = [
      () => `f(${expression(depth)});`,
      () => `var ${name()} = ${expression(depth)};`,
      () => `{ let ${name()} = ${expression(depth)}; ${inner()} }`,
      () => `function ${name()}(c) { ${inner()} ${inner()} }`,
      () => `if (${expression(depth)}) { ${inner()} } else { ${inner()} }`,
      () => `try { ${inner()} } catch (${name()}) { ${inner()} }`,
      () => `for (let ${name()} of [${expression(depth)}]) { ${inner()} }`,
      () => `switch (${name()}) { case 1: ${inner()} default: class ${name()} {} ${inner()} }`,
      () => `${name()} = ${expression(depth)};`,
      () => `${name()}: for (;;) { break; }`,
    ];
    return (forms[below(forms.length)] as () => string)();
  };
  return Array.from({ length: 4 }, () => statement(0)).join('\n');
}

describe('a regular expression that begins a line', () => {
  const ending = (source: string): string[] =>
    parseModern(source, true).body.map((node) => source.slice(...places(node)));
  const places = (node: object): [number, number] => {
    const { start, end } = node as { start: number; end: number };
    return [start, end];
  };

  for (const statement of [
    'let a',
    'var a, b',
    'export let a',
    'export {}',
    "import a from 'a'",
    "import 'a'",
    "export * from 'a'",
    'while (a) continue',
    'if (a) b(); else var c',
  ]) {
    it(`ends ${statement}`, () => {
      expect(ending(`${statement}\n/"/.test(a)`)).to.deep.equal([statement, '/"/.test(a)']);
      expect(ending(`${statement}\r\n\r\n  /"/g`)[0]).to.equal(statement);
      expect(ending(`${statement}\n/a/\n${statement.replace(/\ba\b/g, 'd')}\n/"/`)).to.have.length(4);
    });
  }

  it('ends no head of a loop and no field of a class, and nothing in the midst of a line', () => {
    for (const source of ['for (let a\n/b/;) ;', 'for (let a\n/b/;;) ;', 'class A { a\n/b/ }', 'let a /b/']) {
      expect(() => ending(source), source).to.throw();
    }
  });
});
