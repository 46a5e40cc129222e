/** Dynamic dependencies: declared ones with node-ensure, and import(). */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { failure, finish, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

async function open(files: ProjectFiles, options: dynapack.Options = {}) {
  const project = new Project(files).link('node-ensure');
  const packed = await pack([project.path('main.js')], { root: project.directory, ...options });
  return { packed, visitor: await packed.visit('main') };
}

const big = { 'big.js': "self.ran = (self.ran || 0) + 1; module.exports = 'big';" };

/** Codes of the warnings that a module gives. */
async function warningsOf(source: string): Promise<string[]> {
  const project = new Project({ 'main.js': source, ...big }).link('node-ensure');
  const stream = dynapack({ root: project.directory });
  const codes: string[] = [];
  stream.on('warning', ({ code }) => codes.push(code));
  stream.end(project.path('main.js'));
  await finish(stream);
  return codes;
}

describe('dynamic dependencies', () => {
  it('that lack their label are a warning', async () => {
    const ensure = "var ensure = require('node-ensure');";
    expect(await warningsOf(`${ensure} ensure(['./big'], function () {});`)).to.deep.equal(['UNLABELLED']);
    expect(await warningsOf("require.ensure(['./big'], function () {});")).to.deep.equal(['UNLABELLED']);
    const variable = "const big = './big'; ensure([big], () => require(big));";
    expect(await warningsOf(`${ensure} ${variable}`)).to.deep.equal(['UNLABELLED']);
    expect(await warningsOf(`${ensure} ${variable.replace(';', ' /*js*/;')}`)).to.deep.equal([]);
    expect(await warningsOf(`${ensure} ensure(['./big' /*js*/], function () {});`)).to.deep.equal([]);
    expect(await warningsOf(`${ensure} ensure([], function () {}); other.ensure(['x']);`)).to.deep.equal([]);
  });

  it("of webpack's ensure() are a warning", async () => {
    const calls = [
      "require.ensure(['./big'], function (require) { require('./big'); });",
      "require.ensure(['big'], (require) => require('./big'), 'chunk');",
      "require.ensure([], (r) => r('./big'));",
    ];
    for (const call of calls) expect(await warningsOf(call), call).to.deep.equal(['UNLABELLED']);
    const own = 'function load(require) { require.ensure([], function (require) { require(1); }); }';
    expect(await warningsOf(own)).to.deep.equal([]);
  });

  const spellings: Record<string, string> = {
    'a label behind the string': "var big = './big' /*js*/;",
    'spaces in the comment': "var big = './big' /* js */;",
    'a comma between': "var list = ['./big', /*js*/], big = list[0];",
    'a semicolon between': "var big = './big'; /*js*/",
    'no space': "var big = './big'/*js*/;",
    'double quotes': 'var big = "./big" /*js*/;',
    'a template': 'var big = `./big` /*js*/;',
    '__dirname before it': "var big = __dirname + '/big' /*js*/;",
  };
  for (const [name, declaration] of Object.entries(spellings)) {
    it(`are declared with ${name}`, async () => {
      const { visitor } = await open({
        'main.js': `var ensure = require('node-ensure'); ${declaration}
          ensure([big], function (err) { self.result = err || require(big); });`,
        ...big,
      });
      expect(visitor.errors).to.deep.equal([]);
      expect(visitor.page.result).to.equal('big');
      expect(visitor.fetched).to.include('big.js');
    });
  }

  it('may have other labels', async () => {
    const files = {
      'main.js': "self.ids = ['./big' /*lazy*/, './big' /*later*/, './big' /*js*/];",
      ...big,
    };
    const { visitor } = await open(files, { dynamic: ['lazy', 'later'] });
    const [lazy, later, unlabelled] = visitor.page.ids;
    expect(lazy).to.equal(later).and.not.equal('./big');
    expect(unlabelled).to.equal('./big');
  });

  it('are not loaded early, and run when they are required', async () => {
    const { visitor } = await open({
      'main.js': `var ensure = require('node-ensure'), big = './big' /*js*/;
        self.load = function () { ensure([big], function () {}); };
        self.run = function () { return require(big); };`,
      ...big,
    });
    expect(visitor.fetched).to.deep.equal(['main.js']);
    visitor.page.load();
    expect(await visitor.settle()).to.deep.equal(['big.js']);
    expect(visitor.page.ran).to.equal(undefined);
    visitor.page.run();
    visitor.page.run();
    expect(visitor.page.ran).to.equal(1);
  });

  it('import() gives a namespace', async () => {
    const { visitor } = await open({
      'main.js': `var asked = [import('./big'), import('./object'), import('./interop')];
        Promise.all(asked).then(function (all) { self.result = all; });`,
      'object.js': 'exports.a = 1;',
      'interop.js': 'exports.__esModule = true; exports.default = 2;',
      ...big,
    });
    const [plain, object, interop] = visitor.page.result;
    expect(plain.default).to.equal('big');
    expect(object.a).to.equal(1);
    expect(object.default).to.deep.equal({ a: 1 });
    expect(interop.default).to.equal(2);
  });

  it('import() works where require is shadowed', async () => {
    const { visitor } = await open({
      'main.js':
        "(function (require, $import) { import('./big').then(function (m) { self.result = m.default; }); })();",
      ...big,
    });
    expect(visitor.page.result).to.equal('big');
  });

  it('import() evaluates options that are no literals, where they stand', async () => {
    const { visitor } = await open({
      'main.js': `import { log, options, type } from './log.js';
        const seen = []
        import('./big.js', options())
        const late = [import('./data.json', { with: { type } }), import(('./other.js'), (log('second'), undefined)),
          import('./missing.js', log('third')).catch(() => ({ default: 'missing' }))]
        Promise.all(late).then((all) => { self.result = [...self.log, ...all.map((each) => each.default)]; });
        (function* () { import('./big.js', yield); self.yielded = true; })().next();`,
      'log.js': `export const type = 'json'; export const log = (text) => void (self.log ??= []).push(text);
        export const options = () => log('first');`,
      'data.json': '{"a":1}',
      'other.js': "export default 'other';",
      ...big,
    });
    expect(visitor.errors).to.deep.equal([]);
    expect(visitor.page.result).to.deep.equal(['first', 'second', 'third', { a: 1 }, 'other', 'missing']);
    expect(visitor.page.yielded).to.equal(undefined);
  });

  it('import() of an optional module that is not there rejects at run time', async () => {
    const { visitor } = await open({
      'main.js': `self.result = [];
        (async function () { try { await import('absent'); } catch (error) { self.result.push(error); } })();
        import('./absent').catch(function (error) { self.result.push(error); });
        import('./absent').then(null, function (error) { self.result.push(error); });
        import('./big').then(function (m) { self.big = m.default; });`,
      ...big,
    });
    expect(visitor.errors).to.deep.equal([]);
    expect(visitor.page.result).to.have.length(3);
    for (const error of visitor.page.result) expect(error).to.have.property('message');
    expect(visitor.page.big).to.equal('big');
  });

  it('import() of a module that is not there fails the build when nothing would catch it', async () => {
    const error = await failure(open({ 'main.js': "import('absent').then(console.log);" }));
    expect(error.code).to.equal('MODULE_NOT_FOUND');
  });

  it('static beats dynamic when a module declares both', async () => {
    const { packed } = await open({
      'main.js': "var big = './big' /*js*/; require('./big');",
      ...big,
    });
    expect(Object.keys(packed.bundles)).to.deep.equal(['main.js']);
    expect(Object.keys(packed.metadata.roots)).to.have.length(1);
  });

  it("node-ensure's other idiom works: require.ensure = require('node-ensure')", async () => {
    const { visitor } = await open({
      'main.js': `require.ensure = require('node-ensure'); var big = './big' /*js*/;
        require.ensure([big], function (err) { self.result = err || require(big); });`,
      ...big,
    });
    expect(visitor.page.result).to.equal('big');
  });

  it('may be packages', async () => {
    const { visitor } = await open({
      'main.js': "import('pkg').then(function (m) { self.result = m.default; });",
      'node_modules/pkg/index.js': "module.exports = 'from a package';",
    });
    expect(visitor.page.result).to.equal('from a package');
  });
});
