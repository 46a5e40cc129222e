/** Where a sample is run: in a page without a browser, in Chromium, and by Node as it is. */
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Page } from 'playwright-core';
import { launch } from '../helpers/chromium';
import type { Packed } from '../helpers/pack';
import type { Site } from '../helpers/site';
import { visit } from '../helpers/visit';
import { html, snippets } from '../pages/pages';
import { prefixOf } from './build';
import { type Outcome, parseResults, RECORDER } from './recorder';
import type { Sample } from './sample';

const PRELUDE = `<script>${RECORDER}</script>`;

/** Names of bundles as URLs have them, without the slash before. */
function served(sample: Sample, { bundles }: Packed): [name: string, text: string][] {
  return Object.entries(bundles).map(([name, text]) => [prefixOf(sample).slice(1) + name, text]);
}

export async function runInVm(sample: Sample, packed: Packed): Promise<Outcome> {
  const bundles = Object.fromEntries(served(sample, packed));
  const { page, errors } = await visit(bundles, [PRELUDE, ...snippets(packed)]);
  return { results: parseResults(page.results), uncaught: errors.map(({ message }) => message) };
}

/** Milliseconds until what a sample expects counts as missing. */
const LONGEST_WAIT = 5_000;

/** It shows one sample after the other: nothing but its history is left of the one before. */
let shared: Promise<Page> | undefined;

/** Adds the sample to the site and opens its page. One at a time. */
export async function runInChromium(sample: Sample, packed: Packed, site: Site): Promise<Outcome> {
  for (const [name, text] of served(sample, packed)) site.set(`/${name}`, text);
  site.set(prefixOf(sample), html(PRELUDE, ...snippets(packed)));
  shared ??= launch().then((browser) => browser.newPage());
  const page = await shared;
  const uncaught: string[] = [];
  const listen = ({ message }: Error): unknown => uncaught.push(message);
  page.on('pageerror', listen);
  await page.goto(site.url + prefixOf(sample));
  const count = sample.expected?.length ?? 0;
  await page
    .waitForFunction(`results.length >= ${count}`, undefined, { timeout: LONGEST_WAIT })
    .catch(() => {});
  // What comes too much comes now.
  const texts = await page.evaluate<string[]>('new Promise((resolve) => setTimeout(resolve, 10, results))');
  page.off('pageerror', listen);
  return { results: parseResults(texts), uncaught };
}

/** In the worker: entries are imported one after the other; it ends when nothing is under way any more. */
const RUN = `
const { parentPort, workerData } = require('worker_threads');
(0, eval)(workerData.recorder);
const uncaught = [];
const fail = (error) => uncaught.push(error.message);
process.on('unhandledRejection', fail).on('uncaughtException', fail);
process.on('exit', () => parentPort.postMessage({ results, uncaught }));
(async () => {
  for (const url of workerData.urls) await import(url).catch(fail);
})();
`;

/** Node's own opinion, in a thread of its own: samples must not share modules or globals. */
export function runInNode({ paths }: Sample): Promise<Outcome> {
  const urls = paths.map((path) => pathToFileURL(path).href);
  const worker = new Worker(RUN, {
    eval: true,
    execArgv: ['--no-warnings'],
    workerData: { recorder: RECORDER, urls },
  });
  return new Promise((onDone, onFailure) => {
    worker.on('error', onFailure);
    worker.on('message', ({ results, uncaught }: { results: string[]; uncaught: string[] }) =>
      onDone({ results: parseResults(results), uncaught }),
    );
  });
}
