/** What modules see when they run: the semantics of CommonJS, as in Node. */
import { expect } from 'chai';
import { pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

/** Bundles main.js with the other files and gives what it put on `self.result`. */
async function run(files: ProjectFiles, link: string[] = []): Promise<unknown> {
  const project = new Project(files).link(...link);
  const { visit } = await pack([project.path('main.js')], { root: project.directory });
  const { page, errors } = await visit('main');
  if (errors.length > 0) throw errors[0];
  return page.result;
}

describe('modules in bundles', () => {
  it('know by require.main whether they are the entry', async () => {
    const result = await run({
      'main.js': "self.result = [require.main === module, require('./a')];",
      'a.js': 'module.exports = [require.main === module, typeof require.main];',
    });
    expect(result).to.deep.equal([true, [false, 'object']]);
  });

  it('know by module.parent whether they are the entry, as by require.main', async () => {
    const asked = '[!module.parent, require.main === module, module.children, module.paths]';
    const files = {
      'main.js': `'use strict'; self.result = [${asked}, require('./a'), require('./b'), require('./c'), require('./d'), this === exports];`,
      'a.js': `"use strict"\nmodule.exports = ${asked}.concat(module?.parent.exports === require.main.exports)`,
      'b.js': `const { parent } = module; let paths; ({ paths } = module); module['children'].push(1); module.exports = [!parent, require.main === module, module.children, paths];`,
      'c.js': `import { x } from './x.js'; module.exports = ${asked}.concat(x);`,
      'd.js': `var a = 1\nmodule.parent = a\nmodule.exports = [module.parent, (function (module) { return module.parent; })({ parent: 2 })]`,
      'x.js': 'export const x = !module.parent;',
    };
    const other = [false, false, [], []];
    expect(await run(files)).to.deep.equal([
      [true, true, [], []],
      [...other, true],
      [false, false, [1], []],
      [...other, false],
      [1, 2],
      true,
    ]);
  });

  it('are not the entry where another entry has required them before', async () => {
    const project = new Project({
      'first.js': "require('./second');",
      'second.js': 'self.result = [require.main === module, !module.parent];',
    });
    const paths = ['first.js', 'second.js'].map((name) => project.path(name));
    const { visit } = await pack(paths, { root: project.directory });
    expect((await visit('first', 'second')).page.result).to.deep.equal([false, false]);
    expect((await visit('second', 'first')).page.result).to.deep.equal([true, true]);
  });

  it('may call module.require', async () => {
    const result = await run({
      'main.js': "self.result = [module.require('./a'), require('./b')];",
      'a.js': "module.exports = 'a';",
      'b.js': "module.exports = (function (module) { return module.require('own'); })({ require: String });",
    });
    expect(result).to.deep.equal(['a', 'own']);
  });

  it('run in the order of their requires, each once', async () => {
    const result = await run({
      'main.js': "self.result = ['main']; require('./a'); require('./b'); require('./a');",
      'a.js': "self.result.push('a'); require('./c');",
      'b.js': "self.result.push('b'); require('./c');",
      'c.js': "self.result.push('c');",
    });
    expect(result).to.deep.equal(['main', 'a', 'c', 'b']);
  });

  it('see partial exports in cycles', async () => {
    const result = await run({
      'main.js': "self.result = require('./a');",
      'a.js': "exports.early = 1; exports.b = require('./b'); exports.late = 2;",
      'b.js': "var a = require('./a'); exports.seen = Object.keys(a);",
    });
    expect(result).to.deep.equal({ early: 1, b: { seen: ['early'] }, late: 2 });
  });

  it('have this, exports and module as in Node', async () => {
    const files = {
      'main.js': "self.result = require('./a');",
      'a.js': 'exports.same = this === exports && exports === module.exports;',
    };
    expect(await run(files)).to.deep.equal({ same: true });
  });

  it('may return at top level', async () => {
    expect(
      await run({
        'main.js': "self.result = 1; return; self.result = 2; require('./gone-but-dead');".replace(
          "require('./gone-but-dead');",
          '',
        ),
      }),
    ).to.equal(1);
  });

  it('keep their directives and their own scope', async () => {
    const result = await run({
      'main.js': "self.result = [require('./strict'), require('./sloppy'), typeof local];",
      'strict.js':
        "'use strict'; var local = 1; module.exports = (function () { return this; })() === undefined && process.title;",
      'sloppy.js': 'var local; module.exports = typeof (function () { return this; })();',
    });
    expect(result).to.deep.equal(['browser', 'object', 'undefined']);
  });

  it('only count the free require', async () => {
    const result = await run({
      'main.js':
        "self.result = (function (require) { return require('./nothing'); })(function (name) { return name; });",
    });
    expect(result).to.equal('./nothing');
  });

  it('leave strings, comments, regular expressions and templates that look like references alone', async () => {
    const source = [
      "var part = require('./part');",
      "// require('./gone')",
      "var text = \"require('./gone')\", same = './part';",
      "var pattern = /require('.\\/gone')/, template = `require('./gone')${same}`;",
      'self.result = [part, text, same, pattern.source, template];',
    ].join('\n');
    expect(await run({ 'main.js': source, 'part.js': "module.exports = './part';" })).to.deep.equal([
      './part',
      "require('./gone')",
      './part',
      "require('.\\/gone')",
      "require('./gone')./part",
    ]);
  });

  it('may require JSON', async () => {
    const data = '{ "__proto__": { "a": 1 }, "line": "\u2028", "list": [1, null] }';
    const result = await run({
      'main.js': "self.result = JSON.stringify(require('./data'));",
      'data.json': data,
    });
    expect(result).to.equal(JSON.stringify(JSON.parse(data)));
  });

  it('may require optional modules that are not there: they throw at run time, as in Node', async () => {
    const result = await run({
      'main.js':
        "try { require('not-installed'); } catch (error) { self.result = [error.code, error.message]; }",
    });
    expect(result).to.deep.equal(['MODULE_NOT_FOUND', "Cannot find module 'not-installed'"]);
  });

  it('require.resolve gives what require takes', async () => {
    const files = {
      'main.js': "self.result = require(require.resolve('./part'));",
      'part.js': 'module.exports = 7;',
    };
    expect(await run(files)).to.equal(7);
  });

  it('end in comments without line end, and begin with hashbangs', async () => {
    const result = await run({
      'main.js': "#!/usr/bin/env node\nself.result = require('./a') + require('./b'); // end",
      'a.js': 'module.exports = 1 //',
      'b.js': '\uFEFFmodule.exports = 2 /* end */',
    });
    expect(result).to.equal(3);
  });
});

describe("Node's globals in bundles", () => {
  it('are there where they are used and free', async () => {
    const result = await run({
      'main.js': [
        "self.result = [typeof process.nextTick, Buffer.from('hi').toString('base64'), global === self];",
        '[setImmediate, clearImmediate].forEach(function (f) { self.result.push(typeof f); });',
      ].join('\n'),
    });
    expect(result).to.deep.equal(['function', 'aGk=', true, 'function', 'function']);
  });

  it('are not there where they are not', async () => {
    const project = new Project({
      'main.js': 'self.result = (function (process) { return process; })({}).title;',
    });
    const { metadata } = await pack([project.path('main.js')], { root: project.directory });
    expect(Object.values(metadata.modules)).to.deep.equal([project.path('main.js')]);
  });

  it('__filename and __dirname are the same on every machine', async () => {
    const result = await run({
      'main.js': "self.result = [__filename, __dirname, require('./deep/part'), require('pkg')];",
      'deep/part.js': 'module.exports = [__filename, __dirname];',
      'node_modules/pkg/index.js': 'module.exports = [__filename, __dirname];',
    });
    expect(result).to.deep.equal([
      '/main.js',
      '/',
      ['/deep/part.js', '/deep'],
      ['/node_modules/pkg/index.js', '/node_modules/pkg'],
    ]);
  });

  it('may be declared by the module itself', async () => {
    expect(await run({ 'main.js': "var process = { title: 'own' }; self.result = process.title;" })).to.equal(
      'own',
    );
  });

  it('do not disturb a module that redefines require', async () => {
    const files = {
      'main.js': 'var require = function () { return 1; }; self.result = require() + process.argv.length;',
    };
    expect(await run(files)).to.equal(1);
  });
});
