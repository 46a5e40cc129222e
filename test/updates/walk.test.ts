/** A visitor comes back after each release, with a new browser each time. */
import { expect } from 'chai';
import { type Site, startSite } from '../helpers/site';
import { deploy, POLICIES, type Policy } from './policies';
import { patchPathsOf, pathsOf, type Release, SHARED, threeReleases, versionsOf } from './releases';
import { fetched, WORKER_READY } from './stage';
import { createVisitor, type Visit, type Visitor } from './visitor';

describe('updates: a visitor who comes back', () => {
  let releases: [Release, Release, Release];
  let site: Site;
  let visitor: Visitor;

  before(async () => {
    releases = await threeReleases();
  });

  beforeEach(async () => {
    site = await startSite();
    visitor = await createVisitor();
  });

  afterEach(async () => {
    await visitor.leave();
    await site.close();
  });

  async function open(release: Release, policy: Policy): Promise<Visit> {
    deploy(site, release, policy);
    return visitor.open(`${site.url}/`);
  }

  for (const [name, policy] of Object.entries(POLICIES) as [string, Policy][]) {
    it(`downloads only what changed, under ${name}`, async () => {
      const [one, two, three] = releases;

      const first = await open(one, policy);
      expect(await first.said(2)).to.deep.equal(['home 1', 'shared 1']);
      await first.ask('part');
      await first.ask('extra');
      expect(await first.said(4)).to.deep.equal(['extra 1', 'home 1', 'part 1', 'shared 1']);
      const used = [...one.bundles.keys()].filter((bundle) => bundle !== 'shop.js');
      await first.stores(versionsOf(one, ...used));
      expect(fetched(site)).to.deep.equal(pathsOf(one, ...used));
      if (policy.worker) await first.page.evaluate(WORKER_READY);
      expect(first.problems).to.deep.equal([]);

      await visitor.restart();
      const second = await open(two, policy);
      expect(await second.said(2)).to.deep.equal(['home 1', 'shared 2']);
      expect(fetched(site)).to.deep.equal(patchPathsOf(two, SHARED));
      await second.ask('part');
      await second.ask('extra');
      expect(await second.said(4)).to.deep.equal(['extra 1', 'home 1', 'part 2', 'shared 2']);
      expect(fetched(site)).to.deep.equal(patchPathsOf(two, 'part.js'));
      expect(second.problems).to.deep.equal([]);

      await visitor.restart();
      const again = await open(two, policy);
      expect(await again.said(2)).to.deep.equal(['home 1', 'shared 2']);
      expect(fetched(site)).to.deep.equal([]);
      expect(again.problems).to.deep.equal([]);

      await visitor.restart();
      const third = await open(three, policy);
      expect(await third.said(2)).to.deep.equal(['home 3', 'shared 2']);
      await third.ask('part');
      await third.ask('extra');
      expect(await third.said(4)).to.deep.equal(['extra 3', 'home 3', 'part 3', 'shared 2']);
      expect(fetched(site)).to.deep.equal(patchPathsOf(three, 'home.js', 'part.js', 'extra.js'));
      expect(third.problems).to.deep.equal([]);
      expect(await third.page.evaluate('violations')).to.deep.equal([]);
    });
  }
});
