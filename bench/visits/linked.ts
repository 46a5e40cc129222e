/** Visits of programs of stars: pages that are opened in Chromium until they have set `self.linked`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';

const ORIGIN = 'http://bench.test';

/** Notes when the page sets `self.linked`. */
const WATCH = `Object.defineProperty(self, 'linked', { set(count) { self.linkedAt = performance.now(); } });`;

/** Milliseconds from the last byte of the page's scripts to the end of linking: what is fetched, and how, is another question. */
const READ = `self.linkedAt - Math.max(...performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js')).map(({ responseEnd }) => responseEnd))`;

/** Opens a page of a bundler's output, with an empty cache. */
export async function timeToLink(browser: Browser, output: string, html: string): Promise<number> {
  const page = await browser.newPage();
  await page.addInitScript(WATCH);
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    if (!pathname.endsWith('.js')) return route.fulfill({ status: 404 });
    const body = readFileSync(join(output, decodeURIComponent(pathname.slice(1))));
    return route.fulfill({ contentType: 'text/javascript', body });
  });
  await page.goto(`${ORIGIN}/`);
  await page.waitForFunction('self.linkedAt', undefined, { timeout: 120_000 });
  const time = (await page.evaluate(READ)) as number;
  await page.close();
  return time;
}
