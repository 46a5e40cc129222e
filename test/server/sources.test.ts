/** Where assets may come from: git repositories, packages, releases. */
import fs, { copyFileSync, mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import git from 'isomorphic-git';
import { Directory } from '../../lib/fs/directory';
import { sha256 } from '../../lib/hash';
import { applyPatch } from '../../lib/patch/apply';
import { ReleaseStore } from '../../lib/releases/store';
import { failure } from '../helpers/pack';
import { Project } from '../helpers/project';
import { open } from './open';
import { author, commit, makeRepository, serveGit } from './repository';
import { tarball } from './tarball';
import { script } from './texts';

const texts = ['one', 'two', 'three'].map((value) => script('app', value));
const [one, two, three] = texts as [string, string, string];

describe('the source git', () => {
  const app = { source: 'git', filename: 'lib/app.js', repository: '../repository' };

  it('makes a tag of a commit', async () => {
    const project = new Project({});
    const [first] = await makeRepository(project, texts);
    const dir = project.path('repository');
    await git.tag({ fs, dir, ref: 'v2', object: (await git.log({ fs, dir }))[1]?.oid as string });
    const record = await open(project).asset('app', app).patch('app', first, 'v2');
    expect(applyPatch(record.diff as string, [one], sha256)).to.equal(two);
    expect(record.to).to.match(/^[0-9a-f]{40}$/);
  });

  it('knows branches, tags of both kinds, commits and their beginnings', async () => {
    const project = new Project({});
    const [first, second] = (await makeRepository(project, texts)) as [string, string, string];
    const dir = project.path('repository');
    await git.tag({ fs, dir, ref: 'light', object: first });
    await git.annotatedTag({ fs, dir, ref: 'heavy', object: second, tagger: author, message: 'two' });
    await git.branch({ fs, dir, ref: 'feature/old', object: first });
    const instance = open(project).asset('app', app);
    const cases = {
      HEAD: three,
      main: three,
      'feature/old': one,
      light: one,
      heavy: two,
      'refs/tags/heavy': two,
    };
    for (const [reference, text] of Object.entries({ ...cases, [first]: one, [second.slice(0, 8)]: two })) {
      expect(await instance.patch('app', null, reference), reference).to.include({ raw: text });
    }
    for (const reference of ['none', 'ffffffff', '../../etc/passwd', 'refs/heads/../../HEAD']) {
      expect(await failure(instance.patch('app', null, reference)), reference).to.include({
        code: 'UNKNOWN_VERSION',
      });
    }
  });

  it('reads bare repositories and packs', async () => {
    const project = new Project({});
    const commits = await makeRepository(project, [one, two]);
    const dir = project.path('repository');
    const { filename } = await git.packObjects({ fs, dir, oids: await objectsOf(dir, commits), write: true });
    const [pack] = [`objects/pack/${filename}`];
    project.write({ 'bare/HEAD': `${commits[1]}\n`, 'bare/config': '[core]\nbare = true\n' });
    mkdirSync(project.path('bare/objects/pack'), { recursive: true });
    mkdirSync(project.path('bare/refs'));
    copyFileSync(`${dir}/.git/${pack}`, project.path(`bare/${pack}`));
    await git.indexPack({
      fs,
      dir: project.path('bare'),
      gitdir: project.path('bare'),
      filepath: pack as string,
    });
    const instance = open(project).asset('app', { ...app, repository: '../bare' });
    expect(await instance.patch('app', null, 'HEAD')).to.include({ raw: two });
    expect(await instance.patch('app', null, commits[0] as string)).to.include({ raw: one });
  });

  it('follows a branch', async () => {
    const project = new Project({});
    await makeRepository(project, [one]);
    const instance = open(project, { refresh: 0 }).asset('app', { ...app, head: 'main' });
    expect(await instance.patch('app', null, 'HEAD')).to.include({ raw: one });
    await commit(project, two);
    expect(await instance.patch('app', null, 'HEAD')).to.include({ raw: two });
  });

  it('says when it is registered what is missing, unless it is a default', () => {
    const instance = open(new Project({}));
    expect(() => instance.asset('a', { source: 'git', repository: 'x' })).to.throw("needs a 'filename'");
    expect(() => instance.asset('a', { source: 'git', filename: 'x' })).to.throw("needs a 'repository'");
    instance.asset('owner/name', { source: 'git', filename: 'x' });
    instance.defaults({ source: 'git', repository: 'x' }).asset('a', { filename: 'x' });
  });

  it('clones a remote repository, and fetches what is new', async () => {
    const project = new Project({});
    const [first] = (await makeRepository(project, [one, two])) as [string, string];
    const server = await serveGit(project.directory);
    const repository = `http://127.0.0.1:${(server.address() as AddressInfo).port}/repository/.git`;
    try {
      const remote = { ...app, repository, head: 'main' };
      const instance = open(project).asset('app', remote);
      expect(await instance.patch('app', null, 'HEAD')).to.include({ raw: two });
      expect(await instance.patch('app', null, first)).to.include({ raw: one });
      await commit(project, three);
      // Another process finds the clone, and what has been committed since.
      expect(await open(project).asset('app', remote).patch('app', null, 'main')).to.include({ raw: three });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

async function objectsOf(dir: string, commits: readonly string[]): Promise<string[]> {
  const oids = new Set<string>(commits);
  for (const ref of commits) {
    const walked = await git.walk({
      fs,
      dir,
      trees: [git.TREE({ ref })],
      map: async (_, [entry]) => entry?.oid(),
    });
    for (const oid of [walked].flat(5)) oids.add(oid as string);
    oids.add((await git.readCommit({ fs, dir, oid: ref })).commit.tree);
  }
  return [...oids].filter(Boolean);
}

describe('the source npm', () => {
  const installed = {
    'node_modules/@me/app/package.json': { name: '@me/app', version: '2.0.0', main: './lib/app.js' },
    'node_modules/@me/app/lib/app.js': two,
    'node_modules/@me/app/lib/app.css': 'b { top: 0 }',
  };

  it('serves the main file of the installed package, or another one', async () => {
    const instance = open(new Project(installed)).assets({
      '@me/app': { source: 'npm' },
      style: { source: 'npm', package: '@me/app', filename: 'lib/app.css' },
      outside: { source: 'npm', package: '@me/app', filename: '../../../package.json' },
    });
    expect(await instance.patch('@me/app', null, 'HEAD')).to.include({ to: '2.0.0', raw: two });
    expect(await instance.patch('style', null, 'HEAD')).to.include({ raw: 'b { top: 0 }', type: 'css' });
    expect(await failure(instance.patch('outside', null, 'HEAD'))).to.include({ code: 'UNKNOWN_VERSION' });
  });

  it('makes patches from tarballs of older versions', async () => {
    const packageJson = JSON.stringify({ name: '@me/app', version: '1.0.0', main: './lib/app.js' });
    const project = new Project({
      ...installed,
      'assets/vendor/me-app-1.0.0.tgz': tarball({ 'package.json': packageJson, 'lib/app.js': one }),
    });
    const instance = open(project).asset('@me/app', { source: 'npm', tarballs: 'vendor' });
    const record = await instance.patch('@me/app', '1.0.0', 'HEAD');
    expect(applyPatch(record.diff as string, [one], sha256)).to.equal(two);
    instance.asset('style', {
      source: 'npm',
      package: '@me/app',
      tarballs: 'vendor',
      filename: 'lib/app.css',
    });
    expect((await failure(instance.patch('style', null, '1.0.0'))).message).to.include(
      `${project.path('assets/vendor/me-app-1.0.0.tgz')} has no file lib/app.css`,
    );
    expect((await failure(instance.patch('style', null, '3.0.0'))).message).to.include(
      'there is 2.0.0, 1.0.0',
    );
  });
});

describe('the source release', () => {
  const release = (text: string) => ({
    bundles: { 'app.js': { version: sha256(text), served: 'app-1.js', size: text.length } },
    roots: {},
    entries: {},
  });

  async function record(project: Project, text: string): Promise<void> {
    const store = new ReleaseStore(new Directory(project.path('releases')));
    await store.record(release(text), new Map([[sha256(text), text]]), 5);
  }

  it('serves every bundle of the newest release, and patches from older ones', async () => {
    const project = new Project({});
    for (const text of texts) await record(project, text);
    const instance = open(project, { releases: project.path('releases') });
    const latest = await instance.patch('app.js', null, 'HEAD');
    expect(latest).to.include({ raw: three, to: sha256(three).slice(0, 11) });
    const update = await instance.patch('app.js', sha256(one), 'HEAD');
    expect(applyPatch(update.diff as string, [one], sha256)).to.equal(three);
  });

  it('gives a bundle that is registered another name', async () => {
    const project = new Project({});
    await record(project, one);
    const instance = open(project, { releases: project.path('releases') });
    instance.asset('app', { source: 'release', filename: 'app.js' });
    expect(await instance.patch('app', null, 'HEAD')).to.include({ raw: one });
  });
});
