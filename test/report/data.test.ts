/** The data of reports: every number is that of the files on the disk, and what is told is what the build did. */
import { readdirSync, readFileSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { dest } from 'vinyl-fs';
import { sha256 } from '../../lib/hash';
import type { ReleaseContent } from '../../lib/releases/manifest';
import { makeMetafile } from '../../lib/report/metafile';
import { explainWhy } from '../../lib/report/why';
import { failure, hush } from '../helpers/pack';
import type { Project } from '../helpers/project';
import { buildSite, makeSite, named, namesOf, type SiteTask, sizesOnDisk } from './site';

function expectSizes(project: Project, data: dynapack.ReportData): void {
  expect(data.bundles.length).to.be.above(5);
  data.bundles.forEach(({ served, raw, gzip, brotli, modules, name }, index) => {
    expect({ raw, gzip, brotli }, name).to.deep.equal(sizesOnDisk(project, served));
    const own = modules.map((module) => data.modules[module] as dynapack.ReportData['modules'][number]);
    for (const module of own) expect(module.bundle, module.name).to.equal(index);
    const sum = own.reduce((total, { size }) => total + size, 0);
    expect(sum, name).to.be.at.most(raw);
    if (modules.length > 0) expect(sum, name).to.be.above(raw / 10);
  });
  for (const { served, raw } of data.assets)
    expect(raw, served).to.equal(readFileSync(project.path(`out/${served}`)).length);
}

describe('report data', () => {
  const ways: Record<string, SiteTask> = {
    'as it comes': { minify: false },
    minified: {},
    'minified, with hashes in names and patches': { releases: 'kept' },
    'with the loader in a file': { options: { loader: 'file' } },
    'one bundle per module': { options: { debug: true } },
    'merged to fewer bundles': { options: { split: { requestCost: 600 } } },
    'with source maps': { options: { sourcemaps: true }, minify: false },
  };
  for (const [way, task] of Object.entries(ways))
    it(`has the sizes of the files on the disk: ${way}`, async () => {
      const project = makeSite();
      const { data, metadata } = await buildSite(project, task);
      expectSizes(project, data);
      expect(data.minimal).to.equal(metadata.minimal);
      expect(data.price).to.deep.equal(metadata.price);
      expect(data.price === undefined).to.equal(way !== 'merged to fewer bundles');
      const scripts = readFileSync(project.path('views/aliases.json'), 'utf8');
      for (const [name, served] of Object.entries(JSON.parse(scripts) as Record<string, string>)) {
        if (name in metadata.assets) expect(named(data.assets, name).served).to.equal(served);
        else expect(named(data.bundles, name).served).to.equal(served);
      }
      for (const { name, bundles } of data.pages) {
        const own = metadata.entries[name];
        if (own) expect(namesOf(data.bundles, bundles)).to.include.members(own);
      }
    });

  it('has exact sizes of modules, however they were minified', async () => {
    const project = makeSite();
    const { data } = await buildSite(project, { releases: 'kept' });
    for (const { kind, raw, modules } of data.bundles.filter((bundle) => bundle.modules.length > 0)) {
      if (kind === 'style') continue;
      const sum = modules.reduce((total, module) => total + (data.modules[module]?.size ?? 0), 0);
      const inScript = data.modules
        .filter(({ script }) => data.bundles[script?.bundle ?? -1]?.raw === raw)
        .reduce((total, { script }) => total + (script?.size ?? 0) + 2, 0);
      // What stands around and between them.
      expect(raw - sum - inScript).to.equal(76 + 2 * (modules.length - 1));
    }
  });

  it('tells modules apart in what other minifiers leave', async () => {
    const project = makeSite();
    const pack = dynapack({ root: project.directory });
    pack.on('warning', () => undefined);
    pack.end(project.path('src/home.js'));
    const { minify } = await import('terser');
    const report = pack.report({ json: true });
    for await (const file of pack) {
      if (file.extname === '.js')
        file.contents = Buffer.from((await minify(String(file.contents))).code as string);
      report.write(file);
    }
    report.end();
    const [file] = await report.toArray();
    const data = JSON.parse(String(file.contents)) as dynapack.ReportData;
    const home = named(data.bundles, 'home.js');
    const sum = home.modules.reduce((total, module) => total + (data.modules[module]?.size ?? 0), 0);
    expect(sum).to.be.within(home.raw - 160, home.raw - 60);
  });

  it('says where each module is, who needs it, and what was left out', async () => {
    const { data } = await buildSite(makeSite());
    const dates = named(data.modules, './src/dates.js');
    expect(dates.exports).to.deep.equal({ kept: ['format', 'used'], dropped: ['unused'] });
    expect(dates.statements).to.deep.equal({ kept: 2, dropped: 2 });
    expect(dates.keptFor).to.equal(undefined);
    expect(namesOf(data.modules, dates.unneeded ?? [])).to.deep.equal(['pure/index.js']);
    expect(named(data.modules, 'pure/index.js')).to.include({ bundle: -1, size: 0 });
    const home = named(data.modules, './src/home.js');
    expect(home.keptFor).to.equal('entry');
    expect(namesOf(data.modules, home.later)).to.deep.equal(['./src/map.js']);
    expect(namesOf(data.modules, home.workers)).to.deep.equal(['./src/worker.js']);
    expect(home.names?.[namesOf(data.modules, home.imports).indexOf('./src/dates.js')]).to.deep.equal([
      'format',
      'used',
    ]);
    expect(named(data.modules, './src/map.js').keptFor).to.equal('namespace');
    expect(named(data.modules, './src/menu.css').keptFor).to.equal('effects');
    expect(named(data.modules, 'tiles/node_modules/moment/moment.js').keptFor).to.equal('require');
    const kinds = ['./src/home.js', './src/home.css', './src/logo.png', 'moment/moment.js'].map(
      (name) => named(data.modules, name).kind,
    );
    expect(kinds).to.deep.equal(['esm', 'style', 'asset', 'cjs']);
    const cards = named(data.modules, './src/cards.module.css');
    expect(data.bundles[cards.bundle]?.kind).to.equal('style');
    expect(cards.script?.size).to.be.above(10);
    const [logo] = data.assets;
    expect(namesOf(data.bundles, logo?.bundles ?? [])).to.include.members(['home.js', 'home.css']);
  });

  it('names pages, workers, requests and cores', async () => {
    const { data, metadata } = await buildSite(makeSite());
    expect(data.pages.map(({ name, kind }) => [name, kind])).to.deep.equal([
      ['about', 'entry'],
      ['home', 'entry'],
      ['./src/worker.js', 'worker'],
    ]);
    const requests = data.requests.map(({ module }) => data.modules[module]?.name);
    expect(requests).to.have.members(['./src/about.js', './src/home.js', './src/map.js', './src/worker.js']);
    const map = data.requests[requests.indexOf('./src/map.js')];
    expect(map?.next).to.deep.equal([]);
    const home = data.requests[requests.indexOf('./src/home.js')];
    expect(home?.next.map((index) => requests[index])).to.deep.equal(['./src/map.js']);
    for (const { bundles, module } of data.requests) {
      const path = Object.values(metadata.modules).find((each) =>
        each.endsWith(data.modules[module]?.name.slice(1) ?? '?'),
      );
      const id = Object.keys(metadata.modules).find((each) => metadata.modules[each] === path) as string;
      expect(namesOf(data.bundles, bundles)).to.deep.equal(metadata.roots[id]);
    }
    const coreOf = (name: string) => named(data.bundles, name).core.map((index) => requests[index]);
    expect(coreOf('home.js')).to.deep.equal(['./src/home.js']);
    expect(coreOf('src-map.js')).to.deep.equal(['./src/map.js']);
    const dates = data.bundles[named(data.modules, './src/dates.js').bundle];
    expect(dates?.core.map((index) => requests[index])).to.have.members([
      './src/about.js',
      './src/home.js',
      './src/worker.js',
    ]);
    // The styles of a page come in its order.
    expect(
      namesOf(data.bundles, named(data.pages, 'home').bundles)
        .slice(0, 2)
        .every((name) => name.endsWith('.css')),
    ).to.equal(true);
  });

  it('tells of scripts that stand alone, with all that they hold', async () => {
    const sw =
      "import { format } from './dates.js'; import logo from './logo.png'; import { alone } from './alone.js'; self.sw = [format(), logo, alone];";
    const project = makeSite({
      'src/sw.js': sw,
      'src/alone.js': 'export const alone = [1]; export const unused = 2;',
    });
    for (const minify of [false, true]) {
      const options = { standalone: ['src/sw.js'] };
      const { data } = await buildSite(project, { entries: ['home', 'about', 'sw'], options, minify });
      const [script, ...others] = data.standalone ?? [];
      expect(others).to.deep.equal([]);
      expect(script).to.deep.include({ entry: 'sw', served: 'sw.js', ...sizesOnDisk(project, 'sw.js') });
      const held = script?.modules ?? [];
      const names = namesOf(
        data.modules,
        held.map(({ module }) => module),
      );
      expect(names).to.have.members([
        './src/sw.js',
        './src/alone.js',
        './src/dates.js',
        './src/logo.png',
        'moment/moment.js',
      ]);
      const bytes = held.reduce((sum, { size }) => sum + size, 0);
      expect(bytes).to.be.within(3000, (script?.raw ?? 0) - 50);
      expect(held.every(({ size }) => size > 20)).to.equal(true);
      expect(named(data.modules, './src/alone.js')).to.deep.include({
        bundle: -1,
        exports: { kept: ['alone'], dropped: ['unused'] },
      });
      expect(named(data.modules, './src/sw.js')).to.include({ bundle: -1, keptFor: 'entry' });
      expect(data.pages.map(({ name }) => name)).to.not.include('sw');
      expect(makeMetafile(data, 'out').outputs['out/sw.js']?.inputs).to.include.keys('src/alone.js');
      const answer = explainWhy(data, 'src/alone.js') as { text: string };
      expect(answer.text).to.match(/^\.\/src\/alone\.js\nIn sw\.js, which stands alone: \d+ B of /);
    }
  });

  it('names packages with their versions, and warnings with their places', async () => {
    const project = makeSite({ 'src/about.js': 'self.x = require;' });
    const { data } = await buildSite(project);
    expect(data.packages).to.deep.equal([
      { name: 'dynapack', version: data.dynapack, directory: 'dynapack/virtual' },
      { name: 'moment', version: '2.29.4', directory: 'node_modules/moment' },
      { name: 'pure', version: '3.0.0', directory: 'node_modules/pure' },
      { name: 'tiles', version: '1.0.0', directory: 'node_modules/tiles' },
      { name: 'moment', version: '1.7.0', directory: 'node_modules/tiles/node_modules/moment' },
    ]);
    const places = data.warnings.map(({ code, path, line, column }) => ({ code, path, line, column }));
    expect(places).to.deep.include({ code: 'INDIRECT_REQUIRE', path: 'src/about.js', line: 1, column: 10 });
    expect(JSON.stringify(data)).to.not.include(project.directory);
  });

  it('is the same for the same sources, wherever they are', async () => {
    const [one, two] = [makeSite(), makeSite()];
    const first = await buildSite(one);
    const second = await buildSite(two, { entries: ['about', 'home'] });
    expect(second.data).to.deep.equal(first.data);
  });

  it('gives a page with the data in it, which nothing in names can end', async () => {
    const name = '</script><b>&amp;';
    const project = makeSite({ [`src/${name.replaceAll('/', '')}.js`]: 'self.x = 1;' });
    const { reports } = await buildSite(project, {
      entries: ['home', name.replaceAll('/', '')],
      report: { json: false },
    });
    const html = reports['report.html'] as string;
    expect(html.match(/<script type="application\/json"/g)).to.have.length(1);
    const [, text] = /<script type="application\/json" id="data">([^<]*)<\/script>/.exec(html) ?? [];
    expect(JSON.parse(text as string).pages).to.have.length(3);
  });

  it('has the name that it is given, and compares with an earlier one of either kind', async () => {
    const project = makeSite();
    await buildSite(project, { report: { file: 'before.json' } });
    const compare = project.path('reports/before.json');
    const { reports } = await buildSite(project, { report: { json: false, file: 'r/now.html', compare } });
    const html = reports['r/now.html'] as string;
    expect(html.match(/<script type="application\/json"/g)).to.have.length(2);
    const again = { json: false, compare: project.path('reports/r/now.html') };
    const { reports: later } = await buildSite(project, { report: again });
    expect(later['report.html']).to.include('id="before"');
    const none = { json: false, compare: project.path('reports/none.json') };
    expect((await buildSite(project, { report: none })).reports['report.html']).to.not.include('id="before"');
  });

  it('fails where it was not given the Files, and where options are wrong', async () => {
    const project = makeSite();
    const pack = dynapack({ root: project.directory });
    pack.on('warning', () => undefined);
    pack.end(project.path('src/about.js'));
    const report = pack.report();
    const ended = failure(report.toArray());
    pack.resume();
    report.end();
    expect(await ended).to.include({ code: 'SIZE_UNKNOWN' });
    const wrong = (options: unknown) => () => dynapack().report(options as dynapack.ReportOptions);
    expect(wrong({ jsn: true })).to.throw("report(): unknown option 'jsn'");
    expect(wrong({ json: 'yes' })).to.throw("report(): option 'json' must be a boolean");
    expect(wrong({ file: '' })).to.throw("option 'file' must be");
    expect(wrong({ releases: 1 })).to.throw("option 'releases' must be");
    expect(wrong(null)).to.throw('report(): options must be an object');
  });
});

describe('report data of releases', () => {
  it('says what visitors of each kept release download, page by page', async () => {
    const project = makeSite();
    const first = await buildSite(project, { releases: 'kept' });
    expect(first.data.releases?.map(({ visitors }) => visitors.map(({ bytes }) => bytes))).to.deep.equal([
      [0, 0],
    ]);
    const moment = readFileSync(project.path('node_modules/moment/moment.js'), 'utf8');
    project.write({ 'node_modules/moment/moment.js': moment.replace('moment 7919 of', 'another of') });
    await buildSite(project, { releases: 'kept' });
    project.write({
      'src/menu.css': '.menu { color: black }',
      'src/home.js': 'self.home = 1;',
    });
    const { data } = await buildSite(project, { releases: 'kept' });
    expect(data.releases).to.have.length(3);
    const [oldest, middle, newest] = data.releases ?? [];
    const sizes = readdirSync(project.path('out/patches')).map(
      (name) => sizesOnDisk(project, `patches/${name}`).brotli,
    );
    const heldIn = new Map(
      readdirSync(project.path('kept/releases')).map((id) => {
        const kept = JSON.parse(readFileSync(project.path(`kept/releases/${id}`), 'utf8')) as ReleaseContent;
        return [id, Object.values(kept.bundles).map(({ version }) => version)];
      }),
    );
    let patched = 0;
    for (const release of [oldest, middle, newest])
      for (const { bytes, bundles, page } of release?.visitors ?? []) {
        expect(bytes).to.equal(bundles.reduce((sum, each) => sum + each.bytes, 0));
        expect(bundles.map(({ bundle }) => bundle)).to.deep.equal(data.pages[page]?.bundles);
        for (const { how, bytes: sent, bundle } of bundles) {
          const { served, brotli } = data.bundles[bundle] as dynapack.ReportData['bundles'][number];
          const version = sha256(readFileSync(project.path(`out/${served}`)));
          expect(how === 'held', served).to.equal(heldIn.get(release?.id as string)?.includes(version));
          if (how === 'held') expect(sent).to.equal(0);
          if (how === 'whole')
            expect(sent, served).to.equal(brotli).and.equal(sizesOnDisk(project, served).brotli);
          if (how !== 'patch') continue;
          patched++;
          expect(sizes).to.include(sent);
          expect(sent).to.be.below(brotli as number);
        }
      }
    expect(patched).to.be.above(0);
    expect(newest?.visitors.every(({ bytes }) => bytes === 0)).to.equal(true);
  });

  it('takes the releases that it is told of', async () => {
    const project = makeSite();
    await buildSite(project, { releases: 'kept' });
    const { data } = await buildSite(project, {
      report: { releases: project.path('kept') },
      options: { updates: 'page' },
    });
    expect(data.releases).to.have.length(1);
    expect((await buildSite(project)).data.releases).to.equal(undefined);
  });
});

describe('report data of incremental builds', () => {
  const edits: [string, Record<string, string>][] = [
    ['nothing', {}],
    ['a text', { 'src/map.js': 'export const map = 1; self.more = 2;' }],
    ['a style', { 'src/menu.css': '.menu { color: white }' }],
    [
      'an import',
      {
        'src/about.js':
          "import { format } from './dates.js'; import tiles from 'tiles'; self.about = [format, tiles];",
      },
    ],
    [
      'an export that is not needed any more',
      { 'src/home.js': "import { used } from './dates.js'; self.home = used;" },
    ],
    ['a warning', { 'src/about.js': 'self.x = require;' }],
  ];
  for (const releases of [undefined, 'kept'])
    it(`are those of clean ones${releases ? ', with releases' : ''}`, async () => {
      const project = makeSite();
      const cache = dynapack.cache();
      const task = { ...(releases && { releases }) };
      await buildSite(project, { ...task, options: { cache } });
      for (const [name, edit] of edits) {
        project.write(edit);
        const incremental = await buildSite(project, { ...task, options: { cache } });
        const clean = await buildSite(project, { report: { releases: project.path('kept') }, ...task });
        if (releases) for (const { data } of [incremental, clean]) delete data.releases;
        else delete clean.data.releases;
        expect(incremental.data, name).to.deep.equal(clean.data);
      }
    });

  it('tell the same where the report branches off before dest()', async () => {
    const project = makeSite();
    const cache = dynapack.cache();
    const run = async (): Promise<dynapack.ReportData> => {
      const pack = hush(dynapack({ root: project.directory, prefix: '/js/', cache }));
      pack.write(project.path('src/home.js'));
      pack.end(project.path('src/about.js'));
      const files = pack.pipe(pack.minify());
      const reported = files.pipe(pack.report({ json: true })).toArray();
      const last = files
        .pipe(dest(project.path('out')))
        .pipe(pack.scripts())
        .pipe(dest(project.path('views')));
      await finished(last.resume());
      const [file] = (await reported) as [{ contents: Buffer }];
      return JSON.parse(String(file.contents)) as dynapack.ReportData;
    };
    await run();
    for (const [name, edit] of edits) {
      project.write(edit);
      expect(await run(), name).to.deep.equal((await buildSite(project)).data);
    }
  });

  it('from the cache on disk tell the same', async () => {
    const project = makeSite();
    const first = await buildSite(project, { options: { cache: dynapack.cache(project.path('.cache')) } });
    const second = await buildSite(project, { options: { cache: dynapack.cache(project.path('.cache')) } });
    expect(second.data).to.deep.equal(first.data);
  });
});
