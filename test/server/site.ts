/** A site of an express application with our middleware, and a browser that visits it. */

import type dynosrc from 'dynapack/server';
import express from 'express';
import type { BrowserContext, Request as BrowserRequest, Page } from 'playwright-core';
import { launch } from '../helpers/chromium';
import { type Guest, receive } from '../helpers/guests';
import { listen, type Served } from './serve';

export interface PageSettings {
  patches: string[];
  /** Content-Security-Policy, with `NONCE` where the nonce goes. */
  policy?: string;
  /** More headers. */
  headers?: Record<string, string>;
  /** HTML before the client. */
  before?: string;
  /** A script behind the patches. */
  inline?: string;
  /** HTML behind that. */
  rest?: string;
  /** Whether assets run at once. */
  sync?: boolean;
}

export class Site {
  /** What the pages hold; may be changed between visits. */
  page: PageSettings = { patches: [] };
  /** Paths and queries of requests to anything but pages. */
  readonly requests: string[] = [];
  /** The HTML of the last page. */
  html = '';
  instance: dynosrc.DynoSrc;
  /** What requests to the endpoint wait for. */
  gate: Promise<unknown> = Promise.resolve();
  private served: Served | undefined;
  private readonly guests: Guest[] = [];

  constructor(instance: dynosrc.DynoSrc) {
    this.instance = instance;
  }

  async start(): Promise<this> {
    const app = express();
    app.use((request, _response, next) => {
      if (request.path !== '/' && request.path !== '/favicon.ico') this.requests.push(request.url);
      next();
    });
    app.use(async (request, _response, next) => {
      if (request.path !== '/') await this.gate;
      next();
    });
    app.use((request, response, next) => this.instance.middleware()(request, response, next));
    app.get('/', async (request, response) => {
      response
        .type('html')
        .set(this.page.headers ?? {})
        .send(await this.render(request, (policy) => response.set('content-security-policy', policy)));
    });
    this.served = await listen(app);
    return this;
  }

  get url(): string {
    return (this.served as Served).url;
  }

  /** A browser with nothing kept; with `prepare`, one that nobody else will have. */
  async browser(prepare?: (context: BrowserContext) => Promise<unknown>): Promise<Visitor> {
    const guest = prepare ? await receiveAlone(prepare) : await receive('shell');
    this.guests.push(guest);
    return new Visitor(this, guest);
  }

  async close(): Promise<void> {
    await Promise.all(this.guests.map((guest) => guest.close()));
    await this.served?.close();
  }

  private async render(request: express.Request, setPolicy: (policy: string) => void): Promise<string> {
    const { patches, policy, before = '', inline, rest = '', sync = false } = this.page;
    const given = policy === undefined ? {} : { nonce: 'dGVzdA==' };
    if (policy !== undefined) setPolicy(policy.replaceAll('NONCE', "'nonce-dGVzdA=='"));
    const open = policy === undefined ? '<script>' : '<script nonce="dGVzdA==">';
    const elements = await this.instance.getPatches(request, { patches, ...given });
    this.html = [
      '<!doctype html><meta charset="utf-8"><title>page</title>',
      `${open}self.log = []; self.errors = []; addEventListener('error', (e) => errors.push(e.message));</script>`,
      before,
      this.instance.getClientLib({ ...given, sync }),
      ...elements,
      ...(inline === undefined ? [] : [`${open}${inline}</script>`]),
      `${open}dynoSrc.ready(function () { self.isReady = true; });</script>`,
      rest,
    ].join('\n');
    return this.html;
  }
}

/** A guest whose browser is changed before anything is opened. */
async function receiveAlone(prepare: (context: BrowserContext) => Promise<unknown>): Promise<Guest> {
  const context = await (await launch()).newContext();
  await prepare(context);
  return {
    context,
    newPage: () => context.newPage(),
    closePage: (page) => page.close(),
    close: () => context.close(),
  };
}

/** What a page was after it had run. */
export interface Seen {
  page: Page;
  /** What the scripts of the page have put on `self.log`, in order. */
  log: string[];
  errors: string[];
  /** Requests to the endpoint that the page needed. */
  requests: string[];
  html: string;
  cookie: string;
}

export class Visitor {
  /** Tabs that the next visits may go on in. */
  private readonly left: Page[] = [];
  private readonly underWay = new Map<Page, Set<BrowserRequest>>();

  constructor(
    private readonly site: Site,
    private readonly guest: Guest,
  ) {}

  get context(): BrowserContext {
    return this.guest.context;
  }

  /** Opens the page, in the tab of the last visit that is over, and waits until everything has run and is kept. */
  async visit(url = this.site.url): Promise<Seen> {
    const page = this.left.pop() ?? (await this.guest.newPage());
    page.removeAllListeners();
    const open = new Set<BrowserRequest>();
    page.on('request', (request) => open.add(request));
    page.on('requestfinished', (request) => open.delete(request));
    page.on('requestfailed', (request) => open.delete(request));
    this.underWay.set(page, open);
    this.site.requests.length = 0;
    await page.goto(url);
    const seen = await this.look(page);
    this.left.push(page);
    return seen;
  }

  /** Leaves a tab as it is: the next visit has another one. */
  keep(page: Page): void {
    this.left.splice(this.left.indexOf(page), 1);
  }

  async look(page: Page): Promise<Seen> {
    await page.waitForFunction('self.isReady');
    await this.settle(page);
    const [log, errors] = (await page.evaluate('[log, errors]')) as [string[], string[]];
    const cookies = await this.context.cookies();
    const cookie = cookies.find(({ name }) => name === '_ds')?.value ?? '';
    return { page, log, errors, requests: [...this.site.requests], html: this.site.html, cookie };
  }

  /** Waits until no request is under way, nor has one been for a moment. */
  private async settle(page: Page): Promise<void> {
    const open = this.underWay.get(page) as Set<BrowserRequest>;
    for (let quiet = 0; quiet < 3; quiet = open.size === 0 ? quiet + 1 : 0) {
      await page.evaluate('new Promise((resolve) => setTimeout(resolve, 10))');
    }
  }
}
