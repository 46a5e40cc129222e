import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type Replies, type Reply, type Site, startSite } from '../helpers/site';
import {
  bundle,
  config,
  configOf,
  ENTRY,
  ensured,
  fileOf,
  html,
  logs,
  snippet,
  type Visit,
  visit,
} from './fixtures';

/** The diamond: `a` may ask for `B` and `C`, which both need `d`. */
const DIAMOND = {
  '/': html(snippet(configOf({ B: ['b.js', 'd.js'], C: ['c.js', 'd.js'] }))),
  '/js/e.js': ENTRY,
  '/js/b.js': bundle('b.js', { B: `require('D'); ${logs('B')}` }),
  '/js/c.js': bundle('c.js', { C: `require('D'); ${logs('C')}` }),
  '/js/d.js': bundle('d.js', { D: logs('D') }),
};

/** An entry whose modules are in three bundles. */
const TRIPLE = config({ b: ['x.js', 'y.js', 'z.js'].map(fileOf), r: { X: [0, 1, 2] }, e: 'X' });
const TRIPLE_BUNDLES: Record<string, string> = {
  'x.js': bundle('x.js', { X: `require('Y'); require('Z'); ${logs('X')}` }),
  'y.js': bundle('y.js', { Y: `require('Z'); ${logs('Y')}` }),
  'z.js': bundle('z.js', { Z: logs('Z') }),
};

/** Requests for a bundle: before the second attempt, the browser's cache is refreshed, but this server lets nobody keep anything. */
const TWO_ATTEMPTS = 3;

function permutations<Item>(items: Item[]): Item[][] {
  if (items.length < 2) return [items];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}

