/** What `pack.minify()` remembers from build to build. */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { deserialize, serialize } from 'node:v8';
import { get, ls, put } from 'cacache';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { minify as terser } from 'terser';
import { failure } from '../helpers/pack';
import { Project } from '../helpers/project';
import { runTask } from '../helpers/task';
import { visit } from '../helpers/visit';
import { minified, recorder } from './project';

const files = {
  'main.js':
    "import { a } from './a.js'; self.result = a;\nimport('./later.js').then((later) => { self.later = later; });",
  'a.js': 'export const a = [1];',
  'later.js': "export default\n 'later';",
};

/** Which files a build asks its minifier for. */
async function ask(project: Project, cache: dynapack.Cache, options?: dynapack.Options): Promise<string[]> {
  const { calls, minify } = recorder();
  await minified(project, 'main.js', minify, { ...options, cache });
  return calls.map(({ path }) => path.replace(/.*\//, '')).sort();
}

/** `a.js` shares the function of `main.js`. */
const ALL = ['later.js', 'main.js', 'runtime.js'];

describe('minify() with a cache', () => {
  it('minifies what has changed, and emits only bundles that have', async () => {
    const [project, cache] = [new Project(files), dynapack.cache()];
    expect(await ask(project, cache)).to.deep.equal(ALL);
    expect(await ask(project, cache)).to.deep.equal([]);
    const { calls, minify } = recorder();
    const task = {
      entries: ['main.js'],
      output: 'out',
      plugins: (pack: dynapack.Pack) => [pack.minify(minify, { keepNames: false })],
      options: { cache },
    };
    await runTask(project, task);
    project.write({ 'a.js': 'export const a = [2];' });
    expect(await runTask(project, task)).to.deep.equal(['aliases.json', 'main.js']);
    expect(calls.map(({ path }) => path)).to.deep.equal([project.path('main.js')]);
    const text = readFileSync(project.path('out/main.js'), 'utf8');
    expect(text).to.include('const a = [2];').and.not.include(';\nimport');
  });

  it('gives what a clean build gives, after any edit', async () => {
    const [project, cache] = [new Project(files), dynapack.cache()];
    const known: Record<string, string> = {};
    for (const a of [
      'export const a = 1;',
      'export let a = 7; export const b = a;',
      "import './later.js'; export const a = 3;",
    ]) {
      project.write({ 'a.js': a });
      Object.assign(known, (await minified(project, 'main.js', undefined, { cache })).bundles);
      const clean = await minified(project, 'main.js');
      expect(known).to.include(clean.bundles);
    }
  });

  it('asks another minifier for everything', async () => {
    const [project, cache] = [new Project(files), dynapack.cache()];
    await ask(project, cache);
    project.write({ 'main.js': `${files['main.js']} self.more = 1;` });
    const paths: string[] = [];
    await minified(
      project,
      'main.js',
      (code, { path }) => {
        paths.push(path);
        return code;
      },
      { cache },
    );
    expect(paths).to.include(project.path('later.js'));
  });

  it('emits again what a failure has kept from being written', async () => {
    const [project, cache] = [new Project(files), dynapack.cache()];
    await minified(project, 'main.js', recorder().minify, { cache });
    project.write({ 'a.js': 'export const a = [9];', 'later.js': 'export default "bad";' });
    const error = await failure(
      minified(
        project,
        'main.js',
        (code) => {
          if (code.includes('bad')) throw new Error('bad');
          return code;
        },
        { cache },
      ),
    );
    expect(error.code).to.equal('MINIFICATION_FAILED');
    project.write({ 'later.js': 'export default "good";' });
    const { bundles } = await minified(project, 'main.js', recorder().minify, { cache });
    expect(bundles['main.js']).to.include('a = [9]');
    expect(bundles['later.js']).to.include('good');
  });

  describe('in a directory', () => {
    const directories: string[] = [];

    /** Waits until everything is written. */
    async function settle(directory: string): Promise<void> {
      for (let [before, calm] = ['', 0]; calm < 3; ) {
        await sleep(150);
        const now = existsSync(directory) ? readdirSync(directory, { recursive: true }).sort().join() : '';
        calm = now !== '' && now === before ? calm + 1 : 0;
        before = now;
      }
    }

    // Nobody waits for a cache to be written, but who removes its directory.
    afterEach(async () => {
      for (const directory of directories.splice(0)) {
        await settle(directory);
        rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
      }
    });

    /** The entry that minified modules are in. */
    async function entryOf(directory: string): Promise<string> {
      for (;;) {
        await settle(directory);
        const found = Object.keys(await ls(directory)).find((key) => key.includes(' oxc-minify '));
        if (found) return found;
      }
    }

    const make = (): { project: Project; directory: string } => {
      const project = new Project(files);
      const directory = `${project.directory}-cache`;
      directories.push(directory);
      return { project, directory };
    };

    it('takes what an earlier process has minified without a function', async () => {
      const { project, directory } = make();
      const build = () => minified(project, 'main.js', undefined, { cache: dynapack.cache(directory) });
      const first = await build();
      const key = await entryOf(directory);
      const { data } = await get(directory, key);
      const content = deserialize(data);
      for (const [, { after }] of content.saved) after.text = after.text.replace('`later`', '`from disk`');
      await put(directory, key, serialize(content));
      const second = await build();
      expect(second.bundles['main.js']).to.equal(first.bundles['main.js']);
      expect(second.bundles['later.js']).to.include('from disk');
      project.write({ 'later.js': "export default 'edited';" });
      expect((await build()).bundles['later.js']).to.include('edited');
    });

    it('does without what is damaged', async () => {
      const { project, directory } = make();
      const build = () => minified(project, 'main.js', undefined, { cache: dynapack.cache(directory) });
      const first = await build();
      await put(directory, await entryOf(directory), Buffer.from('damaged'));
      expect((await build()).bundles).to.deep.equal(first.bundles);
    });

    it('asks functions again in each process: what they close over is not known', async () => {
      const { project, directory } = make();
      for (const _ of [1, 2]) {
        expect(await ask(project, dynapack.cache(directory))).to.deep.equal(ALL);
        await sleep(100);
      }
    });
  });

  it('remembers maps apart', async () => {
    const [project, cache] = [new Project(files), dynapack.cache()];
    const options = { sourceMap: { asObject: true } } as const;
    const minify: dynapack.Minify = (code) => terser(code, options);
    await minified(project, 'main.js', minify, { cache });
    const packed = await minified(project, 'main.js', minify, { cache, sourcemaps: true });
    for (const { sourceMap } of packed.files) expect(sourceMap?.mappings).to.match(/\w/);
    const { page } = await visit(packed.bundles, [packed.scripts['main.html'] as string]);
    expect(page.result).to.deep.equal([1]);
  });
});
