/** Real packs on a real server, and visitors in Chromium who open their pages. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { launch } from '../helpers/chromium';
import type { Packed } from '../helpers/pack';
import { type Replies, type Reply, type Site, startSite } from '../helpers/site';

export interface ServeOptions {
  /** Entries whose snippets are on the page `/`; by default all. */
  entries?: string[];
  /** Where the bundles are: the prefix the pack was given. */
  prefix?: string;
  /** Headers of the page. */
  headers?: Record<string, string>;
  /** What all bundles answer besides their text. */
  bundle?: Partial<Reply>;
}

/** A site that serves packs. */
export interface PackSite extends Site {
  /** Adds the bundles of another pack. */
  add(packed: Packed, prefix: string, reply?: Partial<Reply>): void;
  /** Changes what a bundle answers. */
  setBundle(name: string, change: Partial<Reply> | ((time: number) => Partial<Reply>)): void;
  /** Names of the bundles requested since the last call, in alphabetical order, each as often as it was requested. */
  fetched(): string[];
}

/** All orders of some items. */
export function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

/** A page with the given elements. */
export const html = (...elements: string[]): string => htmlWithHead('', ...elements);

/** A page with more in its head. */
export function htmlWithHead(head: string, ...elements: string[]): string {
  return `<!doctype html><html><head><meta charset="utf-8"><title>Page</title>${head}</head><body>${elements.join('\n')}</body></html>`;
}

/** As the path of a request is spelled. */
const pathOf = (prefix: string, name: string): string =>
  new URL(prefix + name.split('/').map(encodeURIComponent).join('/'), 'http://site').pathname;

/** The snippets of entries, by default of all. */
export function snippets(packed: Packed, entries = Object.keys(packed.metadata.entries)): string[] {
  return entries.map((entry) => packed.scripts[`${entry}.html`] ?? '');
}

/** What belongs into the head for entries, by default for all. */
export const heads = (packed: Packed, entries = Object.keys(packed.metadata.entries)): string =>
  entries.map((entry) => packed.scripts[`${entry}.head.html`] ?? '').join('');

const sites: Site[] = [];

/** Starts a site without any page. */
export async function serveNothing(): Promise<PackSite> {
  const site = await startSite();
  sites.push(site);
  const names = new Map<string, string>();
  const texts = new Map<string, [path: string, reply: Reply]>();
  return Object.assign(site, {
    add(packed: Packed, prefix: string, reply: Partial<Reply> = {}) {
      for (const [name, body] of Object.entries({ ...packed.bundles, ...packed.styles })) {
        const path = pathOf(prefix, name);
        names.set(path, name);
        texts.set(name, [path, { body, ...reply }]);
        site.set(path, { body, ...reply });
      }
      for (const [name, body] of Object.entries(packed.assets))
        site.set(pathOf(prefix, name), { body, ...reply });
    },
    setBundle(name: string, change: Partial<Reply> | ((time: number) => Partial<Reply>)) {
      const [path, reply] = texts.get(name) as [string, Reply];
      const changed = (time: number) => (typeof change === 'function' ? change(time) : change);
      site.set(path, (time) => ({ ...reply, ...changed(time) }));
    },
    fetched() {
      const found = site.paths().flatMap((path) => names.get(path) ?? []);
      site.forget();
      return found.sort();
    },
  });
}

/** Serves one pack. */
export async function serve(packed: Packed, options: ServeOptions = {}): Promise<PackSite> {
  const site = await serveNothing();
  site.add(packed, options.prefix ?? '/', options.bundle);
  site.set('/', {
    body: htmlWithHead(heads(packed, options.entries), ...snippets(packed, options.entries)),
    ...(options.headers && { headers: options.headers }),
  } satisfies Replies);
  return site;
}

/**
 * What the modules of these tests find on their page: `log` to say that they run, and `offer` to give the visitor
 * something to ask for; its function calls back like one of Node's. `elements` counts script elements with a URL that were added.
 */
