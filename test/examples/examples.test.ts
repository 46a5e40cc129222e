/** The examples, each run by its own command and opened in Chromium, some of them in other engines. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { launch } from '../helpers/chromium';
import type { Tab, Visitor } from '../helpers/engine';
import { describeInEngines, OTHER_ENGINES } from '../helpers/engines';
import { gulp, type Running } from '../helpers/process';

const directoryOf = (name: string): string => resolve(__dirname, '../../examples', name);

/** Installs what the example's lock file says. */
function install(name: string): void {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: directoryOf(name),
    stdio: 'pipe',
  });
}

interface OpenPage {
  page: Page;
  /** What a visitor's console would show as wrong. */
  problems: string[];
}

async function open(url: string): Promise<OpenPage> {
  const context = await (await launch('browser')).newContext();
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(url);
  return { page, problems };
}

/**
 * Starts the example's server and gives its URL.
 * @param task `server`: of what is built
 */
async function serve(
  name: string,
  task: 'serve' | 'server' = 'serve',
): Promise<{ url: string; server: Running }> {
  const server = gulp(directoryOf(name), task);
  const [, url] = await server.next(/Serving (http:\S+)/);
  return { url: (url as string).replace(/\/$/, ''), server };
}

describe('examples/diamond', function () {
  this.timeout(120_000);
  before(() => install('diamond'));

  it('bundles and prints four bundles', async () => {
    const { code, output } = await gulp(directoryOf('diamond')).finished;
    expect(code, output).to.equal(0);
    for (const name of ['a.js', 'src-b.js', 'src-c.js', 'shared-src-d.js']) expect(output).to.include(name);
  });

  it('b and then c fetch two bundles and then one; again, none', async () => {
    const { url } = await serve('diamond');
    const { page, problems } = await open(url);
    for (const [button, count] of [
      ['load-b', 2],
      ['load-c', 1],
      ['load-b', 0],
    ] as const) {
      const steps = await page.locator('#fetched > li').count();
      await page.click(`#${button}`);
      await page.waitForFunction(
        (before) => document.querySelectorAll('#fetched > li').length > before,
        steps,
      );
      const shown = page.locator('#fetched > li').last();
      await expectEventually(() => shown.getAttribute('data-bundles'), String(count));
    }
    expect(problems).to.deep.equal([]);
    await page.context().close();
  });
});

/** Observers report a moment later than what they observe. */
async function expectEventually(read: () => Promise<string | null>, expected: string): Promise<void> {
  for (let attempt = 0; attempt < 50 && (await read()) !== expected; attempt++) {
    await new Promise((onTime) => setTimeout(onTime, 50));
  }
  expect(await read()).to.equal(expected);
}

/** Page → bundles it starts with, then button → bundles its click fetches, and what the page shows for it. */
const pages: Record<string, { start: number; clicks: [button: string, bundles: number, shows: string][] }> = {
  '/': {
    start: 4,
    clicks: [
      ['show-calendar', 2, '#calendar:not([hidden])'],
      ['read-article', 1, '#article h1'],
      ['read-article', 0, '#article h1'],
    ],
  },
  '/catalogue': {
    start: 6,
    clicks: [
      ['compare-prices', 2, '#prices:not([hidden])'],
      ['open-basket', 1, '#basket'],
      ['write-receipt', 1, '#receipt'],
    ],
  },
  '/basket': { start: 6, clicks: [['write-receipt', 1, '#receipt']] },
  '/journal': {
    start: 3,
    clicks: [
      ['colour-code', 2, '.hljs-keyword'],
      ['read-article', 0, '#article h1'],
    ],
  },
};

/** How many the server has sent, by its log. */
const bundlesServed = ({ output }: Running): number => output.match(/GET \/js\/\S+\.js /g)?.length ?? 0;

describe('examples/pages', function () {
  this.timeout(240_000);
  let url: string;
  let server: Running;

  before(async () => {
    install('pages');
    const { output } = (await serve('pages')).server;
    expect(output)
      .to.match(/\bhome\b/)
      .and.match(/\bjournal\b/);
    expect(output).to.match(/gzip/);
  });

  // One server per test: the hooks end all processes after each.
  beforeEach(async () => {
    ({ url, server } = await serve('pages', 'server'));
  });

  it('uses at least ten packages', () => {
    const text = readFileSync(resolve(directoryOf('pages'), 'package.json'), 'utf8');
    const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
    expect(Object.keys(dependencies).length).to.be.at.least(10);
  });

  for (const [path, { start, clicks }] of Object.entries(pages)) {
    it(`${path} starts with ${start} bundles, and each click fetches what it needs`, async () => {
      const { page, problems } = await open(url + path);
      const step = (name: string) => page.locator(`#fetched-list > li[data-step="${name}"]`).last();
      await expectEventually(() => step('start').getAttribute('data-bundles'), String(start));
      for (const [button, bundles, shows] of clicks) {
        const before = bundlesServed(server);
        await page.click(`#${button}`);
        await page.waitForSelector(shows);
        await expectEventually(() => step(button).getAttribute('data-state'), 'done');
        await expectEventually(() => step(button).getAttribute('data-bundles'), String(bundles));
        expect(bundlesServed(server) - before).to.equal(bundles);
      }
      expect(problems).to.deep.equal([]);
      await page.context().close();
    });
  }
});

