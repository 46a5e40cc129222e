/** Entries run where pages expect them to: behind the document, before `DOMContentLoaded`, in the order of the page. */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import type { Tab, Visitor } from '../helpers/engine';
import { describeInEngines } from '../helpers/engines';
import type { Packed } from '../helpers/pack';
import { type Reply, type Site, startSite } from '../helpers/site';
import { html, snippets } from './pages';
import { packFiles } from './sources';

/** What tests see of a page, whose timers never fire. */
const WATCH = `<script nonce="abc">
  self.log = []; self.uncaught = [];
  addEventListener('error', function (event) { if (event.error) uncaught.push(event.error.message); });
  document.addEventListener('DOMContentLoaded', function () { log.push('parsed'); });
  addEventListener('load', function () { log.push('loaded'); });
  self.later = setTimeout;
  self.setTimeout = self.setInterval = self.requestIdleCallback = self.requestAnimationFrame = function () {};
</script>`;

const entry = (name: string): string => `require('./lib');
log.push('${name} ' + document.readyState + ' ' + document.querySelectorAll('footer').length);
document.addEventListener('DOMContentLoaded', function () { log.push('${name} sees parsed'); });
addEventListener('load', function () { log.push('${name} sees loaded'); });\n`;

const FILES = { 'one.js': entry('one'), 'two.js': entry('two'), 'lib.js': "log.push('lib');\n" };

const IN_TIME = [
  'lib',
  'two interactive 1',
  'one interactive 1',
  'parsed',
  'two sees parsed',
  'one sees parsed',
  'loaded',
  'two sees loaded',
  'one sees loaded',
];

const PAGES: Record<string, [options: dynapack.Options, scripts: dynapack.ScriptsOptions, policy?: string]> =
  {
    'as it is': [{}, {}],
    'with a nonce': [{}, { nonce: 'abc' }, "script-src 'nonce-abc'"],
    'with the loader in a file': [{ loader: 'file' }, {}],
    'with integrity': [{}, { integrity: true }],
    'with all of that': [
      { loader: 'file' },
      { nonce: 'abc', integrity: true, crossorigin: 'anonymous' },
      "script-src 'nonce-abc' 'strict-dynamic'",
    ],
    'with updates, before there are patches': [{ updates: 'page' }, {}],
  };

/** Milliseconds that the page's stylesheet takes. */
const STYLE_DELAY = 1000;

describeInEngines('pages: entries in time', (engine) => {
  let visitor: Visitor;
  let site: Site;

  beforeEach(async () => {
    site = await startSite();
    visitor = await engine.visitor();
  });

  afterEach(async () => {
    await visitor.leave();
    await site.close();
  });

  const open = (): Promise<Tab> => visitor.open(`${site.url}/`);

  function serve(packed: Packed, page: string, headers: Record<string, string> = {}, more: Reply = {}) {
    for (const [name, body] of Object.entries(packed.bundles))
      site.set(`/${name}`, { body, headers: { 'cache-control': 'max-age=600' }, ...more });
    site.set('/', { body: page, headers });
  }

  for (const [name, [options, scripts, policy]] of Object.entries(PAGES)) {
    it(`run, and are asked for before the stylesheet above them is there, ${name}`, async () => {
      const packed = await packFiles(FILES, ['one.js', 'two.js'], options, scripts);
      const style = '<link rel="stylesheet" href="/slow.css">';
      const page = html(WATCH, style, ...snippets(packed, ['two', 'one']), '<footer></footer>');
      serve(packed, page, policy === undefined ? {} : { 'content-security-policy': policy });
      site.set('/slow.css', { body: 'p { color: red }', delay: STYLE_DELAY });
      for (const visit of ['cold', 'warm']) {
        const tab = await open();
        await tab.until('log.includes("one sees loaded")');
        expect(await tab.evaluate('log'), visit).to.deep.equal(IN_TIME);
        if (visit === 'warm') continue;
        const answered = site.requests.find(({ path }) => path === '/slow.css')?.answered as number;
        const asked = site.requests.filter(({ path, arrived }) => path.endsWith('.js') && arrived < answered);
        expect([...new Set(asked.map(({ path }) => path))]).to.have.lengthOf(
          Object.keys(packed.bundles).length,
        );
      }
    });
  }

  it('run one by one: what one of them throws is uncaught, and the others run', async () => {
    const files = { ...FILES, 'two.js': "throw Error('from two');\n" };
    const packed = await packFiles(files, ['one.js', 'two.js']);
    serve(packed, html(WATCH, ...snippets(packed, ['two', 'one']), '<footer></footer>'));
    const tab = await open();
    await tab.until('log.includes("one sees loaded")');
    expect(await tab.evaluate('uncaught')).to.deep.equal(['from two']);
    expect((await tab.evaluate<string[]>('log')).slice(0, 3)).to.deep.equal([
      'lib',
      'one interactive 1',
      'parsed',
    ]);
  });

  it('do not wait for one whose bundle has failed, which is fetched again when the page is parsed', async () => {
    const packed = await packFiles(FILES, ['one.js', 'two.js']);
    serve(
      packed,
      html(
        WATCH,
        '<script>self.setTimeout = later;</script>',
        ...snippets(packed, ['two', 'one']),
        '<footer></footer>',
      ),
    );
    const body = packed.bundles['two.js'] as string;
    site.set('/two.js', (time) => (time === 1 ? { status: 503 } : { body }));
    const tab = await open();
    await tab.until('log.some(function (entry) { return entry.startsWith("two"); })');
    const log = await tab.evaluate<string[]>('log');
    expect(log.slice(0, 4)).to.deep.equal(['lib', 'one interactive 1', 'parsed', 'one sees parsed']);
    expect(site.paths('two.js')).to.have.lengthOf(2);
    expect(site.paths('one.js')).to.have.lengthOf(1);
  });

  it('run as soon as they are there in mode async', async () => {
    const packed = await packFiles(FILES, ['one.js'], {}, { mode: 'async' });
    const slow = '<script src="/slow.js"></script>';
    serve(packed, html(WATCH, '<script>self.setTimeout = later;</script>', ...snippets(packed), slow));
    site.set('/slow.js', { body: '', delay: STYLE_DELAY });
    const tab = await open();
    await tab.until('log.includes("one sees loaded")');
    expect((await tab.evaluate<string[]>('log')).indexOf('parsed')).to.equal(2);
  });
});
