/** Whatever goes wrong with an update, the page runs: at worst, it downloads its bundles. */
import { expect } from 'chai';
import { type Reply, type Site, startSite } from '../helpers/site';
import { deploy, POLICIES, type Policy } from './policies';
import { patchName, type Release, type ReleasedBundle, SHARED, threeReleases } from './releases';
import { createVisitor, type Visit, type Visitor } from './visitor';

const PAGE = POLICIES["a nonce and 'strict-dynamic', without a worker"] as Policy;
const WORKER = POLICIES["'self' and a service worker"] as Policy;
const MODES = { page: PAGE, worker: WORKER };

/** How a patch can be wrong. Each gives what the server answers, given the right patch. */
const WRONG_PATCHES: Record<string, (patch: string) => Reply> = {
  'is missing': () => ({ status: 404, body: 'Not found', type: 'text/plain' }),
  'is a page that says why there is none': () => ({ body: '<!doctype html><p>Sorry', type: 'text/html' }),
  'is empty': () => ({ body: '' }),
  'is cut off': (patch) => ({ body: patch.slice(0, -5) }),
  'has another letter in its text': (patch) => ({ body: `${patch.slice(0, -5)}#${patch.slice(-4)}` }),
  'has another number in its columns': (patch) => ({ body: patch.replace(/\n(\d*)([a-y])/, '\n1$1$2') }),
  'asks for more than there can be': (patch) => ({ body: `${patch.slice(0, 30)}a\n99999999a\naa\n` }),
  'is for another base': (patch) => ({ body: patch.replace(/\n.*\n/, '\nc\n') }),
  'is huge': (patch) => ({ body: patch + 'x'.repeat(20_000_000) }),
  'breaks off in transfer': () => ({ fail: true }),
};

