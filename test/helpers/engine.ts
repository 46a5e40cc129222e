/** What tests need of a browser, whichever engine it has. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds until what is waited for counts as missing. */
const LONGEST_WAIT = 10_000;

/** A browser that all tests of a process share. */
export interface Engine {
  name: 'Chromium' | 'Firefox' | 'WebKit';
  /** Why it is not here. */
  missing?: string;
  /** Somebody who has never been anywhere: no cookies, nothing stored. One visitor at a time, in WebKit. */
  visitor(): Promise<Visitor>;
  /**
   * Somebody who comes back: for each page, the browser is started anew, with what is stored. In WebKit, whose automated
   * sessions keep that only while a page or worker of the site lives, older pages stay open instead.
   */
  returning(): Promise<Visitor>;
}

/** An engine that is not here, and why. */
export function missingEngine(name: Engine['name'], missing: string): Engine {
  const fail = () => Promise.reject(new Error(`${name}: ${missing}`));
  return { name, missing, visitor: fail, returning: fail };
}

/** Somebody with a browser. */
export interface Visitor {
  /** Opens a tab, and goes to a URL there. */
  open(url: string, until?: Moment): Promise<Tab>;
  /** Closes all tabs; what is stored is forgotten. */
  leave(): Promise<void>;
}

/** How far a page must be: there at all, or loaded with all that its HTML names. */
export type Moment = 'begun' | 'loaded';

/** How an engine's own library drives a tab. */
export interface Driven {
  /** Begins to go to a URL. */
  navigate(url: string): unknown;
  /** Evaluates an expression; of a promise, gives what it comes to. */
  evaluate(expression: string): Promise<unknown>;
  close(): Promise<unknown>;
}

/** A tab that shows a page. No script can be put before those of the page: what watches it stands in its HTML. */
export class Tab {
  constructor(private readonly driven: Driven) {}

  /** Evaluates an expression in the page; of a promise, gives what it comes to. Policies of the page do not matter. */
  evaluate<Value>(expression: string): Promise<Value> {
    return this.driven.evaluate(expression) as Promise<Value>;
  }

  /** Waits until an expression holds in the page. */
  async until(expression: string): Promise<void> {
    await this.valueOf(`Boolean(${expression})`, Boolean);
  }

  /** Waits until the value of an expression is right, and gives it. */
  async valueOf<Value>(expression: string, isRight: (value: Value) => boolean): Promise<Value> {
    const end = Date.now() + LONGEST_WAIT;
    // From outside, because a page with a strict policy would not let a polling script in.
    for (;;) {
      // Between two pages there is nobody who answers.
      const value = await this.evaluate<Value>(expression).catch((error: Error) => error);
      if (!(value instanceof Error) && isRight(value)) return value;
      if (Date.now() > end) throw new Error(`In vain awaited ${expression}; it is ${show(value)}`);
      await sleep(10);
    }
  }

  /** Goes to a URL, in the same tab. */
  async goto(url: string, until: Moment = 'loaded'): Promise<void> {
    await this.evaluate('self.isLeft = true');
    this.driven.navigate(url);
    const isThere = until === 'loaded' ? "document.readyState === 'complete'" : 'document.documentElement';
    await this.until(`!self.isLeft && ${isThere}`);
  }

  async close(): Promise<void> {
    await this.driven.close();
  }
}

const show = (value: unknown): string => (value instanceof Error ? String(value) : JSON.stringify(value));
