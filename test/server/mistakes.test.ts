/** What those are told who call functions in a wrong way, or whose files are not where they think. */
import { expect } from 'chai';
import dynosrc from 'dynapack/server';
import { Directory } from '../../lib/fs/directory';
import { sha256 } from '../../lib/hash';
import { ReleaseStore } from '../../lib/releases/store';
import { failure } from '../helpers/pack';
import { Project } from '../helpers/project';
import { open } from './open';

/** An instance as JavaScript sees it. */
type Untyped = Record<keyof dynosrc.DynoSrc, (...values: readonly unknown[]) => unknown>;

const untyped = (instance: dynosrc.DynoSrc): Untyped => instance as unknown as Untyped;
const request = { headers: {} };

/** What a call throws or rejects with. */
const mistake = (call: () => unknown): Promise<dynosrc.DynapackError> => failure((async () => call())());

/** Code and message; a hint behind it. */
async function told(call: () => unknown): Promise<string> {
  const error = await mistake(call);
  expect(error).to.be.instanceOf(dynosrc.DynapackError);
  return [`${error.code} ${error.message}`, ...(error.hint === undefined ? [] : [error.hint])].join(' | ');
}

describe('wrong arguments', () => {
  const files = { 'assets/app.js': 'self.app = 1;', 'assets/app2/1.js': '' };
  const start = (): Untyped => untyped(open(new Project(files)).asset('app'));

  type Cases = Record<string, (instance: Untyped) => unknown>;

  async function expectAll(cases: Cases): Promise<void> {
    for (const [message, call] of Object.entries(cases)) {
      const instance = start();
      expect(await told(() => call(instance)), message).to.include(message);
      // It does not matter to others.
      expect(await instance.getPatches(request, { patches: ['app'] })).to.have.length(1);
    }
  }

  it('of getPatches() are refused', () =>
    expectAll({
      "INVALID_OPTION getPatches(): argument 'request' must be a request of Node's http, with headers, not undefined":
        (instance) => instance.getPatches(),
      "getPatches(): argument 'request' must": (instance) =>
        instance.getPatches(new Request('http://localhost/'), { patches: ['app'] }),
      "INVALID_OPTION getPatches(): options must be an object such as { patches: ['app'] }, not undefined": (
        instance,
      ) => instance.getPatches(request),
      "options must be an object such as { patches: ['app'] }, not [": (instance) =>
        instance.getPatches(request, ['app']),
      "INVALID_OPTION getPatches(): option 'patches' must be a list of strings such as ['app'], not undefined":
        (instance) => instance.getPatches(request, { nonce: 'abc' }),
      "list of strings such as ['app'], not 'jquery'": (instance) =>
        instance.getPatches(request, { patches: 'jquery' }),
      "option 'patches' must be a list of strings such as ['app'], not [": (instance) =>
        instance.getPatches(request, { patches: [5] }),
      "UNKNOWN_OPTION getPatches(): unknown option 'patchs' | Did you mean 'patches'?": (instance) =>
        instance.getPatches(request, { patchs: ['app'] }),
      "getPatches(): unknown option 'nonc' | Did you mean 'nonce'?": (instance) =>
        instance.getPatches(request, { patches: ['app'], nonc: 'abc' }),
      "getPatches(): unknown option 'fromat' | Did you mean 'format'?": (instance) =>
        instance.getPatches(request, { patches: ['app'], fromat: 'js' }),
      "getPatches(): option 'format' must be json or js or script, not 'raw'": (instance) =>
        instance.getPatches(request, { patches: ['app'], format: 'raw' }),
      "getPatches(): option 'nonce' must be a nonce in base64, not 5": (instance) =>
        instance.getPatches(request, { patches: ['app'], nonce: 5 }),
      "getPatches(): argument 'callback' must be a function, not 'js'": (instance) =>
        instance.getPatches(request, { patches: ['app'] }, 'js'),
    }));

  it('are told to callbacks', (done) => {
    start().getPatches(request, {}, (error: dynosrc.DynapackError) => {
      expect(error).to.include({ code: 'INVALID_OPTION' });
      done();
    });
  });

  it('of patch() are refused', () =>
    expectAll({
      "patch(): argument 'id' must be a string that is not empty, not undefined": (instance) =>
        instance.patch(),
      "patch(): argument 'from' must be a version or null, not 5": (instance) =>
        instance.patch('app', 5, 'HEAD'),
      "patch(): argument 'to' must be a string that is not empty, not undefined": (instance) =>
        instance.patch('app', null),
      "patch(): argument 'format' must be json or js or script, not 'raw'": (instance) =>
        instance.patch('app', null, 'HEAD', 'raw'),
      "patch(): argument 'format' must be json or js or script, not 5": (instance) =>
        instance.patch('app', null, 'HEAD', 5),
    }));

  it('of getClientLib() and afterPatches() are refused', () =>
    expectAll({
      "UNKNOWN_OPTION getClientLib(): unknown option 'nonc' | Did you mean 'nonce'?": (instance) =>
        instance.getClientLib({ nonc: 'abc' }),
      "INVALID_OPTION getClientLib(): option 'nonce' must be a nonce in base64, not '\"'": (instance) =>
        instance.getClientLib({ nonce: '"' }),
      "getClientLib(): options must be an object such as { nonce }, not 'abc'": (instance) =>
        instance.getClientLib('abc'),
      "INVALID_OPTION afterPatches(): argument 'snippet' must be the HTML that pack.scripts() has written": (
        instance,
      ) => instance.afterPatches(),
      "with its script, as a string, not '<p>hello</p>'": (instance) => instance.afterPatches('<p>hello</p>'),
      "afterPatches(): argument 'snippet' must be": (instance) =>
        instance.afterPatches(Buffer.from('<script></script>')),
      "afterPatches(): option 'nonce' must be a nonce in base64, not 5": (instance) =>
        instance.afterPatches('<script></script>', { nonce: 5 }),
    }));

  it('of assets(), asset() and defaults() are refused', () =>
    expectAll({
      "INVALID_OPTION assets(): 'jquery' must be an object such as { source: 'npm' }, not 'npm'": (
        instance,
      ) => instance.assets({ jquery: 'npm' }),
      "INVALID_OPTION assets(): argument 'assets' must be an object such as { jquery: { source: 'npm' } }, not [":
        (instance) => instance.assets(['jquery']),
      "argument 'assets' must be an object such as { jquery: { source: 'npm' } }, not undefined": (
        instance,
      ) => instance.assets(),
      "INVALID_OPTION asset 'x': option 'versions' must be a list of strings such as ['v1', 'v2'], not 'v1'":
        (instance) => instance.asset('x', { versions: 'v1' }),
      "INVALID_OPTION asset 'x': option 'head' must be a string that is not empty, not 5": (instance) =>
        instance.asset('x', { head: 5 }),
      "UNKNOWN_OPTION asset 'x': unknown option 'version' | Did you mean 'versions'?": (instance) =>
        instance.asset('x', { version: ['v1'] }),
      "asset 'x': options must be an object such as { source: 'npm' }, not 'npm'": (instance) =>
        instance.asset('x', 'npm'),
      "INVALID_ASSET asset '../x' must not be called '../x'": (instance) => instance.asset('../x', {}),
      "INVALID_ASSET asset 'a/../../x' must": (instance) => instance.asset('a/../../x', {}),
      "INVALID_ASSET asset '/x' must": (instance) => instance.asset('/x', {}),
      "INVALID_ASSET asset '__proto__' must": (instance) => instance.asset('__proto__', {}),
      "asset 'x' must not be called '__proto__'": (instance) => instance.asset('x', { alias: '__proto__' }),
      "INVALID_OPTION asset(): argument 'id' must be a string, not 5": (instance) => instance.asset(5, {}),
      "UNKNOWN_SOURCE there is no source 'nmp' | Did you mean 'npm'?": (instance) =>
        instance.assets({ x: { source: 'nmp' } }),
      "UNKNOWN_SOURCE there is no source 'elsewhere' | Known: asset, git, npm, release.": (instance) =>
        instance.defaults({ source: 'elsewhere' }),
      "INVALID_ASSET asset 'x' needs a 'filename'": (instance) =>
        instance.assets({ x: { source: 'git', repository: '.' } }),
      "defaults(): option 'source' must be the name of a source, such as 'npm', not 5": (instance) =>
        instance.defaults({ source: 5 }),
    }));

  it('of globals() and defineSource() are refused', () =>
    expectAll({
      "INVALID_OPTION globals(): options must be an object such as { assetsDir: 'assets' }, not null": (
        instance,
      ) => instance.globals(null),
      "UNKNOWN_OPTION globals(): unknown option 'asetsDir' | Did you mean 'assetsDir'?": (instance) =>
        instance.factory({ asetsDir: 'x' }),
      "INVALID_OPTION globals(): option 'refresh' must be a number of seconds, not '5'": (instance) =>
        instance.globals({ refresh: '5' }),
      "INVALID_OPTION defineSource(): argument 'source' must be an object with a function read(asset, reference), not {}":
        (instance) => instance.defineSource('x', {}),
      "INVALID_OPTION defineSource(): argument 'name' must be a string that is not empty, not undefined": (
        instance,
      ) => instance.defineSource(),
    }));

  it('leave nothing of an asset behind', async () => {
    const instance = start();
    await mistake(() => instance.asset('x', { source: 'nmp' }));
    expect(await mistake(() => instance.getPatches(request, { patches: ['x'] }))).to.include({
      code: 'UNKNOWN_ASSET',
    });
  });

  it('are none where an option is undefined', async () => {
    const instance = start();
    instance.asset('app', { source: undefined, head: undefined });
    const options = { patches: ['app'], nonce: undefined, format: undefined };
    expect(await instance.getPatches(request, options)).to.have.length(1);
  });
});

