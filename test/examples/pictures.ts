/** Pictures of the examples, as a visitor sees them: `npx gulp pictures` writes them to docs/images/examples. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { close, launch } from '../helpers/chromium';
import { gulp, stopProcesses } from '../helpers/process';

const EXAMPLES = resolve(__dirname, '../../examples');
const DIRECTORY = resolve(__dirname, '../../docs/images/examples');

/** Waits until the page has been quiet for a moment; some, such as those with a service worker, are not told to be. */
const settle = (page: Page): Promise<void> =>
  page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined);

async function click(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) {
    await page.getByRole('button', { name }).first().click();
    await settle(page);
  }
}

/** Example → what a visitor does before the picture is taken. */
const VISITS: Record<string, (page: Page) => Promise<void>> = {
  diamond: (page) => click(page, 'Load b', 'Load c'),
  pages: (page) => click(page, 'Show the calendar'),
  typescript: async () => {},
  react: async () => {},
  server: async (page) => {
    await page.reload();
    await settle(page);
  },
  releases: async (page) => {
    for (const release of [2, 3]) {
      await page.waitForFunction(async () => (await (await caches.open('dynapack')).keys()).length >= 2);
      await page.goto(`${page.url().split('?')[0]}?release=${release}`);
      await settle(page);
    }
  },
  backend: async () => {},
  offline: (page) => page.getByText('All of it is kept').waitFor(),
};

async function takePicture(name: string, visit: (page: Page) => Promise<void>): Promise<void> {
  const directory = join(EXAMPLES, name);
  if (!existsSync(join(directory, 'node_modules')))
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: directory, stdio: 'inherit' });
  const [, url] = await gulp(directory, 'serve').next(/Serving (http:\S+)/);
  const context = await (await launch('browser')).newContext({ viewport: { width: 720, height: 450 } });
  const page = await context.newPage();
  await page.goto(url as string);
  await settle(page);
  await visit(page);
  await page.screenshot({ path: join(DIRECTORY, `${name}.png`), scale: 'css' });
  await close();
  await stopProcesses();
}

async function takePictures(): Promise<void> {
  mkdirSync(DIRECTORY, { recursive: true });
  const chosen = process.argv.slice(2);
  const visits = Object.entries(VISITS).filter(([name]) => chosen.length === 0 || chosen.includes(name));
  for (const [name, visit] of visits) await takePicture(name, visit);
}

void takePictures();
