/** References that a build cannot follow: a warning tells where the page will throw, and what to do about it. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { finish } from '../helpers/pack';
import { Project } from '../helpers/project';

const parts = {
  'part.js': "exports.part = 'part';",
  'part.production.js': "exports.part = 'production';",
  'data.json': '{ "part": "data" }',
};

/** Bundles a module and opens its page. */
async function run(source: string, name = 'main.js') {
  const project = new Project({ ...parts, [name]: source });
  const stream = dynapack({ root: project.directory, env: { NODE_ENV: 'production' } });
  const warnings: dynapack.WarningEvent[] = [];
  stream.on('warning', (warning) => warnings.push(warning));
  stream.end(project.path(name));
  const packed = await finish(stream);
  const { page, errors, settle } = await packed.visit('main');
  await settle();
  return { page, errors: errors.map(String), warnings, bundle: packed.bundles['main.js'] as string };
}

describe('references that cannot be followed', () => {
  const lost = [
    "Promise.resolve().then(function () {\n return _interopRequireWildcard(require('./part')); })", // Babel
    "Promise.resolve().then(() => _interopRequireWildcard(\nrequire('./part')))", // sucrase
    "Promise.resolve().then(() => \n__importStar(require('./part')))", // TypeScript
    "Promise.resolve().then(function () { return \nrequire('./part'); })",
    "Promise.resolve().then(()=>/*#__PURE__*/ \n_interop_require_wildcard(require('./part')))", // swc
    "Promise.resolve().then(() => \nhelpers.default(require('./part')))",
  ];
  for (const source of lost) {
    it(`are told of where import() was lost: ${source.replaceAll('\n', ' ')}`, async () => {
      const { warnings } = await run(`self.result = () => ${source}`);
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.include({ code: 'LOST_IMPORT', lineNumber: 2 });
      expect(warnings[0]?.message).to.include("'./part'");
      expect(warnings[0]?.hint).to.include('modules: false');
    });
  }

  it('are not said to be lost where packages have them, or where require() is no more than that', async () => {
    const late = "exports.a = () => Promise.resolve().then(() => __importStar(require('./part')));";
    const project = new Project({
      ...parts,
      'main.js': "require('p'); Promise.resolve().then(() => { self.x = require('./part'); });",
      'node_modules/p/index.js': late,
      'node_modules/p/part.js': '',
    });
    const stream = dynapack({ root: project.directory });
    const warnings: dynapack.WarningEvent[] = [];
    stream.on('warning', (warning) => warnings.push(warning));
    stream.end(project.path('main.js'));
    await finish(stream);
    expect(warnings).to.deep.equal([]);
  });

  const throwing: [source: string, code: string, hint: RegExp][] = [
    ["var name = './part';\nself.result = require(name);", 'UNKNOWN_REQUIRE', /as strings/],
    ['var name = 1;\nself.result = require(`./${name}`);', 'UNKNOWN_REQUIRE', /as strings/],
    ["const r =\nrequire; r('./part');", 'INDIRECT_REQUIRE', /by its name/],
    ["(0,\nrequire)('./part');", 'INDIRECT_REQUIRE', /by its name/],
    ["\nrequire.call(null, './part');", 'INDIRECT_REQUIRE', /by its name/],
    ["const c =\nrequire.context; c('./parts');", 'UNSUPPORTED_REQUIRE', /with literals/],
    ['export {};\nimport.meta.env.MODE;', 'UNSUPPORTED_META', /option 'dotenv: true'.*define/],
    ["export {};\nimport.meta.globEager('./*.js');", 'UNSUPPORTED_META', /eager: true/],
    ["const {\nglob } = import.meta; glob('./*.js');", 'UNSUPPORTED_META', /with literals/],
    ["export {};\nimport.meta.resolve('./part.js');", 'UNSUPPORTED_META', /import it/],
    ['export {};\nimport.meta.hot.accept();', 'UNSUPPORTED_META', /if \(import\.meta\.hot\)/],
    [
      "import { createRequire } from 'module';\ncreateRequire(import.meta.url)('./part');",
      'CREATED_REQUIRE',
      /Import/,
    ],
    ["\nrequire('node:module').createRequire(__filename)('./part');", 'CREATED_REQUIRE', /Import/],
    ["import * as part from './part';\nself.result = part(1);", 'CALLED_NAMESPACE', /import part from/],
    ["import * as part from './part';\npart`1`;", 'CALLED_NAMESPACE', /esModuleInterop/],
    ["export {};\n__webpack_public_path__ = '/a/';", 'MISSING_NAME', /option 'prefix'/],
    ['\nself.result = __non_webpack_require__;', 'MISSING_NAME', /if \(typeof __non/],
    ["\ndefine(['./part'], (part) => part);", 'MISSING_NAME', /import and export/],
    ["\nrequire(['./part'], (part) => part);", 'UNKNOWN_REQUIRE', /import\('\.\/part'\)/],
  ];
  for (const [source, code, hint] of throwing) {
    it(`are told of, and throw: ${source.replaceAll('\n', ' ')}`, async () => {
      const { errors, warnings } = await run(source);
      expect(errors).to.have.length(1);
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.include({ code, lineNumber: 2 });
      expect(warnings[0]?.columnNumber).to.be.a('number');
      expect(warnings[0]?.path).to.match(/main\.js$/);
      expect(warnings[0]?.hint).to.match(hint);
    });
  }

  it('are told of where workers are started from the URL of a module', async () => {
    const source =
      'try { a() } catch { }\nself.start = () => new Worker(new URL(self.name, import.meta.url));';
    const { warnings } = await run(source);
    expect(warnings.map(({ code, lineNumber }) => [code, lineNumber])).to.deep.equal([
      ['UNBUNDLED_WORKER', 2],
    ]);
    expect(warnings[0]?.hint).to.include("'standalone'");
  });

  it('are told of where a script is named by where it is', async () => {
    const source =
      "try { navigator.serviceWorker.register(new URL('./part.js', import.meta.url)); } catch {}";
    const { warnings } = await run(source);
    expect(warnings.map(({ code }) => code)).to.deep.equal(['UNBUNDLED_ASSET']);
    expect(warnings[0]?.hint).to.include("'standalone'").and.include('?url');
  });

  const fine = [
    "import * as part from './part'; self.result = typeof part === 'function' ? part() : part.part;",
    "import * as part from './part'; if (process.env.NODE_ENV !== 'production') part(); self.result = part.part;",
    "if (typeof require === 'function' && typeof define === 'object') self.result = require(self.name);",
    'try { require(self.name); } catch (error) { self.result = error.code; }',
    "self.result = require(require.resolve('./part')).part;",
    "import.meta.hot && import.meta.hot.accept(); self.result = import.meta.env?.MODE ?? 'none';",
    "const part = './part' /*js*/; require.ensure([part], () => { self.result = require(part).part; });",
    'self.load = (url) => import(/* webpackIgnore: true */ url);',
  ];
  for (const source of fine) {
    it(`are none, and nothing throws, in: ${source}`, async () => {
      const { errors, warnings } = await run(source);
      expect(errors).to.deep.equal([]);
      expect(warnings).to.deep.equal([]);
    });
  }

  it('are none in what the bundler itself adds', async () => {
    const source = "import { env } from 'process'; import('./part.js').then(() => env, process.nextTick);";
    expect((await run(source)).warnings).to.deep.equal([]);
  });
});

describe('specifiers that are constant expressions', () => {
  const table: [source: string, ...parts: unknown[]][] = [
    ["require('./par' + 't.js').part", 'part'],
    ["require('./par' + 't').part + require((('./data.' + `json`))).part", 'partdata'],
    ["require(`./${'part'}`).part", 'part'],
    ['require(`./part.${process.env.NODE_ENV}`).part', 'production'],
    ["require('./part.' + process.env.NODE_ENV + '.js').part", 'production'],
    ["require(self.gone ? './pa' + 'rt' : './da' + 'ta').part", 'data'],
    ["require(require.resolve('./par' + 't')).part", 'part'],
  ];
  for (const [source, ...expected] of table) {
    it(source, async () => {
      const { page, errors, warnings } = await run(`self.result = ${source};`);
      expect(errors).to.deep.equal([]);
      expect(warnings).to.deep.equal([]);
      expect([page.result]).to.deep.equal(expected);
    });
  }

  it('of import(), and of declared strings', async () => {
    const { page, errors } = await run(`
      self.results = [];
      import('./par' + 't.js').then(({ part }) => self.results.push(part));
      import(\`./part.\${process.env.NODE_ENV}.js\`).then(({ part }) => self.results.push(part));
      const data = './da' + 'ta.json' /*js*/;
      require.ensure([data], () => self.results.push(require(data).part));
    `);
    expect(errors).to.deep.equal([]);
    expect(page.results).to.have.members(['part', 'production', 'data']);
  });

  it('fail the build where there is no such module', async () => {
    let error: unknown;
    await run("\nrequire('./go' + 'ne');").catch((thrown) => {
      error = thrown;
    });
    expect(error).to.include({ code: 'MODULE_NOT_FOUND', lineNumber: 2, columnNumber: 9 });
  });
});

describe('import() that is left to the browser', () => {
  it('stands in the bundle as it was written', async () => {
    const written = "import(/* webpackIgnore: true */ './on-the-site.js')";
    const { bundle, warnings } = await run(`self.load = () => ${written};`);
    expect(warnings).to.deep.equal([]);
    expect(bundle).to.include(written);
  });

  it('has its URL, where an expression says it', async () => {
    const { bundle, warnings } = await run(
      "self.load = () => import(`https://site.test/${process.env.NODE_ENV}.json`, { with: { type: 'json' } });",
    );
    expect(warnings).to.deep.equal([]);
    expect(bundle).to.include('import("https://site.test/production.json",{with:{"type":"json"}})');
    expect(bundle).not.to.include('process');
  });
});
