/** The example of releases, run by its own command and visited in Chromium and other engines, with one profile through all of them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import type { BrowserContext, Page } from 'playwright-core';
import { readReleases } from '../docs/release-sizes';
import { launchProfile } from '../helpers/chromium';
import { describeInEngines, OTHER_ENGINES } from '../helpers/engines';
import { gulp } from '../helpers/process';

const directory = resolve(__dirname, '../../examples/releases');

/** A row of the page's table. */
interface Shown {
  release: string;
  files: string[];
  downloaded: number;
  withoutPatches: number;
}

async function rowsOf(page: Page): Promise<Shown[]> {
  await page.waitForSelector('#visits tbody tr');
  const rows = await page.locator('#visits tbody tr').all();
  return Promise.all(
    rows.map(async (row) => {
      const bytes = async (column: number) =>
        Number(await row.locator('td').nth(column).getAttribute('data-bytes'));
      return {
        release: (await row.locator('td').first().textContent()) ?? '',
        files: await row.locator('li').allTextContents(),
        downloaded: await bytes(2),
        withoutPatches: await bytes(3),
      };
    }),
  );
}

function install(): void {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: directory,
    stdio: 'pipe',
  });
}

describe('examples/releases', function () {
  this.timeout(120_000);
  let profile: string;
  let context: BrowserContext;

  before(install);

  beforeEach(async () => {
    profile = mkdtempSync(join(tmpdir(), 'dynapack-profile-'));
    context = await launchProfile(profile, { build: 'browser' });
  });

  afterEach(async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  it('shows that visits after a release download patches, and nothing that has not changed, as the drawing says', async () => {
    const [, url] = await gulp(directory, 'serve').next(/Serving (http:\S+)/);
    const problems: string[] = [];

    /** Opens the page of a release in a browser that has been started anew, and gives its rows. */
    async function visit(release: number): Promise<Shown[]> {
      await context.close();
      context = await launchProfile(profile, { build: 'browser' });
      const page = await context.newPage();
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto(`${url}?release=${release}`);
      const rows = await rowsOf(page);
      // The bundles of the first visit are kept once the page is idle.
      await page.waitForFunction(async () => (await (await caches.open('dynapack')).keys()).length >= 2);
      return rows;
    }

    const [first] = await visit(1);
    expect(first?.files).to.have.length(2);
    expect(first?.downloaded).to.be.above(40_000).and.equal(first?.withoutPatches);

    const [, second] = await visit(2);
    expect(second?.files).to.have.length(2);
    for (const file of second?.files ?? []) expect(file).to.match(/^patches\//);
    expect(second?.withoutPatches).to.be.above(40_000);
    expect(second?.downloaded)
      .to.be.above(0)
      .and.below((second?.withoutPatches as number) / 10);

    const [, , third] = await visit(3);
    expect(third?.files).to.have.length(1);
    expect(third?.files[0]).to.match(/^patches\//);
    expect(third?.withoutPatches).to.be.above(40_000);
    expect(third?.downloaded)
      .to.be.above(0)
      .and.below((third?.withoutPatches as number) / 10);

    const rows = await visit(3);
    expect(rows[3]).to.deep.equal({ release: '3', files: [], downloaded: 0, withoutPatches: 0 });
    expect(rows.slice(0, 3)).to.deep.equal([first, second, third]);

    const [page] = context.pages().slice(-1) as [Page];
    await page.click('text=Forget everything');
    await page.waitForFunction(() => document.querySelectorAll('#visits tbody tr').length === 1);
    expect(await rowsOf(page)).to.deep.equal([first]);
    expect(problems).to.deep.equal([]);

    const svg = readFileSync(resolve(__dirname, '../../docs/images/release.svg'), 'utf8');
    const shown = [...svg.matchAll(/>([\d.]+) kB</g)].map(([, size]) => Number(size));
    const sizes = readReleases(directory).flatMap(({ whole, patched }) => [whole / 1000, patched / 1000]);
    expect(shown).to.have.length(sizes.length);
    // Compressors differ a little from version to version.
    for (const [index, size] of sizes.entries())
      expect(shown[index], 'npx gulp drawings').to.be.closeTo(size, 0.1 + size / 20);
  });
});

/** In the page: of each visit, the files that were downloaded. */
const FILES = `[].map.call(document.querySelectorAll('#visits tbody tr'), (row) =>
  [].map.call(row.querySelectorAll('li'), ({ textContent }) => textContent))`;

describeInEngines(
  'examples/releases',
  (engine) => {
    before(install);

    it('shows that visits after a release download patches, where the HTTP cache keeps bundles to copy', async () => {
      const [, url] = await gulp(directory, 'serve').next(/Serving (http:\S+)/);
      const visitor = await engine.returning();
      const visit = async (release: number): Promise<string[][]> => {
        const tab = await visitor.open(`${url}?release=${release}`);
        const rows = await tab.valueOf<string[][]>(FILES, ({ length }) => length === release);
        if (engine.name !== 'WebKit')
          await tab.valueOf<number>(
            "caches.open('dynapack').then((store) => store.keys()).then(({ length }) => length)",
            (count) => count > 1,
          );
        return rows;
      };
      try {
        const [first] = await visit(1);
        expect(first).to.have.length(2);
        const [, second] = await visit(2);
        expect(second).to.have.length(2);
        for (const file of second ?? [])
          expect(file.startsWith('patches/'), file).to.equal(engine.name !== 'WebKit');
      } finally {
        await visitor.leave();
      }
    });
  },
  { engines: OTHER_ENGINES },
);
