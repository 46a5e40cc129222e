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

/** What an element looks like by one of the styles that belong to a step. */
type Look = [selector: string, property: string, value: string];

/** What a step fetches, bundles of scripts and of styles, and what the page looks like by it. */
interface Fetching {
  bundles: number;
  styles: number;
  looks: Look[];
}

interface Click extends Fetching {
  button: string;
  /** What the page has as soon as the click has done its work. */
  shows: string;
}

const base: Look[] = [
  ['body', 'background-color', 'rgb(251, 249, 243)'],
  ['#fetched', 'border-top-width', '4px'],
];
const card: Look = ['.card', 'flex-direction', 'column'];
const markdown: Look = ['.markdown', 'white-space', 'pre-wrap'];
const article: Look = ['#article', 'max-width', '672px'];
const cell: Look = ['td', 'border-bottom-style', 'solid'];

/** The names of this one are its own. */
const emptyBasket: Look = ['#basket figure', 'text-align', 'center'];

const receipt: Click = {
  button: 'write-receipt',
  bundles: 1,
  styles: 1,
  shows: '#receipt',
  looks: [['#receipt', 'background-color', 'rgb(248, 239, 214)']],
};

/** Page → what it starts with, and what clicks fetch. */
const pages: Record<string, { start: Fetching; clicks: Click[] }> = {
  '/': {
    start: { bundles: 4, styles: 5, looks: [...base, card, markdown, ['.lead', 'min-height', '272px']] },
    clicks: [
      {
        button: 'show-calendar',
        bundles: 2,
        styles: 1,
        shows: '#calendar:not([hidden])',
        looks: [['#calendar', 'border-top-style', 'solid']],
      },
      { button: 'read-article', bundles: 1, styles: 2, shows: '#article h1', looks: [article, cell] },
      { button: 'read-article', bundles: 0, styles: 0, shows: '#article h1', looks: [article] },
    ],
  },
  '/catalogue': {
    start: { bundles: 5, styles: 4, looks: [...base, card, ['#filter', 'display', 'flex']] },
    clicks: [
      {
        button: 'compare-prices',
        bundles: 2,
        styles: 1,
        shows: '#prices:not([hidden])',
        looks: [['#prices', 'border-top-style', 'solid']],
      },
      { button: 'open-basket', bundles: 1, styles: 2, shows: '#basket figure', looks: [emptyBasket] },
      receipt,
    ],
  },
  '/basket': {
    start: { bundles: 5, styles: 5, looks: [...base, emptyBasket, ['#basket', 'margin-top', '24px']] },
    clicks: [receipt],
  },
  '/journal': {
    start: { bundles: 2, styles: 4, looks: [...base, markdown, ['.byline', 'color', 'rgb(92, 105, 97)']] },
    clicks: [
      {
        button: 'colour-code',
        bundles: 2,
        styles: 3,
        shows: '.hljs-keyword',
        looks: [article, ['.hljs-keyword', 'color', 'rgb(138, 59, 18)']],
      },
      { button: 'read-article', bundles: 0, styles: 0, shows: '#article h1', looks: [article] },
    ],
  },
};

/** Expression: what elements look like, in the order of the looks. */
const looksNow = (looks: readonly Look[]): string => `${JSON.stringify(looks)}.map(([selector, property]) =>
  [selector, property, getComputedStyle(document.querySelector(selector)).getPropertyValue(property)])`;

/** Expression: a promise of what elements look like when a click has done its work, before anything of that is painted. */
const looksThen = ({ shows, looks }: Click): string => `new Promise((onShown) => {
  const look = () => document.querySelector('${shows}') && onShown(${looksNow(looks)});
  look();
  new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
})`;

/** What the server has sent, by its log. */
const served = ({ output }: Running): string[] => output.match(/(?<=GET )\/js\/\S+/g) ?? [];

