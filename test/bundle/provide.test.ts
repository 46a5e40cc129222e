/** The option `provide`: free names that modules stand for. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { failure, type Packed, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const LIBRARIES: ProjectFiles = {
  'node_modules/jquery/index.js':
    'self.jqueries = (self.jqueries || 0) + 1; module.exports = { fn: "jquery" };',
  'node_modules/es/package.json': { name: 'es', module: 'index.js' },
  'node_modules/es/index.js':
    'export default "default"; export const named = "named"; export const unused = "nobody";',
  'own.js': 'module.exports = "own";',
};

const PROVIDE = {
  jQuery: 'jquery',
  $: 'jquery',
  whole: 'es',
  named: ['es', 'named'] as const,
  Own: './own.js',
};

function run(files: ProjectFiles, options: dynapack.Options = {}): Promise<Packed> {
  const project = new Project({ ...LIBRARIES, ...files });
  return pack([project.path('main.js')], { root: project.directory, provide: PROVIDE, ...options });
}

const resultOf = async (source: string): Promise<unknown> =>
  (await (await run({ 'main.js': source })).visit('main')).page.result;

describe('provide', () => {
  const cases: Record<string, [source: string, result: unknown]> = {
    'free names': [
      'self.result = [jQuery.fn, $ === jQuery, whole, named, Own, self.jqueries];',
      ['jquery', true, 'default', 'named', 'own', 1],
    ],
    'names that are asked for': ['self.result = typeof jQuery !== "undefined" && jQuery.fn;', 'jquery'],
    'names in functions, properties and templates': [
      'function f() { return { $ }; } self.result = [f().$.fn, `${named}`, (() => Own)()];',
      ['jquery', 'named', 'own'],
    ],
    'none of what is declared': [
      'function f($) { return $; } var Own = 2; { let named = 3; self.inner = named; } self.result = [f(1), Own, self.inner, self.jqueries];',
      [1, 2, 3, undefined],
    ],
    'none of what is written to, or dead': [
      'if (process.env.NODE_ENV === "never") jQuery(); try { $ = 5; } catch (_) {} self.result = [self.jqueries, { named: 1, $: 2 }.named];',
      [undefined, 1],
    ],
  };
  for (const [name, [source, result]] of Object.entries(cases)) {
    it(`gives ${name}`, async () => {
      expect(await resultOf(source)).to.deep.equal(result);
      if (!source.includes('$ = 5')) expect(await resultOf(`${source}\nexport {};`)).to.deep.equal(result);
    });
  }

  it('gives names that Node has, and what they are in Node is not there', async () => {
    const source = "'use strict'; self.result = [Buffer.mine, typeof process, {} instanceof Buffer];";
    const own = { 'buffer.js': 'module.exports = function () {}; module.exports.mine = 1;' };
    const provide = { Buffer: './buffer.js', process: './buffer.js' };
    for (const text of [source, `${source}\nexport {};`]) {
      const packed = await run({ 'main.js': text, ...own }, { provide });
      expect((await packed.visit('main')).page.result).to.deep.equal([1, 'function', false]);
      const files = Object.values(packed.metadata.modules).filter((path) => !path.includes('runtime'));
      expect(files.map((path) => path.slice(path.lastIndexOf('/') + 1)).sort()).to.deep.equal([
        'buffer.js',
        'main.js',
      ]);
    }
  });

  it('holds in packages, once for all', async () => {
    const packed = await run({
      'main.js':
        "require('plugin'); require('other'); self.result = [jQuery.plugin, jQuery.other, self.jqueries];",
      'node_modules/plugin/index.js': 'jQuery.plugin = 1;',
      'node_modules/other/package.json': { name: 'other', module: 'index.mjs' },
      'node_modules/other/index.mjs': '$.other = 2; export default 1;',
    });
    expect((await packed.visit('main')).page.result).to.deep.equal([1, 2, 1]);
  });

  it('is an import in ES modules: live, in circles, and of nothing but what is asked for', async () => {
    const files: ProjectFiles = {
      'main.js': `import './first.js'; self.seen = [typeof count, count]; up(); self.result = [...seen, count, tag\`x\`, { count }, first(), config.debug, config.level];
        function own(count) { return count; } self.own = own(9);`,
      'first.js': 'export const begun = typeof up;',
      'counter.js': `export let count = 0; export function up() { count++; } export const tag = function (strings) { return [strings[0], this]; };
        export const unused = "nobody asks"; import './needs.js';`,
      'needs.js': 'export const first = () => count;',
      'config.js': 'export default { level: 3 };',
    };
    const provide = {
      count: ['./counter.js', 'count'],
      up: ['./counter.js', 'up'],
      tag: ['./counter.js', 'tag'],
      first: ['./needs.js', 'first'],
      config: './config.js',
    } as const;
    const packed = await run(files, { provide, define: { 'config.debug': '"defined"' } });
    const { page } = await packed.visit('main');
    expect(page.result).to.deep.equal(['number', 0, 1, ['x', undefined], { count: 1 }, 1, 'defined', 3]);
    expect(page.own).to.equal(9);
    expect(packed.bundles['main.js']).to.not.include('nobody asks');
  });

  it('may be awaited by what needs it, and fails the build where it exports nothing of that name', async () => {
    const packed = await run(
      {
        'main.js': 'export {}; self.result = late;',
        'late.js': 'export default await Promise.resolve("late");',
      },
      { provide: { late: './late.js' } },
    );
    const visit = await packed.visit('main');
    await visit.settle();
    expect(visit.page.result).to.equal('late');
    const error = await failure(
      run(
        { 'main.js': 'export {};\nself.x = gone;', 'late.js': 'export const here = 1;' },
        { provide: { gone: ['./late.js', 'gone'] } },
      ),
    );
    expect([error.code, error.lineNumber]).to.deep.equal(['NO_EXPORT', 2]);
    expect(String(error)).to.include("'provide'");
  });

  it('has a bundle of its own where several need it, and none where nobody does', async () => {
    const without = await run({ 'main.js': 'self.result = 1;' });
    expect(Object.values(without.bundles).join('')).to.not.include('jqueries');
    const late = await run({
      'main.js': "import('./late.js').then((found) => { self.result = found.x; });",
      'late.js': 'export const x = $.fn;',
    });
    const opened = await late.visit('main');
    await opened.settle();
    expect(opened.page.result).to.equal('jquery');
    expect(late.bundles['main.js']).to.not.include('jqueries');
  });

  it('that names nothing fails the build where the name is used', async () => {
    const error = await failure(run({ 'main.js': 'self.x = Nothing;' }, { provide: { Nothing: 'nothing' } }));
    expect([error.code, error.fileName?.endsWith('main.js')]).to.deep.equal(['MODULE_NOT_FOUND', true]);
    for (const name of [['es', 'nothing'] as const, './nameless.js']) {
      const files = { 'main.js': 'self.y = 1;\nself.x = Nothing;', 'nameless.js': 'export const named = 1;' };
      const missing = await failure(run(files, { provide: { Nothing: name } }));
      expect([missing.code, missing.lineNumber]).to.deep.equal(['NO_EXPORT', 2]);
      expect(`${missing.message} ${missing.hint}`).to.include("'provide'").and.include('named');
    }
    for (const provide of [{ 'a.b': 'x' }, { a: 1 }, { a: ['x'] }, { a: ['x', 'y', 'z'] }]) {
      const refused = await failure((async () => dynapack({ provide: provide as never }))());
      expect(refused.code).to.equal('INVALID_OPTION');
      expect(refused.message).to.include("{ jQuery: 'jquery' }");
    }
  });

  it('is looked for anew from build to build', async () => {
    const project = new Project({ ...LIBRARIES, 'main.js': 'self.result = Own;' });
    const cache = dynapack.cache();
    const build = async () =>
      (
        await (
          await pack([project.path('main.js')], { root: project.directory, provide: PROVIDE, cache })
        ).visit('main')
      ).page.result;
    expect(await build()).to.equal('own');
    project.write({ 'own.js': 'module.exports = "edited";' });
    expect(await build()).to.equal('edited');
    project.write({ 'main.js': 'self.result = [Own, $.fn];' });
    expect(await build()).to.deep.equal(['edited', 'jquery']);
  });
});
