/** First visits of single-page programs, in Chromium: from an empty cache until every page has been shown. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, CDPSession, Page } from 'playwright-core';

/** A bundler's output, as a site. */
export interface StartSite {
  origin: string;
  close(): void;
}

/** What a visit took. */
export interface Start {
  /** Milliseconds until the entry has shown something. */
  entry: number;
  /** Milliseconds of the page's main thread, until all pages were shown. */
  work: number;
  /** Megabytes in use then, after a collection. */
  heap: number;
  /** Scripts that were fetched until the entry had run, by their paths. */
  first: string[];
}

/** What a network does; absent: as fast as the machine. */
export interface Network {
  latency: number;
  bytesPerSecond: number;
}

/** 1.6 Mbit/s with 150 ms. */
export const slow: Network = { latency: 150, bytesPerSecond: 1.6e6 / 8 };

/** Milliseconds until a page counts as one that does not come to its end. */
const PATIENCE = 60_000;

/** Nothing has been fetched for so long: what the entry asked for is there. */
const QUIET = 300;

const documentOf = (html: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Start</title><link rel="icon" href="data:,"></head><body><div id="app"></div>${html}</body></html>`;

/** Notes when the entry has shown something. */
const WATCH = `new MutationObserver((_, observer) => {
  if (!document.querySelector('#app > *')) return;
  self.startedAt = performance.now();
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });`;

/** Serves texts under gzip, made before anybody asks. */
export async function serveStart(output: string, html: string): Promise<StartSite> {
  const page = gzipSync(documentOf(html));
  const scripts = new Map<string, Buffer>();
  const scriptAt = (name: string): Buffer | undefined => {
    const path = join(output, name);
    if (!scripts.has(name) && existsSync(path)) scripts.set(name, gzipSync(readFileSync(path)));
    return scripts.get(name);
  };
  const server: Server = createServer(({ url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://localhost');
    const body = pathname === '/' ? page : scriptAt(decodeURIComponent(pathname.slice(1)));
    const type = pathname === '/' ? 'text/html' : 'text/javascript';
    if (body === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip' }).end(body);
  });
  await new Promise<void>((onListening) => server.listen(0, '127.0.0.1', onListening));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => server.close().closeAllConnections() };
}

/** Shows what each link of the page leads to. */
async function walk(page: Page): Promise<void> {
  const links = await page.$$eval('nav a', (items) =>
    items.map((item) => item.getAttribute('href') as string),
  );
  for (const link of links) {
    await page.evaluate((hash) => {
      for (const section of document.querySelectorAll('main section')) section.setAttribute('data-seen', '');
      location.hash = hash;
    }, link);
    // What is shown already stays as it is.
    await page
      .waitForSelector('main section:not([data-seen])', { timeout: link === links[0] ? QUIET : PATIENCE })
      .catch((error: unknown) => {
        if (link !== links[0]) throw error;
      });
  }
}

async function measure(page: Page, session: CDPSession): Promise<Pick<Start, 'work' | 'heap'>> {
  await page.waitForLoadState('networkidle');
  const { metrics } = await session.send('Performance.getMetrics');
  const work = metrics.find(({ name }) => name === 'TaskDuration')?.value as number;
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { work: work * 1000, heap: usedSize / 1e6 };
}

/**
 * Visits a site with a profile of its own.
 * @throws when the page fails, or does not come to its end
 */
export async function visitStart(browser: Browser, { origin }: StartSite, network?: Network): Promise<Start> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const failure = new Promise<never>((_, reject) => page.once('pageerror', reject));
    failure.catch(() => undefined);
    const session = await context.newCDPSession(page);
    await session.send('Performance.enable');
    if (network) {
      const { latency, bytesPerSecond: throughput } = network;
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', {
        offline: false,
        latency,
        downloadThroughput: throughput,
        uploadThroughput: throughput,
      });
    }
    await page.addInitScript(WATCH);
    await page.goto(`${origin}/`, { waitUntil: 'commit', timeout: PATIENCE });
    const started = page.waitForFunction('self.startedAt', undefined, { timeout: PATIENCE, polling: 50 });
    const entry = (await (await Promise.race([failure, started])).jsonValue()) as number;
    const first = await page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
    );
    // On a slow network all that matters has happened.
    if (network) return { entry, work: 0, heap: 0, first };
    await Promise.race([failure, walk(page)]);
    return { entry, ...(await measure(page, session)), first };
  } finally {
    await context.close().catch(() => undefined);
  }
}
