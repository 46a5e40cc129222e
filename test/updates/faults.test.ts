/** Whatever goes wrong with an update, the page runs: at worst, it downloads its bundles. */
import { expect } from 'chai';
import type { Reply } from '../helpers/site';
import { deploy, pageOf } from './policies';
import { patchPathsOf, pathsOf, type Release, SHARED, versionsOf } from './releases';
import { fetched, MODES, setStage } from './stage';
import type { Visit } from './visitor';

/** How a patch can be wrong. Each gives what the server answers, given the right patch. */
const WRONG_PATCHES: Record<string, (patch: string) => Reply> = {
  'is empty': () => ({ body: '' }),
  'is a page that says why there is none': () => ({ body: '<!doctype html><p>Sorry', type: 'text/html' }),
  'has another letter in its text': (patch) => ({ body: `${patch.slice(0, -1)}#` }),
  'has another number in its columns': (patch) => ({ body: patch.replace(/\n(\d*)([a-y])/, '\n1$1$2') }),
  'asks for more than there can be': (patch) => ({ body: `${patch.slice(0, 30)}a\n99999999a\naa\n` }),
  'is of a version that this loader does not know': (patch) => ({ body: patch.replace(/^./, '3') }),
  'is for another base': (patch) => ({ body: patch.replace(/\n.*\n/, '\nc\n') }),
  'is huge': (patch) => ({ body: patch + 'x'.repeat(20_000_000) }),
  'breaks off in transfer': () => ({ fail: true }),
  'is cut off': (patch) => ({ body: patch.slice(0, -5) }),
  'is missing': () => ({ status: 404, body: 'Not found', type: 'text/plain' }),
};

