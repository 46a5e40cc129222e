/** The examples with a transform between deps() and mods(), each run by its own commands and opened in Chromium. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { launch } from '../helpers/chromium';
import { gulp } from '../helpers/process';

const directoryOf = (name: string): string => resolve(__dirname, '../../examples', name);

const npm = (name: string, ...args: string[]): string =>
  execFileSync('npm', args, { cwd: directoryOf(name), stdio: 'pipe', encoding: 'utf8' });

/** Installs what the example's lock file says, and builds. */
async function prepare(name: string): Promise<void> {
  npm(name, 'ci', '--no-audit', '--no-fund', '--prefer-offline');
  const { code, output } = await gulp(directoryOf(name), 'build').finished;
  expect(code, output).to.equal(0);
}

interface Visit {
  page: Page;
  /** Paths below `/js/` that the page has asked for since the last call, sorted. */
  fetched(): string[];
  /** Errors that nothing caught. */
  uncaught: Error[];
  /** What the console shows as wrong, those included. */
  problems: string[];
}

/** Serves what is built with the example's own task, and opens a page until it shows what its script adds to it. */
async function visit(name: string, path: string, added: string): Promise<Visit> {
  const [, url] = await gulp(directoryOf(name), 'server').next(/Serving (http:\S+)\//);
  const page = await (await (await launch('browser')).newContext()).newPage();
  const requests: string[] = [];
  const uncaught: Error[] = [];
  const problems: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/js/')) requests.push(pathname.slice('/js/'.length));
  });
  page.on('pageerror', (error) => {
    uncaught.push(error);
    problems.push(error.message);
  });
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.goto(`${url}${path}`);
  await page.waitForSelector(added, { state: 'attached' });
  return { page, fetched: () => requests.splice(0).sort(), uncaught, problems };
}

interface Original {
  /** Path in the example. */
  source: string;
  /** The text of that file from the position on, up to the end of its line. */
  text: string;
}

/** Where a position of a built bundle comes from, by the map that was written beside it. Both count from 0. */
function originalOf(name: string, bundle: string, line: number, column: number): Original {
  const path = join(directoryOf(name), 'public/js', bundle);
  const [, mapName] = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(readFileSync(path, 'utf8')) ?? [];
  expect(mapName, `${bundle} names its map`).to.equal(`${bundle}.map`);
  const payload = JSON.parse(readFileSync(`${path}.map`, 'utf8'));
  const entry = new SourceMap(payload).findEntry(line, column);
  if (!('originalSource' in entry)) throw new Error(`${bundle}:${line}:${column} is not in its map`);
  const [source] = /(?<=^|\/)src\/.*$/.exec(entry.originalSource) ?? [entry.originalSource];
  const contents = readFileSync(join(directoryOf(name), source), 'utf8');
  expect(payload.sourcesContent[payload.sources.indexOf(entry.originalSource)]).to.equal(contents);
  const text = contents.split('\n')[entry.originalLine]?.slice(entry.originalColumn) ?? '';
  return { source, text };
}

/** Bundle, line and column of the place where an error was made, from its stack. */
function placeOf(error: Error): [bundle: string, line: number, column: number] {
  const [, url, line, column] = /(https?:\S+):(\d+):(\d+)/.exec(error.stack ?? '') ?? [];
  return [basename(url as string), Number(line) - 1, Number(column) - 1];
}

/** Line and column of a text in a built bundle. */
function positionOf(name: string, bundle: string, text: string): [line: number, column: number] {
  const contents = readFileSync(join(directoryOf(name), 'public/js', bundle), 'utf8');
  expect(contents).to.include(text);
  const before = contents.slice(0, contents.indexOf(text)).split('\n');
  return [before.length - 1, before.at(-1)?.length as number];
}

