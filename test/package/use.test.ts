/** The installed package, used as its README says. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { Running } from '../helpers/process';
import { Project } from '../helpers/project';
import { visit } from '../helpers/visit';
import { installed, packed } from './installed';

/** Bundles `main.js` of the project it stands in and prints bundles and snippets as JSON. */
const useDynapack = `
  const out = { bundles: {}, scripts: {} };
  const pack = dynapack({ root: __project });
  pack.on('data', (file) => { out.bundles[file.relative] = String(file.contents); });
  pack.on('end', () => {
    const scripts = pack.scripts();
    scripts.on('data', (file) => { out.scripts[file.relative] = String(file.contents); });
    scripts.on('end', () => console.log(JSON.stringify(out)));
    scripts.end();
  });
  pack.end(__project + '/main.js');
`;

const consumers: Record<string, string> = {
  'require.js': `const dynapack = require('dynapack'); const __project = __dirname; ${useDynapack}`,
  'import.mjs': `import dynapack from 'dynapack'; const __project = import.meta.dirname; ${useDynapack}`,
};

async function run(command: string, ...args: string[]): Promise<string> {
  const { code, output } = await new Running(command, args, await installed()).finished;
  expect(code, output).to.equal(0);
  return output;
}

describe('the installed package', function () {
  this.timeout(120_000);

  before(async () => {
    const directory = await installed();
    writeFileSync(
      join(directory, 'main.js'),
      "self.result = require('./part') + require('path').sep + require('util').format('%d', 7);",
    );
    writeFileSync(join(directory, 'part.js'), "module.exports = 'part';");
  });

  for (const [name, text] of Object.entries(consumers)) {
    it(`bundles an entry for ${name}`, async () => {
      writeFileSync(join(await installed(), name), text);
      const { bundles, scripts } = JSON.parse(await run(process.execPath, name));
      const { page } = await visit(bundles, [scripts['main.html']]);
      expect(page.result).to.equal('part/7');
    });
  }

  it('has names that Node imports, and its methods need not be called on it', async () => {
    const script = `
      import dynapack, { cache, DynapackError, patches } from 'dynapack';
      import dynosrc, { assets, DynoSrc, factory, globals } from 'dynapack/server';
      const same = [dynapack.cache === cache, dynapack.patches === patches, dynosrc.assets === assets];
      console.log([...same, globals({ dev: true }) === dynosrc, factory() instanceof DynoSrc, DynapackError.name].join());`;
    const output = await run(process.execPath, '--input-type=module', '-e', script);
    expect(output.trim()).to.equal('true,true,true,true,true,DynapackError');
  });

  const minifying = `
    const pack = require('dynapack')({ root: process.cwd() });
    pack.pipe(pack.minify()).on('data', ({ contents }) => console.log(String(contents)))
      .on('error', ({ code, hint }) => console.log(code, hint));
    pack.end(process.cwd() + '/part.js');`;

  it('minifies with nothing else installed', async () => {
    const output = await run(process.execPath, '-e', minifying);
    expect(output).to.match(/:function\(\w,\w,\w\)\{\w\.exports="part"\}/);
  });

  it('says what to do where the minifier does not load', async () => {
    const binaries = join(await installed(), 'node_modules/@oxc-minify');
    renameSync(binaries, `${binaries}.away`);
    const output = await run(process.execPath, '-e', minifying).finally(() =>
      renameSync(`${binaries}.away`, binaries),
    );
    expect(output).to.include('MINIFIER_UNAVAILABLE').and.include('optional dependencies');
  });

  it('says what to do where modules cannot be found', async () => {
    const loading = minifying.replace('.pipe(pack.minify())', '').replace('part.js', 'main.js');
    const flags: string[][] = [['--no-addons']];
    if (process.allowedNodeEnvironmentFlags.has('--permission'))
      flags.push(['--no-warnings', '--permission', '--allow-fs-read=*']);
    for (const each of flags) {
      const output = await run(process.execPath, ...each, '-e', loading);
      expect(output).to.include('RESOLVER_UNAVAILABLE').and.include('--allow-addons');
    }
  });

  it('says which version of a package is needed where only another one is about', async () => {
    const directory = await installed();
    const old = {
      'isomorphic-git/package.json': { version: '0.78.5' },
      'isomorphic-git/index.js': "exports.version = () => '0.78.5';",
    };
    const modules = join(directory, 'node_modules');
    for (const [name, text] of Object.entries(old)) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      writeFileSync(join(modules, name), typeof text === 'string' ? text : JSON.stringify(text));
    }
    writeFileSync(
      join(directory, 'old.js'),
      `
        const dynosrc = require('dynapack/server');
        dynosrc.globals({ assetsDir: __dirname, outputDir: __dirname + '/output' });
        dynosrc.assets({ far: { source: 'git', repository: '.', filename: 'part.js' } });
        const show = (error) => console.log(error.message + '. ' + error.hint);
        dynosrc.patch('far', null, 'HEAD').catch(show);
      `,
    );
    const output = await run(process.execPath, 'old.js').finally(() =>
      rmSync(join(modules, 'isomorphic-git'), { recursive: true }),
    );
    expect(output)
      .to.include('0.78.5, but 1.10.0 or a later 1.x is needed')
      .and.include('install isomorphic-git@1');
  });

  it('can be installed beside any version of it', async () => {
    const devDependencies = { 'isomorphic-git': '^0.78.5' };
    const project = new Project({ 'package.json': { name: 'old', devDependencies } });
    const { path } = await packed();
    const args = ['install', path, '--package-lock-only', '--no-audit', '--no-fund', '--prefer-offline'];
    const { code, output } = await new Running('npm', args, project.directory).finished;
    expect(code, output).to.equal(0);
  });

  it('has a command', async () => {
    const directory = await installed();
    expect(await run('npx', 'dynapack', 'main.js', '-o', 'out')).to.include('main.js');
    const read = (name: string): string => readFileSync(join(directory, 'out', name), 'utf8');
    const { page } = await visit({ 'main.js': read('main.js') }, [read('main.html')]);
    expect(page.result).to.equal('part/7');
  });

  it('tells its version through the command', async () => {
    const directory = await installed();
    const { version } = JSON.parse(
      readFileSync(join(directory, 'node_modules/dynapack/package.json'), 'utf8'),
    );
    const output = await run('npx', 'dynapack', '--version');
    expect(output.trim().split('\n').at(-1)).to.equal(version);
  });

  it('serves what visitors lack, and says which package a source needs', async () => {
    const directory = await installed();
    writeFileSync(
      join(directory, 'server.js'),
      `
        const dynosrc = require('dynapack/server');
        dynosrc.globals({ assetsDir: __dirname, outputDir: __dirname + '/output' });
        dynosrc.assets({ part: {}, far: { source: 'git', repository: '.', filename: 'part.js' } });
        const show = (result) => console.log(result.raw || result.code + ' ' + result.hint);
        dynosrc.patch('part', null, 'HEAD').then(show);
        dynosrc.patch('far', null, 'HEAD').catch(show);
      `,
    );
    const lines = (await run(process.execPath, 'server.js')).trim().split('\n').sort();
    expect(lines).to.deep.equal(['PEER_MISSING npm install isomorphic-git@1', "module.exports = 'part';"]);
  });

  it('loads no package that only some builds need', async () => {
    const script = `
      require('dynapack');
      const paths = Object.keys(require.cache).map((path) => path.split(/node_modules[\\\\/]/).pop());
      console.log(JSON.stringify(paths.map((path) => path.replaceAll('\\\\', '/'))));`;
    const paths: string[] = JSON.parse(await run(process.execPath, '-e', script));
    const rare = ['meriyah', 'esprima', 'oxc-resolver', 'picomatch', '@jridgewell/trace-mapping', 'cacache'];
    const ofCommand = ['diff', 'vinyl-fs'];
    const isLoaded = (name: string): boolean => paths.some((path) => path.startsWith(`${name}/`));
    expect(isLoaded('vinyl')).to.equal(true);
    expect([...rare, ...ofCommand].filter(isLoaded)).to.deep.equal([]);
  });

  it('has the same class of errors for builds and for servers', async () => {
    const script = `
      const [{ DynapackError }, server] = [require('dynapack'), require('dynapack/server')];
      console.log(DynapackError.name, DynapackError === server.DynapackError);`;
    expect((await run(process.execPath, '-e', script)).trim()).to.equal('DynapackError true');
  });

  it('hides its inner files', async () => {
    const output = await run(
      process.execPath,
      '-e',
      "try { require('dynapack/dist/lib/pack'); } catch (error) { console.log(error.code); }",
    );
    expect(output.trim()).to.equal('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});
