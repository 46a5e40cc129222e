/** The example whose pages come from Python, built by its own command and opened in Chromium. */
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { launch } from '../helpers/chromium';
import { findCommand } from '../helpers/commands';
import { gulp, Running } from '../helpers/process';

const directory = resolve(__dirname, '../../examples/backend');
const gulpFile = resolve(__dirname, '../../node_modules/gulp/bin/gulp.js');
const python = findCommand('python3');

/** Path → styles of the page in their order, and what it looks like by each. */
const pages: Record<string, { entry: string; styles: string[]; looks: Look[] }> = {
  '/': {
    entry: 'tonight',
    styles: ['shared-src-styles-base.css', 'tonight.css'],
    looks: [
      ['html', 'background-color', 'rgb(16, 22, 44)'],
      ['.sights li', 'border-top-style', 'solid'],
    ],
  },
  '/visit': {
    entry: 'visit',
    styles: ['shared-src-styles-base.css', 'visit.css'],
    looks: [
      ['html', 'background-color', 'rgb(16, 22, 44)'],
      ['#visit', 'display', 'flex'],
    ],
  },
};

type Look = [selector: string, property: string, value: string];

const looksOf = (page: Page, looks: readonly Look[]): Promise<unknown> =>
  page.evaluate(`${JSON.stringify(looks)}.map(([selector, property]) =>
    [selector, property, getComputedStyle(document.querySelector(selector)).getPropertyValue(property)])`);

/** What the moon is like in the moment in which it is shown, before that is painted. */
const MOON = `new Promise((onShown) => new MutationObserver(() => {
  const image = document.querySelector('.moon img');
  if (image) onShown([getComputedStyle(image.parentElement).overflow, new URL(image.src).pathname]);
}).observe(document.querySelector('#moon'), { childList: true, subtree: true }))`;

function suite(this: Mocha.Suite): void {
  this.timeout(120_000);
  let url: string;
  let server: Running;

  before(async () => {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], {
      cwd: directory,
      stdio: 'pipe',
    });
    const { code, output } = await gulp(directory).finished;
    expect(code, output).to.equal(0);
    expect(output).to.include('src-parts-moon.css: parts/moon.css');
  });

  // One server per test: the hooks end all processes after each.
  beforeEach(async () => {
    server = new Running(python as string, ['server.py'], directory);
    const [, found] = await server.next(/Serving (http:\S+)\//);
    url = found as string;
  });

  for (const [path, { entry, styles, looks }] of Object.entries(pages)) {
    it(`${path} has its styles in its head, and what it loads later has its own`, async () => {
      const html = await (await fetch(url + path)).text();
      const [head = ''] = html.split('</head>');
      const links = [...head.matchAll(/<link rel="stylesheet" href="\/build\/([^"]+)">/g)].map(
        ([, name]) => name,
      );
      expect(links).to.deep.equal(styles);
      expect(head).to.match(new RegExp(`<script type="module" src="/build/start/${entry}-[\\w-]{10}\\.js">`));
      expect(html).to.not.include('<style');

      const before = server.output.length;
      const page = await (await (await launch('browser')).newContext()).newPage();
      const problems: string[] = [];
      page.on('pageerror', ({ message }) => problems.push(message));
      page.on('console', (message) => problems.push(message.text()));
      await page.goto(url + path);
      expect(await looksOf(page, looks)).to.deep.equal(looks);
      const served = () => server.output.slice(before).match(/(?<=GET )\/build\/\S+(?= 200)/g) ?? [];
      expect(served()).to.include(`/build/${entry}.js`).and.not.include('/build/src-parts-moon.css');

      const moon = page.evaluate(MOON);
      await page.click('#show-moon');
      expect(await moon).to.deep.equal(['hidden', '/build/assets/src/images/moon.svg']);
      await page.waitForFunction("document.querySelector('.moon img').naturalWidth > 0");
      expect(served()).to.include.members(['/build/src-parts-moon.css', '/build/src-parts-moon.js']);
      expect(served()).to.deep.equal([...new Set(served())]);
      expect(problems).to.deep.equal([]);
      await page.context().close();
    });
  }

  it('says that it needs python3, where that is missing', async () => {
    const nowhere = { PATH: directory };
    const { code, output } = await new Running(process.execPath, [gulpFile, 'server'], directory, nowhere)
      .finished;
    expect(code).to.equal(1);
    expect(output).to.include('needs python3, which is not here (Debian: apt-get install python3)');
  });
}

if (python) describe('examples/backend', suite);
else describe.skip('examples/backend (left out: there is no python3)', suite);