describe('examples/typescript', function () {
  this.timeout(120_000);
  before(() => prepare('typescript'));

  it('has no type errors', () => {
    npm('typescript', 'run', 'check');
  });

  it('converts units, and currencies once they are asked for', async () => {
    const { page, fetched, problems } = await visit('typescript', '/', '#to option');
    const result = page.locator('#result');
    expect(await result.textContent()).to.equal('10 km = 6.21371 mi');
    await page.selectOption('#from', '°C');
    expect(await result.textContent()).to.equal('10 °C = 50 °F');

    expect(fetched()).to.include('index.js').and.not.include('src-parts-currencies.js');
    expect(await page.locator('option[value=EUR]').count()).to.equal(0);
    await page.click('#add-currencies');
    await page.locator('#add-currencies').waitFor({ state: 'hidden' });
    expect(fetched()).to.deep.equal(['src-parts-currencies.js']);
    await page.selectOption('#from', 'EUR');
    expect(await result.textContent()).to.equal('10 EUR = 11.6 USD');
    expect(problems).to.deep.equal([]);
    await page.context().close();
  });

  it('shows the measures of the kitchen', async () => {
    const { page, problems } = await visit('typescript', '/kitchen.html', '#measures td');
    const rows = await page.locator('#measures tbody tr').allTextContents();
    expect(rows).to.have.length(5);
    expect(rows[2]).to.equal('1 cup16 tbsp236.588 ml');
    expect(problems).to.deep.equal([]);
    await page.context().close();
  });

  it("maps an uncaught error's stack to the line of TypeScript that threw it", async () => {
    const { page, uncaught } = await visit('typescript', '/', '#to option');
    await page.selectOption('#from', '°C');
    await page.fill('#amount', '-300');
    expect(await page.locator('#result').textContent()).to.equal('Nothing is colder than absolute zero');
    expect(uncaught).to.have.length(1);
    const { source, text } = originalOf('typescript', ...placeOf(uncaught[0] as Error));
    expect(source).to.equal('src/lib/convert.ts');
    expect(text).to.equal("new RangeError('Nothing is colder than absolute zero');");
    await page.context().close();
  });
});

describe('examples/react', function () {
  this.timeout(120_000);
  before(() => prepare('react'));

  it('draws a profile with a part that is fetched for the first one', async () => {
    const { page, fetched, problems } = await visit('react', '/', '#walks button');
    const buttons = page.getByRole('button', { name: 'Show the profile' });
    const captions = page.locator('figcaption');
    expect(await buttons.count()).to.equal(4);
    expect(fetched()).to.include('index.js').and.not.include('src-parts-Profile.js');

    await buttons.first().click();
    await captions.first().waitFor();
    expect(await captions.allTextContents()).to.deep.equal(['420 to 1115 m, 695 m up']);
    expect(fetched()).to.deep.equal(['shared-src-lib-climb.js', 'src-parts-Profile.js']);
    await buttons.first().click();
    await captions.nth(1).waitFor();
    expect(await captions.nth(1).textContent()).to.equal('312 to 342 m, 30 m up');
    expect(fetched()).to.deep.equal([]);
    expect(problems).to.deep.equal([]);
    await page.context().close();
  });

  it('plans a day on the other page, with the same part', async () => {
    const { page, fetched, problems } = await visit('react', '/plan.html', '#plan output');
    const output = page.locator('output');
    expect(await output.textContent()).to.equal('8.5 km, 2.2 hours');
    await page.getByLabel('Along the ridge').check();
    expect(await output.textContent()).to.equal('22.7 km, 7.5 hours');

    expect(fetched()).to.include('plan.js').and.not.include('src-parts-Profile.js');
    await page.getByRole('button', { name: 'Show the profile' }).click();
    expect(await page.locator('figcaption').textContent()).to.equal('312 to 1115 m, 725 m up');
    expect(fetched()).to.deep.equal(['src-parts-Profile.js']);
    expect(problems).to.deep.equal([]);
    await page.context().close();
  });

  it('maps minified code to the line of JSX it comes from', () => {
    const bundle = 'src-parts-Profile.js';
    const { source, text } = originalOf('react', bundle, ...positionOf('react', bundle, '`polyline`'));
    expect(source).to.equal('src/parts/Profile.jsx');
    expect(text).to.match(/^<?polyline points=/);
  });
});
