/** The page of a report is used with a mouse, with keys alone, with a screen reader, in the light and in the dark. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { ReportBundle, ReportData } from '../../lib/report/data';
import { earlier, fixture } from './fixture';
import { generate } from './generated';
import { closeReports, type Opened, open } from './open';

interface Violation {
  id: string;
  help: string;
  nodes: { html: string; failureSummary: string }[];
}

const VIEWS = [
  '#overview',
  '#page=home',
  '#treemap',
  '#treemap=shared.js',
  '#treemap=shared.js&package=.',
  '#graph',
  '#matrix',
  '#module=./src/shared.js',
  '#module=moment/moment.js',
  '#bundle=shared.js',
  '#package=node_modules/moment',
  '#package',
  '#search=moment',
  '#search=nothing-is-called-so',
  '#releases',
  '#releases=r1',
  '#releases=r1&page=home',
  '#compare',
  '#nowhere',
];

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** As with the option `debug`. */
function unbundled(data: ReportData): ReportData {
  const members = data.bundles.map((bundle) => bundle.modules);
  const bundles = data.modules.map((module, index) => ({
    ...(data.bundles[Math.max(0, module.bundle)] as ReportBundle),
    name: `${index}.js`,
    raw: module.size,
    modules: [index],
  }));
  const split = (all: readonly number[]): number[] => all.flatMap((bundle) => members[bundle] ?? []);
  return {
    ...data,
    bundles,
    modules: data.modules.map((module, index) => ({ ...module, bundle: index })),
    pages: data.pages.map((page) => ({ ...page, bundles: split(page.bundles) })),
    requests: data.requests.map((request) => ({ ...request, bundles: split(request.bundles) })),
    releases: [],
  };
}

