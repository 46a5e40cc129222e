/** The same in other engines: a walk through three releases in each mode, and a patch that is damaged. */
import { expect } from 'chai';
import type { Engine, Tab, Visitor } from '../helpers/engine';
import { describeInEngines, OTHER_ENGINES } from '../helpers/engines';
import { type Site, startSite } from '../helpers/site';
import { deploy, POLICIES, type Policy } from './policies';
import { patchPathsOf, pathsOf, type Release, SHARED, threeReleases, versionsOf } from './releases';
import { expectPatches, fetched, filling, WORKER_READY } from './stage';
import { STORED } from './visitor';

/** One policy for each mode; the third one is for the damaged patch. */
const MODES = (Object.entries(POLICIES) as [string, Policy][]).slice(0, 2);

describeInEngines('updates', describeUpdates, { engines: OTHER_ENGINES, isAlways: true });

function describeUpdates(engine: Engine): void {
  let releases: [Release, Release, Release];
  let site: Site;
  let visitor: Visitor;
  let tab: Tab;

  before(async () => {
    releases = await threeReleases();
  });

  beforeEach(async () => {
    site = await startSite();
    visitor = await engine.returning();
  });

  afterEach(async () => {
    await visitor.leave();
    await site.close();
  });

  async function open(release: Release, policy: Policy): Promise<void> {
    deploy(site, release, policy);
    tab = await visitor.open(site.url);
  }

  const said = async (count: number): Promise<string[]> =>
    (await tab.valueOf<string[]>('self.log || []', ({ length }) => length >= count)).sort();

  const ask = async (name: string): Promise<void> => {
    await tab.evaluate(`new Promise(function (resolve) { offers.${name}(function () { resolve(0); }); })`);
  };

  async function stores(versions: readonly string[]): Promise<void> {
    await tab.valueOf<string[]>(STORED, (stored) => versions.every((version) => stored.includes(version)));
  }

  /** Visits the first release until its bundles are in the store. */
  async function visitFirst(policy: Policy): Promise<void> {
    const names = ['home.js', SHARED, 'part.js'];
    await open(releases[0], policy);
    await said(2);
    await ask('part');
    if (policy.worker) await tab.evaluate(WORKER_READY);
    expect(fetched(site)).to.deep.equal(pathsOf(releases[0], ...names));
    // Automated sessions of WebKit have no HTTP cache to copy from. A worker puts aside what it downloads, perhaps too late for this visit.
    if (engine.name === 'WebKit' && !policy.worker) await tab.evaluate(filling(releases[0], ...names));
    for (let time = 0; engine.name === 'WebKit' && policy.worker && time < 4; time++) {
      await tab.goto(site.url);
      await said(2);
      await ask('part');
    }
    await stores(versionsOf(releases[0], ...names));
    site.forget();
  }

  for (const [name, policy] of MODES) {
    it(`download only what changed, under ${name}`, async () => {
      const [, two, three] = releases;
      await visitFirst(policy);

      await open(two, policy);
      expect(await said(2)).to.deep.equal(['home 1', 'shared 2']);
      await ask('part');
      expect(await said(3)).to.deep.equal(['home 1', 'part 2', 'shared 2']);
      expectPatches(site, two, SHARED, 'part.js');

      deploy(site, three, policy);
      await tab.goto(site.url);
      expect(await said(2)).to.deep.equal(['home 3', 'shared 2']);
      await ask('part');
      expect(await said(3)).to.deep.equal(['home 3', 'part 3', 'shared 2']);
      expectPatches(site, three, 'home.js', 'part.js');
    });
  }

  it('download the bundle when its patch is damaged', async () => {
    const policy = POLICIES["a nonce and 'strict-dynamic', without a worker"] as Policy;
    await visitFirst(policy);
    const [patch] = patchPathsOf(releases[1], SHARED) as [string];
    deploy(site, releases[1], policy);
    site.set(patch, { body: `${releases[1].patches.get(patch)}#` });
    tab = await visitor.open(site.url);
    expect(await said(2)).to.deep.equal(['home 1', 'shared 2']);
    expect(fetched(site)).to.include.members([patch, ...pathsOf(releases[1], SHARED)]);
  });
}
