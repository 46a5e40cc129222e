/** What tests of updates in Chromium have in common: a visitor, and for each test a site with an origin of its own. */
import { expect } from 'chai';
import { type Site, startSite } from '../helpers/site';
import { deploy, POLICIES, type Policy } from './policies';
import {
  patchPathsOf,
  pathsOf,
  type Release,
  type ReleasedBundle,
  SHARED,
  threeReleases,
  versionsOf,
} from './releases';
import { createVisitor, type Visit, type Visitor } from './visitor';

export const PAGE = POLICIES["a nonce and 'strict-dynamic', without a worker"] as Policy;
export const WORKER = POLICIES["'self' and a service worker"] as Policy;
export const MODES = { page: PAGE, worker: WORKER };

export interface Stage {
  releases: [Release, Release, Release];
  site: Site;
  visitor: Visitor;
  /** Deploys a release and opens its page. */
  open(release: Release, policy: Policy): Promise<Visit>;
  /** Visits the first release, until it is in the store and the worker is there, if one is wanted. */
  visitFirst(policy: Policy): Promise<void>;
  /** Runs a script in all pages of this test's site that are opened from now on, before anything else. */
  prepare(script: string): Promise<void>;
}

/** Paths requested below `/js/`, the loader's aside, since the last call, in alphabetical order. */
export function fetched(site: Site): string[] {
  const paths = site.paths().filter((path) => path.startsWith('/js/') && path !== '/js/loader.js');
  site.forget();
  return paths.sort();
}

/**
 * Expects that patches were fetched for these bundles, and not the bundles. Others have tags: browsers fetch them whatever the
 * store has, and have them in their own cache where a page has fetched what is in the store.
 */
export function expectPatches(site: Site, release: Release, ...names: string[]): void {
  const paths = fetched(site);
  expect(paths).to.include.members(patchPathsOf(release, ...names));
  for (const path of pathsOf(release, ...names)) expect(paths).not.to.include(path);
}

/** In the page: a promise that the service worker is active. */
export const WORKER_READY = 'navigator.serviceWorker.ready.then(function () { return 0; })';

/** In the page: a promise that bundles of a release are in the store, as if patches had made them. */
export function filling(release: Release, ...names: string[]): string {
  const entries = names.map((name) => {
    const { version, text } = release.bundles.get(name) as ReleasedBundle;
    return { version, text, facts: `${version} dynapack%2F${name} ${text.length} 1` };
  });
  return `caches.open('dynapack').then((store) => Promise.all(${JSON.stringify(entries)}.map(
    ({ version, text, facts }) => store.put(location.origin + '/dynapack/' + version, new Response(text, {
      headers: { 'content-type': 'text/javascript;charset=utf-8', dynapack: facts },
    })),
  ))).then(() => 0)`;
}

/**
 * Sets the stage for the suite that is being described.
 * @param switches switches of Chromium, besides the usual ones
 */
export function setStage(...switches: string[]): Stage {
  const stage = {
    async open(release, policy) {
      deploy(stage.site, release, policy);
      return stage.visitor.open(stage.site.url);
    },
    async visitFirst(policy) {
      const [release] = stage.releases;
      const visit = await stage.open(release, policy);
      await visit.stores(versionsOf(release, 'home.js', SHARED));
      if (policy.worker) await visit.page.evaluate(WORKER_READY);
      await stage.visitor.close(visit.page);
      stage.site.forget();
    },
    prepare: (script) => {
      const { port } = new URL(stage.site.url);
      return stage.visitor.prepare(`if (location.port === '${port}') { ${script} }`);
    },
  } as Stage;

  before(async () => {
    stage.releases = await threeReleases();
    stage.visitor = await createVisitor(...switches);
  });

  beforeEach(async () => {
    stage.site = await startSite();
  });

  afterEach(async () => {
    await stage.visitor.closePages();
    await stage.site.close();
  });

  after(() => stage.visitor.leave());

  return stage;
}
