/** Visits of programs of stars: pages that are opened in Chromium until they have set `self.linked`. */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Browser, Page } from 'playwright-core';

const ORIGIN = 'http://bench.test';

/** Milliseconds until a page counts as one that does not come to its end. */
const PATIENCE = 120_000;

/** Notes when the page sets `self.linked`. */
const WATCH = `Object.defineProperty(self, 'linked', { set(count) { self.linkedAt = performance.now(); } });`;

/** Scripts that an HTML names. */
const TAG = /<script[^>]*\ssrc="?\/?([^"\s>]+\.js)/g;

/** What a script that was not minified imports before it runs. */
const IMPORT = /^(?:import|export)\s*(?:[\w$*{][^'"();]*?\sfrom\s*)?["'](\.[^"']+)["']/gm;

const findAll = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found]) => found as string);

/** The scripts that must be there before anything of a page runs. Others may come while it runs, since it asks for them. */
function scriptsBefore(output: string, html: string): string[] {
  const scripts = new Set(findAll(html, TAG).filter((script) => existsSync(join(output, script))));
  for (const script of scripts) {
    const imports = findAll(readFileSync(join(output, script), 'utf8'), IMPORT);
    for (const specifier of imports) scripts.add(posix.join(posix.dirname(script), specifier));
  }
  return [...scripts];
}

/** The page of a bundler's output. */
export interface LinkingPage {
  output: string;
  html: string;
  scripts: string[];
}

export const linkingPage = (output: string, html: string): LinkingPage => ({
  output,
  html,
  scripts: scriptsBefore(output, html),
});

async function serve(page: Page, { output, html }: LinkingPage): Promise<void> {
  await page.route('**/*', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
    if (!pathname.endsWith('.js')) return route.fulfill({ status: 404 });
    const body = readFileSync(join(output, decodeURIComponent(pathname.slice(1))));
    return route.fulfill({ contentType: 'text/javascript', body });
  });
}

/**
 * Milliseconds from the last byte of the page's scripts to the end of linking: what is fetched, and how, is another question.
 * The cache is empty.
 * @throws when the page fails, or does not come to its end
 */
export async function timeToLink(browser: Browser, visited: LinkingPage): Promise<number> {
  const page = await browser.newPage();
  try {
    const failure = new Promise<never>((_, reject) => page.once('pageerror', reject));
    failure.catch(() => undefined);
    await page.addInitScript(WATCH);
    await serve(page, visited);
    await page.goto(`${ORIGIN}/`, { timeout: PATIENCE, waitUntil: 'commit' });
    await Promise.race([
      failure,
      page.waitForFunction('self.linkedAt', undefined, { timeout: PATIENCE, polling: 100 }),
    ]);
    return await page.evaluate(
      (urls) => {
        const fetched = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
        const ends = fetched.filter(({ name }) => urls.includes(name)).map(({ responseEnd }) => responseEnd);
        return (self as unknown as { linkedAt: number }).linkedAt - Math.max(...ends);
      },
      visited.scripts.map((script) => `${ORIGIN}/${script}`),
    );
  } finally {
    await page.close().catch(() => undefined);
  }
}
