/** Visits of generated programs: pages that are opened in Chromium, and ask for what they may ask for. */
import type { Browser, Page } from 'playwright-core';
import { markerOf } from '../generate-app';
import { Network, type Traffic } from './network';

/** What modules of generated programs count on. */
interface Globals {
  /** Markers of the modules that have run. */
  ran: string[];
  /** Root → requests it. */
  requests: Record<string, () => Promise<unknown>>;
}

/** An entry that was opened, or a root that was requested later. */
export interface Request extends Traffic {
  root: number;
  /** Whether the root has run. */
  succeeded: boolean;
}

/** What a visit starts with, and its chances. */
export interface Plan {
  entry: number;
  html: string;
  /** How many roots are requested after the entry. */
  requests: number;
  below(limit: number): number;
}

/** Milliseconds until what has not run counts as failed. */
const PATIENCE = 20_000;

async function hasRun(page: Page, root: number): Promise<boolean> {
  const isThere = (marker: string): boolean => (self as unknown as Globals).ran.includes(marker);
  return page.waitForFunction(isThere, markerOf(root), { timeout: PATIENCE }).then(
    () => true,
    () => false,
  );
}

/** Roots that the page may request, ascending. */
async function offered(page: Page): Promise<number[]> {
  const roots = await page.evaluate(() => Object.keys((self as unknown as Globals).requests));
  return roots.map(Number).sort((a, b) => a - b);
}

async function request(page: Page, network: Network, root: number): Promise<Request> {
  await page.evaluate((id) => {
    (self as unknown as Globals).requests[id]?.().catch(() => undefined);
  }, root);
  const succeeded = await hasRun(page, root);
  return { root, succeeded, ...network.take() };
}

/** Visits a page, with an empty cache, and gives its requests. */
export async function visit(browser: Browser, output: string, plan: Plan): Promise<Request[]> {
  const page = await browser.newPage();
  await page.addInitScript(() => Object.assign(self, { ran: [], requests: {} }));
  const network = new Network(page, output, plan.html);
  await network.open();
  const first = await hasRun(page, plan.entry);
  const made: Request[] = [{ root: plan.entry, succeeded: first, ...network.take() }];
  while (made.length <= plan.requests) {
    const roots = (await offered(page)).filter((root) => made.every((before) => before.root !== root));
    if (roots.length === 0) break;
    made.push(await request(page, network, roots[plan.below(roots.length)] as number));
  }
  await page.close();
  return made;
}
