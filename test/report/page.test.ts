/** The page of a report: all that it shows is what its data says. */
import { expect } from 'chai';
import type { ReportBundle, ReportData, ReportPage } from '../../lib/report/data';
import { renderReport } from '../../lib/report/page';
import { earlier, fixture } from './fixture';
import { generate } from './generated';
import { closeReports, type Opened, open } from './open';

const MEASURES = ['raw', 'gzip', 'brotli'] as const;

const href = (view: string, value: string): string => `#${new URLSearchParams([[view, value]])}`;

const sum = (data: ReportData, bundles: readonly number[], measure: (typeof MEASURES)[number]): number =>
  bundles.reduce((total, index) => total + ((data.bundles[index] as ReportBundle)[measure] as number), 0);

const title = ({ name, version }: ReportData['packages'][number]): string => `${name}@${version}`;

/** What a page may request, in whatever order. */
function later(data: ReportData, page: ReportPage): number[] {
  const found = new Set([page.request]);
  for (const each of found) for (const next of data.requests[each]?.next ?? []) found.add(next);
  found.delete(page.request);
  return [...found];
}

describe('the page of a report', () => {
  let report: Opened;

  afterEach(closeReports);

  /** Nothing went wrong, and nothing was asked for. */
  function assertQuiet(): void {
    expect(report.complaints).to.deep.equal([]);
    expect(report.site.paths()).to.deep.equal(['/report.html']);
  }

  it('tells what pages start with', async () => {
    const data = generate(7);
    report = await open(data);
    const expected = data.pages.map((page) => [
      page.name,
      page.kind,
      ...[page.bundles.length, ...MEASURES.map((each) => sum(data, page.bundles, each))].map(String),
      String(later(data, page).length),
    ]);
    expect(await report.table('What each page starts with')).to.deep.equal(expected);
    expect(await report.terms()).to.include({
      Bundles: `${data.bundles.length}, the fewest possible, checked`,
      'Pages and workers': String(data.pages.length),
      Modules: String(data.modules.length),
      Packages: String(data.packages.length),
    });
    assertQuiet();
  });

  it('tells what a page loads, and what later requests add', async () => {
    const data = generate(8, { modules: 600, pages: 6, lazy: 12, packages: 30 });
    report = await open(data);
    for (const page of data.pages) {
      for (const measure of MEASURES) {
        await report.show(`${href('page', page.name)}&size=${measure}`);
        const start = await report.table('All start together');
        expect(start.map(([name, , size]) => [name, size])).to.deep.equal(
          page.bundles.map((index) => {
            const bundle = data.bundles[index] as ReportBundle;
            return [bundle.name, String(bundle[measure])];
          }),
        );
        const rows = await report.table('What each request adds');
        expect(rows.map(([, , files, size]) => `${files} ${size}`).sort()).to.deep.equal(
          later(data, page)
            .map((request) => {
              const all = data.requests[request]?.bundles ?? [];
              const added = all.filter((bundle) => !page.bundles.includes(bundle));
              return `${added.length} ${sum(data, added, measure)}`;
            })
            .sort(),
        );
      }
    }
    assertQuiet();
  });

  it('counts the time of a line that all files share', async () => {
    report = await open(fixture());
    // 1.6 Mbit/s are 200 bytes per ms: 3 files share it until the first 100 bytes of each are there, and so on.
    await report.show('#page=home');
    const times = (await report.table('All start together')).map((row) => row[3]);
    expect(times).to.deep.equal(['152 ms', '228 ms', '154 ms']);
    await report.page.selectOption('#choose-link', '0.4');
    await report.page.waitForURL(/link=0\.4/);
    expect((await report.table('All start together')).map((row) => row[3])).to.deep.equal([
      '406 ms',
      '714 ms',
      '414 ms',
    ]);
  });

  it('draws a matrix of pages and bundles', async () => {
    const data = fixture();
    report = await open(data);
    await report.show('#matrix');
    expect(await report.table('Bundles, those of most pages')).to.deep.equal([
      ['shared.js', '15275', '●start', '●start', '●start'],
      ['home.js', '300', '●start', '', ''],
      ['cart.js', '10200', '', '●start', ''],
      ['worker.js', '87', '○later', '', '●start'],
      ['home.css', '100', '●start', '', ''],
      ['map.js', '1262', '○later', '', ''],
    ]);
  });

  it('has a treemap whose parts add up, and a table that says the same', async () => {
    const data = generate(9, { modules: 300, pages: 4, lazy: 6, packages: 20 });
    report = await open(data);
    for (const measure of MEASURES) {
      await report.show(`#treemap&size=${measure}`);
      const rows = await report.table('All bundles, the largest first');
      const bundles = [...data.bundles]
        .sort((a, b) => (b[measure] as number) - (a[measure] as number))
        .slice(0, 20);
      expect(rows.map((row) => Number(row[1]))).to.deep.equal(bundles.map((bundle) => bundle[measure]));
    }
    const largest = [...data.bundles].sort((a, b) => b.raw - a.raw)[0] as ReportBundle;
    await report.show(`${href('treemap', largest.name)}&size=raw`);
    const parts = await report.table(`${largest.name}, the largest first`);
    expect(parts.reduce((total, row) => total + Number(row[1]), 0)).to.equal(largest.raw);
    expect(parts.map((row) => row[0])).to.include('around the modules');
    await report.page.locator('main td a, main th a').first().click();
    await report.page.locator('svg.treemap a').first().click();
    await report.page.waitForURL(/#module=/);
    assertQuiet();
  });

  it('tells all about a module', async () => {
    report = await open(fixture());
    await report.show('#module=./src/shared.js');
    expect(await report.terms()).to.deep.include({
      Kind: 'esm',
      Bundle: 'shared.js',
      'Size in its bundle, raw': '1000',
      'Size in its bundle, brotli by share': '250',
      'Size of its source': '4000',
      'Statements that only declare, kept': '5',
      'Statements that only declare, left out': '2',
    });
    const text = await report.text();
    for (const sentence of [
      'home has it at its start: ./src/home.js imports ./src/shared.js',
      './src/map.js imports it',
      'It is first needed by: page home page cart worker ./src/worker.js',
      'map.js: page home, page cart, worker ./src/worker.js may need this one without it; request for ./src/map.js may need it without this one',
      'Exports that somebody asks for: 2 format parse',
      'Exports left out, for nobody asks for them: 1 unusedHelper',
    ])
      expect(text).to.include(sentence);
  });

  it('finds the shortest chain of a page, by imports where there is one', async () => {
    report = await open(fixture());
    const chains = async (name: string): Promise<string[]> => {
      await report.show(href('module', name));
      const items = await report.page.locator('main li:has(.chain)').allInnerTexts();
      return items.map((text) => text.replace(/\s+/g, ' '));
    };
    expect(await chains('moment/moment.js')).to.deep.equal([
      'home has it at its start: ./src/home.js imports ./src/shared.js imports moment/moment.js',
      'cart has it at its start: ./src/cart.js imports ./src/shared.js imports moment/moment.js',
      './src/worker.js has it at its start: ./src/worker.js imports ./src/shared.js imports moment/moment.js',
    ]);
    expect(await chains('./src/map.js')).to.deep.equal([
      'home may load it later: ./src/home.js loads later ./src/map.js',
    ]);
    expect((await chains('./src/worker.js'))[1]).to.equal(
      'home may load it later: ./src/home.js starts the worker ./src/worker.js',
    );
  });

  it('draws the graph: what is needed, what may come later, what is a worker', async () => {
    const data = fixture();
    report = await open(data);
    await report.show('#graph');
    const count = (selector: string) => report.page.locator(selector).count();
    const all = (way: 'imports' | 'later' | 'workers') =>
      data.modules.flatMap((module) => module[way]).length;
    expect(await count('.edge.imports')).to.equal(all('imports'));
    expect(await count('.edge.later')).to.equal(all('later'));
    expect(await count('.edge.workers')).to.equal(all('workers'));
    expect(await count('.node')).to.equal(data.modules.length);
    await report.show('#module=./src/shared.js');
    expect(await count('.node')).to.equal(6);
    expect(await count('.edge')).to.equal(5);
  });

  it('draws what is around a bundle, and how pages come to a package', async () => {
    report = await open(fixture());
    await report.show('#bundle=shared.js');
    expect(await report.page.locator('.node').count()).to.equal(5);
    expect(await report.page.locator('.edge').count()).to.equal(4);
    await report.show('#package=node_modules/cart-kit/node_modules/moment');
    expect(await report.text()).to.include(
      'cart has it at its start: ./src/cart.js imports cart-kit/node_modules/moment/moment.js',
    );
  });

  it('tells what the start of a page is made of', async () => {
    report = await open(fixture());
    await report.show('#page=cart&size=raw');
    expect(await report.table('Packages at the start')).to.deep.equal([
      ['moment@2.30.1', '60000'],
      ['moment@2.29.4', '40000'],
      ['own modules', '1700'],
    ]);
  });

  it('draws no more of a large graph than anybody reads', async () => {
    report = await open(generate(3));
    await report.show('#graph');
    expect(await report.page.locator('.node').count()).to.equal(150);
    expect(await report.text()).to.include('of 160 requests');
  });

  it('tells what visitors of releases download, bundle by bundle', async () => {
    const data = fixture();
    report = await open(data);
    await report.show('#releases');
    expect(await report.table('Downloads by page and release')).to.deep.equal([
      ['home', '15675', '0', '420'],
      ['cart', '25475', '', '10320'],
      ['./src/worker.js', '15362', '', ''],
    ]);
    await report.page.locator('td a').nth(1).click();
    await report.until('A visitor of release r1 opens home');
    expect(await report.table('Bundle by bundle')).to.deep.equal([
      ['home.css', 'is there already', '0', '100'],
      ['shared.js', 'a patch', '120', '15275'],
      ['home.js', 'the whole bundle', '300', '300'],
    ]);
    await report.show('#releases=r1');
    expect(await report.table('What each page downloads')).to.deep.equal([
      ['home', '420', '1', '1', '1'],
      ['cart', '10320', '0', '1', '1'],
    ]);
  });

  it('compares with an earlier report', async () => {
    const [data, before] = [fixture(), earlier()];
    report = await open(data, { before });
    await report.show('#compare&size=raw');
    const tables = await Promise.all([0, 1, 2, 3].map((index) => changesAt(index)));
    expect(tables[0]).to.deep.equal([
      ['./src/worker.js', 'grew', '51450', '61450', '10000'],
      ['cart', 'grew', '91900', '101900', '10000'],
      ['home', 'grew', '52700', '62700', '10000'],
    ]);
    expect(tables[1]).to.deep.equal([
      ['moment@2.30.1', 'added', '', '60000', '60000'],
      ['moment@2.29.0', 'removed', '50000', '', '-50000'],
    ]);
    expect(tables[2]).to.deep.equal([
      ['shared.js', 'grew', '51100', '61100', '10000'],
      ['map.js', 'added', '', '5050', '5050'],
      ['old-map.js', 'removed', '5050', '', '-5050'],
    ]);
    expect(tables[3]).to.deep.equal([
      ['moment/moment.js', 'grew', '50000', '60000', '10000'],
      ['./src/map.js', 'added', '', '5000', '5000'],
      ['./src/old-map.js', 'removed', '5000', '', '-5000'],
    ]);
    assertQuiet();
  });

  const changesAt = async (index: number): Promise<string[][]> => {
    const tables = report.page.locator('main table');
    const caption = (await tables.nth(index).locator('caption').textContent()) as string;
    expect(caption).to.match(/changes?, the largest first/);
    const rows = await tables.nth(index).locator('tbody tr').all();
    return Promise.all(
      rows.map(async (row) => {
        const cells = await row.locator('th, td').all();
        return Promise.all(
          cells.map(async (cell) =>
            (await cell.locator('data').count()) > 0
              ? ((await cell.locator('data').getAttribute('value')) ?? '')
              : ((await cell.textContent()) ?? ''),
          ),
        );
      }),
    );
  };

  it('reads an earlier report from a file', async () => {
    report = await open(fixture());
    await report.show('#compare');
    const choose = (name: string, text: string) =>
      report.page.setInputFiles('#earlier', { name, mimeType: 'text/html', buffer: Buffer.from(text) });
    await choose('other.html', '<script>1</script>');
    await report.page.getByText('This file is no report.').waitFor();
    await choose('report.html', renderReport(earlier()));
    await report.page.getByText('old-map.js').first().waitFor();
    assertQuiet();
  });

  it('tells of copies of packages, of warnings and of assets', async () => {
    const data = fixture();
    report = await open(data);
    const text = await report.text();
    expect(text).to.include(
      `1 package is there more than once: moment: ${data.packages.map(title).join(', ')}`,
    );
    expect(text).to.include('./src/cart.js:3:7');
    expect(text).to.include('moment is there twice Run npm dedupe.');
    expect(await report.table('Files beside')).to.deep.equal([
      ['assets/logo.svg', 'assets/logo-99.svg', '1234', 'home.js'],
    ]);
  });

  it('tells the price of split', async () => {
    const price = {
      before: 40,
      after: 31,
      filesBefore: { mean: 7.25, most: 19 },
      filesAfter: { mean: 5.5, most: 12 },
      overfetch: { mean: 812, most: 4000, share: 0.006 },
    };
    report = await open({ ...fixture(), minimal: false, price });
    expect(await report.terms()).to.include({
      'Files of a first load, on average': '7.25 → 5.5',
      'Files of a first load, at most': '19 → 12',
      'Bytes of sources that come too early, on average': '812',
      'Bytes of sources that come too early, at most': '4000',
      'Their share of first loads': '0.006',
    });
    expect(await report.text()).to.include('joined by the option split');
  });
});
