/** Scripts that stand alone in Chromium: in pages by each kind of script tag, beside pages of dynapack, in workers. */
import { expect } from 'chai';
import type { Packed } from '../helpers/pack';
import { type Site, startSite } from '../helpers/site';
import {
  html,
  htmlWithHead,
  leave,
  type PackSite,
  serveNothing,
  snippets,
  type Visitor,
  visitor,
} from '../pages/pages';
import { packAlone, textAlone } from './alone';

/** A module that says when it runs, and that another one is there at once and later. */
const WIDGET = {
  'embed.mjs': `
    import { part } from './part.mjs';
    import dot from './dot.svg';
    log.push('embed ' + part, import.meta.url, dot.slice(0, 10));
    import('./later.mjs').then(({ later }) => log.push(later));`,
  'part.mjs': "export const part = 'part';",
  'later.mjs': "export const later = 'later';",
  'dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
};

describe('scripts that stand alone, in Chromium', () => {
  let site: PackSite;
  let guest: Visitor;

  beforeEach(async () => {
    site = await serveNothing();
    guest = await visitor();
  });

  afterEach(leave);

  async function open(page: string, headers: Record<string, string> = {}): Promise<void> {
    site.set('/', { body: page, headers });
    await guest.open(`${site.url}/`);
  }

  const expectEmbed = async (): Promise<void> => {
    await guest.until("log.includes('later')");
    expect(await guest.log()).to.deep.equal(['embed part', `${site.url}/embed.js`, 'data:image', 'later']);
    expect(guest.uncaught).to.deep.equal([]);
  };

  for (const attributes of ['', 'async', 'defer', 'crossorigin="anonymous"'])
    it(`run from a script tag in the head${attributes && `, ${attributes}`}`, async () => {
      site.set('/embed.js', await textAlone(WIDGET));
      await open(htmlWithHead(`<script src="/embed.js" ${attributes}></script>`));
      await expectEmbed();
    });

  it('run as module scripts, which have the URL of the page', async () => {
    site.set('/embed.js', await textAlone(WIDGET));
    await open(html('<script type="module" src="/embed.js"></script>'));
    await guest.until("log.includes('later')");
    expect(await guest.log()).to.deep.equal(['embed part', `${site.url}/`, 'data:image', 'later']);
  });

  it('run where elements of the page are called like what they ask for', async () => {
    site.set('/embed.js', await textAlone(WIDGET));
    const names = [
      'currentScript',
      'baseURI',
      'module',
      'exports',
      'dynapack',
      '__filename',
      'require',
      'cache',
    ];
    const elements = names.map((name) => `<img name="${name}" id="${name}">`);
    await open(html(...elements, '<script src="/embed.js"></script>'));
    await expectEmbed();
  });

  it('run under a strict policy, minified or not', async () => {
    for (const pipe of [
      undefined,
      (pack: Parameters<NonNullable<Parameters<typeof textAlone>[2]>>[0]) => pack.pipe(pack.minify()),
    ]) {
      site.set('/embed.js', await textAlone(WIDGET, {}, pipe));
      await open(html('<script src="/embed.js"></script>'), {
        'content-security-policy': "script-src 'self'; default-src 'none'; connect-src 'none'",
      });
      await expectEmbed();
      expect(await guest.violations()).to.deep.equal([]);
    }
  });

  it('have run when their tag has: a polyfill is there for the next script', async () => {
    const polyfills = [
      {
        'fill.js': "if (!Array.prototype.theLast) Array.prototype.theLast = require('./last');",
        'last.js': 'module.exports = function () { return this[this.length - 1]; };',
      },
      {
        'fill.mjs': "import { last } from './last.mjs'; Array.prototype.theLast ??= last;",
        'last.mjs': 'export function last() { return this[this.length - 1]; }',
      },
    ];
    for (const files of polyfills) {
      site.set('/fill.js', await textAlone(files as never));
      await open(
        htmlWithHead('<script src="/fill.js"></script><script>log.push([1, 2, 3].theLast());</script>'),
      );
      expect(await guest.log()).to.deep.equal([3]);
    }
  });

  it('live beside each other, and beside a page of dynapack with the same registry and modules', async () => {
    const files = {
      'page.mjs': "import { count } from './counter.mjs'; log.push('page ' + count());",
      'one.mjs': "import { count } from './counter.mjs'; log.push('one ' + count() + count());",
      'two.mjs': "import { count } from './counter.mjs'; import('./late.mjs'); log.push('two ' + count());",
      'late.mjs': "import { count } from './counter.mjs'; log.push('late ' + count());",
      'counter.mjs': 'let calls = 0; export const count = () => ++calls;',
    };
    const entries = ['page.mjs', 'one.mjs', 'two.mjs'];
    const packed = await packAlone(files, { standalone: ['one.mjs', 'two.mjs'] }, undefined, entries);
    site.add(packed, '/');
    for (const name of ['one.js', 'two.js']) site.set(`/${name}`, packed.bundles[name] as string);
    const tags = ['<script src="/one.js"></script>', ...snippets(packed), '<script src="/two.js"></script>'];
    await open(html(...tags));
    await guest.until("log.includes('page 1') && log.includes('late 2')");
    expect((await guest.log()).sort()).to.deep.equal(['late 2', 'one 12', 'page 1', 'two 1']);
    expect(
      await guest.evaluate("['one', 'two', 'count', 'modules'].filter((name) => name in self)"),
    ).to.deep.equal([]);
  });

  it('give a library to the page', async () => {
    const { bundles } = await packAlone(
      { 'lib.mjs': 'export const version = 2; export default (name) => `Hello ${name}`;' },
      { library: { 'lib.mjs': 'Acme.Greeter' } },
    );
    site.set('/lib.js', bundles['lib.js'] as string);
    // What is called so on the page is no object of ours.
    await open(
      html(
        '<div id="Acme"></div><div id="module"></div>',
        '<script src="/lib.js"></script>',
        '<script>log.push(Acme.Greeter.version, Acme.Greeter.default("you"), String(document.getElementById("Acme").Greeter));</script>',
      ),
    );
    expect(await guest.log()).to.deep.equal([2, 'Hello you', 'undefined']);
  });

  it('run in a worker, named by its URL', async () => {
    site.set(
      '/worker.js',
      await textAlone({
        'worker.mjs': `
          import { double } from './double.mjs';
          addEventListener('message', async ({ data }) => {
            const { triple } = await import('./triple.mjs');
            postMessage([double(data), triple(data), import.meta.url]);
          });`,
        'double.mjs': 'export const double = (x) => 2 * x;',
        'triple.mjs': 'export const triple = (x) => 3 * x;',
      }),
    );
    for (const type of ['classic', 'module']) {
      await open(
        html(
          `<script>var worker = new Worker('/worker.js', { type: '${type}' }); worker.onmessage = (event) => log.push(event.data); worker.postMessage(7);</script>`,
        ),
      );
      await guest.until('log.length');
      expect(await guest.log()).to.deep.equal([[14, 21, `${site.url}/worker.js`]]);
    }
  });
});

