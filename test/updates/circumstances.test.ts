/** Browsers that do not keep what they are given, or not as told: the page runs all the same. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type Reply, type Site, startSite } from '../helpers/site';
import { deploy, hashSource, POLICIES, type Policy } from './policies';
import { patchName, type Release, type ReleasedBundle, SHARED, threeReleases } from './releases';
import { createVisitor, STORED, type Visit, type Visitor } from './visitor';

const PAGE = POLICIES["a nonce and 'strict-dynamic', without a worker"] as Policy;
const WORKER = POLICIES["'self' and a service worker"] as Policy;
const MODES = { page: PAGE, worker: WORKER };

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
  let releases: [Release, Release, Release];
  let site: Site;
  let visitor: Visitor;

  before(async () => {
    releases = await threeReleases();
    visitor = await createVisitor('--host-resolver-rules=MAP site.example 127.0.0.1');
  });

  after(() => visitor.leave());

  beforeEach(async () => {
    site = await startSite();
  });

  afterEach(async () => {
    const context = await visitor.context();
    await Promise.all(context.pages().map((page) => page.close()));
    await site.close();
  });

  const bundleOf = (release: Release, name: string): ReleasedBundle =>
    release.bundles.get(name) as ReleasedBundle;
  const urlOf = (release: Release, name: string): string => `/js/${bundleOf(release, name).served}`;
  const patchOf = (release: Release, name: string): string => {
    const bundle = bundleOf(release, name);
    return `/js/${patchName(bundle, bundle.patches[0] as string)}`;
  };

  async function open(release: Release, policy: Policy): Promise<Visit> {
    deploy(site, release, policy);
    return visitor.open(site.url);
  }

  async function visitFirst(policy: Policy): Promise<void> {
    const visit = await open(releases[0], policy);
    await visit.stores(['home.js', SHARED].map((name) => bundleOf(releases[0], name).version));
    if (policy.worker) await visit.page.evaluate('navigator.serviceWorker.ready.then(function () {})');
    await visit.page.close();
    site.forget();
  }

  /** Runs a script in all pages of the site that are opened from now on. */
  const prepare = (script: string): Promise<void> =>
    visitor.prepare(`if (location.port === '${new URL(site.url).port}') { ${script} }`);

  const fetched = (): string[] => site.paths().filter((path) => /^\/js\/(?!loader)/.test(path));

  for (const [name, script] of Object.entries(NO_STORES)) {
    it(`downloads the bundle when ${name}`, async () => {
      await visitFirst(PAGE);
      await prepare(script);
      const visit = await open(releases[1], PAGE);
      expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
      expect(fetched().filter((path) => path.endsWith('.js'))).to.deep.equal([urlOf(releases[1], SHARED)]);
      expect(visit.problems).to.deep.equal([]);
    });
  }

  it('downloads the bundle in an insecure context, where there is neither store nor worker', async () => {
    for (const policy of [PAGE, WORKER]) {
      deploy(site, releases[0], policy);
      const visit = await visitor.open(`http://site.example:${new URL(site.url).port}/`);
      expect(await visit.page.evaluate('isSecureContext')).to.equal(false);
      expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 1']);
      expect(visit.problems).to.deep.equal([]);
    }
    expect(fetched().sort()).to.deep.equal(
      ['home.js', SHARED].map((name) => urlOf(releases[0], name)).sort(),
    );
  });

  for (const [mode, policy] of Object.entries(MODES)) {
    it(`runs what a patch made, or downloads it, when nothing more can be stored, in mode ${mode}`, async () => {
      await visitFirst(policy);
      await prepare(`Cache.prototype.put = function () {
        return Promise.reject(new DOMException('Full', 'QuotaExceededError'));
      };`);
      const visit = await open(releases[1], policy);
      expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
      const whole = policy.worker ? [urlOf(releases[1], SHARED)] : [];
      expect(fetched()).to.deep.equal([patchOf(releases[1], SHARED), ...whole]);
      expect(visit.problems).to.deep.equal([]);
    });

    it(`does so when the quota is really used up, in mode ${mode}`, async () => {
      await visitFirst(policy);
      const context = await visitor.context();
      const page = await context.newPage();
      const cdp = await context.newCDPSession(page);
      await cdp.send('Storage.overrideQuotaForOrigin', { origin: site.url, quotaSize: 1000 });
      const visit = await open(releases[1], policy);
      expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
      expect(visit.problems).to.deep.equal([]);
      expect(await visit.page.evaluate(STORED)).not.to.include(bundleOf(releases[1], SHARED).version);
    });

    for (const [name, date] of Object.entries({ late: '2001', early: '2096' })) {
      it(`updates when the server's clock is years ${name}, in mode ${mode}`, async () => {
        const withDate = (reply: Reply): Reply => ({
          ...reply,
          headers: { ...reply.headers, date: `Mon, 01 Jan ${date} 00:00:00 GMT` },
        });
        const skewed: Site = {
          ...site,
          set: (path, reply) => site.set(path, withDate(reply as Reply)),
        };
        deploy(skewed, releases[0], policy);
        const first = await visitor.open(site.url);
        await first.stores(['home.js', SHARED].map((bundle) => bundleOf(releases[0], bundle).version));
        if (policy.worker) await first.page.evaluate('navigator.serviceWorker.ready.then(function () {})');
        site.forget();
        deploy(skewed, releases[1], policy);
        const visit = await visitor.open(site.url);
        expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
        expect(fetched()).to.include(patchOf(releases[1], SHARED));
        expect(fetched()).not.to.include(urlOf(releases[1], SHARED));
      });
    }
  }

  describe('with a worker', () => {
    it('downloads the bundle when the worker is passed over, as by a forced reload', async () => {
      await visitFirst(WORKER);
      deploy(site, releases[1], WORKER);
      const context = await visitor.context();
      const page = await context.newPage();
      const cdp = await context.newCDPSession(page);
      await cdp.send('Network.enable');
      await cdp.send('Network.setBypassServiceWorker', { bypass: true });
      await page.goto(site.url);
      expect(await page.evaluate('navigator.serviceWorker.controller')).to.equal(null);
      for (let count = 0; count < 300 && (await page.evaluate<number>('log.length')) < 2; count++)
        await sleep(10);
      expect(await page.evaluate('log')).to.have.members(['home 1', 'shared 2']);
      expect(fetched()).to.deep.equal([urlOf(releases[1], SHARED)]);
    });

    it('downloads the bundle when there is no worker where one should be', async () => {
      for (const release of [releases[0], releases[1]]) {
        deploy(site, release, WORKER);
        site.set('/dynapack-worker.js', { status: 404, body: 'Not found', type: 'text/plain' });
        const visit = await visitor.open(site.url);
        await visit.stores([bundleOf(release, SHARED).version]);
        expect(await visit.said(2)).to.have.lengthOf(2);
      }
      expect(fetched()).to.include(urlOf(releases[1], SHARED));
      expect(fetched()).not.to.include(patchOf(releases[1], SHARED));
    });
  });

  describe('with a policy that is too strict', () => {
    it('downloads the bundle when no patch may be fetched', async () => {
      await visitFirst(PAGE);
      const visit = await open(releases[1], { ...PAGE, connections: "'none'" });
      expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
      expect(fetched()).to.deep.equal([urlOf(releases[1], SHARED)]);
    });

    it('downloads the bundle when what a patch made may not run', async () => {
      await visitFirst(PAGE);
      const visit = await open(releases[1], {
        scriptSources: (inline) => `'self' ${hashSource(inline)}`,
        loader: 'inline',
      });
      expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
      expect(fetched()).to.deep.equal([patchOf(releases[1], SHARED), urlOf(releases[1], SHARED)]);
    });
  });

  it('runs the page after the browser was killed while it wrote', async () => {
    await visitFirst(PAGE);
    for (const delay of [0, 10, 40]) {
      deploy(site, releases[1], PAGE);
      const arrived = new Promise<void>((onArrival) => {
        site.set(patchOf(releases[1], SHARED), () => {
          onArrival();
          return { body: releases[1].patches.get(patchOf(releases[1], SHARED).slice(4)) as string };
        });
      });
      const opened = visitor.open(site.url).catch(() => undefined);
      await Promise.race([arrived, opened]);
      await sleep(delay);
      await visitor.kill();
      await opened;
    }
    const visit = await open(releases[2], PAGE);
    expect(await visit.said(2)).to.deep.equal(['home 3', 'shared 2']);
  });
});
