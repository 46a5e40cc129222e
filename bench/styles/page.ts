/** Opens pages in Chromium, loads their parts, and looks which styles have what say. */
import type { Browser, Page } from 'playwright-core';
import { NotMeasured } from '../measure';
import type { Site } from './site';
import type { Visit } from './visits';

/** What programs count on, and what is asked of their pages. */
interface Globals {
  /** Root → its styles that were not applied when it ran. */
  lacking: Record<string, number[]>;
  offered: Record<string, () => Promise<unknown>>;
  offer(part: string, request: () => Promise<unknown>): void;
  run(name: string, styles: readonly number[]): void;
  propertyOf(name: string): string;
  /** For a number of styles: which are applied, and of each two the last one. */
  look(count: number): { there: number[]; last: Record<string, number> };
}

/** What is seen when an entry or a part has been loaded. */
export interface Step {
  /** Texts of the styles that came. */
  texts: string[];
  there: ReadonlySet<number>;
  /** Names of pairs, as in styles, → the style of the two that says so. */
  last: Readonly<Record<string, number>>;
  /** How many of the root's styles were not applied when it ran. */
  lacking: number;
}

/** Milliseconds until what has not run counts as failed. */
const PATIENCE = 10_000;

/** Milliseconds until styles that are asked for must have come. */
const GRACE = 1000;

/** Makes what programs count on, before anything of a page runs. Functions are methods here, which a compiler adds nothing to. */
function prepare(): void {
  const globals: Globals = {
    lacking: {},
    offered: {},
    offer(part, request) {
      this.offered[part] = request;
    },
    run(name, styles) {
      this.lacking[name] = styles.filter((style) => this.propertyOf(`s${style}`) === '');
    },
    propertyOf(name) {
      return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    },
    look(count) {
      const there = Array.from({ length: count }, (_, style) => style).filter(
        (style) => this.propertyOf(`s${style}`) !== '',
      );
      const pairs = there.flatMap((one) =>
        there.filter((other) => other > one).map((other) => `p${one}-${other}`),
      );
      return { there, last: Object.fromEntries(pairs.map((pair) => [pair, Number(this.propertyOf(pair))])) };
    },
  };
  Object.assign(self, globals);
}

/** Requests a part that something on the page offers; the entry needs no request. */
async function load(page: Page, root: string): Promise<void> {
  await page.evaluate((name) => (self as unknown as Globals).offered[name]?.(), root);
  await page.waitForFunction((name) => (self as unknown as Globals).lacking[name], root, {
    timeout: PATIENCE,
    polling: 5,
  });
  // Who runs before its styles have come may still get them.
  const haveCome = () =>
    [...document.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].every(({ sheet }) => sheet);
  await page.waitForFunction(haveCome, undefined, { timeout: GRACE, polling: 5 }).catch(() => undefined);
}

async function look(page: Page, site: Site, root: string, styles: number): Promise<Step> {
  const seen = await page.evaluate(
    ([name, count]) => {
      const globals = self as unknown as Globals;
      return { ...globals.look(count), lacking: globals.lacking[name]?.length ?? 0 };
    },
    [root, styles] as const,
  );
  return { ...seen, there: new Set(seen.there), texts: site.take() };
}

/**
 * Visits the site with an empty cache.
 * @throws NotMeasured when the page fails
 */
export async function makeVisit(browser: Browser, site: Site, visit: Visit, styles: number): Promise<Step[]> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    const failure = new Promise<never>((_, reject) => page.once('pageerror', reject));
    failure.catch(() => undefined);
    await page.addInitScript(prepare);
    site.take();
    await page.goto(`${site.origin}/`);
    const steps: Step[] = [];
    for (const root of visit) {
      await Promise.race([failure, load(page, root)]);
      steps.push(await look(page, site, root, styles));
    }
    return steps;
  } catch (error) {
    throw new NotMeasured(`its page fails: ${String(error).split('\n')[0]}`);
  } finally {
    await context.close();
  }
}
