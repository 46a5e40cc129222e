/** What is in no bundle of pages, and bundles that are not as the theorem has them: each is told as what it is, in the data, by `dynapack why` and on the page. */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { describeChange } from '../../lib/report/compare';
import { explainWhy } from '../../lib/report/why';
import { closeReports, open } from './open';
import { buildSite, makeSite, named, namesOf } from './site';

type Data = dynapack.ReportData;

/** The logo is named by styles only; the service worker has a module of its own and shares one with pages. */
const changes = {
  'src/home.js': `import './home.css'; import { format } from './dates.js'; import { card } from './cards.module.css';
    self.home = [format(), card];
    self.open = () => import('./map.js');
    self.start = () => new Worker(new URL('./worker.js', import.meta.url));`,
  'src/map.css': '.map { background: url(./dot.gif) }',
  'src/dot.gif': Buffer.from('474946383961', 'hex'),
  'src/sw.js': "import { only } from './only.js'; import { used } from './dates.js'; self.sw = [only, used];",
  'src/only.js': "export const only = ['only'];",
  'src/cards.module.css': "@import './nothing.css'; .card { color: teal }",
  'src/nothing.css': '/* nothing yet */',
};

const site = async (options: dynapack.Options = {}): Promise<Data> => {
  const task = {
    entries: ['home', 'about', 'sw'],
    minify: false,
    options: { standalone: ['src/sw.js'], inline: 7, ...options },
  };
  return (await buildSite(makeSite(changes), task)).data;
};

const why = (data: Data, name: string): string => {
  const answer = explainWhy(data, name);
  return 'text' in answer ? answer.text : answer.unknown;
};

describe('what a report says of what is in no bundle', () => {
  let data: Data;

  before(async () => {
    data = await site();
  });

  after(closeReports);

  it('the style is the asker of the file that it names, and pages come to it by that', () => {
    const asked = named(data.modules, './src/home.css').imports;
    expect(namesOf(data.modules, asked)).to.deep.equal(['./src/logo.png', './src/menu.css']);
    expect(named(data.modules, './src/logo.png').imports).to.deep.equal([]);
    const [asset] = data.assets;
    expect(namesOf(data.modules, asset?.modules ?? [])).to.deep.equal(['./src/logo.png']);
    const text = why(data, 'logo.png');
    expect(text).to.include('As a file, assets/src/logo.png: 8 B\n');
    expect(text).to.include('home, at once: ./src/home.js → ./src/home.css → ./src/logo.png');
    expect(text).to.include('./src/home.css names ./src/logo.png').and.not.include('import()');
    expect(why(data, 'dot.gif')).to.match(
      /\nIn no bundle by itself: it is a part of the styles that name it\n/,
    );
    expect(why(data, 'nothing.css')).to.include('\nIn no bundle: it has no rules of its own\n');
    expect(why(data, 'pure')).to.include('nothing of it is needed');
  });

  it('the script that stands alone is where its modules are', () => {
    const text = why(data, 'only.js');
    expect(text).to.match(/\nIn sw\.js, which stands alone: \d+ B of [\d.]+ k?B\n/);
    expect(text).to.include('  sw, which stands alone: ./src/sw.js → ./src/only.js\n');
    expect(why(data, 'dates.js')).to.include('  sw, which stands alone: ./src/sw.js → ./src/dates.js\n');
  });

  it('what comes by itself is told of as such', () => {
    const text = why(data, 'dynapack/virtual/runtime.js');
    expect(text).to.include('./src/home.js needs dynapack/virtual/runtime.js');
    expect(text).to.include('It links ES modules').and.not.include('To leave');
    expect(why(data, 'dynapack')).to.match(/^package dynapack \d\S+, 1 module\n/);
  });

  it('a module is found by its path and by the end of that, and a package by its version', () => {
    const titles = {
      'map.js': './src/map.js',
      map: "'map' may be ./src/map.css or ./src/map.js",
      'src/map': "'src/map' may be ./src/map.css or ./src/map.js",
      './src/../src/map.js': './src/map.js',
      'node_modules/tiles/index.js': 'tiles/index.js',
      'node_modules/tiles/node_modules/moment/moment.js': 'tiles/node_modules/moment/moment.js',
      'moment@1.7.0': 'package moment 1.7.0, 1 module',
      moment: 'package moment 2.29.4 and 1.7.0, 2 modules',
      'moment@2.29.5': "no module and no package is called 'moment@2.29.5', did you mean 'moment@2.29.4'?",
    };
    for (const [name, title] of Object.entries(titles))
      expect(why(data, name).split('\n')[0], name).to.equal(title);
  });

  it('the page says the same', async () => {
    const report = await open(data);
    const bundleOf = async (name: string): Promise<string | undefined> => {
      await report.show(`#module=${name}`);
      return (await report.terms()).Bundle;
    };
    expect(await bundleOf('./src/only.js')).to.equal('none: it is in sw.js, which no page loads');
    expect(await report.text()).to.include(
      'sw, which stands alone, has it: ./src/sw.js imports ./src/only.js',
    );
    expect(await bundleOf('./src/logo.png')).to.equal('none: it is a file by itself, assets/src/logo.png');
    expect(await report.text())
      .to.include('home has it at its start: ./src/home.js imports ./src/home.css imports ./src/logo.png')
      .and.include('./src/home.css names it');
    expect(await bundleOf('./src/dot.gif')).to.equal('none: it is a part of the styles that name it');
    expect(await bundleOf('./src/nothing.css')).to.equal('none: it has no rules of its own');
    expect(await bundleOf('pure/index.js')).to.equal('none: nothing of it is left');
    await report.show('#search=src+only');
    expect(await report.text()).to.match(/Modules: 1 \.\/src\/only\.js/);
    await report.show('#search=sw.js');
    expect(await report.text()).to.include('Standalone scripts: 1 sw.js of ./src/sw.js');
    await report.show('#search=logo');
    expect(await report.text()).to.include('Assets: 1 assets/src/logo.png of ./src/logo.png');
    await report.show('#bundle=dynapack-worker-loader.js');
    expect(await report.text())
      .to.include('workers start with it')
      .and.not.include('first needed by');
    expect(report.complaints).to.deep.equal([]);
  });
});

