/** Browsers that do not keep what they are given, or not as told: the page runs all the same. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import type { LoaderConfig } from '#client';
import type { Reply, Site } from '../helpers/site';
import { deploy, hashSource } from './policies';
import { patchPathsOf, pathsOf, type Release, SHARED, updatingScript, versionsOf } from './releases';
import { fetched, MODES, PAGE, setStage, WORKER, WORKER_READY } from './stage';
import { STORED, until } from './visitor';

/** Ways in which there is no store. Each is a script that runs before the page's. */
const NO_STORES: Record<string, string> = {
  'there is no Cache Storage': 'delete self.caches; delete Window.prototype.caches;',
  'Cache Storage is forbidden': `CacheStorage.prototype.open = function () {
    return Promise.reject(new DOMException('Not here', 'SecurityError'));
  };`,
  'the very word is forbidden': `Object.defineProperty(self, 'caches', {
    get: function () { throw new DOMException('Not here', 'SecurityError'); },
  });`,
  'Cache Storage never answers': 'CacheStorage.prototype.open = function () { return new Promise(Object); };',
  'nothing can be read': `Cache.prototype.keys = Cache.prototype.match = Cache.prototype.matchAll = function () {
    return Promise.reject(new DOMException('Broken', 'InvalidStateError'));
  };`,
  'there is no SubtleCrypto': "Object.defineProperty(crypto, 'subtle', { value: undefined });",
};

