/** The engines that tests loop over. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Build, launchProfile } from './chromium';
import { type Driven, type Engine, type Moment, missingEngine, Tab, type Visitor } from './engine';
import { findFirefox, launchFirefox, launchShared } from './firefox';
import { type Guest, receive } from './guests';
import { findWebKit } from './webkit';

/** A page of Playwright's or Puppeteer's. */
interface LibraryPage {
  goto(url: string): Promise<unknown>;
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<unknown>;
}

/** A profile of Playwright's or Puppeteer's. */
interface LibraryContext {
  newPage(): Promise<LibraryPage>;
  close(): Promise<unknown>;
}

const driven = (page: LibraryPage): Driven => ({
  navigate: (url) => page.goto(url).catch(() => undefined),
  evaluate: (expression) => page.evaluate(expression),
  close: () => page.close(),
});

async function openTab(context: LibraryContext, url: string, until?: Moment): Promise<Tab> {
  const tab = new Tab(driven(await context.newPage()));
  await tab.goto(url, until);
  return tab;
}

const visitorOf = (context: LibraryContext): Visitor => ({
  open: (url, until) => openTab(context, url, until),
  leave: async () => void (await context.close()),
});

const contextOf = (guest: Guest): LibraryContext => ({
  newPage: async () => {
    const page = await guest.newPage();
    return {
      goto: (url) => page.goto(url),
      evaluate: (expression) => page.evaluate(expression),
      close: () => guest.closePage(page),
    };
  },
  close: () => guest.close(),
});

/** @param start starts the browser with the profile in a directory */
function returning(start: (directory: string) => Promise<LibraryContext>): Visitor {
  const directory = mkdtempSync(join(tmpdir(), 'dynapack-profile-'));
  let context: LibraryContext | undefined;
  return {
    async open(url, until) {
      await context?.close();
      context = await start(directory);
      return openTab(context, url, until);
    },
    async leave() {
      await context?.close();
      rmSync(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

const chromium = (build: Build): Engine => ({
  name: 'Chromium',
  visitor: async () => visitorOf(contextOf(await receive(build))),
  returning: async () => returning((directory) => launchProfile(directory, { build })),
});

/** Whether all suites run in all browsers. It takes three times the time of all tests: without it, each part has one such suite. */
const isWhole = process.env.ENGINES === 'all';

/** Chromium for most suites: its engine, without the rest of a browser. */
export const CHROMIUM = chromium(isWhole ? 'browser' : 'shell');

function firefox(): Engine {
  const found = findFirefox();
  if ('missing' in found) return missingEngine('Firefox', found.missing);
  return {
    name: 'Firefox',
    visitor: async () => visitorOf(await (await launchShared(found.path)).createBrowserContext()),
    returning: async () => returning((directory) => launchFirefox(found.path, directory)),
  };
}

/** Engines beside Chromium, for what runs there anyway. */
export const OTHER_ENGINES: readonly Engine[] = [firefox(), findWebKit()];

/** The browsers that users have; those that are not here say why. */
export const BROWSERS: readonly Engine[] = [chromium('browser'), ...OTHER_ENGINES];

/** Milliseconds for a test, which may be the first and have to start a browser beside others. */
const LONGEST_TEST = 90_000;

/** Why the tests of an engine are left out, if they are. */
const reasonToLeaveOut = ({ name, missing }: Engine, isAlways: boolean): string | undefined =>
  missing ?? (isAlways || isWhole || name === CHROMIUM.name ? undefined : 'it runs with ENGINES=all');

/**
 * Describes a suite once for each engine. Where its tests are left out, the suite's name says why.
 * @param isAlways whether it runs in all `engines` without `ENGINES=all`, too
 */
export function describeInEngines(
  title: string,
  suite: (engine: Engine) => void,
  {
    engines = [CHROMIUM, ...OTHER_ENGINES],
    isAlways = false,
  }: { engines?: readonly Engine[]; isAlways?: boolean } = {},
): void {
  for (const engine of engines) {
    const { name } = engine;
    const missing = reasonToLeaveOut(engine, isAlways);
    if (missing) describe.skip(`${title}, in ${name} (left out: ${missing})`, () => suite(engine));
    else
      describe(`${title}, in ${name}`, function () {
        this.timeout(LONGEST_TEST);
        suite(engine);
      });
  }
}
