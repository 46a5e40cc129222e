/** What pages and servers are told of versions and patches. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { sha256 } from '../../lib/hash';
import { applyPatch } from '../../lib/patch/apply';
import { failure } from '../helpers/pack';
import type { Project } from '../helpers/project';
import { runTask, type Task } from '../helpers/task';
import { visit } from '../helpers/visit';
import { createDice, moduleText } from '../patch/texts';
import { make, rooted } from './projects';

type Row = [module: string, served: string, integrity?: string, ...patches: string[]];

interface Patch {
  from: string[];
  url: string;
  size: number;
}

interface Manifest {
  entries: Record<string, { config: { b: Row[]; w?: string } }>;
  bundles: Record<
    string,
    {
      url: string;
      integrity: string;
      version?: string;
      size?: number;
      patches?: Patch[];
    }
  >;
  loader?: object;
}

const code = Array.from({ length: 40 }, (_, id) => moduleText(createDice(id), id)).join(',\n');
const site = (change: string) => ({
  'main.js': `self.main = [require('./part'), '${change}']; self.code = () => ({ ${code} });`,
  'admin.js': "self.admin = require('./part');",
  'part.js': "module.exports = 'part';",
});

/** One build, as a gulpfile has it; what it wrote, by name. */
async function build(
  project: Project,
  options: dynapack.Options,
  scripts?: dynapack.ScriptsOptions,
  last: (file: File) => File = (file) => file,
) {
  const pack = dynapack({ ...rooted(project), prefix: '/js/', ...options });
  for (const entry of ['main.js', 'admin.js']) pack.write(project.path(entry));
  pack.end();
  const written: Record<string, string> = {};
  const files = pack
    .pipe(pack.patches({ releases: project.path('releases') }))
    .pipe(objectTransform(async (file: File) => last(file)));
  const made: File[] = [];
  for await (const file of files as AsyncIterable<File>) {
    written[file.relative] = String(file.contents);
    made.push(file);
  }
  const snippets = pack.scripts(scripts);
  for (const file of made) snippets.write(file);
  snippets.end();
  const out: Record<string, string> = {};
  for await (const file of snippets as AsyncIterable<File>) out[file.relative] = String(file.contents);
  return { written, out, manifest: JSON.parse(out['manifest.json'] as string) as Manifest };
}

const rowOf = ({ entries }: Manifest, bundle: string): Row =>
  entries.main?.config.b.find(([, served]) => served === bundle) as Row;