describe('updates: when something goes wrong', () => {
  const stage = setStage();

  for (const [mode, policy] of Object.entries(MODES)) {
    describe(`in mode ${mode}`, () => {
      let one: Release;
      let two: Release;
      let three: Release;

      before(() => {
        [one, two, three] = stage.releases;
      });

      beforeEach(() => stage.visitFirst(policy));

      // What is done with a patch is the same in both modes.
      const wrongPatches = Object.entries(WRONG_PATCHES).slice(policy.worker ? -2 : 0);
      for (const [name, wrong] of wrongPatches) {
        it(`the bundle is downloaded when the patch ${name}`, async () => {
          deploy(stage.site, two, policy);
          const [path] = patchPathsOf(two, SHARED) as [string];
          stage.site.set(path, wrong(two.patches.get(path) as string));
          const visit = await stage.visitor.open(stage.site.url);
          expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
          expect(fetched(stage.site)).to.deep.equal([path, ...pathsOf(two, SHARED)]);
          // Nothing wrong was stored or run, which the browser would have complained about.
          expect(visit.problems.filter((problem) => problem.includes('integrity'))).to.deep.equal([]);
          // What has come by its url can be updated next time.
          await visit.stores(versionsOf(two, SHARED));
        });
      }

      for (const [name, reply] of Object.entries({
        'does not come': (): Reply => ({ delay: 20_000 }),
        'stops on its way': (body: string): Reply => ({ body, stall: true }),
      })) {
        it(`the bundle is downloaded when the patch ${name}, after the time that patches have`, async () => {
          deploy(stage.site, two, policy);
          const page = pageOf(two, 'home', policy);
          const body = String(page.body).replace('"e":', '"u":0.5,"e":');
          stage.site.set('/', { ...page, body });
          const [path] = patchPathsOf(two, SHARED) as [string];
          stage.site.set(path, reply(two.patches.get(path) as string));
          const visit = await stage.visitor.open(stage.site.url);
          expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
          expect(fetched(stage.site)).to.deep.equal([path, ...pathsOf(two, SHARED)]);
        });
      }

      /** Damages the text of what all pages share in the store, and opens the page of the second release. */
      async function openDamaged(damaged: Release): Promise<Visit> {
        stage.site.set('/empty', { body: '<!doctype html>', type: 'text/html' });
        const { page } = await stage.visitor.open(`${stage.site.url}/empty`);
        await page.evaluate(`caches.open('dynapack').then(async (store) => {
          const address = location.origin + '/dynapack/${versionsOf(damaged, SHARED)}';
          const entry = await store.match(address);
          const text = await entry.text();
          await store.put(address, new Response(text.replace('self', 'sell'), entry));
        })`);
        return stage.open(two, policy);
      }

      it('the bundle is downloaded when an old text is damaged', async () => {
        const visit = await openDamaged(one);
        expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
        expect(fetched(stage.site)).to.deep.equal([...patchPathsOf(two, SHARED), ...pathsOf(two, SHARED)]);
      });

      it('the bundle is downloaded once when what a patch has made is damaged', async () => {
        await (await stage.open(two, policy)).said(2);
        stage.site.forget();
        const visit = await openDamaged(two);
        expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
        await visit.stores(versionsOf(two, SHARED));
        expect(fetched(stage.site)).to.deep.equal(pathsOf(two, SHARED));
        const again = await stage.visitor.open(stage.site.url);
        expect(await again.said(2)).to.deep.equal(['home 1', 'shared 2']);
        expect(fetched(stage.site)).to.deep.equal([]);
        expect(again.problems).to.deep.equal([]);
      });

      it('three tabs update at once', async () => {
        deploy(stage.site, three, policy);
        const visits = await Promise.all([1, 2, 3].map(() => stage.visitor.open(stage.site.url)));
        for (const visit of visits) {
          expect(await visit.said(2)).to.deep.equal(['home 3', 'shared 2']);
          expect(visit.problems).to.deep.equal([]);
        }
        expect(fetched(stage.site)).to.include.members(patchPathsOf(three, 'home.js', SHARED));
        expect(fetched(stage.site).filter((path) => path.endsWith('.js'))).to.deep.equal([]);
      });

      it('an older page after a newer one runs what it was made for, and then a newer one does', async () => {
        expect(await (await stage.open(two, policy)).said(2)).to.deep.equal(['home 1', 'shared 2']);
        expect(await (await stage.open(one, policy)).said(2)).to.deep.equal(['home 1', 'shared 1']);
        expect(await (await stage.open(three, policy)).said(2)).to.deep.equal(['home 3', 'shared 2']);
        expect(fetched(stage.site)).to.deep.equal(
          [...patchPathsOf(two, SHARED), ...patchPathsOf(three, 'home.js')].sort(),
        );
      });

      /** Opens the first release once more, and loads what is loaded later. */
      async function visitPart(): Promise<void> {
        const visit = await stage.open(one, policy);
        await visit.ask('part');
        await visit.stores(versionsOf(one, 'part.js'));
        stage.site.forget();
      }

      it('a bundle that is asked for three times while it is updated is updated once', async () => {
        await visitPart();
        const visit = await stage.open(two, policy);
        await visit.said(2);
        await Promise.all([visit.ask('part'), visit.ask('part'), visit.ask('part')]);
        expect(await visit.said(3)).to.deep.equal(['home 1', 'part 2', 'shared 2']);
        expect(fetched(stage.site)).to.deep.equal(patchPathsOf(two, SHARED, 'part.js'));
      });

      it('a bundle that cannot be had at all is the usual error; asked for again, it is updated', async () => {
        await visitPart();
        deploy(stage.site, two, policy);
        const [path] = pathsOf(two, 'part.js') as [string];
        for (const lost of [path, ...patchPathsOf(two, 'part.js')]) stage.site.set(lost, { fail: true });
        const visit = await stage.visitor.open(stage.site.url);
        await visit.said(2);
        const error = 'new Promise((resolve) => offers.part((error) => resolve(String(error))))';
        expect(await visit.page.evaluate(error)).to.equal(`LoadError: Cannot load ${stage.site.url}${path}`);
        deploy(stage.site, two, policy);
        stage.site.forget();
        await visit.ask('part');
        expect(await visit.said(3)).to.deep.equal(['home 1', 'part 2', 'shared 2']);
        expect(fetched(stage.site)).to.deep.equal(patchPathsOf(two, 'part.js'));
      });

      it('what is stored runs when the server and the HTTP cache have nothing any more', async () => {
        await (await stage.open(two, policy)).said(2);
        const lost = [one, two].flatMap((release) => pathsOf(release, ...release.bundles.keys()));
        for (const path of [...lost, ...patchPathsOf(two, SHARED)]) stage.site.set(path, { fail: true });
        const { cdp } = await stage.visitor.tools();
        await cdp.send('Network.clearBrowserCache');
        const visit = await stage.visitor.open(stage.site.url);
        expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
      });

      it('a store that is cleared between a look and its use is no store', async () => {
        await stage.prepare(`
          const match = Cache.prototype.match;
          Cache.prototype.match = async function (address) {
            for (const request of await this.keys()) await this.delete(request);
            return match.call(this, address);
          };
        `);
        const visit = await stage.open(two, policy);
        expect(await visit.said(2)).to.deep.equal(['home 1', 'shared 2']);
        expect(fetched(stage.site)).to.include.members(pathsOf(two, SHARED));
      });
    });
  }
});