describe('loading bundles', () => {
  let site: Site;
  let visitor: Visit;

  async function open(files: Record<string, Replies>): Promise<void> {
    site = await startSite(files);
    visitor = await visit(site);
  }

  /** Opens a page and waits until its entry has run. */
  async function enter(files: Record<string, Replies>): Promise<void> {
    await open(files);
    await visitor.until('self.req');
    site.forget();
  }

  afterEach(async () => {
    await visitor.close();
    await site.close();
  });

  describe('in any order', () => {
    for (const order of permutations(['x.js', 'y.js', 'z.js', 'loader'])) {
      it(`runs the entry once when the page has ${order.join(', ')}`, async () => {
        const inline = order.map((name) =>
          name === 'loader' ? snippet(TRIPLE) : `<script>${TRIPLE_BUNDLES[name]}</script>`,
        );
        const files = Object.fromEntries(
          Object.entries(TRIPLE_BUNDLES).map(([name, body]) => [`/js/${name}`, body]),
        );
        await open({ '/': html(...inline), ...files });
        await visitor.until('log.includes("X")');
        expect(await visitor.log()).to.deep.equal(['Z', 'Y', 'X']);
        const before = order.slice(0, order.indexOf('loader')).map((name) => `/js/${name}`);
        expect(site.paths('.js').filter((path) => before.includes(path))).to.deep.equal([]);
        expect(await visitor.uncaught()).to.deep.equal([]);
      });
    }

    for (const order of permutations(['x.js', 'y.js', 'z.js'])) {
      it(`runs the entry once when they arrive as ${order.join(', ')}`, async () => {
        const files = order.map((name, index) => [
          `/js/${name}`,
          { body: TRIPLE_BUNDLES[name], delay: index * 40 },
        ]);
        await open({ '/': html(snippet(TRIPLE)), ...Object.fromEntries(files) });
        await visitor.until('log.includes("X")');
        expect(await visitor.log()).to.deep.equal(['Z', 'Y', 'X']);
        expect(site.paths('.js').sort()).to.deep.equal(['/js/x.js', '/js/y.js', '/js/z.js']);
      });
    }

    it('fetches nothing when the server printed tags for all bundles', async () => {
      const tags = Object.keys(TRIPLE_BUNDLES).map((name) => `<script src="/js/${name}"></script>`);
      const files = Object.fromEntries(
        Object.entries(TRIPLE_BUNDLES).map(([name, body]) => [`/js/${name}`, body]),
      );
      await open({ '/': html(...tags, snippet(TRIPLE)), ...files });
      await visitor.until('log.includes("X")');
      expect(site.paths('.js')).to.have.lengthOf(3);
    });

    it('takes a bundle that registers twice', async () => {
      const twice = `<script>${TRIPLE_BUNDLES['z.js']}</script>`.repeat(2);
      await open({
        '/': html(twice, snippet(TRIPLE)),
        '/js/x.js': TRIPLE_BUNDLES['x.js'] ?? '',
        '/js/y.js': TRIPLE_BUNDLES['y.js'] ?? '',
        '/js/z.js': TRIPLE_BUNDLES['z.js'] ?? '',
      });
      await visitor.until('log.includes("X")');
      for (const name of ['z.js', 'x.js']) {
        const again = `Object.assign(document.createElement('script'), { src: '/js/${name}', onload: resolve })`;
        await visitor.evaluate(`new Promise((resolve) => document.head.append(${again})).then(() => 0)`);
      }
      expect(await visitor.log()).to.deep.equal(['Z', 'Y', 'X']);
      expect(await visitor.uncaught()).to.deep.equal([]);
    });
  });

  describe('only what is missing', () => {
    it('sends what a request needs, and the next one only what it adds', async () => {
      await enter(DIAMOND);
      expect(await visitor.evaluate(ensured('B'))).to.equal('0 fine');
      expect(site.paths().sort()).to.deep.equal(['/js/b.js', '/js/d.js']);
      site.forget();
      expect(await visitor.evaluate(ensured(['C']))).to.equal('0 fine');
      expect(site.paths()).to.deep.equal(['/js/c.js']);
      site.forget();
      expect(await visitor.evaluate(ensured(['B', 'C']))).to.equal('0 fine');
      expect(site.paths()).to.deep.equal([]);
      await visitor.evaluate('req("B"), req("C"), 0');
      expect(await visitor.log()).to.deep.equal(['E', 'D', 'B', 'C']);
    });

    it('loads several roots at once, each bundle once', async () => {
      await enter(DIAMOND);
      await visitor.evaluate(ensured(['B', 'C']));
      expect(site.paths().sort()).to.deep.equal(['/js/b.js', '/js/c.js', '/js/d.js']);
    });

    it('shares downloads between requests at the same time', async () => {
      await enter(DIAMOND);
      const all = `Promise.all([${ensured('B')}, ${ensured('C')}, ${ensured('B')}, req.load('B'), req.load(['B', 'C'])].map(Promise.resolve, Promise))`;
      expect((await visitor.evaluate<unknown[]>(all)).slice(0, 3)).to.deep.equal([
        '0 fine',
        '0 fine',
        '0 fine',
      ]);
      expect(site.paths().sort()).to.deep.equal(['/js/b.js', '/js/c.js', '/js/d.js']);
    });

    it('takes one round trip: all requests are there before the first answer', async () => {
      const slow = (body: string) => ({ body, delay: 150 });
      await enter({
        ...DIAMOND,
        '/js/b.js': slow(DIAMOND['/js/b.js']),
        '/js/d.js': slow(DIAMOND['/js/d.js']),
      });
      await visitor.evaluate(ensured('B'));
      const lastArrival = Math.max(...site.requests.map(({ arrived }) => arrived));
      const firstAnswer = Math.min(...site.requests.map(({ answered = 0 }) => answered));
      expect(site.requests).to.have.lengthOf(2);
      expect(lastArrival).to.be.below(firstAnswer);
    });

    it('fetches nothing for a root without bundles, for a module that is there, and for no ids', async () => {
      await enter({ ...DIAMOND, '/': html(snippet(configOf({ E2: [] }))) });
      for (const ids of ['E2', 'E', ['E', 'E2'], []])
        expect(await visitor.evaluate(ensured(ids))).to.equal('0 fine');
      expect(site.paths()).to.deep.equal([]);
    });

    it('fetches the served name, under the prefix', async () => {
      const revved = config({ p: '/cdn/v1/', b: [['e.js', 'e-1a2b.min.js']], r: { E: [0] }, e: 'E' });
      await enter({ '/': html(snippet(revved)), '/cdn/v1/e-1a2b.min.js': ENTRY });
      expect(await visitor.log()).to.deep.equal(['E']);
    });
  });

  describe('calling back', () => {
    it('comes later, even when all is there', async () => {
      await enter(DIAMOND);
      const order = `new Promise(function (resolve) {
        var order = [];
        req.ensure('E', function () { order.push('callback'); resolve(order); });
        order.push('after the call');
      })`;
      expect(await visitor.evaluate(order)).to.deep.equal(['after the call', 'callback']);
    });

    it('may be left out', async () => {
      await enter(DIAMOND);
      await visitor.evaluate('req.ensure("B")');
      await visitor.evaluate('req.ensure("nobody")');
      await visitor.until('performance.getEntriesByType("resource").length > 2');
      expect(await visitor.evaluate(ensured('B'))).to.equal('0 fine');
      expect(await visitor.uncaught()).to.deep.equal([]);
      expect(await visitor.evaluate('unhandled')).to.deep.equal([]);
    });

    it('happens once, to everybody, though one throws, which reaches window.onerror', async () => {
      await enter(DIAMOND);
      await visitor.evaluate(`['first', 'second', 'third'].forEach(function (name) {
        req.ensure(['B', 'C'], function () {
          log.push(name);
          if (name === 'first') throw Error('from the callback');
        });
      })`);
      await visitor.until('log.includes("third")');
      await sleep(50);
      expect(await visitor.log()).to.deep.equal(['E', 'first', 'second', 'third']);
      expect(await visitor.uncaught()).to.deep.equal(['from the callback']);
    });

    it('names an id that is neither a root nor a module', async () => {
      await enter(DIAMOND);
      expect(await visitor.evaluate(ensured(['B', 'nobody']))).to.equal("1 Cannot find module 'nobody'");
    });
  });

  describe('failing', () => {
    const b = DIAMOND['/js/b.js'];
    const failures: Record<string, Reply> = {
      'an aborted connection': { fail: true },
      'a missing file': { status: 404, body: 'Not found', type: 'text/plain' },
      'a page with status 200': { body: '<!doctype html><p>Sorry', type: 'text/html' },
      'a syntax error': { body: 'this is no script' },
      'a script that registers another bundle': { body: bundle('other.js', {}) },
    };

    for (const [name, failure] of Object.entries(failures)) {
      it(`${name}: after a retry, names the url; asked again, succeeds`, async () => {
        await enter({ ...DIAMOND, '/js/b.js': failure });
        expect(await visitor.evaluate(ensured('B'))).to.equal(`1 Cannot load ${site.url}/js/b.js`);
        expect(site.paths('b.js')).to.have.lengthOf(TWO_ATTEMPTS);
        expect(site.paths('d.js')).to.have.lengthOf(1);
        site.set('/js/b.js', b);
        site.forget();
        expect(await visitor.evaluate(ensured('B'))).to.equal('0 fine');
        expect(site.paths()).to.deep.equal(['/js/b.js']);
        expect(await visitor.evaluate('req("B").id')).to.equal('B');
      });

      it(`${name}, once: the retry makes up for it`, async () => {
        await enter({ ...DIAMOND, '/js/b.js': (time) => (time > 1 ? { body: b } : failure) });
        expect(await visitor.evaluate(ensured('B'))).to.equal('0 fine');
        expect(site.paths('b.js')).to.have.lengthOf(TWO_ATTEMPTS);
      });
    }

    it('tells all who wait, and sends for it no more often', async () => {
      await enter({ ...DIAMOND, '/js/d.js': { fail: true } });
      const all = `Promise.all([${ensured('B')}, ${ensured('C')}])`;
      const error = `1 Cannot load ${site.url}/js/d.js`;
      expect(await visitor.evaluate(all)).to.deep.equal([error, error]);
      expect(site.paths('d.js')).to.have.lengthOf(TWO_ATTEMPTS);
    });

    it('is forgotten when the bundle has come by other means', async () => {
      await enter({ ...DIAMOND, '/js/b.js': { fail: true } });
      // As soon as its script has failed, and thus before the retry.
      await visitor.evaluate(`new MutationObserver(function (records, observer) {
        observer.disconnect();
        records[0].addedNodes[0].addEventListener('error', function () {
          var script = document.createElement('script');
          script.textContent = ${JSON.stringify(b)};
          document.head.append(script);
        });
      }).observe(document.documentElement, { childList: true })`);
      await visitor.evaluate(`self.asked = ${ensured('B')}, 0`);
      expect(await visitor.evaluate('asked')).to.equal('0 fine');
      expect(site.paths('b.js')).to.have.lengthOf(1);
      expect(await visitor.evaluate(ensured('B'))).to.equal('0 fine');
      expect(site.paths('b.js')).to.have.lengthOf(1);
    });

    it('of the initial bundles is an uncaught error that names the bundle', async () => {
      await open({ ...DIAMOND, '/js/e.js': { fail: true } });
      await visitor.until('uncaught.length');
      expect(await visitor.uncaught()).to.deep.equal([`Cannot load ${site.url}/js/e.js`]);
    });
  });
});
