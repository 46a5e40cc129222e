/** Inputs that are odd, broken or hostile: a clear error or the right result, never a hang, never silence. */
import { chmodSync, mkdirSync } from 'node:fs';
import { expect } from 'chai';
import dynapack from 'dynapack';
import File from 'vinyl';
import { failure, finish, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

async function run(files: ProjectFiles, name = 'main'): Promise<unknown> {
  const project = new Project(files);
  const { visit } = await pack([project.path(`${name}.js`)], { root: project.directory });
  const { page, errors } = await visit(name);
  expect(errors).to.deep.equal([]);
  return page.result;
}

async function fails(files: ProjectFiles, options?: dynapack.Options): Promise<dynapack.DynapackError> {
  const project = new Project(files);
  return failure(pack([project.path('main.js')], { root: project.directory, ...options }));
}

describe('odd sources', () => {
  it('an empty entry is a bundle that does nothing', async () => {
    expect(await run({ 'main.js': '' })).to.equal(undefined);
  });

  it('CRLF and LF give the same bytes', async () => {
    const contents = ['// a', 'self.result = `x', 'y`;', ''];
    const [lf, crlf] = await Promise.all(
      ['\n', '\r\n'].map((end) => {
        const project = new Project({});
        return pack([{ path: project.path('main.js'), contents: contents.join(end) }], {
          root: project.directory,
        });
      }),
    );
    expect(lf?.bundles).to.deep.equal(crlf?.bundles);
    expect((await crlf?.visit('main'))?.page.result).to.equal('x\ny');
  });

  it('a byte order mark and a hashbang disappear', async () => {
    const files = {
      'main.js': "\uFEFF#!/usr/bin/env node\nself.result = require('./part');",
      'part.js': "\uFEFF'use strict'; module.exports = (function () { return this; })() === undefined;",
    };
    expect(await run(files)).to.equal(true);
  });

  it('names with spaces and letters of any script', async () => {
    const files = {
      'mine ünï 日本.js': "self.result = require('./teil ß');",
      'teil ß.js': 'module.exports = 1;',
    };
    expect(await run(files, 'mine ünï 日本')).to.equal(1);
  });

  it('5 MB in a single line', async () => {
    const line = `self.result = [${'"0123456789abcdef", '.repeat(250_000)}require('./part')].pop();`;
    expect(line.length).to.be.greaterThan(4_900_000);
    expect(await run({ 'main.js': line, 'part.js': "module.exports = 'end';" })).to.equal('end');
  });

  it('a module that requires itself, and entries that require each other', async () => {
    expect(await run({ 'main.js': "exports.x = 1; self.result = require('./main').x;" })).to.equal(1);
    const project = new Project({
      'a.js': "exports.name = 'a'; self.a = require('./b').name;",
      'b.js': "exports.name = 'b'; self.b = require('./a').name;",
    });
    const { visit } = await pack([project.path('a.js'), project.path('b.js')]);
    const { page } = await visit('a', 'b');
    expect([page.a, page.b]).to.deep.equal(['b', 'a']);
  });

  it('an ES module that begins late', async () => {
    const files = {
      'main.js': "var a = 1;\nimport b from './b'\nself.result = [a, b, c]; import { c } from './b'",
      'b.js': 'export default 2; export let c = 3',
    };
    expect(await run(files)).to.deep.equal([1, 2, 3]);
  });

  it('syntax that is newer than ES2017', async () => {
    const source =
      "class A { #x = 1n; static y = null ?? 2; get x() { return this.#x; } } self.result = [new A()?.x, A.y, require('./part')];";
    expect(await run({ 'main.js': source, 'part.js': 'module.exports = 2 ** 3;' })).to.deep.equal([1n, 2, 8]);
  });
});

describe('broken inputs', () => {
  it('a syntax error is named with file, line, column and frame', async () => {
    const error = await fails({ 'main.js': "require('./part');", 'part.js': '\n\nvar x = {;\n' });
    expect(error.code).to.equal('SYNTAX_ERROR');
    expect(error.fileName).to.match(/part\.js$/);
    expect([error.lineNumber, error.columnNumber]).to.deep.equal([3, 10]);
    expect(error.toString()).to.include('> 3 | var x = {;');
  });

  it('a syntax error in a line of a megabyte shows a short frame', async () => {
    const error = await fails({ 'main.js': `${'var a = 1; '.repeat(100_000)} var = ;` });
    expect(error.toString().length).to.be.lessThan(2000);
    expect(error.toString()).to.include('var = ;');
  });

  it('a file that no transform took is named with the cure', async () => {
    const style = await fails({ 'main.js': "require('./a.scss');", 'a.scss': 'a { color: red }' });
    expect(style.code).to.equal('NOT_JAVASCRIPT');
    expect(style.toString()).to.include('a.scss').and.include('no browser knows').and.include('transform');
    const other = await fails({ 'main.js': "require('./a.abc');", 'a.abc': '<p>{{ text }}</p>' });
    expect(other.code).to.equal('SYNTAX_ERROR');
    expect(other.toString())
      .to.include('a.abc:1:1')
      .and.include('.abc')
      .and.include('between deps() and mods()');
  });

  it('an ES module whose import declares a name twice', async () => {
    const error = await fails({ 'main.js': "import b from './b';\nlet b;", 'b.js': 'export default 1;' });
    expect(error.code).to.equal('SYNTAX_ERROR');
    expect(error.toString()).to.include('main.js:1:8');
  });

  it('JSON that is none is named with the place', async () => {
    const error = await fails({ 'main.js': "require('./a.json');", 'a.json': '{\n  "a": 1,\n}' });
    expect(error.code).to.equal('INVALID_JSON');
    expect(error.toString()).to.include('a.json:3:1').and.include('no comma before a closing bracket');
    const short = await fails({ 'main.js': "require('./a.json');", 'a.json': '["a","b",]\n' });
    expect(short.message).to.equal("not valid JSON: Unexpected token ']'");
  });

  it('a style of a package, in a language of its own', async () => {
    const files = {
      'main.js': "require('pkg/style.less');",
      'node_modules/pkg/style.less': 'a { color: red }',
    };
    const error = await fails(files);
    expect(error.code).to.equal('NOT_JAVASCRIPT');
    expect(error.fileName).to.match(/style\.less$/);
    expect(error.toString())
      .to.include('style.less')
      .and.include('no browser knows')
      .and.include('transform');
  });

  it('broken JavaScript of a package', async () => {
    const error = await fails({
      'main.js': "require('pkg');",
      'node_modules/pkg/index.js': 'let a;\nlet a;',
    });
    expect(error.toString()).to.include('index.js:2:5');
  });

  it('a global expression that is none', async () => {
    const error = await fails({ 'main.js': "require('x');" }, { external: { x: 'foo bar' } });
    expect(error.code).to.equal('SYNTAX_ERROR');
    expect(error.toString()).to.include('x.js:1:').and.include("option 'external'");
    expect(error.frame).to.include('foo bar');
  });

  it('a module that declares a parameter of modules again', async () => {
    const error = await fails({ 'main.js': "require('./part.cjs');", 'part.cjs': '\nconst module = 1;' });
    expect(error.toString()).to.include('part.cjs:2:7').and.include("'module'");
    const type = await fails({
      'package.json': { type: 'commonjs' },
      'main.js': "require('./part');",
      'part.js': '\nconst module = 1;',
    });
    expect(type.toString()).to.include('part.js:2:7');
  });

  it('what is no ES module in a file that is one by its name, or by the package.json of its package', async () => {
    for (const [source, place] of [
      ['a();\nwith (a) b', '2:'],
      ['a();\nreturn', '2:1'],
      ['a();\nb = 010', '2:'],
      ['a();\nfunction f(a, a) {}', '2:'],
    ] as const) {
      const own = await fails({ 'main.js': "import './part.mjs';", 'part.mjs': source });
      expect(own.toString()).to.include(`part.mjs:${place}`);
      const published = await fails({
        'main.js': "import 'pkg';",
        'node_modules/pkg/package.json': { type: 'module', main: 'index.js' },
        'node_modules/pkg/index.js': source,
      });
      expect(published.toString()).to.include(`index.js:${place}`);
    }
  });

  it('names that are there in CommonJS only are warned of', async () => {
    const project = new Project({
      'package.json': { type: 'module' },
      'main.js': "export {};\nlet a = require('./part.cjs');",
      'part.cjs': 'module.exports = 1;',
    });
    const stream = dynapack({ root: project.directory });
    const warnings: dynapack.WarningEvent[] = [];
    stream.on('warning', (warning) => warnings.push(warning));
    stream.write(project.path('main.js'));
    stream.end();
    await finish(stream);
    expect(
      warnings.map(({ code, lineNumber, columnNumber }) => [code, lineNumber, columnNumber]),
    ).to.deep.equal([['MISSING_NAME', 2, 9]]);
    expect(warnings[0]?.hint).to.include('.cjs');
  });

  it('a missing entry', async () => {
    const error = await failure(pack([new Project({}).path('gone.js')]));
    expect(error.code).to.equal('NOT_FOUND');
    expect(error.message).to.include('gone.js');
  });

  it('a directory as entry, written as path and as File', async () => {
    const project = new Project({});
    const path = project.path('directory');
    mkdirSync(path);
    const directory = new File({
      path,
      stat: { isDirectory: () => true, isSymbolicLink: () => false } as never,
    });
    for (const entry of [path, directory]) {
      const error = await failure(pack([entry]));
      expect(error.code).to.equal('NOT_A_FILE');
      expect(error.message).to.include(path);
    }
  });

  it('an unreadable file', async () => {
    const project = new Project({ 'main.js': '' });
    chmodSync(project.path('main.js'), 0);
    // Root may read every file, but nobody can read the memory of a process as a whole.
    const path = process.getuid?.() === 0 ? '/proc/self/mem' : project.path('main.js');
    const error = await failure(pack([path]));
    expect(error.code).to.equal('UNREADABLE');
    expect(error.message).to.match(/main\.js|mem/);
  });

  it('a directory required by its path without an index', async () => {
    const error = await fails({ 'main.js': "require('./directory');", 'directory/other.js': '' });
    expect(error.code).to.equal('MODULE_NOT_FOUND');
  });

  it('no entry at all', async () => {
    expect((await failure(pack([]))).code).to.equal('NO_ENTRIES');
  });

  for (const [name, entry] of Object.entries({
    'a relative path': 'main.js',
    'a number': 7,
    'an empty object': {},
    'contents that are no text': { path: '/main.js', contents: 7 },
    'an empty path': '',
  })) {
    it(`${name} as entry`, async () => {
      expect((await failure(pack([entry as string]))).code).to.equal('INVALID_ENTRY');
    });
  }

  it('a File whose contents are a stream', async () => {
    const { Readable } = require('node:stream') as typeof import('node:stream');
    const file = new File({ path: new Project({}).path('main.js'), contents: Readable.from(['x']) });
    const error = await failure(pack([file]));
    expect(error.code).to.equal('STREAM_CONTENTS');
    expect(error.toString()).to.include('main.js').and.include('buffer: false');
  });

  it('destroying a pack in mid-build ends it', async () => {
    const project = new Project({ 'main.js': "require('./part');", 'part.js': '' });
    const stream = dynapack();
    stream.on('log', () => stream.destroy(new Error('stopped')));
    stream.end(project.path('main.js'));
    expect((await failure(finish(stream))).message).to.equal('stopped');
  });
});