/** How many bundles of scripts are among that, and how many of styles. */
const countServed = (server: Running): number[] =>
  ['.js', '.css'].map((kind) => served(server).filter((path) => path.endsWith(kind)).length);

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
    it(`${path} starts with ${start.bundles} bundles and ${start.styles} styles, and each click fetches what it needs`, async () => {
      const [head = ''] = (await (await fetch(url + path)).text()).split('</head>');
      expect(head.match(/<link rel="stylesheet"/g)).to.have.length(start.styles);
      const { page, problems } = await open(url + path);
      const step = (name: string) => page.locator(`#fetched-list > li[data-step="${name}"]`).last();
      const expectStep = async (name: string, { bundles, styles }: Fetching) => {
        await expectEventually(() => step(name).getAttribute('data-bundles'), String(bundles));
        const listed = step(name).locator('[data-style]');
        await expectEventually(async () => String(await listed.count()), String(styles));
      };
      await expectStep('start', start);
      expect(await page.evaluate(looksNow(start.looks))).to.deep.equal(start.looks);
      expect(await page.evaluate(FONTS)).to.deep.equal(['Young Serif: loaded']);
      for (const click of clicks) {
        const { button, bundles, styles, looks } = click;
        const [bundlesBefore = 0, stylesBefore = 0] = countServed(server);
        const shown = page.evaluate(looksThen(click));
        await page.click(`#${button}`);
        expect(await shown).to.deep.equal(looks);
        await expectEventually(() => step(button).getAttribute('data-state'), 'done');
        await expectStep(button, click);
        expect(countServed(server)).to.deep.equal([bundlesBefore + bundles, stylesBefore + styles]);
      }
      await page.emulateMedia({ colorScheme: 'dark' });
      const dark: Look[] = [['body', 'background-color', 'rgb(20, 29, 24)']];
      expect(await page.evaluate(looksNow(dark))).to.deep.equal(dark);
      expect(served(server)).to.deep.equal([...new Set(served(server))]);
      expect(problems).to.deep.equal([]);
      await page.context().close();
    });
  }

  it('starts a worker on a click, which fetches what it needs and answers', async () => {
    const { page, problems } = await open(`${url}/catalogue`);
    await page.waitForSelector('#fill-basket:not([disabled])');
    const before = served(server).length;
    await page.click('#fill-basket');
    await expectEventually(() => page.locator('#filled').textContent(), '8 kinds of seeds, €20');
    const names = served(server).slice(before);
    expect(names.map((path) => path.replace(/-[\da-f]{10}/, ''))).to.deep.equal([
      '/js/dynapack-worker-loader.js',
      '/js/src-workers-fill.js',
    ]);
    await page.click('#open-basket');
    await page.waitForSelector('#basket tbody tr:nth-child(8)');
    await page.click('#fill-basket');
    await expectEventually(() => page.locator('#filled').textContent(), '8 kinds of seeds, €20');
    expect(
      served(server)
        .slice(before)
        .filter((path) => path.includes('worker')),
    ).to.have.length(2);
    expect(problems).to.deep.equal([]);
    await page.context().close();
  });

  it('has a page for what is not there, whose entry is a style', async () => {
    const response = await fetch(`${url}/nowhere`);
    const page = await response.text();
    expect(response.status).to.equal(404);
    expect(page).to.not.include('<script');
    const styles = [...page.matchAll(/(?<=<link rel="stylesheet" href=")[^"]+/g)].map(([path]) => path);
    expect(styles).to.have.length(2);
    expect(styles[1]).to.match(/^\/js\/not-found-[\da-f]{10}\.css$/);
    for (const path of styles) {
      const answer = await fetch(url + path);
      expect(answer.status).to.equal(200);
      expect(answer.headers.get('content-type')).to.equal('text/css; charset=utf-8');
      expect(answer.headers.get('cache-control')).to.include('immutable');
    }
  });
});

/** Expression: a promise of the fonts of the page, and whether they are there. */
const FONTS =
  "document.fonts.ready.then((fonts) => [...fonts].map(({ family, status }) => family.replace(/\"/g, '') + ': ' + status))";

describe('the pictures of examples/pages', function () {
  this.timeout(240_000);

  it('are fetched when they are shown', async () => {
    const { url } = await serve('pages', 'server');
    const { page, problems } = await open(`${url}/basket`);
    const pictures = () =>
      page.locator('[data-picture]').evaluateAll((found) => found.map((each) => each.dataset.picture));
    await page.waitForSelector('#basket figure img');
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
        await expectStep(tab, 'start', start.bundles);
        expect(await tab.evaluate(looksNow(start.looks))).to.deep.equal(start.looks);
        for (const click of clicks) {
          const { button, bundles, looks } = click;
          await tab.until(`document.querySelector('#${button}')`);
          await tab.evaluate(
            `(self.shown = ${looksThen(click)}, document.querySelector('#${button}').click())`,
          );
          expect(await tab.evaluate('self.shown')).to.deep.equal(looks);
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
