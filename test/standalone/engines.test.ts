/** Scripts that stand alone in the browsers that users have. */
import { expect } from 'chai';
import type { Engine, Visitor } from '../helpers/engine';
import { BROWSERS, describeInEngines } from '../helpers/engines';
import { type Site, startSite } from '../helpers/site';
import { textAlone } from './alone';

const FILES = {
  'embed.mjs': `
    import { part } from './part.mjs';
    import * as old from './old.cjs';
    log.push('embed ' + part + old.two, import.meta.url);
    import('./later.mjs').then(({ later }) => log.push(later));`,
  'part.mjs': "export const part = 'part';",
  'old.cjs': 'exports.two = 2;',
  'later.mjs': "export const later = await 'later';",
};

const SIMPLE = {
  'simple.mjs':
    "import { part } from './part.mjs'; import * as all from './part.mjs'; log.push(part, Object.keys(all).join());",
  'part.mjs': "export const part = 'part'; export default class {}",
};

const page = (...elements: string[]): string =>
  `<!doctype html><meta charset="utf-8"><script>log = [];</script>${elements.join('')}`;

describeInEngines('scripts that stand alone', describeScripts, { engines: BROWSERS, isAlways: true });

function describeScripts(engine: Engine): void {
  let site: Site;
  let visitor: Visitor;

  beforeEach(async () => {
    site = await startSite();
    visitor = await engine.visitor();
  });

  afterEach(async () => {
    await visitor.leave();
    await site.close();
  });

  it('run from script tags, at once', async () => {
    site.set('/embed.js', await textAlone(FILES));
    site.set('/simple.js', await textAlone(SIMPLE));
    site.set(
      '/',
      page(
        '<script src="/embed.js"></script><script src="/simple.js"></script><script>log.push("next");</script>',
      ),
    );
    const tab = await visitor.open(site.url);
    await tab.until("log.includes('next')");
    expect(await tab.evaluate('log')).to.deep.equal([
      'embed part2',
      `${site.url}/embed.js`,
      // As soon as a script has ended, promises go on.
      'later',
      'part',
      'default,part',
      'next',
    ]);
  });

  it('are libraries of a page', async () => {
    const lib = await textAlone(
      { 'lib.mjs': 'export const one = 1; export default () => 2;' },
      { standalone: [], library: { 'lib.mjs': 'Acme.Lib' } },
    );
    site.set('/lib.js', lib);
    site.set('/', page('<script src="/lib.js"></script>'));
    const tab = await visitor.open(site.url);
    expect(await tab.evaluate('[Acme.Lib.one, Acme.Lib.default(), Object.keys(Acme.Lib)]')).to.deep.equal([
      1,
      2,
      ['default', 'one'],
    ]);
  });

  it('are service workers, which have their listeners from the first', async () => {
    const worker = await textAlone({
      'sw.mjs':
        "import { answer } from './answer.mjs'; addEventListener('activate', (event) => event.waitUntil(clients.claim())); addEventListener('fetch', answer);",
      'answer.mjs':
        "export const answer = (event) => { if (event.request.url.endsWith('/asked')) event.respondWith(import('./text.mjs').then(({ text }) => new Response(text))); };",
      'text.mjs': "export const text = 'from the worker';",
    });
    site.set('/sw.js', worker);
    site.set('/', page("<script>navigator.serviceWorker.register('/sw.js');</script>"));
    const tab = await visitor.open(site.url);
    await tab.until('navigator.serviceWorker.controller');
    expect(await tab.evaluate("fetch('/asked').then((answer) => answer.text())")).to.equal('from the worker');
  });
}