describe('the pictures of examples/pages', function () {
  this.timeout(240_000);

  it('are fetched when they are shown', async () => {
    const { url } = await serve('pages', 'server');
    const { page, problems } = await open(`${url}/basket`);
    const pictures = () =>
      page.locator('[data-picture]').evaluateAll((found) => found.map((each) => each.dataset.picture));
    await page.waitForSelector('.empty-basket img');
    await expectEventually(async () => String((await pictures()).length), '1');
    expect((await pictures())[0]).to.match(/^assets\/src\/images\/empty-basket-[\da-f]{10}\.svg$/);
    await page.goto(`${url}/catalogue`);
    await page.locator('.add').first().click();
    await page.click('#open-basket');
    await page.waitForSelector('#basket th img');
    const isDrawn = "document.querySelector('#basket th img').naturalWidth > 0";
    await page.waitForFunction(isDrawn);
    expect(problems).to.deep.equal([]);
    await page.context().close();
  });
});

describeInEngines(
  'examples',
  (engine) => {
    let visitor: Visitor;

    before(function () {
      this.timeout(240_000);
      for (const name of ['pages', 'server']) install(name);
      return gulp(directoryOf('pages')).finished;
    });

    beforeEach(async () => {
      visitor = await engine.visitor();
    });

    afterEach(() => visitor.leave());

    /** Waits until a step has fetched so many bundles. */
    const expectStep = (tab: Tab, step: string, bundles: number): Promise<unknown> =>
      tab.valueOf<(string | undefined)[]>(
        `[].map.call(document.querySelectorAll('#fetched-list > li[data-step="${step}"]'), ({ dataset }) => dataset.bundles)`,
        (found) => found.at(-1) === String(bundles),
      );

    // One server for all pages, but a browser that has nothing for each.
    it('pages: each starts with its bundles, and each click fetches what it needs', async function () {
      this.timeout(240_000);
      const { url } = await serve('pages');
      for (const [path, { start, clicks }] of Object.entries(pages)) {
        const tab = await visitor.open(url + path);
        await expectStep(tab, 'start', start);
        for (const [button, bundles, shows] of clicks) {
          await tab.until(`document.querySelector('#${button}')`);
          await tab.evaluate(`document.querySelector('#${button}').click()`);
          await tab.until(`document.querySelector('${shows}')`);
          await expectStep(tab, button, bundles);
        }
        await visitor.leave();
        visitor = await engine.visitor();
      }
    });

    it('server: nothing comes of it the second time', async () => {
      const { url } = await serve('server');
      const tab = await visitor.open(url);
      const greeting = "document.querySelector('#greeting').textContent === 'Welcome back, visitor.'";
      const bytes = "Number(document.querySelector('#bytes').textContent)";
      await tab.until(`${greeting} && ${bytes} > 100000`);
      await tab.goto(url);
      await tab.until(`${greeting} && ${bytes} < 12000`);
    });
  },
  { engines: OTHER_ENGINES },
);

describe('examples/server', function () {
  this.timeout(120_000);
  before(() => install('server'));

  it('serves a page that takes no request for scripts, and none of their bytes the second time', async () => {
    const { url } = await serve('server');
    const { page, problems } = await open(url);
    const lengths: number[] = [];
    for (let time = 0; time < 2; time++) {
      await page.waitForFunction(
        "document.querySelector('#greeting').textContent === 'Welcome back, visitor.'",
      );
      expect(await page.textContent('#requests')).to.equal('0');
      expect(await page.locator('#versions > li').allTextContents()).to.include('clock: 1.0.0');
      lengths.push(Number(await page.textContent('#bytes')));
      await page.reload();
    }
    expect(lengths[0]).to.be.greaterThan(100_000);
    expect(lengths[1]).to.be.below(12_000);
    await page.waitForFunction("document.querySelector('#greeting').textContent !== '…'");
    await page.click('#show');
    await page.waitForSelector('#releases:not([hidden])');
    expect(problems.filter((problem) => !problem.includes('404'))).to.deep.equal([]);
    await page.context().close();
  });
});
