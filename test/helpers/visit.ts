/**
 * A visitor without a browser, for what does not depend on one: snippets and bundles run in a fresh VM context
 * whose `document` fetches scripts from a table. Tests of the loader itself run in Chromium.
 */
import { createContext, runInContext } from 'node:vm';
import { readFiles } from './project';

interface FakeScript {
  src: string;
  onload?(): void;
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

/** The text of the inline script of a snippet. */
const inlineScript = (html: string): string => /<script[^>]*>([\s\S]*?)<\/script>/.exec(html)?.[1] as string;

/** @param globals what modules find besides what a page has */
export async function visit(
  bundles: Record<string, string>,
  snippets: string[],
  globals: Record<string, unknown> = {},
): Promise<Visit> {
  const fetched: string[] = [];
  const errors: Error[] = [];
  let timers = 0;

  const later = (callback: () => void, delay = 0): unknown => {
    timers++;
    return setTimeout(
      () => {
        timers--;
        try {
          callback();
        } catch (error) {
          errors.push(error as Error);
        }
      },
      Math.min(delay, 5),
    );
  };

  function appendChild(script: FakeScript): void {
    const name = decodeURIComponent(script.src.replace(/^(https?:\/\/[^/]*)?\/(js\/)?/, ''));
    fetched.push(name);
    later(() => {
      const text = bundles[name];
      if (text === undefined) return script.onerror?.();
      runInContext(text, context, { filename: name });
      script.onload?.();
    });
  }

  const elements: Record<string, ReturnType<Visit['element']>> = {};
  const element: Visit['element'] = (selector) => {
    elements[selector] ??= {};
    return elements[selector];
  };

  const page: Record<string, unknown> = {
    ...globals,
    console,
    URL,
    setTimeout: later,
    clearTimeout,
    document: {
      baseURI: 'https://example.test/',
      currentScript: null,
      head: { append: appendChild, appendChild },
      createElement: () => ({}),
      querySelector: element,
    },
  };
  page.self = page;
  const context = createContext(page);

  let seen = 0;
  async function settle(): Promise<string[]> {
    for (let quiet = 0; quiet < 3; quiet = timers === 0 ? quiet + 1 : 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const since = fetched.slice(seen);
    seen = fetched.length;
    return since.sort();
  }

  for (const html of snippets)
    runInContext(inlineScript(html), context, { filename: 'snippet', displayErrors: false });
  await settle();
  return { fetched, page, errors, element, settle };
}

/** Opens a page with one snippet whose bundles are the files of a directory. */
export const visitDirectory = (directory: string, snippet: string): Promise<Visit> =>
  visit(readFiles(directory), [snippet]);
