/** Errors of the project's own modules that engines do not see in scripts: no module is taken for valid that is not. */
import { expect } from 'chai';
import { isAccepted, refusalOf } from '../../lib/fs/validity';
import { asScript } from '../../lib/parse/as-script';
import { moduleFacts } from '../../lib/parse/from-tokens';
import { parseFacts } from '../../lib/parse/parse';

const HEAD = "import x, { y } from 'x'; import * as n from 'n';";

const parse = (source: string) =>
  parseFacts(source, {
    fileName: '/m.js',
    labels: [],
    env: {},
    published: false,
    type: undefined,
    refusalOf,
    isAccepted,
  });

describe('errors that an engine does not see in scripts', () => {
  const errors = [
    'function f() { await (x) }',
    'function f() { return [x].map(a => await [a]) }',
    'function f() { var await }',
    "if (a) import 'b'",
    'if (a) export var b = 1',
    'if (a) {} else export default x',
    "q: import 'b'",
    "do import 'b'; while (0)",
    "foo() import 'b'",
    'var a = {} export {}',
    'export default function () {}.call(x)',
    'export default class {}\n.a',
    'f() = 1',
    '--a.f()',
    '++a[b].c(d)',
    '--[]()',
    '++(f())',
    'if (a) ++f()',
    'export default ={}',
    'f()++',
    'for (f() of a) ;',
    'for ({}() in a) ;',
  ];
  for (const line of errors) {
    it(line, () => {
      expect(() => parse(HEAD + line))
        .to.throw()
        .with.property('code', 'SYNTAX_ERROR');
    });
  }

  const valid = [
    'export default function () {} x()',
    'export default async function () { await (x); for await (const a of y) await [a] }',
    'export default function* () { yield x }\ny()',
    'export default class {}\nx()',
    'export default [x] /* ; */ ; y()',
    "a\nimport 'b'\nif (a) {} export { a as c }; var a",
    'export const a = 1; export let b; export class C {} export async function f() {}',
  ];
  for (const line of valid) {
    it(`none: ${line}`, () => {
      const facts = moduleFacts(HEAD + line, {});
      expect(facts?.syntax && isAccepted(asScript(HEAD + line, facts.syntax))).to.equal(true);
    });
  }
});