describe('updates', () => {
  it('tell pages what each bundle is checked against, and what it can be made of', async () => {
    const project = make(site('one'));
    const texts: string[] = [];
    for (const change of ['one', 'two', 'three']) {
      project.write(site(change));
      const { written, manifest, out } = await build(project, { updates: 'page' });
      const text = written['main.js'] as string;
      const [, , integrity, ...patches] = rowOf(manifest, 'main.js');
      expect(integrity).to.equal(`sha256-${Buffer.from(sha256(text), 'base64url').toString('base64')}`);
      expect(patches).to.have.length(texts.length);
      for (const patch of patches) {
        const old = texts.find((each) => sha256(each).slice(0, 11) === patch) as string;
        const contents = written[`patches/${sha256(text).slice(0, 11)}.${patch}.txt`] as string;
        expect(applyPatch(contents, [old], sha256)).to.equal(text);
      }
      texts.push(text);
      const visited = await visit(written, [out['main.html'] as string]);
      expect(visited.page.main).to.deep.equal(['part', change]);
    }
  });

  it('tell servers the same, with versions and sizes', async () => {
    const project = make(site('one'));
    const first = await build(project, { updates: 'page' });
    project.write(site('two'));
    const { manifest, written } = await build(project, { updates: 'page' });
    const { version, size, patches = [] } = manifest.bundles['main.js'] ?? {};
    expect(version).to.equal(sha256(written['main.js'] as string));
    expect(size).to.equal((written['main.js'] as string).length);
    const patch = patches[0] as Patch;
    expect(patch.from).to.deep.equal([sha256(first.written['main.js'] as string)]);
    expect(written).to.have.property(patch.url.replace('/js/', ''));
    expect(patch.size).to.be.below(200);
    expect(manifest.bundles['admin.js']?.patches).to.deep.equal([]);
  });

  it('are in no output without the option', async () => {
    const project = make(site('one'));
    await build(project, {});
    project.write(site('two'));
    const { manifest, written } = await build(project, {});
    expect(Object.keys(written).filter((name) => name.startsWith('patches/'))).to.have.length(1);
    expect(rowOf(manifest, 'main.js')).to.have.length(2);
    expect(manifest.bundles['main.js']).to.deep.equal({ url: '/js/main.js' });
  });

  it('with a cache are remembered of bundles that do not come by again', async () => {
    const project = make(site('one'));
    await build(project, { updates: 'page' });
    const task: Task = {
      entries: ['main.js', 'admin.js'],
      output: 'out',
      plugins: (pack) => [pack.patches({ releases: project.path('releases') })],
      options: { ...rooted(project), prefix: '/js/', updates: 'page', cache: dynapack.cache() },
    };
    const read = (): Manifest => JSON.parse(readFileSync(project.path('out/manifest.json'), 'utf8'));
    project.write(site('two'));
    await runTask(project, task);
    const before = read();
    project.write({ 'admin.js': "self.admin = require('./part') + 2;" });
    expect(await runTask(project, task)).to.not.include('main.js');
    expect(rowOf(read(), 'main.js')).to.deep.equal(rowOf(before, 'main.js')).and.have.length(4);
    project.write(site('three'));
    await runTask(project, task);
    expect(rowOf(read(), 'main.js')).to.have.length(5);
  });

  for (const [what, last] of Object.entries({
    'a text is changed': (file: File) => {
      if (file.extname === '.js')
        file.contents = Buffer.concat([file.contents as Buffer, Buffer.from('\n;')]);
      return file;
    },
    'a patch is renamed': (file: File) => {
      if (file.extname === '.txt') file.stem += '-5f3a';
      return file;
    },
  })) {
    it(`fail the build when ${what} behind patches()`, async () => {
      const project = make(site('one'));
      await build(project, { updates: 'page' });
      project.write(site('two'));
      const error = await failure(build(project, { updates: 'page' }, undefined, last));
      expect(error.code).to.equal('PATCHES_MISPLACED');
      expect(error.message).to.match(/(?:main|admin)\.js|patches\/.*-5f3a/);
    });
  }

  it('fail the first build already when a text is changed behind patches()', async () => {
    const last = (file: File): File => {
      if (file.extname === '.js') file.contents = Buffer.from(`${file.contents}\n;`);
      return file;
    };
    const error = await failure(build(make(site('one')), { updates: 'page' }, undefined, last));
    expect(error.code).to.equal('PATCHES_MISPLACED');
    expect(error.message).to.match(/the text of '(?:main|admin)\.js' was changed/);
  });

  it('and integrity ask for scripts of another host with CORS, which browsers want', async () => {
    const project = make(site('one'));
    const configOf = async (options: dynapack.Options, scripts?: dynapack.ScriptsOptions) =>
      (await build(project, options, scripts)).manifest.entries.main?.config as { c?: string };
    for (const prefix of ['https://cdn.example/js/', '//cdn.example/'])
      expect((await configOf({ updates: 'page', prefix })).c).to.equal('anonymous');
    const prefix = 'https://cdn.example/js/';
    expect((await configOf({ prefix }, { integrity: true })).c).to.equal('anonymous');
    expect((await configOf({ prefix }, { integrity: true, crossorigin: 'use-credentials' })).c).to.equal(
      'use-credentials',
    );
    expect((await configOf({ prefix })).c).to.equal(undefined);
    expect((await configOf({ updates: 'page' })).c).to.equal(undefined);
  });

  it('by a service worker say where it is, and add its script', async () => {
    const project = make(site('one'));
    const { manifest, out } = await build(project, { updates: 'worker' });
    expect(manifest.entries.main?.config.w).to.equal('/dynapack-worker.js');
    expect(out).to.have.property('dynapack-worker.js');
    const other = await build(project, { updates: 'worker', worker: '/app/sw.js' });
    expect(other.manifest.entries.main?.config.w).to.equal('/app/sw.js');
    expect((await build(project, { updates: 'page' })).out).to.not.have.property('dynapack-worker.js');
  });

  it('leave the integrity of the loader file to its option', async () => {
    const project = make(site('one'));
    const options = { updates: 'page', loader: 'file' } as const;
    const { manifest, out } = await build(project, options);
    expect(manifest.loader).to.deep.equal({ url: '/js/dynapack-loader.js' });
    const checked = await build(project, options, { integrity: true });
    expect(checked.manifest.loader)
      .to.have.property('integrity')
      .that.matches(/^sha384-/);
    expect(checked.manifest.bundles['main.js']?.integrity).to.match(/^sha256-/);
    expect(out['main.html']).to.include('sha256-');
  });

  it('need the Files', async () => {
    const project = make(site('one'));
    const pack = dynapack({ ...rooted(project), updates: 'page' });
    pack.end(project.path('main.js'));
    pack.resume();
    const scripts = pack.scripts();
    scripts.end({ 'main.js': 'main.min.js' });
    const drained = (async () => {
      for await (const _file of scripts);
    })();
    expect((await failure(drained)).code).to.equal('INTEGRITY_UNKNOWN');
  });
});
