/**
 * A page in Chromium that is asked by the protocol itself: Playwright hears of each request of its pages, and where pages do hardly anything
 * else that takes a fifth of all time.
 */
import type { CDPSession } from 'playwright-core';
import { launch } from '../helpers/chromium';

/** What comes back for a command, or by itself. */
interface Message {
  id?: number;
  method?: string;
  params?: {
    exceptionDetails?: ExceptionDetails;
    entry?: { text: string };
    type?: string;
    args?: { value?: unknown }[];
  };
  result?: { result?: { value?: unknown }; exceptionDetails?: ExceptionDetails };
  error?: { message: string };
}

interface ExceptionDetails {
  text: string;
  exception?: { description?: string };
}

const textOf = ({ text, exception }: ExceptionDetails): string => exception?.description ?? text;

export class BarePage {
  /** Errors that nobody caught, and what the console says, since the last call of `takeComplaints()`. */
  private complaints: string[] = [];
  private readonly waiting = new Map<number, (message: Message) => void>();
  private last = 0;

  private constructor(
    private readonly browser: CDPSession,
    private readonly browserContextId: string,
    private readonly sessionId: string,
  ) {
    browser.on('Target.receivedMessageFromTarget', ({ sessionId: from, message }) => {
      if (from === sessionId) this.receive(JSON.parse(message) as Message);
    });
  }

  /** Makes one, with a cache and cookies of its own. */
  static async make(): Promise<BarePage> {
    const browser = await (await launch()).newBrowserCDPSession();
    const { browserContextId } = await browser.send('Target.createBrowserContext');
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank', browserContextId });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId });
    const page = new BarePage(browser, browserContextId, sessionId);
    for (const domain of ['Page', 'Runtime', 'Log']) await page.send(`${domain}.enable`);
    return page;
  }

  async open(url: string): Promise<void> {
    await this.send('Page.navigate', { url });
  }

  /** The value of an expression, or what it promises. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const { result } = await this.send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    });
    if (result?.exceptionDetails) throw new Error(textOf(result.exceptionDetails));
    return result?.result?.value as Value;
  }

  /** Waits until an expression holds. @returns whether it did in time */
  until(expression: string): Promise<boolean> {
    return this.evaluate(`new Promise((resolve) => {
      const end = Date.now() + 20_000;
      (function look() {
        if (${expression}) resolve(true);
        else if (Date.now() > end) resolve(false);
        else setTimeout(look, 5);
      })();
    })`);
  }

  takeComplaints(): string[] {
    return this.complaints.splice(0);
  }

  async close(): Promise<void> {
    await this.browser.send('Target.disposeBrowserContext', { browserContextId: this.browserContextId });
    await this.browser.detach();
  }

  private async send(method: string, params: object = {}): Promise<Message> {
    const id = ++this.last;
    const answer = new Promise<Message>((resolve) => this.waiting.set(id, resolve));
    const message = JSON.stringify({ id, method, params });
    await this.browser.send('Target.sendMessageToTarget', { sessionId: this.sessionId, message });
    const { error, ...rest } = await answer;
    if (error) throw new Error(`${method}: ${error.message}`);
    return rest;
  }

  private receive(message: Message): void {
    const { id, method, params } = message;
    if (id !== undefined) {
      this.waiting.get(id)?.(message);
      this.waiting.delete(id);
    } else if (params?.exceptionDetails) this.complaints.push(textOf(params.exceptionDetails));
    else if (params?.entry) this.complaints.push(params.entry.text);
    else if (method === 'Runtime.consoleAPICalled')
      this.complaints.push(`${params?.type}: ${params?.args?.map(({ value }) => String(value)).join(' ')}`);
  }
}
