/** A client of the WebDriver protocol, as far as tests need it: https://www.w3.org/TR/webdriver2/ */
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds until a driver counts as not starting. */
const LONGEST_START = 60_000;

/** What waits for a promise in a page and then calls the last argument, as `execute/async` wants it. */
const asScript = (expression: string): string => `
  const answer = arguments[arguments.length - 1];
  (async () => (${expression}
  ))().then((value) => answer({ value }), (error) => answer({ error: String((error && error.stack) || error) }));
`;

/** A session of a browser. Its driver knows one current window, so calls are made one after the other. */
export class Session {
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly url: string,
    /** The window that the browser came with: it stays. */
    private readonly first: string,
  ) {}

  /**
   * Waits for a driver that has been started, and opens a browser.
   * @param driver URL of the driver
   */
  static async start(driver: string, capabilities: object): Promise<Session> {
    const end = Date.now() + LONGEST_START;
    const isReady = (): Promise<boolean> => fetch(`${driver}/status`).then(Boolean, () => false);
    while (!(await isReady())) {
      if (Date.now() > end) throw new Error(`no WebDriver at ${driver}`);
      await sleep(20);
    }
    const { sessionId } = await request<{ sessionId: string }>('POST', `${driver}/session`, { capabilities });
    const url = `${driver}/session/${sessionId}`;
    return new Session(url, await request('GET', `${url}/window`));
  }

  /** Opens a window and gives its handle. Not a tab: those that are not shown have slow timers. */
  async openWindow(): Promise<string> {
    const open = () => this.post<{ handle: string }>('/window/new', { type: 'window' });
    return (await this.in(this.first, open)).handle;
  }

  closeWindow(window: string): Promise<unknown> {
    return this.in(window, () => request('DELETE', `${this.url}/window`));
  }

  navigate(window: string, url: string): Promise<unknown> {
    return this.in(window, () => this.post('/url', { url }));
  }

  /** Evaluates an expression in a window; of a promise, gives what it comes to. */
  async evaluate(window: string, expression: string): Promise<unknown> {
    const script = asScript(expression);
    const answer = await this.in(window, () =>
      this.post<{ value?: unknown; error?: string }>('/execute/async', { script, args: [] }),
    );
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  }

  /** Deletes the cookies that the page in a window can see. */
  deleteCookies(window: string): Promise<unknown> {
    return this.in(window, () => request('DELETE', `${this.url}/cookie`));
  }

  private post<Value>(path: string, body: object): Promise<Value> {
    return request('POST', this.url + path, body);
  }

  private in<Value>(window: string, call: () => Promise<Value>): Promise<Value> {
    const result = this.last.then(async () => {
      await this.post('/window', { handle: window });
      return call();
    });
    this.last = result.catch(() => undefined);
    return result;
  }
}

/** @throws what the driver says is wrong */
async function request<Value>(method: string, url: string, body?: object): Promise<Value> {
  const init = body && { body: JSON.stringify(body) };
  const { value } = (await (await fetch(url, { method, ...init })).json()) as {
    value: Value & { error?: string; message?: string };
  };
  if (value?.error !== undefined && value.message !== undefined)
    throw new Error(`${value.error}: ${value.message}`);
  return value;
}
