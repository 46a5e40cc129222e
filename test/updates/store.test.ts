/** The store does not grow with the releases. */
import { expect } from 'chai';
import { makeRelease, type Release, SHARED, sources, versionsOf } from './releases';
import { PAGE, setStage } from './stage';
import { STORED, until } from './visitor';

describe('updates: the store', () => {
  const stage = setStage();

  it('holds two versions of each bundle after ten releases', async () => {
    const history: Release[] = [];
    for (let number = 1; number <= 10; number++) {
      // What everybody needs changes each time, the page itself every third time.
      const files = sources({
        home: Math.floor(number / 3),
        shop: 1,
        shared: number,
        part: number,
        extra: 1,
      });
      const release = await makeRelease(files, history.slice(0, 3));
      history.unshift(release);
      const visit = await stage.open(release, PAGE);
      expect(await visit.said(2)).to.include(`shared ${number}`);
      await visit.ask('part');
      await visit.stores(versionsOf(release, 'home.js', SHARED, 'part.js'));
      // Two versions each of three bundles.
      await until<string[]>(visit.page, STORED, ({ length }) => length <= 6);
      await visit.page.close();
    }
    const visit = await stage.visitor.open(stage.site.url);
    const [last, previous] = history as [Release, Release];
    const stored = await visit.page.evaluate<string[]>(STORED);
    expect(stored).to.include.members(versionsOf(last, 'home.js', SHARED, 'part.js'));
    expect(stored).to.include.members(versionsOf(previous, SHARED, 'part.js'));
    expect(stored).to.have.length.within(5, 6);
  });

  it('is bounded: what has not been used for longest goes first', async () => {
    await stage.visitFirst(PAGE);
    stage.site.set('/empty', { body: '<!doctype html>', type: 'text/html' });
    const { page } = await stage.visitor.open(`${stage.site.url}/empty`);
    // Bundles of 20 million characters, as far as the store is told.
    await page.evaluate(`caches.open('dynapack').then(async (store) => {
      for (const name of ['oldest-----', 'middle-----', 'newest-----']) {
        const facts = name + ' dynapack%2F' + name + ' 20000000 ';
        await store.put(location.origin + '/dynapack/' + name, new Response('', { headers: { dynapack: facts } }));
      }
    })`);
    const visit = await stage.open(stage.releases[1], PAGE);
    await visit.stores(versionsOf(stage.releases[1], 'home.js', SHARED));
    const stored = await until<string[]>(visit.page, STORED, (found) => !found.includes('oldest-----'));
    expect(stored).to.include.members(['middle-----', 'newest-----']);
  });
});
