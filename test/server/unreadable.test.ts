/** Assets whose sources are damaged, unreachable, or of a kind that cannot be served: each is named, and the others are served. */
import { execFileSync } from 'node:child_process';
import fs, { symlinkSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type dynosrc from 'dynapack/server';
import git from 'isomorphic-git';
import { failure } from '../helpers/pack';
import { freePort } from '../helpers/ports';
import { Project } from '../helpers/project';
import { open } from './open';
import { author, commit, makeRepository, serveGit } from './repository';
import { tarball } from './tarball';
import { script } from './texts';

const one = script('app', 'one');
const request = { headers: {} };

/** Registers an asset beside one that can be served, asks for both, and gives what is said of the first. */
async function complaint(project: Project, options: dynosrc.AssetOptions, id = 'app'): Promise<string> {
  project.write({ 'assets/sound.js': 'self.sound = 1;' });
  const instance = open(project).asset('sound');
  const ask = (name: string) => instance.getPatches(request, { patches: [name], format: 'json' });
  try {
    instance.asset(id, options);
  } catch (error) {
    return complain(error as dynosrc.DynapackError);
  }
  const [{ 0: sound }, error] = await Promise.all([ask('sound'), failure(ask(id))]);
  expect(sound).to.include({ raw: 'self.sound = 1;' });
  return complain(error);
}

const complain = ({ name, code, message }: dynosrc.DynapackError): string => `${name} ${code} ${message}`;

describe('packages as assets', () => {
  const version = { name: 'app', version: '1.0.0' };

  const mains: Record<string, [main: unknown, file: string]> = {
    'named without extension': ['./index', 'index.js'],
    'named without extension, elsewhere': ['dist/app', 'dist/app.js'],
    'named by its directory': ['lib', 'lib/index.js'],
    'named by its directory, with a slash': ['./lib/', 'lib/index.js'],
    'named by the package': ['.', 'index.js'],
    'named with dots in it': ['app.min', 'app.min.js'],
    'not named': [undefined, 'index.js'],
    'not named by a string': [{ './a': 1 }, 'index.js'],
    'named by nothing': ['', 'index.js'],
    'named from the root': ['/lib/app.js', 'lib/app.js'],
  };
  for (const [name, [main, file]] of Object.entries(mains)) {
    it(`are found when their main file is ${name}`, async () => {
      const project = new Project({
        'node_modules/app/package.json': { ...version, main },
        [`node_modules/app/${file}`]: one,
      });
      const record = await open(project).asset('app', { source: 'npm' }).patch('app', null, 'HEAD');
      expect(record).to.include({ to: '1.0.0', raw: one, type: 'js' });
    });
  }

  const damages: Record<string, string> = {
    '{ "name": "app", ': 'JSON',
    null: 'it holds null, which is no object',
    '[1]': 'it holds [1], which is no object',
    '': 'JSON',
  };
  for (const [text, reason] of Object.entries(damages)) {
    it(`are named when their package.json is ${JSON.stringify(text)}`, async () => {
      const project = new Project({
        'node_modules/app/package.json': text,
        'node_modules/app/index.js': one,
      });
      const path = project.path('node_modules/app/package.json');
      const said = await complaint(project, { source: 'npm' });
      expect(said).to.include(`DynapackError UNREADABLE_ASSET asset 'app': ${path}: `).and.include(reason);
    });
  }

  it('are named when their tarball is damaged', async () => {
    const whole = tarball({ 'package.json': JSON.stringify(version), 'index.js': one });
    const path = 'assets/vendor/app-1.0.0.tgz';
    const project = new Project({ [path]: whole.subarray(0, whole.length / 2) });
    const said = await complaint(project, { source: 'npm', tarballs: 'vendor', head: '1.0.0' });
    expect(said).to.include(`UNREADABLE_ASSET asset 'app': ${project.path(path)}: unexpected end of file`);
  });
});

describe('repositories as assets', () => {
  const app = { source: 'git', filename: 'lib/app.js', repository: '../repository', head: 'main' };

  /** A repository with one more entry beside its script. */
  async function withEntry(make: (directory: string) => Promise<void>): Promise<Project> {
    const project = new Project({});
    await makeRepository(project, [one]);
    await make(project.path('repository'));
    await git.commit({ fs, dir: project.path('repository'), message: 'more', author });
    return project;
  }

  it('are read by a path with a dot, and by a file: URL', async () => {
    const project = new Project({});
    await makeRepository(project, [one]);
    const dotted = open(project).asset('app', { ...app, filename: './lib/../lib/app.js' });
    expect(await dotted.patch('app', null, 'HEAD')).to.include({ raw: one });
    const { href } = pathToFileURL(project.path('repository'));
    const addressed = open(project).asset('app', { ...app, repository: href });
    expect(await addressed.patch('app', null, 'HEAD')).to.include({ raw: one });
  });

  const refused: Record<string, dynosrc.AssetOptions> = {
    "needs a 'filename' that is a path in its repository, not '../app.js'": { filename: '../app.js' },
    "needs a 'filename' that is a path in its repository, not '/app.js'": { filename: '/app.js' },
    "needs a 'repository' that is a directory or an https: URL, not 'ssh://git@host.test/x.git'": {
      repository: 'ssh://git@host.test/x.git',
    },
    "needs a 'repository' that is a directory or an https: URL, not 'git@host.test:x.git'": {
      repository: 'git@host.test:x.git',
    },
    "needs a 'repository' that is a directory, not 'file://elsewhere/x'": {
      repository: 'file://elsewhere/x',
    },
  };
  for (const [message, options] of Object.entries(refused)) {
    it(`${message}`, async () => {
      const said = await complaint(new Project({}), { ...app, ...options });
      expect(said).to.include(`DynapackError INVALID_ASSET asset 'app' ${message}`);
    });
  }

  it('are named when a path leads to a symbolic link', async () => {
    const project = await withEntry(async (dir) => {
      symlinkSync('lib/app.js', `${dir}/link.js`);
      await git.add({ fs, dir, filepath: 'link.js' });
    });
    const said = await complaint(project, { ...app, filename: 'link.js' });
    expect(said).to.match(
      /UNREADABLE_ASSET asset 'app': the repository \S+\/repository, commit [\da-f]{11}: /,
    );
    expect(said).to.include("'link.js' is a symbolic link to 'lib/app.js': name that file");
  });

  it('are named when a path leads through a symbolic link, to a directory, or to a submodule', async () => {
    const project = await withEntry(async (dir) => {
      symlinkSync('lib', `${dir}/linked`);
      await git.add({ fs, dir, filepath: 'linked' });
      const oid = (await git.log({ fs, dir }))[0]?.oid as string;
      await git.updateIndex({ fs, dir, filepath: 'sub', oid, mode: 0o160000, add: true, force: true });
    });
    const cases = {
      'linked/app.js': "'linked' is a symbolic link to 'lib'",
      lib: "'lib' is a directory",
      'sub/app.js': "'sub' is a submodule",
    };
    for (const [filename, message] of Object.entries(cases))
      expect(await complaint(project, { ...app, filename }), filename).to.include(message);
    expect(await complaint(project, { ...app, filename: 'none.js' })).to.include('UNKNOWN_VERSION');
  });

  it('are named when Git LFS keeps the file', async () => {
    const project = new Project({});
    await makeRepository(project, ['version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 7\n']);
    expect(await complaint(project, app)).to.include("'lib/app.js' is kept by Git LFS");
  });

  it('are named when their objects have SHA-256 names', async () => {
    const project = new Project({ 'repository/lib/app.js': one });
    const cwd = project.path('repository');
    const run = (...args: string[]) => execFileSync('git', args, { cwd, stdio: 'pipe' });
    run('init', '--object-format=sha256', '--initial-branch=main');
    run('add', '.');
    run('-c', 'user.name=A', '-c', 'user.email=a@example.test', 'commit', '--message', 'one');
    const said = await complaint(project, app);
    expect(said).to.include(`the repository ${cwd}: its objects have SHA-256 names`);
  });

  it('are named when their objects are damaged', async () => {
    const project = new Project({});
    await makeRepository(project, [one]);
    const dir = project.path('repository');
    const { tree } = (await git.readCommit({ fs, dir, oid: await git.resolveRef({ fs, dir, ref: 'main' }) }))
      .commit;
    fs.rmSync(`${dir}/.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`);
    expect(await complaint(project, app)).to.include(`the repository ${dir}, commit `);
  });

  it('are named when a server does not have them, or there is no server', async () => {
    const project = new Project({});
    const server = await serveGit(project.directory);
    const { port } = server.address() as AddressInfo;
    try {
      const missing = `http://127.0.0.1:${port}/none/.git`;
      expect(await complaint(project, { ...app, repository: missing })).to.include(
        `UNREADABLE_ASSET asset 'app': the repository ${missing}: `,
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
    const nobody = `http://127.0.0.1:${await freePort()}/x.git`;
    expect(await complaint(project, { ...app, repository: nobody })).to.include(
      `UNREADABLE_ASSET asset 'app': the repository ${nobody}: connect ECONNREFUSED`,
    );
  });

  it('are served as they were fetched last while their server is away', async () => {
    const project = new Project({});
    await makeRepository(project, [one]);
    const server = await serveGit(project.directory);
    const repository = `http://127.0.0.1:${(server.address() as AddressInfo).port}/repository/.git`;
    const read = () =>
      open(project)
        .asset('app', { ...app, repository })
        .patch('app', null, 'HEAD');
    await read();
    server.closeAllConnections();
    server.close();
    expect(await read()).to.include({ raw: one });
  });

  it('are not read again while their head is the same', async () => {
    const project = new Project({});
    await makeRepository(project, [one]);
    const dir = project.path('repository');
    await git.annotatedTag({ fs, dir, ref: 'v1', tagger: author, message: 'one' });
    const instance = open(project).assets({ app, tagged: { ...app, head: 'v1' } });
    const read = async (id: string, head: string) => (await instance.patch(id, null, head)).raw;
    expect([await read('app', 'main'), await read('tagged', 'v1')]).to.deep.equal([one, one]);
    // Nothing but references can be read now.
    fs.renameSync(`${dir}/.git/objects`, `${dir}/.git/away`);
    expect([await read('app', 'main'), await read('tagged', 'v1')]).to.deep.equal([one, one]);
    fs.renameSync(`${dir}/.git/away`, `${dir}/.git/objects`);
    const two = script('app', 'two');
    await commit(project, two);
    expect([await read('app', 'main'), await read('tagged', 'v1')]).to.deep.equal([two, one]);
  });
});

describe('ES modules as assets', () => {
  const modules = {
    'app.js': 'export default 1;',
    'min.js': '"use strict";const a=1;export{a as b};',
    'imports.js': "import './other.js';",
    'meta.js': 'import(self.x); self.u = import.meta.url; export {};',
  };
  for (const [filename, text] of Object.entries(modules)) {
    it(`are refused: ${text}`, async () => {
      const said = await complaint(new Project({ [`assets/${filename}`]: text }), { filename });
      expect(said).to.include(
        "INVALID_ASSET asset 'app' is an ES module, which a page cannot run as a script",
      );
    });
  }

  it('are no scripts that only look like them', async () => {
    const text = "import('./x.js'); self.text = `\nexport default 1;\nimport './y.js';`; // export { a }";
    const instance = open(new Project({ 'assets/app.js': text })).asset('app');
    expect(await instance.patch('app', null, 'HEAD')).to.include({ raw: text });
  });

  it('are texts like others in styles', async () => {
    const text = '/* export { a } */ b { top: 0 }';
    const instance = open(new Project({ 'assets/app.css': text })).asset('app');
    expect(await instance.patch('app', null, 'HEAD')).to.include({ raw: text });
  });
});
