/** A network whose every round trip takes as long, so that round trips can be counted. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Route } from 'playwright-core';

/** What was fetched, and in how many round trips one after the other. */
export interface Traffic {
  /** Paths relative to the output, in the order of the requests, each as often as it was requested. */
  files: string[];
  roundTrips: number;
}

/** Milliseconds without a new request after which all that belong to one round trip are there. */
const QUIET = 120;

const ORIGIN = 'http://bench.test';

/**
 * Serves a bundler's output to a page. Requests are held until no more of them come: those that are answered together
 * were made together.
 */
export class Network {
  private traffic: Traffic = { files: [], roundTrips: 0 };
  private held: Route[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly page: Page,
    private readonly output: string,
    private readonly html: string,
  ) {}

  /** Opens the page, and comes back as soon as its HTML is there. */
  async open(): Promise<void> {
    await this.page.route('**/*', (route) => this.receive(route));
    await this.page.goto(`${ORIGIN}/`, { waitUntil: 'commit' });
  }

  /** Gives what was fetched since it was called last. */
  take(): Traffic {
    const { traffic } = this;
    this.traffic = { files: [], roundTrips: 0 };
    return traffic;
  }

  private receive(route: Route): Promise<void> | undefined {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: this.html });
    if (!pathname.endsWith('.js')) return route.fulfill({ status: 404 });
    this.traffic.files.push(decodeURIComponent(pathname.slice(1)));
    this.held.push(route);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.answer(), QUIET);
    return undefined;
  }

  private answer(): void {
    this.traffic.roundTrips++;
    for (const route of this.held.splice(0)) {
      const { pathname } = new URL(route.request().url());
      const body = readFileSync(join(this.output, decodeURIComponent(pathname)));
      // A page that was closed meanwhile needs no answer.
      route.fulfill({ contentType: 'text/javascript', body }).catch(() => undefined);
    }
  }
}
