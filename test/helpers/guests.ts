/**
 * Guests of Chromium: each finds a browser as nobody has used it, in a profile that others had before. A page in a new profile has
 * a process of its own, and takes four times the processor time of a page that goes on to the next site.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { type Build, launch } from './chromium';

/** Milliseconds until a profile that is not clean is given up. */
const LONGEST_CLEANING = 5_000;

/** A profile, and who is there. Whoever adds scripts, routes or permissions to a context needs one of their own, from `launch()`. */
export interface Guest {
  context: BrowserContext;
  newPage(): Promise<Page>;
  /** Closes a page: it is what the next one will be. */
  closePage(page: Page): Promise<void>;
  /** Forgets what is stored, and leaves the profile to the next guest. */
  close(): Promise<void>;
}

/** A profile, and the empty page that the last guest has left there. */
interface Room {
  context: BrowserContext;
  empty: Page | undefined;
}

/** Those without a guest. */
const free: Record<Build, Room[]> = { browser: [], shell: [] };

/** Lets somebody in who has never been anywhere. */
export async function receive(build: Build): Promise<Guest> {
  const room = free[build].pop() ?? { context: await (await launch(build)).newContext(), empty: undefined };
  const { context } = room;
  const origins = new Set<string>();

  async function newPage(): Promise<Page> {
    const page = room.empty ?? (await context.newPage());
    room.empty = undefined;
    page.on('framenavigated', (frame) => origins.add(new URL(frame.url()).origin));
    return page;
  }

  async function closePage(page: Page): Promise<void> {
    if (room.empty) return page.close();
    room.empty = page;
    page.removeAllListeners();
    await page.unrouteAll();
    await page.evaluate('sessionStorage.clear()').catch(() => undefined);
    await page.goto('about:blank');
  }

  async function clean(): Promise<void> {
    const used = context.pages().filter((page) => page !== room.empty);
    for (const page of used) await closePage(page);
    if (room.empty) await forget(room.empty, origins);
  }

  return {
    context,
    newPage,
    closePage,
    async close() {
      const isClean = await soon(clean());
      if (isClean) free[build].push(room);
      else await context.close();
    },
  };
}

/** Clears what a profile has of some sites, the cookies of all, and the cache. */
async function forget(page: Page, origins: ReadonlySet<string>): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const origin of origins)
    if (origin !== 'null') await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
  await session.send('Network.clearBrowserCookies');
  await session.send('Network.clearBrowserCache');
  await session.detach();
}

/** Whether something was done, without an error, before it took too long. */
async function soon(work: Promise<void>): Promise<boolean> {
  const late = new AbortController();
  const tooLate = sleep(LONGEST_CLEANING, false, { signal: late.signal }).catch(() => false);
  const isDone = await Promise.race([
    work.then(
      () => true,
      () => false,
    ),
    tooLate,
  ]);
  late.abort();
  return isDone;
}
