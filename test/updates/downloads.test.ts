/** No bundle is ever downloaded twice in a visit, whatever caches keep of it. */
import { expect } from 'chai';
import { type LoaderConfig, worker } from '#client';
import { bundle } from '../client/fixtures';
import type { Engine, Tab, Visitor } from '../helpers/engine';
import { describeInEngines } from '../helpers/engines';
import { type Site, startSite } from '../helpers/site';
import { integrityOf, updatingScript } from './releases';
import { WORKER_READY } from './stage';

/** Name of a bundle → what its server says of caching it. */
const BUNDLES: Record<string, Record<string, string>> = {
  immutable: { 'cache-control': 'public, max-age=31536000, immutable' },
  lasting: { 'cache-control': 'max-age=31536000' },
  revalidated: { 'cache-control': 'no-cache', etag: '"1"' },
  unkept: { 'cache-control': 'no-store' },
};
const NAMES = Object.keys(BUNDLES);

/** What another host adds, so that pages can use its bundles, and see where they come from. */
const OPEN = { 'access-control-allow-origin': '*', 'timing-allow-origin': '*' };

const textOf = (name: string): string => bundle(`${name}.js`, { [name]: `log.push('${name}');` });

const versionOf = (name: string): string =>
  integrityOf(textOf(name)).slice(7, 18).replaceAll('+', '-').replaceAll('/', '_');

/** Puts the bundles on a site, for all who ask or for pages of the same host. */
function serve(site: Site, headers: Record<string, string> = {}): void {
  for (const name of NAMES) {
    site.set(`/js/${name}.js`, { body: textOf(name), headers: { ...BUNDLES[name], ...headers } });
  }
}

/** A page that loads the bundles from a URL prefix. */
function pageOf(p: string, more: Partial<LoaderConfig> = {}): string {
  const config: LoaderConfig = {
    n: 'dynapack',
    p,
    b: NAMES.map((name) => [`${name}.js`, `${name}.js`, integrityOf(textOf(name))]),
    r: Object.fromEntries(NAMES.map((name, index) => [name, [index]])),
    e: 'immutable',
    ...more,
  };
  config.r.immutable = [...NAMES.keys()];
  return `<!doctype html><script>self.log = [];</script><script>${updatingScript(config)}</script>`;
}

describeInEngines('updates: downloads', describeDownloads);

function describeDownloads(engine: Engine): void {
  const hasCache = engine.name !== 'WebKit';
  let site: Site;
  let far: Site;
  let visitor: Visitor;
  let tab: Tab;

  beforeEach(async () => {
    [site, far] = await Promise.all([startSite(), startSite()]);
    visitor = await engine.visitor();
  });

  afterEach(async () => {
    await visitor.leave();
    await Promise.all([site.close(), far.close()]);
  });

  /** Opens the page, until it has nothing more to do, and gives the names of the bundles that servers were asked for. */
  async function visit(): Promise<string[]> {
    if (tab && site.requests.length > 0) await tab.goto(site.url);
    else tab = await visitor.open(site.url);
    await tab.until('log.length');
    await tab.evaluate('new Promise((resolve) => setTimeout(resolve, 250))');
    const paths = [...site.paths('.js'), ...far.paths('.js')].filter((path) => path.startsWith('/js/'));
    site.requests.splice(1);
    far.forget();
    return paths.map((path) => path.slice('/js/'.length, -'.js'.length)).sort();
  }

  /** What is in the store, and can be read: in Firefox, what is written last may yet be lost. */
  const stored = async (): Promise<string[]> => {
    const found = NAMES.map((name) => `caches.match(location.origin + '/dynapack/${versionOf(name)}')`);
    const texts = await tab.evaluate<string[]>(
      `Promise.all([${found}]).then((all) => Promise.all(all.map((entry) => entry && entry.text())))`,
    );
    return NAMES.filter((_name, index) => texts[index]);
  };

  it('bundles of the page’s host are copied where the HTTP cache has them', async () => {
    serve(site);
    site.set('/', pageOf('/js/'));
    expect(await visit()).to.deep.equal([...NAMES].sort());
    expect(await stored()).to.deep.equal(hasCache ? ['immutable', 'lasting', 'revalidated'] : []);
    for (let time = 2; time <= 3; time++) {
      expect(await visit()).to.deep.equal(['revalidated', 'unkept']);
    }
  });

  it('bundles of another host are copied once they have come from the HTTP cache', async () => {
    serve(far, OPEN);
    site.set('/', pageOf(`${far.url}/js/`, { c: 'anonymous' }));
    expect(await visit()).to.deep.equal([...NAMES].sort());
    expect(await stored()).to.deep.equal([]);
    for (let time = 2; time <= 3; time++) {
      expect(await visit()).to.deep.equal(['revalidated', 'unkept']);
      expect(await stored()).to.deep.equal(hasCache ? ['immutable', 'lasting'] : []);
    }
  });

  it('bundles of another host that shows nothing are not copied', async () => {
    serve(far, { 'access-control-allow-origin': '*' });
    site.set('/', pageOf(`${far.url}/js/`, { c: 'anonymous' }));
    for (let time = 1; time <= 2; time++) {
      const names = await visit();
      expect(names)
        .to.include('unkept')
        .and.deep.equal([...new Set(names)]);
      expect(await stored()).to.deep.equal([]);
    }
  });

  it('bundles that a worker has downloaded are copied from it, and it answers for them', async () => {
    serve(site);
    site.set('/dynapack-worker.js', worker);
    site.set('/', pageOf('/js/', { w: '/dynapack-worker.js' }));
    expect(await visit()).to.deep.equal([...NAMES].sort());
    await tab.evaluate(WORKER_READY);
    // A page may be done before its worker has put aside what it brought.
    for (let time = 2; time <= 5 && (await stored()).length < NAMES.length; time++) {
      const names = await visit();
      expect(names)
        .to.include('unkept')
        .and.deep.equal([...new Set(names)]);
    }
    expect(await stored()).to.deep.equal(NAMES);
    expect(await visit()).to.deep.equal([]);
  });
}