describe('what is not where it should be', () => {
  const page = (instance: dynosrc.DynoSrc, name: string): Promise<string> =>
    told(() => instance.getPatches(request, { patches: [name] }));

  it('is a release: the directory is named', async () => {
    const project = new Project({});
    const releases = project.path('nope');
    const instance = open(project, { releases }).asset('tool');
    instance.asset('renamed', { source: 'release', filename: 'home.js' });
    for (const message of [
      await page(instance, 'home'),
      await told(() => instance.patch('home', null, 'HEAD')),
    ]) {
      expect(message).to.include(`there is no asset 'home', and no release is in ${releases}`);
      expect(message).to.include('does the directory exist, has the build run?');
    }
    expect(await page(instance, 'tol')).to.include("Did you mean 'tool'?");
    expect(await page(instance, 'renamed')).to.include(`no release is in ${releases}: does the directory`);
    const without = open(project).asset('renamed', { source: 'release' });
    expect(await page(without, 'renamed')).to.include('needs globals({ releases })');
    expect(await page(without, 'home')).to.match(/'home' \| Register it/);
  });

  it('is a name: entries, bundles, ids and aliases are suggested', async () => {
    const project = new Project({ 'assets/tool.js': '' });
    const text = 'self.home = 1;';
    const store = new ReleaseStore(new Directory(project.path('releases')));
    const bundle = { version: sha256(text), served: 'shared-1.js', size: text.length };
    await store.record(
      { bundles: { 'shared.js': bundle }, roots: {}, entries: { checkout: ['shared.js'] } },
      new Map([[sha256(text), text]]),
      5,
    );
    const instance = open(project, { releases: project.path('releases') });
    instance.asset('tool', { alias: 'hammer' }).asset('failing');
    instance.asset('bundle', { source: 'release', filename: 'sharde.js' });
    const near = {
      chekout: 'checkout',
      'sharde.js': 'shared.js',
      tol: 'tool',
      hamer: 'hammer',
      faling: 'failing',
    };
    for (const [name, suggestion] of Object.entries(near)) {
      expect(await page(instance, name)).to.include(`no asset '${name}' | Did you mean '${suggestion}'?`);
    }
    expect(await page(instance, 'bundle'))
      .to.include("no bundle 'sharde.js' is in")
      .and.include("'shared.js'");
    expect(await told(() => instance.patch('checkout', null, 'HEAD'))).to.include(
      "'checkout' is an entry, not an asset | Name one of its bundles: shared.js.",
    );
    expect(await told(() => instance.patch('shared.js', null, '9'))).to.include(
      `has no version '9': the releases in ${project.path('releases')} have ${sha256(text).slice(0, 11)}`,
    );
  });

  it('is a package, or a file of one', async () => {
    const project = new Project({
      'node_modules/there/package.json': { name: 'there', version: '1.2.3', main: 'index.js' },
      'node_modules/there/index.js': 'self.there = 1;',
    });
    const instance = open(project).assets({
      'not-there': { source: 'npm' },
      there: { source: 'npm' },
      file: { source: 'npm', package: 'there', filename: 'dist/nope.js' },
    });
    expect(await page(instance, 'not-there')).to.include(
      `the package not-there is not installed in any node_modules from ${project.path('assets')} upwards; npm install not-there`,
    );
    expect(await page(instance, 'file')).to.include(project.path('node_modules/there/dist/nope.js'));
    expect(await page(instance, 'there#1.0.0')).to.match(
      /asset 'there' has no version '1\.0\.0': .* there is 1\.2\.3$/,
    );
  });

  it('is a file: the paths are named', async () => {
    const project = new Project({ 'assets/app/1.9.js': '', 'assets/app/1.10.js': '', 'assets/one.js': '' });
    const instance = open(project).assets({
      app: { head: '1.9' },
      one: {},
      gone: { head: '7' },
      file: { filename: 'x/y.js' },
      text: { filename: 'y.txt' },
    });
    const path = (name: string): string => project.path(`assets/${name}`);
    expect(await page(instance, 'app#2.0')).to.include(
      `asset 'app' has no version '2.0': ${path('app')} has 1.9, 1.10`,
    );
    expect(await told(() => instance.patch('app', null, '2.0'))).to.include(`'2.0': ${path('app')} has 1.9`);
    expect(await page(instance, 'gone')).to.include(
      `has no version '7': no such file: ${path('gone/<version>.js or .css')}, ${path('gone.js')}, ${path('gone.css')}`,
    );
    expect(await page(instance, 'one#3')).to.include("has no version '3': it is one file");
    expect(await page(instance, 'file')).to.match(/no such file: [^,]*x.y\.js$/);
    expect(await page(instance, 'text')).to.include('neither .js nor .css: y.txt');
    const nowhere = open(project, { assetsDir: project.path('nowhere') }).asset('app');
    expect(await page(nowhere, 'app')).to.include(
      `the directory of assets does not exist, or is empty: ${project.path('nowhere')}`,
    );
  });

  it('is a repository', async () => {
    const project = new Project({});
    const instance = open(project).asset('app', { source: 'git', repository: '../none', filename: 'a.js' });
    expect(await page(instance, 'app#v1')).to.equal(
      `UNREADABLE_ASSET asset 'app': the repository ${project.path('none')}: no git repository is there`,
    );
  });
});
