/** Service workers that a site has of its own are never replaced by that of mode worker. */
import { expect } from 'chai';
import type { Engine, Tab, Visitor } from '../helpers/engine';
import { describeInEngines } from '../helpers/engines';
import { type Site, startSite } from '../helpers/site';
import { textAlone } from '../standalone/alone';
import { deploy, type Policy, pageOf } from './policies';
import { type Release, SHARED, threeReleases } from './releases';
import { expectPatches, filling, PAGE, WORKER, WORKER_READY } from './stage';

/** Mode worker, where the page's policy lets it run `blob:` URLs, too. */
const EITHER: Policy = { ...PAGE, worker: true };

/** A site's own worker: it answers for a page of its own. */
const OWN = `
  addEventListener('install', () => skipWaiting());
  addEventListener('activate', (event) => event.waitUntil(clients.claim()));
  addEventListener('fetch', (event) => {
    if (event.request.url.endsWith('/offline')) event.respondWith(new Response('from the own worker'));
  });
`;

const OWN_WITH_OURS = `${OWN}importScripts('/dynapack-worker.js');`;

/** In the page: scopes of all workers of the site, each with the path of its script. */
const REGISTERED = `navigator.serviceWorker.getRegistrations().then((all) => all.map(({ scope, installing, waiting, active }) =>
  new URL(scope).pathname + ' ' + new URL((installing || waiting || active).scriptURL).pathname).sort())`;

const register = (url: string): string => `navigator.serviceWorker.register('${url}').then(() => 0)`;

describeInEngines('updates: workers of the site', describeWorkers);

function describeWorkers(engine: Engine): void {
  let releases: [Release, Release, Release];
  let site: Site;
  let visitor: Visitor;

  before(async () => {
    releases = await threeReleases();
  });

  beforeEach(async () => {
    site = await startSite({
      '/empty': '<!doctype html>',
      '/shop/empty': '<!doctype html>',
      '/own.js': OWN,
      '/shop/own.js': OWN,
    });
    visitor = await engine.visitor();
  });

  afterEach(async () => {
    await visitor.leave();
    await site.close();
  });

  /** Opens a page of a release, until its modules have run and it has nothing more to do. */
  async function open(release: Release, policy: Policy): Promise<Tab> {
    deploy(site, release, policy);
    const tab = await visitor.open(site.url);
    await tab.until('self.log && log.length > 1');
    await tab.evaluate('new Promise((resolve) => setTimeout(resolve, 300))');
    return tab;
  }

  /** Opens a page, in which a worker is registered, and waits until it is active. */
  async function have(worker: string, path = '/empty'): Promise<Tab> {
    const tab = await visitor.open(site.url + path);
    await tab.evaluate(register(worker));
    await tab.evaluate(WORKER_READY);
    return tab;
  }

  const offline = (tab: Tab): Promise<string> =>
    tab.evaluate("fetch('/offline').then((answer) => answer.text())");

  it('one that is there stays, and pages update by themselves', async () => {
    const [one, two] = releases;
    await (await have('/own.js')).evaluate(filling(one, 'home.js', SHARED));
    site.forget();
    const tab = await open(two, EITHER);
    expect(await tab.evaluate('log.sort()')).to.deep.equal(['home 1', 'shared 2']);
    expectPatches(site, two, SHARED);
    expect(await tab.evaluate(REGISTERED)).to.deep.equal(['/ /own.js']);
    expect(await offline(tab)).to.equal('from the own worker');
  });

  it('one that comes later stays, too', async () => {
    const [one, two] = releases;
    const first = await open(one, EITHER);
    await first.evaluate(WORKER_READY);
    expect(await first.evaluate(REGISTERED)).to.deep.equal(['/ /dynapack-worker.js']);
    await first.evaluate(filling(one, 'home.js', SHARED));
    await have('/own.js');
    site.forget();
    const tab = await open(two, EITHER);
    await tab.until('navigator.serviceWorker.controller.scriptURL.endsWith("/own.js")');
    expect(await tab.evaluate('log.sort()')).to.deep.equal(['home 1', 'shared 2']);
    expect(await tab.evaluate(REGISTERED)).to.deep.equal(['/ /own.js']);
  });

  it('one for some of the pages stays beside ours, and of the pages of one that has all, ours takes none', async () => {
    const [one] = releases;
    await have('/shop/own.js', '/shop/empty');
    const tab = await open(one, EITHER);
    await tab.evaluate(WORKER_READY);
    expect(await tab.evaluate(REGISTERED)).to.deep.equal(['/ /dynapack-worker.js', '/shop/ /shop/own.js']);

    await have('/own.js');
    site.set(
      '/blog/',
      String(pageOf(one, 'home', PAGE).body).replace('"e":', '"w":"/blog/dynapack-worker.js","e":'),
    );
    const blog = await visitor.open(`${site.url}/blog/`);
    await blog.until('self.log && log.length > 1');
    await blog.evaluate('new Promise((resolve) => setTimeout(resolve, 300))');
    expect(await blog.evaluate(REGISTERED)).to.deep.equal(['/ /own.js', '/shop/ /shop/own.js']);
  });

  it('one that imports ours answers for bundles, and for what it did before', async () => {
    const [one, two] = releases;
    // Made by a pack, as a script that stands alone.
    const own = await textAlone({ 'own.mjs': "import './listen.mjs';", 'listen.mjs': OWN_WITH_OURS });
    site.set('/own.js', own);
    deploy(site, one, WORKER);
    await (await have('/own.js')).evaluate(filling(one, 'home.js', SHARED));
    deploy(site, two, WORKER);
    const { body, headers } = pageOf(two, 'home', WORKER);
    site.set('/', { headers: headers ?? {}, body: String(body).replace('/dynapack-worker.js', '/own.js') });
    site.forget();
    const tab = await visitor.open(site.url);
    await tab.until('self.log && log.length > 1');
    expectPatches(site, two, SHARED);
    expect(await offline(tab)).to.equal('from the own worker');
    expect(await tab.evaluate(REGISTERED)).to.deep.equal(['/ /own.js']);
  });

  it('an older one of ours stays ours, and two tabs register one', async () => {
    const [one, two] = releases;
    deploy(site, one, EITHER);
    await Promise.all([visitor.open(site.url), visitor.open(site.url)]);
    const tab = await open(one, EITHER);
    await tab.evaluate(WORKER_READY);
    await tab.evaluate(filling(one, 'home.js', SHARED));
    deploy(site, two, WORKER);
    // Now the site has one of its own in mind, which it has not registered yet.
    const { body, headers } = pageOf(two, 'home', WORKER);
    site.set('/', { headers: headers ?? {}, body: String(body).replace('/dynapack-worker.js', '/own.js') });
    site.forget();
    const next = await visitor.open(site.url);
    await next.until('self.log && log.length > 1');
    expectPatches(site, two, SHARED);
    expect(await next.evaluate(REGISTERED)).to.deep.equal(['/ /dynapack-worker.js']);
  });
}
