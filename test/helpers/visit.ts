/**
 * A visitor without a browser, for what does not depend on one: snippets and bundles run in a fresh VM context
 * whose `document` fetches scripts from a table. Tests of the loader itself run in Chromium.
 */
import { createContext, runInContext } from 'node:vm';
import { readFiles } from './project';

/** A script, or a link to a style. */
interface FakeElement {
  src: string;
  rel?: string;
  remove(): void;
  onload?(event: { type: string }): void;
  onerror?(): void;
}

export interface Visit {
  /** Names of the bundles fetched, in order of request. */
  fetched: string[];
  /** What modules put on `self`. */
  // biome-ignore lint/suspicious/noExplicitAny: the page's globals are whatever its modules make them
  page: any;
  /** Errors that a page would show in its console. */
  errors: Error[];
  /** The element that `document.querySelector` gives for a selector. */
  element(selector: string): Record<string, ((event?: unknown) => void) | undefined>;
  /** Waits until nothing is under way and gives what was fetched since the last call. */
  settle(): Promise<string[]>;
}

/** A script element of a snippet: its URL, or its text. */
interface ScriptElement {
  src: string | undefined;
  text: string;
}

const scriptsOf = (html: string): ScriptElement[] =>
  [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)].map(([, attributes, text]) => ({
    src: /\ssrc="([^"]*)"/.exec(attributes as string)?.[1]?.replaceAll('&amp;', '&'),
    text: text as string,
  }));

const nameOf = (src: string): string => decodeURIComponent(src.replace(/^(https?:\/\/[^/]*)?\/(js\/)?/, ''));

/** @param globals what modules find besides what a page has */
export async function visit(
  bundles: Record<string, string>,
  snippets: string[],
  globals: Record<string, unknown> = {},
): Promise<Visit> {
  const fetched: string[] = [];
  const errors: Error[] = [];
  const timers = new Set<unknown>();

  const later = (callback: () => void, delay = 0): unknown => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        try {
          callback();
        } catch (error) {
          errors.push(error as Error);
        }
      },
      Math.min(delay, 5),
    );
    timers.add(timer);
    return timer;
  };

  /** Reads a bundle as a script element does, and gives its text, if there is any. */
  function fetchBundle(src: string): string | undefined {
    const name = nameOf(src);
    fetched.push(name);
    return bundles[name];
  }

  function appendChild(script: FakeElement): void {
    // Nothing is shown here: all styles are there.
    if (script.rel === 'stylesheet') {
      later(() => script.onload?.({ type: 'load' }));
      return;
    }
    const text = fetchBundle(script.src);
    later(() => {
      if (text === undefined) return script.onerror?.();
      runInContext(text, context, { filename: nameOf(script.src) });
      script.onload?.({ type: 'load' });
    });
  }

  const elements: Record<string, ReturnType<Visit['element']>> = {};
  const element: Visit['element'] = (selector) => {
    elements[selector] ??= {};
    return elements[selector];
  };

  let readyState = 'loading';
  class Document {
    querySelector = element;
    get currentScript(): null {
      return null;
    }
    get baseURI(): string {
      return 'https://example.test/';
    }
    get documentElement(): object {
      return { append: appendChild };
    }
    get head(): object {
      return { append: appendChild };
    }
    querySelectorAll(): object[] {
      return [];
    }
    get readyState(): string {
      return readyState;
    }
    createElement(): object {
      return { remove() {} };
    }
  }

  const listeners: [type: string, listener: () => void][] = [];
  const page: Record<string, unknown> = {
    ...globals,
    console,
    URL,
    setTimeout: later,
    clearTimeout: (timer: NodeJS.Timeout) => {
      timers.delete(timer);
      clearTimeout(timer);
    },
    addEventListener: (type: string, listener: () => void) => void listeners.push([type, listener]),
    Document,
    document: new Document(),
  };
  page.self = page;
  const context = createContext(page);

  /** Runs what the page runs, and lets promises go on, as browsers do. */
  async function run(step: () => void): Promise<void> {
    try {
      step();
    } catch (error) {
      errors.push(error as Error);
    }
    await new Promise(setImmediate);
  }

  async function dispatch(type: string): Promise<void> {
    for (const [of, listener] of listeners) if (of === type) await run(listener);
  }

  /** Does with the snippets what the parser does: inline scripts run at once, the others when the page is parsed. */
  async function parse(): Promise<void> {
    const scripts = snippets.flatMap(scriptsOf);
    const deferred = scripts.flatMap(({ src }) => src ?? []);
    // What stands there twice comes from the browser's cache.
    const texts = new Map([...new Set(deferred)].map((src) => [src, fetchBundle(src)]));
    for (const { src, text } of scripts)
      if (src === undefined) runInContext(text, context, { filename: 'snippet', displayErrors: false });
    readyState = 'interactive';
    for (const src of deferred)
      await run(() => runInContext(texts.get(src) ?? '', context, { filename: nameOf(src) }));
    await dispatch('DOMContentLoaded');
    readyState = 'complete';
    await dispatch('load');
  }

  let seen = 0;
  async function settle(): Promise<string[]> {
    for (let quiet = 0; quiet < 3; quiet = timers.size === 0 ? quiet + 1 : 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const since = fetched.slice(seen);
    seen = fetched.length;
    return since.sort();
  }

  await parse();
  await settle();
  return { fetched, page, errors, element, settle };
}

/** Opens a page with one snippet whose bundles are the files of a directory. */
export const visitDirectory = (directory: string, snippet: string): Promise<Visit> =>
  visit(readFiles(directory), [snippet]);