describe('updates: where the browser does not play along', () => {
  const stage = setStage('--host-resolver-rules=MAP site.example 127.0.0.1');
  let one: Release;
  let two: Release;
  let three: Release;

  before(() => {
    [one, two, three] = stage.releases;
  });

  for (const [name, script] of Object.entries(NO_STORES)) {
    it(`downloads the bundle when ${name}`, async () => {
      await stage.visitFirst(PAGE);
      await stage.prepare(script);
      const visit = await stage.open(two, PAGE);
      expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
      expect(fetched(stage.site)).to.include.members(pathsOf(two, SHARED));
      expect(visit.problems).to.deep.equal([]);
    });
  }

  it('downloads the bundle in an insecure context, where there is neither store nor worker', async () => {
    for (const policy of [PAGE, WORKER]) {
      deploy(stage.site, one, policy);
      const visit = await stage.visitor.open(`http://site.example:${new URL(stage.site.url).port}/`);
      expect(await visit.page.evaluate('isSecureContext')).to.equal(false);
      expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 1']);
      expect(visit.problems).to.deep.equal([]);
    }
    expect(fetched(stage.site)).to.deep.equal(pathsOf(one, 'home.js', SHARED));
  });

  for (const [mode, policy] of Object.entries(MODES)) {
    describe(`in mode ${mode}`, () => {
      /** Without a place in the store, a worker cannot answer. */
      const ifFull = (): string[] => [
        ...patchPathsOf(two, SHARED),
        ...(policy.worker ? pathsOf(two, SHARED) : []),
      ];

      it('runs what a patch made, or downloads it, when nothing can be stored', async () => {
        await stage.visitFirst(policy);
        await stage.prepare(`Cache.prototype.put = function () {
          return Promise.reject(new DOMException('Full', 'QuotaExceededError'));
        };`);
        const visit = await stage.open(two, policy);
        expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
        expect(fetched(stage.site)).to.deep.equal(ifFull());
        expect(visit.problems).to.deep.equal([]);
      });

      it('does so when the quota is used up', async () => {
        await stage.visitFirst(policy);
        const { cdp } = await stage.visitor.tools();
        await cdp.send('Storage.overrideQuotaForOrigin', { origin: stage.site.url, quotaSize: 1000 });
        const visit = await stage.open(two, policy);
        expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
        expect(await visit.page.evaluate(STORED)).not.to.include.members(versionsOf(two, SHARED));
        expect(fetched(stage.site)).to.deep.equal(ifFull());
        expect(visit.problems).to.deep.equal([]);
      });

      for (const [name, year] of Object.entries({ behind: 2001, ahead: 2096 })) {
        it(`updates when the server's clock is years ${name}`, async () => {
          const date = { date: `Mon, 01 Jan ${year} 00:00:00 GMT` };
          const site: Site = {
            ...stage.site,
            set(path, replies) {
              const reply = replies as Reply;
              stage.site.set(path, { ...reply, headers: { ...reply.headers, ...date } });
            },
          };
          deploy(site, one, policy);
          const first = await stage.visitor.open(site.url);
          await first.stores(versionsOf(one, 'home.js', SHARED));
          if (policy.worker) await first.page.evaluate(WORKER_READY);
          site.forget();
          deploy(site, two, policy);
          const visit = await stage.visitor.open(site.url);
          expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
          const paths = fetched(site);
          expect(paths).to.include.members(patchPathsOf(two, SHARED));
          expect(paths).not.to.include.members(pathsOf(two, SHARED));
        });
      }
    });
  }

  describe('with a worker', () => {
    it('waits until a slow store has what the worker is to answer with', async () => {
      await stage.visitFirst(WORKER);
      await stage.prepare(`
        const put = Cache.prototype.put;
        Cache.prototype.put = async function (...all) {
          await new Promise((resolve) => setTimeout(resolve, 200));
          return put.apply(this, all);
        };
      `);
      const visit = await stage.open(two, WORKER);
      expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
      expect(fetched(stage.site)).to.deep.equal(patchPathsOf(two, SHARED));
    });

    it('downloads the bundle when the worker is passed over, as by a forced reload', async () => {
      await stage.visitFirst(WORKER);
      deploy(stage.site, two, WORKER);
      const { page, cdp } = await stage.visitor.tools();
      await cdp.send('Network.enable');
      await cdp.send('Network.setBypassServiceWorker', { bypass: true });
      await page.goto(stage.site.url);
      expect(await page.evaluate('navigator.serviceWorker.controller')).to.equal(null);
      const log = await until<string[]>(page, 'log', ({ length }) => length === 2);
      expect(log).to.have.members(['home 1', 'shared 2']);
      expect(fetched(stage.site)).to.deep.equal(pathsOf(two, SHARED));
    });

    it('downloads the bundle when there is no worker where one should be', async () => {
      for (const release of [one, two]) {
        deploy(stage.site, release, WORKER);
        stage.site.set('/dynapack-worker.js', { status: 404, body: 'Not found', type: 'text/plain' });
        const visit = await stage.visitor.open(stage.site.url);
        expect(await visit.said(2)).to.have.lengthOf(2);
        await visit.stores(versionsOf(release, SHARED));
      }
      expect(fetched(stage.site)).to.deep.equal(
        [...pathsOf(one, 'home.js', SHARED), ...pathsOf(two, SHARED)].sort(),
      );
    });
  });

  describe('with a policy that is too strict', () => {
    it('downloads the bundle when no patch may be fetched', async () => {
      await stage.visitFirst(PAGE);
      const visit = await stage.open(two, { ...PAGE, connections: "'none'" });
      expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
      expect(fetched(stage.site)).to.deep.equal(pathsOf(two, SHARED));
    });

    it('downloads the bundle when what a patch made may not run', async () => {
      await stage.visitFirst(PAGE);
      const visit = await stage.open(two, {
        scriptSources: (inline) => `'self' ${hashSource(inline)}`,
        loader: 'inline',
      });
      expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
      expect(fetched(stage.site)).to.deep.equal([...patchPathsOf(two, SHARED), ...pathsOf(two, SHARED)]);
    });
  });

  it('downloads a bundle once that has no hash, from a server that lets nobody keep it', async () => {
    const [name, version] = ['home.js', "(self.log = self.log || []).push('home 1');"];
    const bundle = `(Array.isArray(self.dynapack)?self.dynapack:self.dynapack=[]).push([{"H":function(){${version}}}]);`;
    const config = { n: 'dynapack', p: '/js/', b: [['H', name]], r: { H: [0] }, e: 'H' } as LoaderConfig;
    stage.site.set('/js/home.js', bundle);
    stage.site.set('/', `<!doctype html><body><script>${updatingScript(config)}</script></body>`);
    const visit = await stage.visitor.open(stage.site.url);
    await visit.said(1);
    await visit.page.evaluate(
      'new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 100)))',
    );
    expect(fetched(stage.site)).to.deep.equal(['/js/home.js']);
    expect(await visit.page.evaluate(STORED)).to.deep.equal([]);
  });

  it('runs the page after the browser was killed while it wrote', async () => {
    await stage.visitFirst(PAGE);
    const [path] = patchPathsOf(two, SHARED) as [string];
    for (const delay of [0, 15, 40]) {
      deploy(stage.site, two, PAGE);
      const arrived = new Promise<void>((onArrival) => {
        stage.site.set(path, () => {
          onArrival();
          return { body: two.patches.get(path) as string };
        });
      });
      const opened = stage.visitor.open(stage.site.url).catch(() => undefined);
      await Promise.race([arrived, opened]);
      await sleep(delay);
      await stage.visitor.kill();
      await opened;
    }
    const visit = await stage.open(three, PAGE);
    expect(await visit.said(2)).to.deep.equal(['home 3', 'shared 2']);
  });
});
