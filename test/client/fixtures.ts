import { findScript, type LoaderConfig, loader } from '#client';
import { loaderCall, loaderFile } from '../../lib/render/loader';
import type { Engine } from '../helpers/engine';
import { CHROMIUM } from '../helpers/engines';
import type { Site } from '../helpers/site';

/** Modules of a bundle by id: the body of each one's function, or a whole generator function for an ES module. */
export type Bodies = Record<string, string>;

/** The text of a bundle. Besides its modules it has one that is called like its file: by this one, configs know it. */
export function bundle(name: string, modules: Bodies, pack = 'dynapack'): string {
  const functions = Object.entries({ [name]: '', ...modules }).map(([id, body]) => {
    const code = body.startsWith('function*') ? body : `function(require,module,exports){\n${body}\n}`;
    return `${JSON.stringify(id)}:${code}`;
  });
  return `(Array.isArray(self.${pack})?self.${pack}:self.${pack}=[]).push([{\n${functions.join(',\n')}\n}]);`;
}

/** A config with what most tests want: the pack's usual name, bundles in `/js/`. */
export function config(parts: Pick<LoaderConfig, 'b' | 'r' | 'e'> & Partial<LoaderConfig>): LoaderConfig {
  return { n: 'dynapack', p: '/js/', ...parts };
}

/** The row of a config for a bundle of the name. */
export const fileOf = (name: string): [module: string, served: string] => [name, name];

/** The config of a page whose one entry `E` is in `e.js`, and whose other roots need the bundles named. */
export function configOf(
  roots: Record<string, string[]> = {},
  more: Partial<LoaderConfig> = {},
): LoaderConfig {
  const all = { E: ['e.js'], ...roots };
  const names = [...new Set(Object.values(all).flat())];
  const indices = Object.entries(all).map(([id, needed]) => [id, needed.map((name) => names.indexOf(name))]);
  return config({ b: names.map(fileOf), r: Object.fromEntries(indices), e: 'E', ...more });
}

/** A bundle whose entry `E` gives its `require` to the test. */
export const ENTRY = bundle('e.js', { E: 'self.req = require; log.push("E");' });

export function snippet(loaderConfig: LoaderConfig, attributes = ''): string {
  const call = loaderCall({ loader, findScript }, loaderConfig, attributes.includes('nonce'));
  return `<script${attributes}>${call}</script>`;
}

/** The loader's own file. */
export const LOADER_FILE = loaderFile({ loader, findScript });

/** What a module is when all that matters is that it has run, and how often. */
export function logs(id: string): string {
  return `log.push(${JSON.stringify(id)}); exports.id = ${JSON.stringify(id)};`;
}

/**
 * Watches a page from its start: `log` is what its scripts push there, `uncaught` what reached window.onerror, `elements` the
 * script elements with a URL that were added, which need not stay.
 */
const WATCH = `
  self.log = []; self.uncaught = []; self.unhandled = []; self.violations = []; self.elements = [];
  new MutationObserver(function (records) {
    records.forEach(function (record) {
      record.addedNodes.forEach(function (node) { if (node.src) elements.push(node); });
    });
  }).observe(document, { childList: true, subtree: true });
  addEventListener('error', function (event) { if (event.error) uncaught.push(event.error.message); });
  addEventListener('unhandledrejection', function (event) { unhandled.push(String(event.reason)); });
  addEventListener('securitypolicyviolation', function (event) { violations.push(event.violatedDirective); });
`;

/** A page that is watched, with scripts. Where its policy asks for a nonce, that is `abc`. */
export function html(...scripts: string[]): string {
  const head = `<title>Page</title><script nonce="abc">${WATCH}</script>`;
  return `<!doctype html><html><head>${head}</head><body>${scripts.join('\n')}</body></html>`;
}

/** A page that a visitor has open. */
export interface Visit {
  /** Evaluates an expression in the page; of a promise, what it comes to. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** Waits until an expression holds in the page. */
  until(expression: string): Promise<void>;
  log(): Promise<string[]>;
  uncaught(): Promise<string[]>;
  close(): Promise<void>;
}

/** Somebody who has never been anywhere opens a page. */
export async function visit(site: Site, path = '/', engine: Engine = CHROMIUM): Promise<Visit> {
  const visitor = await engine.visitor();
  const tab = await visitor.open(site.url + path, 'begun');
  const evaluate = <Value>(expression: string) => tab.evaluate<Value>(expression);
  return {
    evaluate,
    log: () => evaluate('log'),
    uncaught: () => evaluate('uncaught'),
    async until(expression) {
      await tab.until(expression).catch(async (error: Error) => {
        const seen = await evaluate<string>('JSON.stringify([log, uncaught])');
        throw new Error(`${error.message}; log: ${seen}`, { cause: error });
      });
    },
    close: () => visitor.leave(),
  };
}

/** In the page: what `require.ensure` calls back with, as text, and with how many arguments. */
export function ensured(ids: unknown): string {
  return `new Promise(function (resolve) {
    req.ensure(${JSON.stringify(ids)}, function (error) { resolve(arguments.length + ' ' + (error ? error.message : 'fine')); });
  })`;
}