const WATCH = `
  self.log = []; self.offers = {}; self.violations = []; self.elements = 0;
  new MutationObserver(function (records) {
    records.forEach(function (record) {
      record.addedNodes.forEach(function (node) { if (node.src) elements++; });
    });
  }).observe(document, { childList: true, subtree: true });
  self.offer = function (name, load) { offers[name] = load; };
  addEventListener('securitypolicyviolation', function (event) {
    violations.push(event.violatedDirective + ' ' + event.blockedURI);
  });
`;

/** In the page: what an offer calls back with, as text. */
const answerTo = (name: string): string => `new Promise(function (resolve) {
  offers[${JSON.stringify(name)}](function (error, value) {
    resolve(error ? (error instanceof Error ? '' : 'not an Error: ') + String(error) : String(value));
  });
})`;

/** A visitor with a page open. */
export interface Visitor {
  page: Page;
  /** Messages of the errors that nobody caught. */
  uncaught: string[];
  /** Texts of the warnings and errors in the console. */
  complaints: string[];
  /** Texts of the dialogs that came up. */
  dialogs: string[];
  open(url: string): Promise<void>;
  /** Asks for what modules offer, all at once; gives the answers, errors as `Error: …`. */
  ask(...names: string[]): Promise<string[]>;
  log(): Promise<string[]>;
  /** What a content security policy refused. */
  violations(): Promise<string[]>;
  evaluate<Value>(expression: string): Promise<Value>;
  /** Waits until an expression holds in the page. */
  until(expression: string): Promise<void>;
  /** Waits until all these have run, which is to say, logged their names. */
  untilRun(...modules: string[]): Promise<void>;
}

/** One page serves all visitors, one after the other: every site has an origin of its own, so no cache is shared. */
let shared: Promise<Page> | undefined;

async function makePage(): Promise<Page> {
  const context = await (await launch()).newContext();
  await context.addInitScript(WATCH);
  return context.newPage();
}

/** A visitor with an empty page; there is one at a time. */
export async function visitor(): Promise<Visitor> {
  shared ??= makePage();
  const page = await shared;
  const uncaught: string[] = [];
  const complaints: string[] = [];
  const dialogs: string[] = [];
  page.on('pageerror', (error) => uncaught.push(error.message));
  page.on('console', (message) => {
    if (['warning', 'error'].includes(message.type())) complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    return dialog.dismiss();
  });
  const evaluate = <Value>(expression: string): Promise<Value> => page.evaluate<Value>(expression);
  const until = (expression: string): Promise<void> => poll(page, expression);
  return {
    page,
    uncaught,
    complaints,
    dialogs,
    evaluate,
    until,
    open: async (url) => void (await page.goto(url)),
    ask: (...names) => evaluate(`Promise.all([${names.map(answerTo).join(',')}])`),
    log: () => evaluate('log'),
    violations: () => evaluate('violations'),
    untilRun: (...modules) =>
      until(`${JSON.stringify(modules)}.every(function (name) { return log.includes(name); })`),
  };
}

/** A visitor who has opened the page `/` of a site, and waits until these modules have run. */
export async function visit(site: Site, ...modules: string[]): Promise<Visitor> {
  const guest = await visitor();
  await guest.open(`${site.url}/`);
  await guest.untilRun(...modules);
  return guest;
}

/** From outside, because a page with a strict policy would not let a polling script in. */
async function poll(page: Page, expression: string): Promise<void> {
  const end = Date.now() + 4000;
  while (!(await page.evaluate(`Boolean(${expression})`))) {
    if (Date.now() > end)
      throw new Error(`In vain awaited: ${expression}; ${await page.evaluate('"log: " + log')}`);
    await sleep(5);
  }
}

/** Ends the visit and closes the sites. */
export async function leave(): Promise<void> {
  const page = await shared;
  page?.removeAllListeners();
  await page?.goto('about:blank');
  await Promise.all(sites.splice(0).map((site) => site.close()));
}
