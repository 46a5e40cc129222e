/** Documents that are not like others: sandboxed, in XML, under odd policies, or changed by what else runs in them. */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import type { Tab, Visitor } from '../helpers/engine';
import { describeInEngines } from '../helpers/engines';
import type { Packed } from '../helpers/pack';
import { type Reply, type Site, startSite } from '../helpers/site';
import { html } from './pages';
import { diamond, packFiles } from './sources';

/** In the page: what tests see of it. */
const WATCH = `self.log = []; self.offers = {}; self.uncaught = [];
  self.offer = function (name, load) { offers[name] = load; };
  addEventListener('error', function (event) { if (event.error) uncaught.push(event.error.message); });`;

const ask = (name: string): string => `new Promise(function (resolve) {
  offers.${name}(function (error, value) { resolve(String(error || value)); });
})`;

describeInEngines('pages: documents', (engine) => {
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

  async function open(packed: Packed, page: Reply, path = '/'): Promise<Tab> {
    for (const [name, body] of Object.entries(packed.bundles)) {
      site.set(`/js/${name}`, { body, headers: { 'cache-control': 'max-age=600' } });
    }
    site.set(path, page);
    const tab = await visitor.open(site.url + path);
    await tab.until('log.length || uncaught.length');
    return tab;
  }

  const snippetOf = (packed: Packed): string => packed.scripts['a.html'] as string;

  const pageOf = (packed: Packed, before = ''): string =>
    html(`<script>${WATCH}${before}</script>`, snippetOf(packed));

  /** Opens the page of an entry, and asks for a part. */
  async function expectWorks(packed: Packed, page: Reply): Promise<void> {
    const tab = await open(packed, page);
    expect(await tab.evaluate(ask('b'))).to.equal('b here');
    expect(await tab.evaluate('log')).to.deep.equal(['a', 'd', 'b']);
    expect(await tab.evaluate('uncaught')).to.deep.equal([]);
  }

  const OPTIONS: Record<string, dynapack.Options> = {
    'in mode page': { updates: 'page' },
    'in mode worker': { updates: 'worker' },
    'in mode page, with the loader in a file': { updates: 'page', loader: 'file' },
  };

  for (const [name, options] of Object.entries(OPTIONS)) {
    it(`run in a sandbox with updates ${name}`, async () => {
      const packed = await packFiles(diamond('import()'), ['a.js'], { prefix: '/js/', ...options });
      await expectWorks(packed, {
        body: pageOf(packed),
        headers: { 'content-security-policy': 'sandbox allow-scripts' },
      });
    });

    it(`run under a policy for integrity with updates ${name}`, async () => {
      const scripts = { integrity: options.loader === 'file' };
      const packed = await packFiles(diamond('import()'), ['a.js'], { prefix: '/js/', ...options }, scripts);
      const headers = { 'integrity-policy': 'blocked-destinations=(script)' };
      await expectWorks(packed, { body: pageOf(packed), headers });
      expect(site.paths('a.js')).to.have.lengthOf(1);
    });
  }

  it('run under a policy for integrity', async () => {
    const packed = await packFiles(diamond('ensure'), ['a.js'], { prefix: '/js/' }, { integrity: true });
    const headers = { 'integrity-policy': 'blocked-destinations=(script)' };
    await expectWorks(packed, { body: pageOf(packed), headers });
  });

  it('run in XML, with the loader in a file', async () => {
    const options = { prefix: '/js/', loader: 'file' } as const;
    const scripts = { integrity: true, nonce: 'a&b', prefetch: true };
    const packed = await packFiles(diamond('import()'), ['a.js'], options, scripts);
    const snippet = snippetOf(packed).replaceAll('nonce="a&b"', 'nonce="abc"');
    const head = `<head><title>Page</title><script>${WATCH}</script></head>`;
    const body = `<html xmlns="http://www.w3.org/1999/xhtml">${head}<body>${snippet}</body></html>`;
    await expectWorks(packed, { body, type: 'application/xhtml+xml' });
  });

  for (const loader of ['inline', 'file'] as const) {
    it(`find bundles under a relative prefix after they have got another URL, the loader being ${loader}`, async () => {
      const packed = await packFiles(diamond('import()'), ['a.js'], { prefix: '../js/', loader });
      const tab = await open(packed, { body: pageOf(packed) }, '/pages/first');
      await tab.evaluate("history.pushState(0, '', '/else/where/is/it')");
      expect(await tab.evaluate(ask('b'))).to.equal('b here');
    });
  }

  it('run where all objects have been given properties', async () => {
    const packed = await packFiles(diamond('import() in ES modules'), ['a.js'], { prefix: '/js/' });
    // Fields of the loader and of the runtime have names of one letter in the end. What drives the browser stands none of it.
    const polluted = `${WATCH}
      var keys = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ$_'.split('');
      keys.forEach(function (key) { Object.prototype[key] = key; });
      self.offer = function (name, load) {
        if (name === 'b') load(function (error, value) {
          keys.forEach(function (key) { delete Object.prototype[key]; });
          self.outcome = String(error || value);
        });
      };`;
    const tab = await open(packed, { body: html(`<script>${polluted}</script>`, snippetOf(packed)) });
    await tab.until('self.outcome');
    expect(await tab.evaluate('outcome')).to.equal('b here');
    expect(await tab.evaluate('uncaught')).to.deep.equal([]);
  });

  it('evaluate nothing that ensure() is given in place of a callback', async () => {
    const files = { 'a.js': "log.push('a'); require.ensure(['./b' /*js*/], 'log.push(1)');\n", 'b.js': '' };
    const packed = await packFiles(files, ['a.js'], { prefix: '/js/' });
    const tab = await open(packed, { body: pageOf(packed) });
    await tab.until('uncaught.length');
    expect(await tab.evaluate('log')).to.deep.equal(['a']);
  });
});
