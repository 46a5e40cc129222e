/** Opens a page for each entry in Chromium and takes the value that its module gives. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launch } from '../helpers/chromium';
import type { Packed } from '../helpers/pack';
import { type Site, startSite } from '../helpers/site';
import { html } from '../pages/pages';
import type { Answer } from './native';

export interface PageVisit {
  answer: Answer;
  /** Paths of the bundles in order of request. */
  fetched: string[];
}

/** Tabs that are open at once. */
const TABS = 2;

/** Milliseconds until a page without an answer has failed. */
const LONGEST_WAIT = 15_000;

/** What entries find on their page. */
const GIVE = `
  self.given = new Promise(function (resolve) {
    self.give = function (value) {
      Promise.resolve(value).then(
        function (value) { resolve(JSON.stringify({ value: value })); },
        function (error) { resolve(JSON.stringify({ error: String(error && error.stack || error) })); }
      );
    };
  });
`;

/** Entry name → what its page gave. A tab goes from page to page; nothing is cached between them. */
export async function visitAll(packed: Packed): Promise<Record<string, PageVisit>> {
  const site = await serve(packed);
  const context = await (await launch()).newContext({ locale: 'en-US', timezoneId: 'UTC' });
  await context.addInitScript(GIVE);
  const visits: Record<string, PageVisit> = {};
  const waiting = Object.keys(packed.metadata.entries);
  const visitor = async (): Promise<void> => {
    const tab = await context.newPage();
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      visits[name] = await visit(tab, `${site.url}/${name}`);
    }
  };
  await Promise.all(Array.from({ length: TABS }, visitor));
  await context.close();
  await site.close();
  return visits;
}

function serve(packed: Packed): Promise<Site> {
  const bundles = Object.entries(packed.bundles).map(([name, text]) => [`/js/${name}`, text]);
  const pages = Object.keys(packed.metadata.entries).map((name) => [
    `/${name}`,
    html(packed.scripts[`${name}.html`] as string),
  ]);
  return startSite(Object.fromEntries([...bundles, ...pages]));
}

async function visit(tab: Page, url: string): Promise<PageVisit> {
  const fetched: string[] = [];
  tab.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/js/')) fetched.push(decodeURIComponent(pathname.slice('/js/'.length)));
  });
  const answer = await answerOf(tab, url);
  tab.removeAllListeners();
  return { answer, fetched };
}

/** The first of: an error nobody caught, the value, silence for too long. */
async function answerOf(tab: Page, url: string): Promise<Answer> {
  const thrown = new Promise<Answer>((resolve) => {
    tab.on('pageerror', (error) => resolve({ error: error.stack ?? error.message }));
  });
  const silence = new AbortController();
  const silent = sleep<Answer>(LONGEST_WAIT, { error: 'The page gave no value' }, { signal: silence.signal });
  const given = async (): Promise<Answer> => {
    await tab.goto(url);
    return JSON.parse(await tab.evaluate<string>('given'));
  };
  // What is asked of a page that was left in the meantime fails: by then another has answered.
  const answer = await Promise.race([thrown, silent, given().catch(() => thrown)]);
  silence.abort();
  silent.catch(() => undefined);
  return answer;
}
