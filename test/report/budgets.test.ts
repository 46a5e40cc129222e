/** Budgets: what is within them passes, what is not fails the build with its reasons. */
import { readdirSync, readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { dest } from 'vinyl-fs';
import { failure, hush } from '../helpers/pack';
import { gulp } from '../helpers/process';
import { buildSite, makeSite, namesOf, sizesOnDisk } from './site';

type Budgets = Record<string, string | number>;

const build = (project: ReturnType<typeof makeSite>, budgets: Budgets, options: dynapack.Options = {}) =>
  buildSite(project, { options: { ...options, budgets } });

describe('budgets', () => {
  it('are exact: what a page starts with, and what a request brings', async () => {
    const project = makeSite();
    const { data } = await buildSite(project);
    const sizeOf = (bundles: readonly number[]): number =>
      namesOf(data.bundles, bundles).reduce((sum, name) => sum + sizesOnDisk(project, name).brotli, 0);
    const starts = data.pages.map(({ name, bundles }): [string, number] => [name, sizeOf(bundles)]);
    const map = data.requests.find(({ module }) => data.modules[module]?.name === './src/map.js');
    const exact = Object.fromEntries([...starts, ['./src/map.js', sizeOf(map?.bundles ?? [])]]);
    await build(project, exact);
    for (const [name, bytes] of Object.entries(exact)) {
      const error = await failure(build(project, { ...exact, [name]: bytes - 1 }));
      expect(error).to.include({ code: 'BUDGET' });
      expect(error.message).to.include(`'${name}'`).and.include(', 1 byte above');
    }
    expect(Object.keys(exact)).to.have.length(4);
  });

  it('count the file of the loader', async () => {
    const project = makeSite();
    const { data } = await buildSite(project, { options: { loader: 'file' } });
    const home = data.pages.find(({ name }) => name === 'home')?.bundles ?? [];
    expect(namesOf(data.bundles, home)).to.include('dynapack-loader.js');
    const bytes = home.reduce((sum, bundle) => sum + (data.bundles[bundle]?.brotli as number), 0);
    await build(project, { home: bytes }, { loader: 'file' });
    expect(await failure(build(project, { home: bytes - 1 }, { loader: 'file' }))).to.include({
      code: 'BUDGET',
    });
  });

  it('are those of files for scripts that stand alone', async () => {
    const project = makeSite({ 'src/sw.js': "import { format } from './dates.js'; self.sw = format();" });
    const task = (budgets: Budgets) => {
      return { entries: ['about', 'sw'], options: { standalone: ['src/sw.js'], budgets } };
    };
    await buildSite(project, task({ sw: '1 MB' }));
    const { brotli } = sizesOnDisk(project, 'sw.js');
    await buildSite(project, task({ sw: brotli }));
    const error = await failure(buildSite(project, task({ sw: brotli - 1 })));
    expect(error.message).to.match(/^'sw', which stands alone, has [\d.]+ kB after brotli, 1 byte above/);
    expect(error.message).to.include(': ./src/sw.js → ./src/dates.js → moment/moment.js');
  });

  it('name the page, the excess, and the largest reasons with their chains', async () => {
    const error = await failure(build(makeSite(), { home: '1 kB' }));
    const text = String(error);
    expect(text).to.match(
      /^dynapack BUDGET: 'home' starts with [\d.]+ kB after brotli, \d+ bytes above its budget of 1\.0 kB\./,
    );
    const reasons = text.split('\n').filter((line) => line.includes(', about '));
    expect(reasons).to.have.length(3);
    expect(text).to.match(
      / {4}moment, about [\d.]+ k?B: \.\/src\/home\.js → \.\/src\/dates\.js → moment\/moment\.js/,
    );
    expect(text).to.include('dynapack why');
  });

  it('name what is no module: loaders, and what a script runs by that stands alone', async () => {
    const project = makeSite({ 'src/sw.js': 'self.sw = 1;' });
    const options = { loader: 'file' as const, standalone: ['src/sw.js'], budgets: { '*': 1 } };
    const { message } = await failure(buildSite(project, { entries: ['home', 'sw'], options }));
    const reasonsOf = (subject: string): string =>
      message.split(/\n {2}(?=\S)/).find((part) => part.startsWith(subject)) ?? '';
    expect(reasonsOf("'home'")).to.match(
      /\n {6}dynapack-loader\.js, which loads bundles, about [\d.]+ kB(\n|$)/,
    );
    expect(reasonsOf("'./src/worker.js'")).to.match(
      /\n {6}dynapack-worker-loader\.js, which starts workers, about [\d.]+ kB(\n|$)/,
    );
    expect(reasonsOf("'sw'")).to.match(/\n {6}what sw\.js runs its modules by, about \d+ B(\n|$)/);
  });

  it('say what comes too early, where, and by which option', async () => {
    const project = makeSite({
      'src/home.js': `import tiles from 'tiles'; self.home = tiles; ${'self.x();'.repeat(30)}`,
    });
    const splits = {
      'split\\.requestCost': { requestCost: 5000 },
      'split\\.pages': { pages: { all: ['home', 'about'] } },
    };
    for (const [option, split] of Object.entries(splits)) {
      const { message } = await failure(build(project, { about: 1 }, { split, shake: false }));
      const early = new RegExp(
        `\n +[^:\n]+, about \\d+ B: too early, in [\\w-]+\\.js, merged by ${option}(\n|$)`,
      );
      expect(message)
        .to.match(early)
        .and.not.match(/, about [^\n]*: *(\n|$)/);
    }
  });

  it('show with which arrow a script that stands alone comes to what it loads later', async () => {
    const project = makeSite({ 'src/sw.js': "self.dates = () => import('./dates.js');" });
    const options = { standalone: ['src/sw.js'], budgets: { sw: 1 } };
    const { message } = await failure(buildSite(project, { entries: ['sw'], options }));
    expect(message).to.include(': ./src/sw.js ⇒ ./src/dates.js → moment/moment.js');
  });

  it('hold for all where they are called *, but where one is named', async () => {
    const project = makeSite();
    await build(project, { '*': '1 MB' });
    const message = (await failure(build(project, { '*': '100 B', home: '1 MB' }))).message;
    expect(message).to.include("'about' starts with").and.include("a request for './src/map.js' brings");
    expect(message).to.include("'./src/worker.js' starts with").and.not.include("'home'");
    // The largest excess comes first.
    const excesses = [...message.matchAll(/(\d+) bytes above/g)].map(([, bytes]) => Number(bytes));
    expect(excesses).to.deep.equal([...excesses].sort((a, b) => b - a));
  });

  it('leave no snippet of a build that they fail', async () => {
    const project = makeSite();
    await failure(build(project, { home: 1 }));
    expect(readdirSync(project.directory)).to.not.include('views');
  });

  it('leave the report of a gulp task that they fail, which gulp ends at once', async () => {
    const project = makeSite({
      'gulpfile.js': `const { src, dest } = require('gulp'); const dynapack = require('dynapack');
        exports.default = function scripts() {
          const pack = dynapack({ budgets: { home: 1 } });
          const files = src('src/home.js').pipe(pack).pipe(pack.minify());
          files.pipe(pack.report()).pipe(dest('reports'));
          return files.pipe(dest('out')).pipe(pack.scripts()).pipe(dest('views'));
        };`,
    });
    const { code, output } = await gulp(project.link('gulp').link('dynapack').directory).finished;
    expect(output).to.include('dynapack BUDGET');
    expect(code).to.equal(1);
    expect(readdirSync(project.path('reports'))).to.deep.equal(['report.html']);
  });

  it('wait for no report that nobody reads, and for none that waits for snippets', async () => {
    const project = makeSite();
    const pack = hush(dynapack({ root: project.directory, budgets: { about: 1 } }));
    pack.end(project.path('src/about.js'));
    const files = pack.pipe(pack.minify());
    files.pipe(pack.report());
    const all = new PassThrough({ objectMode: true });
    files.pipe(pack.report()).pipe(all, { end: false });
    const scripts = files.pipe(pack.scripts());
    scripts.once('end', () => all.end());
    expect(await failure(scripts.toArray())).to.include({ code: 'BUDGET' });
  });

  it('hold in incremental builds, and with what others have cached', async () => {
    const project = makeSite();
    const cache = dynapack.cache();
    const budgets = { home: '1 MB', './src/map.js': '700 B' };
    await buildSite(project, { options: { cache } });
    await build(project, budgets, { cache });
    await build(project, budgets, { cache });
    const map = readFileSync(project.path('src/map.js'), 'utf8');
    project.write({
      'src/map.js': `${map}\nself.more = '${Array.from({ length: 600 }, (_, n) => (n * 7919).toString(36)).join()}';`,
    });
    for (const _ of [1, 2])
      expect(await failure(build(project, budgets, { cache }))).to.include({ code: 'BUDGET' });
    project.write({ 'src/map.js': map });
    await build(project, budgets, { cache });
    project.write({ 'src/about.js': 'self.about = 1;' });
    await build(project, budgets, { cache });
    const tight = { ...budgets, home: 5 };
    expect((await failure(build(project, tight, { cache }))).message).to.include("'home'");
  });

  it('hold in builds from the cache on disk', async () => {
    const project = makeSite();
    const run = (budgets: Budgets) =>
      build(project, budgets, { cache: dynapack.cache(project.path('.cache')) });
    await run({ home: '1 MB' });
    expect((await failure(run({ home: 5 }))).message).to.match(/moment, about/);
  });

  it('take bytes, and sizes with units', async () => {
    const right = [0, 1.5, '80 kB', '80kB', '0.5 MB', '12 KiB', '1.25 MiB', '900 B'];
    for (const size of right)
      expect(() => dynapack({ budgets: { home: size } }), String(size)).to.not.throw();
    const wrong = [
      '80',
      '80 kb',
      '80 KB',
      '-1 kB',
      '',
      'kB',
      '1e3 B',
      -1,
      Number.NaN,
      Infinity,
      null,
      true,
      {},
    ];
    for (const size of wrong)
      expect(() => dynapack({ budgets: { home: size } as never }), String(size)).to.throw(
        "option 'budgets' must be an object of numbers of bytes",
      );
    expect(() => dynapack({ budgets: '80 kB' as never })).to.throw("option 'budgets' must be");
    expect(() => dynapack({ budget: {} } as never)).to.throw("unknown option 'budget'");
  });

  it('of what is not there are wrong, and say what was meant', async () => {
    const error = await failure(build(makeSite(), { hmoe: '80 kB' }));
    expect(error).to.include({ code: 'INVALID_OPTION' });
    expect(String(error)).to.include("'hmoe'").and.include("'home'");
    const unlike = await failure(build(makeSite(), { 'something else': '80 kB' }));
    expect(String(unlike)).to.include('about, home').and.include('./src/map.js');
  });

  it('of what is not there are refused before anything is written, also without scripts()', async () => {
    const project = makeSite({ 'src/sw.js': 'self.sw = 1;' });
    const options = { root: project.directory, standalone: ['src/sw.js'], budgets: { sw: 1, nosuch: 5 } };
    const pack = dynapack(options);
    pack.end(project.path('src/sw.js'));
    const error = await failure(pipeline(pack, pack.minify(), dest(project.path('out'))));
    expect(error).to.include({ code: 'INVALID_OPTION' });
    expect(error.message).to.include("'nosuch'");
    expect(readdirSync(project.directory)).to.not.include('out');
  });

  it('warn where no scripts() checks them', async () => {
    const project = makeSite({ 'src/sw.js': 'self.sw = 1;' });
    const start = (budgets: Budgets) => {
      const pack = dynapack({ root: project.directory, standalone: ['src/sw.js'], budgets });
      const codes: string[] = [];
      pack.on('warning', ({ code }) => codes.push(code));
      pack.end(project.path('src/sw.js'));
      return { pack, codes, files: pack.pipe(pack.minify()) };
    };
    const unchecked = start({ sw: 1 });
    await unchecked.files.toArray();
    expect(unchecked.codes).to.deep.equal(['UNCHECKED_BUDGETS']);
    const none = start({});
    await none.files.toArray();
    expect(none.codes).to.deep.equal([]);
    const checked = start({ sw: 1 });
    const scripts = checked.files.pipe(checked.pack.scripts()).resume();
    expect(await failure(finished(scripts))).to.include({ code: 'BUDGET' });
    expect(checked.codes).to.deep.equal([]);
  });

  it('say so where scripts() does not see the Files', async () => {
    const project = makeSite();
    const pack = dynapack({ root: project.directory, budgets: { '*': '1 MB' } });
    pack.on('warning', () => undefined);
    pack.end(project.path('src/about.js'));
    pack.resume();
    const scripts = pack.scripts();
    const ended = failure(scripts.toArray());
    scripts.end({ 'about.js': 'about-1.js' });
    const error = await ended;
    expect(error).to.include({ code: 'SIZE_UNKNOWN' });
    expect(error.hint).to.include('pack.scripts()');
  });
});
