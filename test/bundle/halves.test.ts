/** Packages that name one file for `import` and another for `require`: how many instances a build has of them. */
import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { finish, type Packed } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

/** A package without `exports` that has two main files. Each keeps a list, and says which one it is. */
const two: ProjectFiles = {
  'node_modules/two/package.json': { name: 'two', version: '1.0.0', main: './lib/', module: './es/index.js' },
  'node_modules/two/lib/index.js':
    "exports.__esModule = true; exports.list = []; exports.half = 'main'; exports.default = function name() { return 'default'; };",
  'node_modules/two/es/index.js':
    "export const list = []; export const half = 'module'; export default function name() { return 'default'; }",
};

interface Build extends Packed {
  warnings: dynapack.WarningEvent[];
  result: unknown;
}

async function build(files: ProjectFiles, options: dynapack.Options = {}, entry = 'main.js'): Promise<Build> {
  const project = new Project(files);
  const pack = dynapack({ root: project.directory, ...options });
  const warnings: dynapack.WarningEvent[] = [];
  pack.on('warning', ({ path, message, ...warning }) => {
    const relative = (text: string): string => text.replaceAll(`${project.directory}/`, '');
    warnings.push({ ...warning, path: relative(path), message: relative(message) });
  });
  pack.end(project.path(entry));
  const packed = await finish(pack);
  const { page } = await packed.visit(entry.replace(/\.\w+$/, ''));
  return Object.assign(packed, { warnings, result: page.result });
}

