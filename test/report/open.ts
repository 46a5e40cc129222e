/** Reports in Chromium, as somebody opens them. */
import type { BrowserContext, Page } from 'playwright-core';
import type { ReportData } from '../../lib/report/data';
import { renderReport } from '../../lib/report/page';
import { launch } from '../helpers/chromium';
import { type Site, startSite } from '../helpers/site';

export interface Opened {
  page: Page;
  /** What the console says, and what nobody caught. */
  complaints: string[];
  site: Site;
  /** Goes to a view, and waits until it is there. */
  show(fragment: string): Promise<void>;
  /** Text of the view, in one line. */
  text(): Promise<string>;
  /** Text of the heading of the view. */
  title(): Promise<string>;
  /** Waits for a view with this heading: a click is over before it is there. */
  until(title: string): Promise<void>;
  /** Rows of the table with this caption, by the texts of their cells; numbers as the exact ones behind them. */
  table(caption: string | RegExp): Promise<string[][]>;
  /** By term, what the view says of its subject: numbers as the exact ones. */
  terms(): Promise<Record<string, string>>;
}

const opened: { context: BrowserContext; site: Site }[] = [];

export interface Circumstances {
  before?: ReportData;
  colorScheme?: 'light' | 'dark';
  width?: number;
  height?: number;
}

export async function open(data: ReportData, circumstances: Circumstances = {}): Promise<Opened> {
  const { before, colorScheme = 'light', width = 1200, height = 800 } = circumstances;
  const site = await startSite({ '/report.html': renderReport(data, before) });
  const context = await (await launch()).newContext({ colorScheme, viewport: { width, height } });
  opened.push({ context, site });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${site.url}/report.html`);
  return {
    page,
    complaints,
    site,
    title: async () => (await page.locator('h2').textContent()) ?? '',
    text: () => page.evaluate(`document.querySelector('main').innerText.replace(/\\s+/g, ' ')`),
    until: (title) => page.locator('h2', { hasText: new RegExp(`^${literal(title)}$`) }).waitFor(),
    show: (fragment) => show(page, fragment),
    table: (caption) => readTable(page, caption),
    terms: async () =>
      Object.fromEntries(
        await page.evaluate<[string, string][]>(
          `[...document.querySelectorAll('main dl > div')].map((row) => [row.firstChild.textContent, (${EXACT})(row.lastChild)])`,
        ),
      ),
  };
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A view is there when its fragment's event is over. */
async function show(page: Page, fragment: string): Promise<void> {
  await page.evaluate(`new Promise((resolve) => {
    const fragment = ${JSON.stringify(fragment)};
    if (location.hash === fragment) return resolve();
    addEventListener('hashchange', () => resolve(), { once: true });
    location.hash = fragment;
  })`);
}

/** In the page: the text of an element with exact numbers in place of rounded ones. */
const EXACT = `(element) => {
  const copy = element.cloneNode(true);
  for (const data of copy.querySelectorAll('data')) data.textContent = data.value;
  return copy.textContent;
}`;

async function readTable(page: Page, caption: string | RegExp): Promise<string[][]> {
  const index = await indexOf(page, caption);
  return page.evaluate(
    `[...document.querySelectorAll('main table')[${index}].tBodies[0].rows].map((row) => [...row.cells].map(${EXACT}))`,
  );
}

/** Of the first table with a caption. */
async function indexOf(page: Page, caption: string | RegExp): Promise<number> {
  const captions = await page.locator('main table caption').allTextContents();
  const index = captions.findIndex((text) =>
    typeof caption === 'string' ? text.includes(caption) : caption.test(text),
  );
  if (index === -1) throw new Error(`No table ${String(caption)}, but ${captions.join(', ')}`);
  return index;
}

/** Closes all that was opened. */
export async function closeReports(): Promise<void> {
  for (const { context, site } of opened.splice(0)) {
    await context.close();
    await site.close();
  }
}