/** All that a site has. */
function servePage(site: Site, packed: Packed): void {
  site.set('/', html(...snippets(packed)));
  for (const [name, body] of Object.entries(packed.bundles)) site.set(`/${name}`, { body });
}

describe('a service worker that stands alone', () => {
  afterEach(leave);

  it('listens from its first evaluation on, and serves pages when the server is gone', async () => {
    const packed = await packAlone(
      {
        'page.mjs': `
          import { name } from './names.mjs';
          log.push('page');
          navigator.serviceWorker.register('/sw.js');
          navigator.serviceWorker.ready.then(async () => {
            while (!(await caches.match('/page.js'))) await new Promise((done) => setTimeout(done, 10));
            log.push('ready ' + name);
          });`,
        'sw.mjs': `
          import { name, files } from './names.mjs';
          import { answer } from './answer.mjs';
          addEventListener('install', (event) => {
            event.waitUntil(caches.open(name).then((cache) => cache.addAll(files)).then(() => skipWaiting()));
          });
          addEventListener('activate', (event) => event.waitUntil(clients.claim()));
          addEventListener('fetch', answer);`,
        'answer.mjs': `
          export const answer = (event) => event.respondWith(
            fetch(event.request).then((reply) => (reply.ok ? reply : Promise.reject())).catch(() => caches.match(event.request)),
          );`,
        'names.mjs': "export const name = 'site v1'; export const files = ['/', '/page.js'];",
      },
      { standalone: ['sw.mjs'] },
      undefined,
      ['page.mjs', 'sw.mjs'],
    );
    const site = await startSite();
    const guest = await visitor();
    servePage(site, packed);
    await guest.open(`${site.url}/`);
    await guest.until("log.includes('ready site v1')");
    for (const path of ['/', '/page.js', '/sw.js']) site.set(path, { status: 503, body: 'gone' });
    await guest.open(`${site.url}/`);
    await guest.until("log.includes('page')");
    await site.close();
    await guest.page.reload();
    await guest.until("log.includes('page')");
  });
});