describe('what a report says of scripts that stand alone since an earlier one', () => {
  after(closeReports);

  it('they are compared as pages, as files and by their modules', async () => {
    const data = await site();
    const [script] = data.standalone ?? [];
    if (script === undefined) throw new Error('There is no such script.');
    const larger = { ...script, brotli: (script.brotli as number) + 9, modules: [] };
    const old = { ...script, entry: 'old', name: 'old.js' };
    const report = await open(data, { before: { ...data, standalone: [larger, old] } });
    await report.show('#compare');
    const changes = async (index: number) =>
      (await report.page.locator('main table').nth(index).locator('tbody tr').allTextContents()).map(
        (row) => row.split(/(?<=added|removed|grew|shrank)/)[0],
      );
    expect(await changes(0)).to.deep.equal(['oldremoved', 'swshrank']);
    expect(await changes(1)).to.deep.equal(['old.jsremoved', 'sw.jsshrank']);
    expect(report.complaints).to.deep.equal([]);
    const text = describeChange({ ...data, standalone: [] }, data);
    expect(text).to.match(/^ {2}sw +[\d.]+ k?B, new$/m);
    expect(text).to.match(
      /2 modules added, \d+ B: \.\/src\/(sw|only)\.js \(\d+ B\) and \.\/src\/(sw|only)\.js/,
    );
  });
});

describe('the graph of a report', () => {
  after(closeReports);

  it('shortens the names of bundles, and no sizes', async () => {
    const data = await site();
    const bundles = data.bundles.map((bundle) => ({ ...bundle, name: `a-long-beginning-of-${bundle.name}` }));
    const report = await open({ ...data, bundles });
    await report.show('#graph');
    const labels = await report.page.locator('svg text.detail').allTextContents();
    expect(labels.filter((label) => label.includes('…'))).to.not.have.length(0);
    for (const label of labels) expect(label).to.match(/^[\d.]+ k?B, (…\S*\w\.(js|css)|in no bundle)$/);
  });
});