describe('updates: when something goes wrong', () => {
  let releases: [Release, Release, Release];
  let site: Site;
  let visitor: Visitor;

  before(async () => {
    releases = await threeReleases();
    visitor = await createVisitor();
  });

  after(() => visitor.leave());

  // Each site has an origin, and thus a store, of its own.
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
    return patchName(bundle, bundle.patches[0] as string);
  };

  async function open(release: Release, policy: Policy, path = '/'): Promise<Visit> {
    deploy(site, release, policy);
    return visitor.open(site.url + path);
  }

  /** The first visit: its release is in the store afterwards, and the worker is there where one is wanted. */
  async function visitFirst(policy: Policy): Promise<void> {
    const visit = await open(releases[0], policy);
    await visit.stores(['home.js', SHARED].map((name) => bundleOf(releases[0], name).version));
    if (policy.worker) await visit.page.evaluate('navigator.serviceWorker.ready.then(function () {})');
    await visit.page.close();
    site.forget();
  }

  const fetched = (): string[] => site.paths().filter((path) => /^\/js\/(?!loader)/.test(path));

  for (const [mode, policy] of Object.entries(MODES)) {
    describe(`in mode ${mode}`, () => {
      // What is done with a patch is the same in both modes.
      const wrongPatches = Object.entries(WRONG_PATCHES).slice(policy.worker ? -2 : 0);
      for (const [name, wrong] of wrongPatches) {
        it(`the bundle is downloaded when the patch ${name}`, async () => {
          await visitFirst(policy);
          deploy(site, releases[1], policy);
          const patch = patchOf(releases[1], SHARED);
          site.set(`/js/${patch}`, wrong(releases[1].patches.get(patch) as string));
          const visit = await visitor.open(site.url);
          expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
          expect(fetched()).to.deep.equal([`/js/${patch}`, urlOf(releases[1], SHARED)]);
          // What has come by its url can be updated next time.
          await visit.stores([bundleOf(releases[1], SHARED).version]);
        });
      }

      it('the bundle is downloaded when an old text is damaged', async () => {
        await visitFirst(policy);
        const visit = await openDamaged(releases[0], releases[1]);
        expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
        expect(fetched()).to.deep.equal([`/js/${patchOf(releases[1], SHARED)}`, urlOf(releases[1], SHARED)]);
      });

      it('the bundle is downloaded when what a patch made is damaged, and then is right in the store', async () => {
        await visitFirst(policy);
        const second = await open(releases[1], policy);
        await second.said(2);
        site.forget();
        const third = await openDamaged(releases[1], releases[1]);
        expect(await third.said(2)).to.deep.equal(['home 1', 'shared 2']);
        expect(fetched()).to.deep.equal([urlOf(releases[1], SHARED)]);
        await third.stores([bundleOf(releases[1], SHARED).version]);
        site.forget();
        const fourth = await visitor.open(site.url);
        expect(await fourth.said(2)).to.deep.equal(['home 1', 'shared 2']);
        expect(fetched()).to.deep.equal([]);
        expect(fourth.problems).to.deep.equal([]);
      });

      /** Damages the text of what all pages share in the store, and opens the page of a release. */
      async function openDamaged(damaged: Release, opened: Release): Promise<Visit> {
        const { version } = bundleOf(damaged, SHARED);
        await inStore(`store.match(location.origin + '/dynapack/${version}').then(function (entry) {
          return entry.text().then(function (text) {
            return store.put(location.origin + '/dynapack/${version}', new Response(text.replace('self', 'sell'), entry));
          });
        })`);
        return open(opened, policy);
      }

      it('two tabs update at once', async () => {
        await visitFirst(policy);
        deploy(site, releases[2], policy);
        const visits = await Promise.all([0, 1, 2].map(() => visitor.open(site.url)));
        for (const visit of visits) {
          expect(await visit.said(2)).to.deep.equal(['home 3', 'shared 2']);
          expect(visit.problems).to.deep.equal([]);
        }
        expect(fetched().filter((path) => path.endsWith('.js'))).to.deep.equal([]);
      });

      it('an older page after a newer one runs what it was made for, and so does the newer one again', async () => {
        await visitFirst(policy);
        expect(await (await open(releases[1], policy)).said(2)).to.deep.equal(['home 1', 'shared 2']);
        expect(await (await open(releases[0], policy)).said(2)).to.deep.equal(['home 1', 'shared 1']);
        expect(await (await open(releases[2], policy)).said(2)).to.deep.equal(['home 3', 'shared 2']);
        expect(fetched().filter((path) => path.endsWith('.js'))).to.deep.equal([]);
      });

      it('a bundle that is asked for twice while it is updated is updated once', async () => {
        await visitFirst(policy);
        const before = await open(releases[0], policy);
        await before.ask('part');
        await before.stores([bundleOf(releases[0], 'part.js').version]);
        site.forget();
        const visit = await open(releases[1], policy);
        await visit.said(2);
        await Promise.all([visit.ask('part'), visit.ask('part'), visit.ask('part')]);
        expect(await visit.said(3)).to.deep.equal(['home 1', 'part 2', 'shared 2']);
        expect(fetched().sort()).to.deep.equal(
          [SHARED, 'part.js'].map((name) => `/js/${patchOf(releases[1], name)}`).sort(),
        );
      });

      it('a bundle that cannot be had at all is the usual error; asked for again, it is updated', async () => {
        await visitFirst(policy);
        const before = await open(releases[0], policy);
        await before.ask('part');
        await before.stores([bundleOf(releases[0], 'part.js').version]);
        deploy(site, releases[1], policy);
        const patch = `/js/${patchOf(releases[1], 'part.js')}`;
        site.set(patch, { fail: true });
        site.set(urlOf(releases[1], 'part.js'), { fail: true });
        const visit = await visitor.open(site.url);
        await visit.said(2);
        const error = `new Promise(function (resolve) { offers.part(function (error) { resolve(String(error)); }); })`;
        expect(await visit.page.evaluate(error)).to.equal(
          `Error: Cannot load part.js: ${site.url}${urlOf(releases[1], 'part.js')}`,
        );
        deploy(site, releases[1], policy);
        site.forget();
        await visit.ask('part');
        expect(await visit.said(3)).to.deep.equal(['home 1', 'part 2', 'shared 2']);
        expect(fetched()).to.deep.equal([patch]);
      });

      it('without a network, what is stored runs, even when the HTTP cache has nothing', async () => {
        await visitFirst(policy);
        const visit = await open(releases[1], policy);
        await visit.said(2);
        for (const release of releases) {
          for (const { served } of release.bundles.values()) site.set(`/js/${served}`, { fail: true });
          for (const name of release.patches.keys()) site.set(`/js/${name}`, { fail: true });
        }
        await clearHttpCache();
        const offline = await visitor.open(site.url);
        expect(await offline.said(2)).to.deep.equal(['home 1', 'shared 2']);
      });

      it('a store that is cleared between a look and its use is no store', async () => {
        await visitFirst(policy);
        deploy(site, releases[1], policy);
        await visitor.prepare(`if (location.port === '${new URL(site.url).port}') {
          var match = Cache.prototype.match;
          Cache.prototype.match = function (request) {
            var store = this;
            return caches.delete('dynapack').then(function () { return match.call(store, request); });
          };
          CacheStorage.prototype.match = function () { return Promise.resolve(undefined); };
        }`);
        const visit = await visitor.open(site.url);
        expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
      });
    });
  }

  async function clearHttpCache(): Promise<void> {
    const context = await visitor.context();
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.clearBrowserCache');
    await page.close();
  }

  /** Evaluates an expression in a page of the site, with the store as `store`. */
  async function inStore(expression: string): Promise<void> {
    site.set('/empty', { body: '<!doctype html>', type: 'text/html' });
    const { page } = await visitor.open(`${site.url}/empty`);
    await page.evaluate(
      `caches.open('dynapack').then(function (store) { return ${expression}; }).then(function () {})`,
    );
    await page.close();
  }
});