describe('use of a report', () => {
  let report: Opened;

  afterEach(closeReports);

  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await report.page.keyboard.press(key);
  };
  const focused = (): Promise<string> =>
    report.page.evaluate(
      `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`,
    );

  /** A key has done its work when the focus is there. */
  const untilFocused = async (text: string): Promise<void> => {
    for (let time = 0; time < 100 && !(await focused()).startsWith(text); time++) await sleep(20);
    expect((await focused()).slice(0, text.length)).to.equal(text);
  };

  /** What axe finds in the view. */
  const violations = async (): Promise<string[]> => {
    const found = await report.page.evaluate<Violation[]>(
      `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)`,
    );
    return found.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1200, 380]) {
      it(`axe finds nothing, ${colorScheme}, ${width} pixels wide`, async () => {
        report = await open(fixture(), { before: earlier(), colorScheme, width });
        await report.page.evaluate(axe);
        for (const view of VIEWS) {
          await report.show(view);
          expect(await violations(), view).to.deep.equal([]);
        }
        expect(report.complaints).to.deep.equal([]);
      });
    }

    it(`axe finds nothing in a large report, ${colorScheme}`, async () => {
      report = await open(generate(2, { modules: 400, pages: 30, lazy: 30, packages: 40 }), { colorScheme });
      await report.page.evaluate(axe);
      for (const view of ['#overview', '#treemap', '#graph', '#matrix', '#releases', '#compare']) {
        await report.show(view);
        expect(await violations(), view).to.deep.equal([]);
      }
    });
  }

  it('an empty report is shown, and so is one with a bundle for each module', async () => {
    const empty = {
      ...fixture(),
      bundles: [],
      modules: [],
      packages: [],
      pages: [],
      requests: [],
      releases: [],
    };
    report = await open({ ...empty, assets: [], warnings: [] }, { before: earlier() });
    for (const view of VIEWS) await report.show(view);
    expect(report.complaints).to.deep.equal([]);
    report = await open(unbundled(generate(6)));
    for (const view of ['#overview', '#page=account', '#treemap', '#graph', '#matrix', '#bundle=0.js'])
      await report.show(view);
    expect(await report.title()).to.equal('Bundle 0.js');
    expect(report.complaints).to.deep.equal([]);
  });

  it('the page is never wider than a phone', async () => {
    report = await open(fixture(), { before: earlier(), width: 380 });
    for (const view of VIEWS) {
      await report.show(view);
      expect(await report.page.evaluate('document.documentElement.scrollWidth'), view).to.be.at.most(380);
    }
  });

  it('all can be reached by Tab, the contents at once', async () => {
    report = await open(fixture());
    await press('Tab');
    expect(await focused()).to.equal('Skip to the contents');
    await press('Enter');
    expect(await focused()).to.equal('Overview');
    await press('Tab', 'Tab');
    // Titles of columns sort; behind them come the pages.
    expect(await focused()).to.equal('Kind');
    await report.page.locator('main th a').first().focus();
    await press('Enter');
    await untilFocused('Page home');
  });

  it('arrows move in the treemap, Enter opens, Escape leads back', async () => {
    report = await open(fixture());
    await report.show('#treemap&size=raw');
    await report.page.locator('svg.treemap a[tabindex="0"]').focus();
    await untilFocused('shared.js, 61.1 kB');
    await press('ArrowRight');
    await untilFocused('cart.js, 40.8 kB');
    await press('ArrowLeft', 'Enter');
    await untilFocused('moment@2.30.1');
    expect(report.page.url()).to.match(/#treemap=shared\.js&size=raw$/);
    await press('Escape');
    await untilFocused('shared.js');
    await press('Enter');
    await untilFocused('moment@2.30.1');
    await press('Enter');
    await untilFocused('moment/moment.js');
    await press('Enter');
    await untilFocused('Module moment/moment.js');
  });

  it('the picture is one stop of Tab', async () => {
    report = await open(fixture());
    await report.show('#treemap');
    expect(await report.page.locator('svg.treemap [tabindex="0"]').count()).to.equal(1);
    await report.page.locator('svg.treemap a[tabindex="0"]').focus();
    await press('Tab');
    expect(await focused()).to.equal('Part');
  });

  it('the search tells what it has found, arrows move in it', async () => {
    report = await open(fixture());
    await report.page.locator('#field').focus();
    await report.page.keyboard.type('moment');
    expect(await report.page.locator('[role=status].spoken').textContent()).to.equal(
      'Found: 2 packages, 2 modules',
    );
    expect(await report.page.evaluate('document.activeElement.id')).to.equal('field');
    await press('ArrowDown');
    expect(await focused()).to.equal('moment@2.30.1');
    await press('ArrowDown', 'ArrowDown');
    expect(await focused()).to.equal('moment/moment.js');
    await press('ArrowUp', 'ArrowUp', 'ArrowUp');
    expect(await report.page.evaluate('document.activeElement.id')).to.equal('field');
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    await report.page.waitForURL(/#module=moment\/moment\.js/);
  });

  it('the search finds exports, those that were left out as well', async () => {
    report = await open(fixture());
    await report.page.fill('#field', 'unusedhelp');
    expect(await report.page.locator('main li').allTextContents()).to.deep.equal([
      'unusedHelper (left out) of ./src/shared.js',
    ]);
  });

  it('the back button leads through views, and a search is one step', async () => {
    report = await open(fixture());
    await report.page.getByRole('link', { name: 'Treemap' }).click();
    await report.page.locator('#field').focus();
    await report.page.keyboard.type('cart');
    await report.page.locator('main li a', { hasText: './src/cart.js' }).click();
    await report.until('Module ./src/cart.js');
    for (const title of ['Search: cart', 'Treemap', 'Overview']) {
      await report.page.goBack();
      await report.until(title);
    }
    await report.page.goForward();
    await report.until('Treemap');
    expect(await report.page.title()).to.equal('Treemap · dynapack');
  });

  it('a choice stays from view to view, and keeps the focus', async () => {
    report = await open(fixture());
    await report.show('#page=home');
    await report.page.locator('#choose-size').focus();
    await report.page.selectOption('#choose-size', 'gzip');
    await report.page.waitForURL(/size=gzip/);
    expect(await report.page.evaluate('document.activeElement.id')).to.equal('choose-size');
    await report.page.getByRole('link', { name: 'Matrix' }).click();
    expect((await report.table('Bundles'))[0]?.slice(0, 2)).to.deep.equal(['shared.js', '20366']);
  });

  it('tables are sorted by a title, and say how', async () => {
    report = await open(fixture());
    const names = async () => (await report.table('What each page')).map(([name]) => name);
    await report.page.getByRole('button', { name: 'raw' }).first().click();
    expect(await names()).to.deep.equal(['cart', 'home', './src/worker.js']);
    expect(await report.page.locator('th[aria-sort]').getAttribute('aria-sort')).to.equal('descending');
    await report.page.getByRole('button', { name: 'raw' }).first().click();
    expect(await names()).to.deep.equal(['./src/worker.js', 'home', 'cart']);
    expect(await report.page.locator('th[aria-sort]').getAttribute('aria-sort')).to.equal('ascending');
  });

  it('long lists and tables show more on request, and the focus goes on', async () => {
    const data = generate(5);
    report = await open(data);
    await report.show('#matrix');
    const rows = report.page.locator('tbody tr');
    expect(await rows.count()).to.equal(40);
    await report.page.locator('.more-rows').click();
    expect(await rows.count()).to.equal(80);
    await report.page.getByRole('link', { name: '25–40' }).click();
    await report.page.waitForURL(/from=24/);
    // The view follows the URL.
    await report.page.locator('thead th').nth(18).waitFor({ state: 'detached' });
    expect(await report.page.locator('thead th').count()).to.equal(2 + 16);
  });
});
