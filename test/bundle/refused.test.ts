/** What a browser would refuse fails the build, with its place and what to do. */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import type { SyntaxTree } from '../../lib/parse/parser';
import { failure, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { meriyah } from '../parse/engines';

async function fails(files: ProjectFiles, options?: dynapack.Options): Promise<dynapack.DynapackError> {
  const project = new Project(files);
  return failure(pack([project.path('main.js')], { root: project.directory, ...options }));
}

/** Expects that the build of the files fails at the `@@` in one of them, which is taken out. */
async function expectFailure(
  marked: Record<string, string>,
  message: RegExp,
  options?: dynapack.Options,
): Promise<dynapack.DynapackError> {
  const files = Object.fromEntries(
    Object.entries(marked).map(([name, text]) => [name, text.replace('@@', '')]),
  );
  const [name, text] = Object.entries(marked).find(([, each]) => each.includes('@@')) as [string, string];
  const before = text.slice(0, text.indexOf('@@')).split('\n');
  const error = await fails(files, options);
  const place = `${name}:${before.length}:${(before.at(-1) as string).length + 1}`;
  expect(error.toString()).to.include(place).and.to.match(message);
  return error;
}

/** A part of a project by itself: its own module, and that of a package. */
const places = (text: string): Record<string, string>[] => [
  { 'main.js': "import './part.js';", 'part.js': text },
  {
    'main.js': "import 'package';",
    'node_modules/package/package.json': '{"main":"index.js"}',
    'node_modules/package/index.js': text,
  },
];

const table: [source: string, message: RegExp][] = [
  ['export {};\n@@@decorated class A {}', /'decorators' is not known.*No browser.*transform/s],
  ['export {};\n@@@decorated export class A {}', /'decorators' is not known/],
  ['module.exports = class {\n  @@@decorated method() {}\n};', /'decorators' is not known/],
  ['export class A {\n  @@@first @second(1) field = 1;\n}', /'decorators' is not known/],
  ['export class A {\n  @@accessor field = 1;\n}', /'accessor' is not known/],
  ['var a = 1;\nmodule.exports = @@/(?<a>b)(?<a>c)/;', /Duplicate capture group name/],
  ['export const a = 1;\nexport default () => @@/(?<a>b)(?<a>c)/;', /Duplicate capture group name/],
  ['\tvar ü = 1; module.exports = @@/(/', /Unterminated group/],
  ['module.exports = @@/a/gg', /flag/],
  ['export {};\nfunction x() {}\nfunction @@x() {}', /Duplicate binding 'x'/],
  ['export {};\nvar g;\nfunction* @@g() {}', /Duplicate binding 'g'/],
  ['export {};\na\n@@--> b', /Unexpected token/],
  ['export {};\nfunction f() {\n  @@await (1);\n}', /[Aa]wait/],
  ["if (1) import @@'a'", /Expected/],
  ["@@import defer * as a from 'a';", /'import defer' is not supported.*without 'defer'/s],
  ["@@import source a from 'a';", /'import source' is not supported.*WebAssembly/s],
  ["export const a = @@import.defer('a');", /'import.defer\(\)' is not supported.*import\('…'\)/s],
  ["exports.a = () => @@import.source('a');", /'import.source\(\)' is not supported/],
  ['export {};\n@@await using a = b;', /'await using' is not supported.*async function/s],
  ['export {};\n{\n  @@await using a = b;\n}', /'await using' is not supported/],
  ['export {};\nfor (@@await using a of b);', /'await using' is not supported/],
  ['export {};\nfor await (@@await using a of b);', /'await using' is not supported/],
];

describe('modules that a browser refuses', () => {
  for (const [marked, message] of table) {
    it(marked.replaceAll('\n', ' '), async () => {
      for (const files of places(marked)) await expectFailure(files, message);
    });
  }

  it('are found among many', async () => {
    const parts = Array.from({ length: 40 }, (_, index) => `part${index}.js`);
    const files = Object.fromEntries(parts.map((name) => [name, 'export default 1; function f() {}']));
    const imports = parts.map((name) => `import './${name}';`).join('\n');
    const project = new Project({ ...files, 'main.js': imports });
    await pack([project.path('main.js')], { root: project.directory });
    const error = await expectFailure(
      { ...files, 'part33.js': 'export default 1;\nvar a = @@/[/;', 'main.js': imports },
      /Unterminated regular expression/,
    );
    expect(error.code).to.equal('SYNTAX_ERROR');
  });

  it("are found whatever the project's own parser says", async () => {
    const parser = (source: string, context: { module: boolean; fileName: string }): SyntaxTree =>
      meriyah(source.replaceAll('?<b>', '?<c>'), context);
    await expectFailure({ 'main.js': 'export {};\na = @@/(?<b>c)(?<b>d)/' }, /Duplicate/, { parser });
    await expectFailure({ 'main.js': 'let a;\nlet @@module' }, /parameters require, module and exports/, {
      parser,
    });
  });

  it('are told from what this Node is too old for', async () => {
    // No engine knows this modifier yet, perhaps one will.
    const error = await expectFailure({ 'main.js': 'a = 1;\nb = @@/(?q:c)/;' }, /Invalid group/);
    expect(error.hint)
      .to.include(`Node ${process.versions.node}`)
      .and.to.match(/newer Node.*transform/s);
  });

  it('are not those that use what looks alike', async () => {
    const project = new Project({
      'main.js': `
        import defer from './part.js'; import source, { a as from } from './part.js';
        var using = 1, accessor = 2, await_ = 3;
        class A { accessor = accessor; static using = using; }
        self.result = [defer, source, from, new A().accessor, A.using, (async () => { await (1) })() && 4];
      `,
      'part.js': "export default 'default'; export const a = /(?<a>b)/.exec('b').groups.a;",
    });
    const { visit } = await pack([project.path('main.js')], { root: project.directory });
    const { page, errors } = await visit('main');
    expect(errors).to.deep.equal([]);
    expect(page.result).to.deep.equal(['default', 'default', 'b', 2, 1, 4]);
  });
});
