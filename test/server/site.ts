/** A site of an express application with our middleware, and a browser that visits it. */

import type dynosrc from 'dynapack/server';
import express from 'express';
import type { BrowserContext, Request as BrowserRequest, Page } from 'playwright-core';
import { launch } from '../helpers/chromium';
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
  private readonly contexts: BrowserContext[] = [];

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

  /** A browser of its own, with nothing kept. */
  async browser(prepare?: (context: BrowserContext) => Promise<unknown>): Promise<Visitor> {
    const context = await (await launch()).newContext();
    this.contexts.push(context);
    await prepare?.(context);
    return new Visitor(this, context);
  }

  async close(): Promise<void> {
    await Promise.all(this.contexts.map((context) => context.close()));
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
  private readonly underWay = new Map<Page, Set<BrowserRequest>>();

  constructor(
    private readonly site: Site,
    readonly context: BrowserContext,
  ) {}

  /** Opens the page, in a tab of its own, and waits until everything has run and is kept. */
  async visit(url = this.site.url): Promise<Seen> {
    const page = await this.context.newPage();
    const open = new Set<BrowserRequest>();
    page.on('request', (request) => open.add(request));
    page.on('requestfinished', (request) => open.delete(request));
    page.on('requestfailed', (request) => open.delete(request));
    this.underWay.set(page, open);
    this.site.requests.length = 0;
    await page.goto(url);
    return this.look(page);
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
