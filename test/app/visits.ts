import { setTimeout as sleep } from 'node:timers/promises';
import { AssertionError } from 'chai';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { launch } from '../helpers/chromium';
import type { Shown, Step } from './pages';

/** Milliseconds until something counts as not shown. */
const LONGEST_WAIT = 20_000;

/** A visitor with an empty cache. */
export interface Visitor {
  page: Page;
  /** Whatever went wrong so far: errors nobody caught, errors in the console, failed requests. */
  problems: string[];
}

const contexts: BrowserContext[] = [];

/** Opens a URL in a browser without any history. */
export async function open(url: string): Promise<Visitor> {
  const context = await (await launch()).newContext();
  contexts.push(context);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`not caught: ${error.stack ?? error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('requestfailed', (request) => problems.push(`failed: ${request.url()}`));
  page.on('response', (response) => {
    if (response.status() >= 400) problems.push(`${response.status()}: ${response.url()}`);
  });
  await page.goto(url);
  return { page, problems };
}

/** Ends all visits. */
export async function leave(): Promise<void> {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
}

/** Does what the steps say and waits for what they expect. */
export async function walk(visitor: Visitor, steps: readonly Step[]): Promise<void> {
  for (const { click, type, shows } of steps) {
    if (type) await visitor.page.fill(type.into, type.text);
    if (click) await follow(visitor, click);
    await expectShown(visitor, shows);
  }
}

/** Clicks an element, once it is there. */
export async function follow(visitor: Visitor, selector: string): Promise<void> {
  await expectShown(visitor, { [selector]: 1 });
  await visitor.page.click(selector);
}

/** Fails with the page's text and its problems. */
async function expectShown({ page, problems }: Visitor, shows: Shown): Promise<void> {
  for (const [selector, expected] of Object.entries(shows)) {
    if (await appears(page.locator(selector), expected)) continue;
    const text = await page.locator('#app').textContent();
    throw new AssertionError([`no ${expected} at ${selector} in: ${text}`, ...problems].join('\n'));
  }
}

/** Whether a text appears in one of the elements, or their number becomes the expected one, in time. */
async function appears(elements: Locator, expected: string | number): Promise<boolean> {
  const isShown = async () =>
    typeof expected === 'string'
      ? (await elements.filter({ hasText: expected }).count()) > 0
      : (await elements.count()) === expected;
  const end = Date.now() + LONGEST_WAIT;
  while (!(await isShown())) {
    if (Date.now() > end) return false;
    await sleep(20);
  }
  return true;
}
