/** Visitors who come back: a Chromium with a profile of its own that outlives the browser. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import { launchProfile } from '../helpers/chromium';

/** Milliseconds until what is waited for counts as missing. */
const LONGEST_WAIT = 8000;

/** A page that a visitor has open. */
export interface Visit {
  page: Page;
  /** Errors that nobody caught, errors in the console, and what the page's policy refused. */
  problems: string[];
  /** What the modules of the page have said. */
  log(): Promise<string[]>;
  /** Waits until the page has said so many things, and gives them in alphabetical order. */
  said(count: number): Promise<string[]>;
  /** Asks for what the page loads later. */
  ask(name: 'part' | 'extra'): Promise<void>;
  /** Waits until the store holds these short versions, among others. */
  stores(versions: readonly string[]): Promise<void>;
}

/** Someone with a browser. */
export interface Visitor {
  open(url: string): Promise<Visit>;
  /** Ends the browser and starts it again. */
  restart(): Promise<void>;
  /** Ends the browser without warning; it is started again by the next visit. */
  kill(): Promise<void>;
  /** What runs in a page before anything else. */
  prepare(script: string): Promise<void>;
  /** A connection to the browser's tools, in an empty page. */
  tools(): Promise<{ page: Page; cdp: CDPSession }>;
  /** Leaves a page; its tab is that of the next one. */
  close(page: Page): Promise<void>;
  closePages(): Promise<void>;
  leave(): Promise<void>;
}

/** In the page: the short versions in the store, oldest first. */
export const STORED = `caches.open('dynapack')
  .then(function (store) { return store.keys(); })
  .then(function (requests) { return requests.map(function (request) { return request.url.slice(-11); }); })`;

const WATCH = `
  self.log = []; self.violations = [];
  addEventListener('securitypolicyviolation', function (event) {
    violations.push(event.violatedDirective + ' ' + event.blockedURI);
  });
`;

/** Waits from outside, because a page with a strict policy would not let a polling script in. */
export async function until<Value>(
  page: Page,
  expression: string,
  isRight: (value: Value) => boolean,
): Promise<Value> {
  const end = Date.now() + LONGEST_WAIT;
  for (;;) {
    const value = await page.evaluate<Value>(expression);
    if (isRight(value)) return value;
    if (Date.now() > end) throw new Error(`In vain awaited ${expression}; it is ${JSON.stringify(value)}`);
    await sleep(10);
  }
}

function watch(page: Page): Visit {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  const log = (): Promise<string[]> => page.evaluate<string[]>('log');
  return {
    page,
    problems,
    log,
    said: async (count) => (await until<string[]>(page, 'log', ({ length }) => length >= count)).sort(),
    ask: async (name) => {
      await until<boolean>(page, 'Boolean(self.offers)', Boolean);
      await page.evaluate(`new Promise(function (resolve) { offers.${name}(resolve); })`);
    },
    stores: async (versions) => {
      const hasAll = (stored: string[]) => versions.every((version) => stored.includes(version));
      // Chromium may break off reading what is being written (`InvalidStateError: Broken`): then it is read again.
      await until<string[]>(page, `${STORED}.catch(function () { return []; })`, hasAll);
    },
  };
}

/** The process that has a profile open: the child of its script, if Debian starts it by one, and the parent of all others. */
function browserOf(profile: string): number {
  const found = readdirSync('/proc').findLast((id) => {
    if (!/^\d+$/.test(id)) return false;
    const command = commandOf(id);
    return (
      command.includes(`--user-data-dir=${profile}`) && !command.some((each) => each.startsWith('--type='))
    );
  });
  return Number(found);
}

/** Empty where the process has ended. */
function commandOf(id: string): string[] {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** @param switches switches of Chromium, besides the usual ones */
export async function createVisitor(...switches: string[]): Promise<Visitor> {
  const directory = mkdtempSync(join(tmpdir(), 'dynapack-profile-'));
  const scripts = [WATCH];
  let context: BrowserContext | undefined;
  /** Tabs that show nothing: to go on in one takes a quarter of the processor time that a new one does. */
  const empty: Page[] = [];

  async function start(): Promise<BrowserContext> {
    if (context) return context;
    context = await launchProfile(directory, { more: switches });
    for (const script of scripts) await context.addInitScript(script);
    return context;
  }

  async function stop(): Promise<void> {
    await context?.close();
    context = undefined;
    empty.length = 0;
  }

  async function close(page: Page): Promise<void> {
    page.removeAllListeners();
    await page.goto('about:blank');
    empty.push(page);
  }

  return {
    async tools() {
      const page = await (await start()).newPage();
      return { page, cdp: await page.context().newCDPSession(page) };
    },
    close,
    async closePages() {
      const [first, ...others] = context?.pages() ?? [];
      empty.length = 0;
      await Promise.all(others.map((page) => page.close()));
      if (first) await close(first);
    },
    async open(url) {
      const browser = await start();
      const page = empty.pop() ?? (await browser.newPage());
      const visit = watch(page);
      await page.goto(url);
      return visit;
    },
    async restart() {
      await stop();
      await start();
    },
    async kill() {
      const closed = new Promise((onClosed) => context?.once('close', onClosed));
      process.kill(browserOf(directory), 'SIGKILL');
      await closed;
      context = undefined;
      empty.length = 0;
    },
    async prepare(script) {
      scripts.push(script);
      await context?.addInitScript(script);
    },
    async leave() {
      await stop();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
