import { expect } from 'chai';
import type { Packed } from '../helpers/pack';
import { leave, type PackSite, permutations, serve, type Visitor, visit } from './pages';
import { bundleOf, diamond, FORMS, needs, offers, packFiles, says } from './sources';

describe('pages: bundles a visitor downloads', () => {
  let site: PackSite;
  let guest: Visitor;

  afterEach(leave);

  for (const form of FORMS) {
    describe(`of a diamond with ${form}`, () => {
      let packed: Packed;
      /** The bundle of `d`. */
      let shared: string;

      before(async () => {
        packed = await packFiles(diamond(form), ['a.js']);
        shared = bundleOf(packed, 'd.js');
      });

      async function open(delays: Record<string, number> = {}): Promise<void> {
        site = await serve(packed);
        for (const [name, delay] of Object.entries(delays)) site.setBundle(name, { delay });
        guest = await visit(site, 'a');
      }

      it('are four in all', () => {
        expect(packed.metadata.minimal).to.equal(true);
        expect(Object.keys(packed.bundles).sort()).to.deep.equal(['a.js', 'b.js', 'c.js', shared]);
      });

      it('are at first only that of the entry', async () => {
        await open();
        expect(site.fetched()).to.deep.equal(['a.js']);
      });

      for (const [first, second] of [
        ['b', 'c'],
        ['c', 'b'],
      ] as const) {
        it(`are two for ${first}, then one for ${second}, then none`, async () => {
          await open();
          site.forget();
          expect(await guest.ask(first)).to.deep.equal([`${first} here`]);
          expect(site.fetched()).to.deep.equal([`${first}.js`, shared]);
          expect(await guest.ask(second)).to.deep.equal([`${second} here`]);
          expect(site.fetched()).to.deep.equal([`${second}.js`]);
          expect(await guest.ask(first, second)).to.deep.equal([`${first} here`, `${second} here`]);
          expect(site.fetched()).to.deep.equal([]);
          expect(await guest.log()).to.deep.equal(['a', 'd', first, second]);
        });
      }

      it('are shared by two requests at once', async () => {
        await open({ [shared]: 50 });
        site.forget();
        expect(await guest.ask('b', 'c', 'b')).to.deep.equal(['b here', 'c here', 'b here']);
        expect(site.fetched()).to.deep.equal(['b.js', 'c.js', shared]);
        // Chromium makes one download of two script elements at once; other browsers need not.
        expect(await guest.evaluate('elements')).to.equal(4);
      });

      it('all leave at once: no request waits for an answer', async () => {
        await open({ 'b.js': 50, [shared]: 50 });
        site.forget();
        await guest.ask('b');
        const answers = site.requests.map(({ answered }) => answered as number);
        expect(answers).to.have.lengthOf(2);
        for (const { arrived } of site.requests) expect(arrived).to.be.below(Math.min(...answers));
      });

      for (const order of permutations(['b.js', 'c.js', 'd'])) {
        it(`may arrive as ${order.join(', ')}`, async () => {
          const delays = order.map((name, place) => [name === 'd' ? shared : name, place * 30]);
          await open(Object.fromEntries(delays));
          site.forget();
          expect(await guest.ask('b', 'c')).to.deep.equal(['b here', 'c here']);
          expect(site.fetched()).to.deep.equal(['b.js', 'c.js', shared]);
          expect([...(await guest.log())].sort()).to.deep.equal(['a', 'b', 'c', 'd']);
          expect(guest.uncaught).to.deep.equal([]);
        });
      }
    });

    describe(`of a lazy part that needs what is surely there, with ${form}`, () => {
      const files = {
        'a.js': `${needs(form, 'lib')}${offers(form, 'c')}${says('a', '', form)}`,
        'c.js': says('c', needs(form, 'lib'), form),
        'lib.js': says('lib', '', form),
      };

      it('are two in all, one at a time', async () => {
        const packed = await packFiles(files, ['a.js']);
        expect(Object.keys(packed.bundles).sort()).to.deep.equal(['a.js', 'c.js']);
        site = await serve(packed);
        guest = await visit(site, 'a');
        expect(site.fetched()).to.deep.equal(['a.js']);
        expect(await guest.ask('c')).to.deep.equal(['c here']);
        expect(site.fetched()).to.deep.equal(['c.js']);
        expect(await guest.log()).to.deep.equal(['lib', 'a', 'c']);
      });
    });
  }
});