/** What the build holds of `two`. */
const heldOf = ({ metadata }: Build): string[] =>
  metadata.files.filter((path) => path.includes('/two/')).map((path) => path.replace(/.*\/two\//, ''));

const asking = (source: string): string => `${source} self.result = [half, list.length];`;

describe('packages with a file for each kind of reference', () => {
  const register = "require('two').list.push('x');";
  const orders: Record<string, ProjectFiles> = {
    'required first': { 'main.js': asking("import './reg.cjs'; import { list, half } from 'two';") },
    'imported first': { 'main.js': asking("import { list, half } from 'two'; import './reg.cjs';") },
    'as a namespace': {
      'main.js': "import './reg.cjs'; import * as all from 'two'; self.result = [all.half, all.list.length];",
    },
    'by way of another package': {
      'main.js': asking("import './reg.cjs'; import { list, half } from 'other';"),
      'node_modules/other/package.json': { module: 'index.js', sideEffects: false },
      'node_modules/other/index.js': "export * from 'two';",
    },
  };
  for (const [name, files] of Object.entries(orders)) {
    it(`have one instance for both kinds, ${name}: the one of main`, async () => {
      const made = await build({ ...two, ...files, 'reg.cjs': register });
      expect(made.result).to.deep.equal(['main', 1]);
      expect(heldOf(made)).to.deep.equal(['lib/index.js']);
      expect(made.warnings).to.deep.equal([]);
    });
  }

  it('give Node’s instance', async () => {
    const files = {
      ...two,
      'node_modules/two/package.json': { main: './lib/index.js', module: './es/index.js' },
      'main.mjs': asking("import './reg.cjs'; import { list, half } from 'two';").replace(
        'self',
        'globalThis',
      ),
      'reg.cjs': register,
    };
    const project = new Project({
      ...files,
      'run.mjs': "await import('./main.mjs'); console.log(JSON.stringify(globalThis.result));",
    });
    const native = JSON.parse(String(execFileSync(process.execPath, [project.path('run.mjs')])));
    expect((await build(files, {}, 'main.mjs')).result).to.deep.equal(native);
  });

  it('mean the same by default, whoever imports them, and whether somebody requires them or not', async () => {
    for (const entry of ['main.js', 'main.mjs']) {
      const uses =
        "import name from 'two'; import { default as again } from 'two'; self.result = [name(), again()];";
      const alone = await build({ ...two, [entry]: uses }, {}, entry);
      const both = await build(
        { ...two, [entry]: `import './reg.cjs'; ${uses}`, 'reg.cjs': register },
        {},
        entry,
      );
      expect([heldOf(alone), heldOf(both)]).to.deep.equal([['es/index.js'], ['lib/index.js']]);
      expect(both.result).to.deep.equal(alone.result);
    }
  });

  it('have one instance where import() and declared dependencies ask for them', async () => {
    const made = await build({
      ...two,
      'main.js': `var two = 'two' /*js*/; require.ensure = require('node-ensure');
        self.result = import('two').then((all) => all.half);`,
      'node_modules/node-ensure/index.js': '',
    });
    expect(await made.result).to.equal('main');
    expect(heldOf(made)).to.deep.equal(['lib/index.js']);
  });

  it('stay with their ES module where nobody requires them, or only they themselves', async () => {
    const wrapped = {
      ...two,
      'node_modules/two/es/index.js':
        "import * as all from '../lib/index.js'; export const list = all.list; export const half = 'module';",
    };
    const made = await build({ ...wrapped, 'main.js': asking("import { list, half } from 'two';") });
    expect(made.result).to.deep.equal(['module', 0]);
    expect(heldOf(made)).to.deep.equal(['es/index.js', 'lib/index.js']);
    const required = await build({
      ...wrapped,
      'main.js': asking("import { list, half } from 'two'; import './reg.cjs';"),
      'reg.cjs': register,
    });
    expect(required.result).to.deep.equal(['main', 1]);
    expect(heldOf(required)).to.deep.equal(['lib/index.js']);
  });

  it('are two where the paths in the package are written so', async () => {
    const made = await build({
      ...two,
      'main.js':
        "import { half } from 'two/es/index.js'; import lib from './lib.cjs'; self.result = [half, lib];",
      'lib.cjs': "module.exports = require('two/lib/index.js').half;",
    });
    expect(made.result).to.deep.equal(['module', 'main']);
  });

  it('have one instance of what a package.json deeper in them names', async () => {
    const made = await build({
      'node_modules/two/package.json': { name: 'two' },
      'node_modules/two/sub/package.json': { main: '../lib/sub.js', module: './index.js' },
      'node_modules/two/lib/sub.js': "exports.list = []; exports.half = 'main';",
      'node_modules/two/sub/index.js': "export const list = []; export const half = 'module';",
      'main.js': asking("import { list, half } from 'two/sub'; import './reg.cjs';"),
      'reg.cjs': "require('two/sub').list.push(1);",
    });
    expect(made.result).to.deep.equal(['main', 1]);
    expect(heldOf(made)).to.deep.equal(['lib/sub.js']);
  });

  it('have one instance as directories of the project, too', async () => {
    const made = await build({
      'shared/package.json': { name: 'shared', main: 'main.js', module: 'index.js' },
      'shared/main.js': "exports.list = []; exports.half = 'main';",
      'shared/index.js': "export const list = []; export const half = 'module';",
      'main.js': asking("import { list, half } from './shared'; import './reg.cjs';"),
      'reg.cjs': "require('./shared').list.push(1);",
    });
    expect(made.result).to.deep.equal(['main', 1]);
  });

  it('keep what their exports say, with a warning that names both places', async () => {
    const made = await build({
      'node_modules/two/package.json': {
        name: 'two',
        version: '1.0.0',
        exports: { import: './es/index.mjs', require: './lib/index.cjs' },
      },
      'node_modules/two/lib/index.cjs': two['node_modules/two/lib/index.js'] as string,
      'node_modules/two/es/index.mjs': two['node_modules/two/es/index.js'] as string,
      'main.js': asking("import './reg.cjs';\nimport { list, half } from 'two';"),
      'reg.cjs': `\n  ${register}`,
    });
    expect(made.result).to.deep.equal(['module', 0]);
    expect(made.warnings.map(({ code }) => code)).to.deep.equal(['DUAL_PACKAGE']);
    expect(made.warnings[0]?.message).to.include('(in main.js:2:28)').and.include('(in reg.cjs:2:11)');
  });

  it('are asked by the fields that mainFields gives, for both kinds', async () => {
    const made = await build(
      {
        ...two,
        'main.js': asking("import './reg.cjs'; import { list, half } from 'two';"),
        'reg.cjs': register,
      },
      { resolve: { mainFields: ['module', 'main'] } },
    );
    expect(made.result).to.deep.equal(['module', 1]);
  });
});
