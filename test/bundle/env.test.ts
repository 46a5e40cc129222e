/** Compile-time environment: replaced in live code, branches it proves dead are not followed. */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { pack } from '../helpers/pack';
import { Project } from '../helpers/project';

async function run(source: string, options: dynapack.Options = {}) {
  const project = new Project({ 'main.js': source, 'live.js': "module.exports = 'live';" });
  const { metadata, visit } = await pack([project.path('main.js')], { root: project.directory, ...options });
  const { page, errors } = await visit('main');
  expect(errors).to.deep.equal([]);
  return { result: page.result, modules: Object.values(metadata.modules).length };
}

describe('env', () => {
  const dead: Record<string, string> = {
    if: "if (process.env.NODE_ENV !== 'production') require('./gone');",
    else: "if (process.env.NODE_ENV === 'production') { self.result = require('./live'); } else { require('./gone'); }",
    'a conditional':
      "self.result = process.env.NODE_ENV === 'production' ? require('./live') : require('./gone');",
    '&&': "process.env.NODE_ENV !== 'production' && (function () { require('./gone'); })();",
    '||': "process.env.NODE_ENV === 'production' || require('./gone');",
    '!': "if (!(process.env.NODE_ENV === 'production')) { require('./gone'); }",
    'a conjunction': "if (self.x && process.env.NODE_ENV != 'production') require('./gone');",
    brackets: "if (process.env['NODE_ENV'] !== 'production') require('./gone');",
  };
  for (const [name, source] of Object.entries(dead)) {
    it(`does not follow a branch that is dead by ${name}`, async () => {
      const { modules } = await run(source, { env: { NODE_ENV: 'production' } });
      expect(modules).to.be.lessThan(3);
    });
  }

  it('takes the place of process.env.X, without a shim for process', async () => {
    const source = 'self.result = [process.env.NODE_ENV, process.env.API, typeof process.env.API];';
    expect(await run(source, { env: { NODE_ENV: 'test', API: 'a"b\n' } })).to.deep.equal({
      result: ['test', 'a"b\n', 'string'],
      modules: 1,
    });
  });

  it('is production where nothing says otherwise, and development with debug', async () => {
    const saved = process.env.NODE_ENV;
    process.env.NODE_ENV = '';
    try {
      expect((await run('self.result = process.env.NODE_ENV;')).result).to.equal('production');
      expect((await run('self.result = process.env.NODE_ENV;', { debug: true })).result).to.equal(
        'development',
      );
    } finally {
      if (saved === undefined) delete process.env.NODE_ENV;
      else process.env.NODE_ENV = saved;
    }
  });

  const spellings: [source: string, result: unknown][] = [
    ["const { A = 'd', NONE = 'd' } = process.env; self.result = [A, NONE];", ['a', 'd']],
    ["self.result = ['A' in process.env, 'NONE' in process.env];", [true, false]],
    ['const e = process.env; self.result = [e.A, e.NONE];', ['a', undefined]],
    ["self.result = [process.env['A'], process['env']['A'], process.env[String('A')]];", ['a', 'a', 'a']],
    ['self.result = [process?.env?.A, (process.env).A, (0, process).env.A];', ['a', 'a', 'a']],
    ['self.result = [globalThis.process.env.A, global.process?.env?.NODE_ENV];', ['a', 'test']],
    ['self.result = Object.keys(process.env);', ['NODE_ENV', 'A', 'a-b']],
    ['self.result = { ...process.env };', { NODE_ENV: 'test', A: 'a', 'a-b': '"\n' }],
    ["self.result = require('process').env.A;", 'a'],
    ["self.result = require('node:process').env === process.env;", true],
    ["import process from 'process'; self.result = process.env.A;", 'a'],
    ["import process from 'node:process'; self.result = process.env['a-b'];", '"\n'],
    ["import { env } from 'process'; self.result = env.A;", 'a'],
    ["import * as process from 'node:process'; self.result = process.env.A;", 'a'],
    ["import { env } from 'process'; env.A = 'b'; self.result = [process.env['A'], env.A];", ['a', 'b']],
  ];
  for (const [source, result] of spellings) {
    it(`says the same in: ${source}`, async () => {
      const env = { NODE_ENV: 'test', A: 'a', 'a-b': '"\n' };
      expect((await run(source, { env })).result).to.deep.equal(result);
    });
  }

  it('holds nothing that the option does not name', async () => {
    process.env.SECRET_OF_THE_BUILD = 'hush';
    try {
      const source = 'self.result = [Object.keys(process.env), process.env.SECRET_OF_THE_BUILD];';
      expect((await run(source, { env: { NODE_ENV: 'test' } })).result).to.deep.equal([
        ['NODE_ENV'],
        undefined,
      ]);
    } finally {
      delete process.env.SECRET_OF_THE_BUILD;
    }
  });

  it('leaves a process of the module and assignments alone', async () => {
    const own = "var process = { env: { NODE_ENV: 'own' } }; self.result = process.env.NODE_ENV;";
    expect((await run(own)).result).to.equal('own');
    const assigned = "process.env.NODE_ENV = 'assigned'; self.result = 1;";
    expect((await run(assigned)).result).to.equal(1);
  });

  it('keeps declarations of dead branches hoisted', async () => {
    const source =
      "if (process.env.NODE_ENV !== 'production') { var global = 1; } self.result = typeof global;";
    expect((await run(source, { env: { NODE_ENV: 'production' } })).result).to.equal('undefined');
  });
});
