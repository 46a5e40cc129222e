/** Which file a specifier means. */
import { symlinkSync } from 'node:fs';
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { failure, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

async function run(files: ProjectFiles, options: dynapack.Options = {}): Promise<unknown> {
  const project = new Project(files);
  const { visit } = await pack([project.path('main.js')], { root: project.directory, ...options });
  return (await visit('main')).page.result;
}

/** Shorthand: main.js requires one specifier. */
const main = (specifier: string): ProjectFiles => ({ 'main.js': `self.result = require('${specifier}');` });
const gives = (value: string): string => `module.exports = '${value}';`;

describe('resolution', () => {
  it('tries extensions, index files and JSON', async () => {
    const files = {
      'x.js': gives('x.js'),
      'x/index.js': gives('x/index.js'),
      'y/index.json': '"y"',
      'z.cjs': gives('z'),
    };
    expect(await run({ ...main('./x'), ...files })).to.equal('x.js');
    expect(await run({ ...main('./x/'), ...files })).to.equal('x/index.js');
    expect(await run({ ...main('./y'), ...files })).to.equal('y');
    expect(await run({ ...main('./z'), ...files })).to.equal('z');
    expect(
      await run({ ...main('./w'), 'w.mine': gives('w') }, { resolve: { extensions: ['.mine'] } }),
    ).to.equal('w');
  });

  it('finds packages upwards, by main and by path', async () => {
    const files = {
      'node_modules/pkg/package.json': { main: './lib/entry' },
      'node_modules/pkg/lib/entry.js': gives('entry'),
      'node_modules/pkg/lib/other.js': gives('other'),
      'node_modules/@scope/pkg/index.js': gives('scoped'),
    };
    expect(await run({ ...files, ...main('pkg') })).to.equal('entry');
    expect(await run({ ...files, ...main('pkg/lib/other') })).to.equal('other');
    expect(await run({ ...files, ...main('@scope/pkg') })).to.equal('scoped');
    const deep = { ...main('./a/b/c'), 'a/b/c.js': "module.exports = require('pkg');" };
    expect(await run({ ...files, ...deep })).to.equal('entry');
  });

  it('honours a browser field that is a string', async () => {
    const files = {
      'node_modules/pkg/package.json': { main: 'node.js', browser: 'browser.js' },
      'node_modules/pkg/node.js': gives('node'),
      'node_modules/pkg/browser.js': gives('browser'),
    };
    expect(await run({ ...files, ...main('pkg') })).to.equal('browser');
  });

  it('honours a browser field that is a map: files, packages, builtins and false', async () => {
    const files = {
      'node_modules/pkg/package.json': {
        browser: {
          './node.js': './browser.js',
          dep: './dep.js',
          net: './net.js',
          fs: false,
          './gone': false,
        },
      },
      'node_modules/pkg/index.js':
        "module.exports = [require('./node'), require('dep'), require('net'), require('fs'), require('./gone')];",
      'node_modules/pkg/browser.js': gives('browser'),
      'node_modules/pkg/dep.js': gives('dep'),
      'node_modules/pkg/net.js': gives('net'),
    };
    expect(await run({ ...files, ...main('pkg') })).to.deep.equal(['browser', 'dep', 'net', {}, {}]);
  });

  it('honours exports with conditions, patterns and what they forbid', async () => {
    const files = {
      'node_modules/pkg/package.json': {
        exports: {
          '.': { import: './module.mjs', browser: './browser.js', require: './node.js' },
          './features/*': './features/*.js',
          './mode': { development: './development.js', production: './production.js' },
        },
      },
      'node_modules/pkg/browser.js': gives('browser'),
      'node_modules/pkg/features/a.js': gives('a'),
      'node_modules/pkg/production.js': gives('production'),
      'node_modules/pkg/development.js': gives('development'),
      'node_modules/pkg/hidden.js': gives('hidden'),
    };
    expect(await run({ ...files, ...main('pkg') })).to.equal('browser');
    expect(await run({ ...files, ...main('pkg/features/a') })).to.equal('a');
    const env = { NODE_ENV: 'development' };
    expect(await run({ ...files, ...main('pkg/mode') }, { env })).to.equal('development');
    expect(await run({ ...files, ...main('pkg/mode') }, { env: { NODE_ENV: 'production' } })).to.equal(
      'production',
    );
    const project = new Project({ ...files, ...main('pkg/hidden') });
    const error = await failure(pack([project.path('main.js')]));
    expect(error.code).to.equal('MODULE_NOT_FOUND');
    expect(error.toString()).to.include('exports').and.include('main.js:1:23');
  });

  it('gives builtins their shims, also with node:, and before packages of the same name', async () => {
    const trap = { 'node_modules/path/index.js': gives('trap') };
    expect(await run({ 'main.js': "self.result = require('path').join('a', '..', 'b');", ...trap })).to.equal(
      'b',
    );
    expect(await run({ 'main.js': "self.result = require('node:path').basename('a/b');" })).to.equal('b');
    expect(await run({ 'main.js': "self.result = require('fs');" })).to.deep.equal({});
    expect(await run(main('node:fs/promises'))).to.deep.equal({});
    const posix = "self.result = require('node:path/posix') === require('path');";
    expect(await run({ 'main.js': posix })).to.equal(true);
    expect(
      await run({
        'main.js': "self.result = require('crypto').createHash('sha1').update('a').digest('hex');",
      }),
    ).to.equal('86f7e437faa5a7fce15d1ddcb9eaeaea377667b8');
  });

  it('names builtins that have no shim, and says what to do', async () => {
    const project = new Project(main('worker_threads'));
    const error = await failure(pack([project.path('main.js')]));
    expect(error.code).to.equal('MODULE_NOT_FOUND');
    expect(error.toString()).to.include('no browser shim').and.include("alias: { 'worker_threads': false }");
  });

  it('honours alias, false included', async () => {
    const alias = { old: './new.js', unwanted: false as const };
    const options = { resolve: { alias } };
    const project = new Project({ 'main.js': "self.result = require('unwanted');" });
    const { visit } = await pack([project.path('main.js')], options);
    expect((await visit('main')).page.result).to.deep.equal({});
  });

  it('honours external', async () => {
    const source = "self.jQuery = 'global jQuery'; self.result = require('jquery');";
    expect(await run({ 'main.js': source }, { external: { jquery: 'self.jQuery' } })).to.equal(
      'global jQuery',
    );
  });

  it('knows builtins with and without node: in aliases, externals and builtins', async () => {
    const both = { 'main.js': "self.fs = 'global'; self.result = [require('fs'), require('node:fs')];" };
    for (const name of ['fs', 'node:fs']) {
      expect(await run(both, { external: { [name]: 'self.fs' } })).to.deep.equal(['global', 'global']);
      const files = { ...both, 'mine.js': gives('mine') };
      const project = new Project(files);
      const resolve = { alias: { [name]: project.path('mine.js') } };
      expect(await run(files, { resolve })).to.deep.equal(['mine', 'mine']);
      const builtins = { [name]: project.path('mine.js') };
      expect(await run(files, { builtins })).to.deep.equal(['mine', 'mine']);
    }
    expect(await run(main('node:foo'), { resolve: { alias: { 'node:foo': false } } })).to.deep.equal({});
    const error = await failure(run(main('node:constructor')));
    expect(error.code).to.equal('MODULE_NOT_FOUND');
  });

  it('takes a question mark for a part of the name where there is such a file', async () => {
    const files = { 'a.js': gives('a'), 'b.js?x': gives('b?x'), 'b.js': gives('b'), 'c?x.js': gives('c?x') };
    expect(await run({ ...files, ...main('./b.js?x') })).to.equal('b?x');
    expect(await run({ 'b.js?x': gives('alone'), ...main('./b.js?x') })).to.equal('alone');
    expect(await run({ ...files, ...main('./c?x') })).to.equal('c?x');
    expect(await run({ 'd#x.js': gives('d#x'), ...main('./d#x') })).to.equal('d#x');
  });

  it('treats a link and its target as one module, unless symlinks is off', async () => {
    const files = {
      'main.js': "self.result = require('./real') === require('./link');",
      'real.js': 'module.exports = {};',
    };
    for (const symlinks of [true, false]) {
      const project = new Project(files);
      symlinkSync(project.path('real.js'), project.path('link.js'));
      const { visit } = await pack([project.path('main.js')], { resolve: { symlinks } });
      expect((await visit('main')).page.result).to.equal(symlinks);
    }
  });

  it('gives import and require the files a package has for each', async () => {
    const files = {
      'node_modules/pkg/package.json': { exports: { import: './i.mjs', require: './r.cjs' } },
      'node_modules/pkg/i.mjs': "export const kind = 'import';",
      'node_modules/pkg/r.cjs': "exports.kind = 'require';",
      'required.js': "module.exports = require('pkg').kind;",
    };
    const source =
      "import { kind } from 'pkg'; import required from './required'; self.result = [kind, required];";
    expect(await run({ 'main.js': source, ...files })).to.deep.equal(['import', 'require']);
    const resolve = { conditions: ['browser', 'require'] };
    expect(await run({ 'main.js': source, ...files }, { resolve })).to.deep.equal(['require', 'require']);
  });

  it('reads files without extension in packages of ES modules as what their syntax says', async () => {
    const files = {
      'node_modules/pkg/package.json': {
        type: 'module',
        exports: { '.': { import: './index.js', require: './common' }, './own': './own' },
      },
      'node_modules/pkg/index.js': "export const kind = 'import';",
      'node_modules/pkg/common': "module.exports = () => 'called';",
      'node_modules/pkg/own': "export const kind = typeof module; export const own = import.meta.url !== '';",
    };
    const source = "const own = require('pkg/own'); self.result = [require('pkg')(), own.kind, own.own];";
    expect(await run({ 'main.js': source, ...files })).to.deep.equal(['called', 'undefined', true]);
  });

  it("finds a written entry by TypeScript's habit, too", async () => {
    const project = new Project(main('./part.js'));
    const part = { path: project.path('part.ts'), contents: Buffer.from(gives('part.ts')) };
    const { visit } = await pack([project.path('main.js'), part]);
    expect((await visit('main')).page.result).to.equal('part.ts');
  });

  it('leaves import() of a variable to the browser, and takes a URL for a global', async () => {
    const url = 'https://cdn.example/x.js';
    const source = `self.global = 'x'; self.load = function (url) { return import(url); }; self.result = require('${url}');`;
    expect(await run({ 'main.js': source }, { external: { [url]: 'self.global' } })).to.equal('x');
    expect(await run(main(url), { resolve: { alias: { [url]: false } } })).to.deep.equal({});
  });

  it('keeps two versions of a package apart', async () => {
    const files = {
      'main.js': "self.result = [require('dep'), require('pkg')];",
      'node_modules/dep/index.js': gives('dep 1'),
      'node_modules/pkg/index.js': "module.exports = require('dep');",
      'node_modules/pkg/node_modules/dep/index.js': gives('dep 2'),
    };
    expect(await run(files)).to.deep.equal(['dep 1', 'dep 2']);
  });
});