describe('what a report says of bundles that the option split has made', () => {
  after(closeReports);

  it('groups are called so', async () => {
    const data = await site({ split: { groups: { vendor: /node_modules/ } } });
    const moment = named(data.modules, 'moment/moment.js');
    expect(data.bundles[moment.bundle]?.group).to.equal('vendor');
    expect(data.bundles.filter(({ group }) => group === undefined)).to.not.have.length(0);
    expect(why(data, 'moment/moment.js')).to.include("it is the group 'vendor' of the option split\n");
    const report = await open(data);
    await report.show(`#bundle=${data.bundles[moment.bundle]?.name}`);
    expect(await report.text())
      .to.include('It is the group vendor of the option split.')
      .and.not.include('first needed by');
  });

  it('mergers have their price: what is fetched less, and what comes too early', async () => {
    const [plain, data] = [await site(), await site({ split: { requestCost: 1e6 } })];
    const merged = data.bundles.filter((bundle) => bundle.merged);
    expect(merged).to.have.length.above(0);
    expect(plain.bundles.some((bundle) => bundle.merged)).to.equal(false);
    const count = ({ bundles }: Data): number =>
      bundles.filter(({ kind, loader }) => kind === 'script' && !loader).length;
    const less = merged.reduce((sum, bundle) => sum + (bundle.merged?.bundles ?? 0) - 1, 0);
    expect(count(plain) - count(data)).to.equal(less);
    // What requests must have, before and after.
    const files = ({ requests, bundles }: Data): number =>
      requests.flatMap((request) => request.bundles).filter((each) => bundles[each]?.kind === 'script')
        .length;
    const saved = merged.reduce((sum, bundle) => sum + (bundle.merged?.saved ?? 0), 0);
    expect(files(plain) - files(data)).to.equal(saved);
    // A request has what it fetches of the modules, and what it fetched of them before.
    const fetched = (of: Data, root: string): number => {
      const request = of.requests.find(({ module }) => of.modules[module]?.name === root);
      const held = new Set(request?.bundles);
      const own = of.modules.map(({ bundle, kind, size, script }) =>
        kind === 'style' ? script : { bundle, size },
      );
      return own.reduce((sum, part) => sum + (part && held.has(part.bundle) ? part.size : 0), 0);
    };
    // Who has nothing yet fetches what comes too early besides.
    for (const { request: page } of data.pages) {
      const module = data.requests[page]?.module as number;
      const root = data.modules[module]?.name as string;
      const early = merged.flatMap((bundle) => bundle.merged?.early ?? []);
      const own = early.filter(
        ({ request }) => data.modules[data.requests[request]?.module ?? -1]?.name === root,
      );
      const bytes = own.reduce((sum, each) => sum + each.bytes, 0);
      expect(fetched(data, root) - fetched(plain, root), root).to.equal(bytes);
    }
    const text = why(data, 'moment/moment.js');
    expect(text).to.match(
      / {2}\d bundles that the option split has merged: requests fetch \d+ files? less, and too early come, for about [\d.]+ k?B/,
    );
    expect(text).to.not.include('cannot share');
  });
});

describe('a report without sizes after gzip and brotli', () => {
  after(closeReports);

  it('says that they are not measured, and compares what is', async () => {
    const { data } = await buildSite(makeSite(), { report: { compress: false } });
    for (const bundle of data.bundles) expect(bundle).to.not.have.any.keys('gzip', 'brotli');
    const { data: whole } = await buildSite(makeSite());
    const report = await open(data, { before: whole });
    expect(await report.text()).to.include('those after gzip and brotli are not measured');
    const raw = data.bundles.reduce((sum, bundle) => sum + bundle.raw, 0);
    expect((await report.terms())['Download of all bundles']).to.equal(String(raw));
    const [page] = await report.table('What each page starts with');
    expect(page).to.have.length(5);
    await report.show('#page=home');
    expect(await report.terms()).to.include({ gzip: 'not measured', brotli: 'not measured' });
    for (const view of [
      '#treemap',
      '#graph',
      '#matrix',
      '#module=./src/dates.js',
      '#package=node_modules/moment',
    ]) {
      await report.show(view);
      expect(await report.text(), view).to.not.match(/brotli, by share|NaN|undefined|brotli\b(?! are not)/);
    }
    await report.show('#compare');
    expect(await report.text()).to.match(/Pages Nothing changed/);
    expect(report.complaints).to.deep.equal([]);
  });
});
