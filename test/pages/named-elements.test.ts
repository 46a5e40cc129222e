/** A page runs its own scripts, and no others, whatever its elements are called. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { randomNumbers } from '../../bench/generate-graph';
import type { Tab, Visitor } from '../helpers/engine';
import { describeInEngines } from '../helpers/engines';
import type { Packed } from '../helpers/pack';
import { type Site, startSite } from '../helpers/site';
import { elementsNamed, NAMES } from './markup';
import { diamond, packFiles } from './sources';

/** What tests see of a page. */
const WATCH = `
  self.log = []; self.offers = {}; self.uncaught = [];
  self.offer = function (name, load) { offers[name] = load; };
  addEventListener('error', function (event) { uncaught.push(event.message); });
`;

/** Without the nonce, which only the page's own snippet shall have. */
const WATCH_SOURCE = `'sha256-${createHash('sha256').update(WATCH).digest('base64')}'`;

const PAGES: Record<string, { options?: dynapack.Options; policy: string; isShadow?: true }> = {
  'with a nonce': { policy: "script-src 'nonce-abc'" },
  "with a nonce, 'strict-dynamic', and the loader in a file": {
    options: { loader: 'file' },
    policy: "script-src 'nonce-abc' 'strict-dynamic'",
  },
  'with updates, a nonce, and the loader in a file': {
    options: { loader: 'file', updates: 'page' },
    policy: "script-src 'nonce-abc' 'strict-dynamic'",
  },
  'in a shadow tree': { policy: "script-src 'nonce-abc'", isShadow: true },
  'in a shadow tree, with the loader in a file': {
    options: { loader: 'file' },
    policy: "script-src 'nonce-abc'",
    isShadow: true,
  },
};

const SEEDS = [1, 2, 3];

const NAMES_OF_DOCUMENT =
  '(function () { var names = []; for (var name in document) names.push(name); return names; })()';

const ANSWER = `new Promise(function (resolve) {
  offers.b(function (error, value) { resolve(String(error || value)); });
})`;

/** In the page: how many texts the updating loader keeps. */
const KEPT = `caches.open('dynapack')
  .then(function (store) { return store.keys(); })
  .then(function (keys) { return keys.length; })`;

describeInEngines('pages: elements that are called like what scripts read', (engine) => {
  let visitor: Visitor;
  let names: string[];
  let evil: Site;
  let site: Site;

  beforeEach(async () => {
    evil = await startSite();
    site = await startSite({ '/plain': '<!doctype html>' });
    visitor = await engine.visitor();
    const plain = await visitor.open(`${site.url}/plain`);
    names = [...new Set([...NAMES, ...(await plain.evaluate<string[]>(NAMES_OF_DOCUMENT))])];
    await plain.close();
  });

  afterEach(async () => {
    await visitor.leave();
    await site.close();
    await evil.close();
  });

  /** Attributes that name a foreign script where the loader looks for its own. */
  function foreign(packed: Packed): string {
    const { entries } = JSON.parse(packed.scripts['manifest.json'] as string);
    const config = JSON.stringify({ ...entries.a.config, n: 'evil', p: `${evil.url}/` });
    return ` data-dynapack='${config}' nonce="evil"`;
  }

  async function open(
    packed: Packed,
    seed: number,
    { policy, isShadow }: (typeof PAGES)[string],
  ): Promise<Tab> {
    const elements = elementsNamed(names, randomNumbers(seed), foreign(packed));
    const snippet = packed.scripts['a.html'] as string;
    const own = isShadow ? `<div><template shadowrootmode="open">${snippet}</template></div>` : snippet;
    for (const [name, body] of Object.entries(packed.bundles)) {
      site.set(`/js/${name}`, { body, headers: { 'cache-control': 'max-age=600' } });
    }
    site.set('/', {
      body: `<!doctype html><head><meta charset="utf-8"><script>${WATCH}</script></head><body>${elements}${own}`,
      headers: { 'content-security-policy': policy.replace('script-src', `script-src ${WATCH_SOURCE}`) },
    });
    const tab = await visitor.open(`${site.url}/`, 'begun');
    await tab.until('log.length || uncaught.length');
    return tab;
  }

  for (const [name, settings] of Object.entries(PAGES)) {
    it(`change nothing ${name}`, async () => {
      const packed = await packFiles(
        diamond('import()'),
        ['a.js'],
        { prefix: '/js/', ...settings.options },
        { nonce: 'abc' },
      );
      for (const seed of SEEDS) {
        const tab = await open(packed, seed, settings);
        expect(await tab.evaluate('uncaught'), `seed ${seed}`).to.deep.equal([]);
        expect(await tab.evaluate(ANSWER), `seed ${seed}`).to.equal('b here');
        expect(await tab.evaluate('log'), `seed ${seed}`).to.deep.equal(['a', 'd', 'b']);
        expect(evil.paths()).to.deep.equal([]);
        // WebKit copies nothing on the first page.
        if (settings.options?.updates && engine.name !== 'WebKit') await tab.valueOf<number>(KEPT, Boolean);
      }
    });
  }
});
