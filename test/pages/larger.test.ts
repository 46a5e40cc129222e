import { expect } from 'chai';
import type dynapack from 'dynapack';
import type { Packed } from '../helpers/pack';
import { leave, serve, visit } from './pages';
import { bundleOf, FORMS, needs, offers, packFiles, says } from './sources';

const filler = `/* ${'x'.repeat(9000)} */\n`;

describe('pages: bundles that are merged', () => {
  afterEach(leave);

  for (const form of FORMS) {
    describe(`with ${form}`, () => {
      /** A diamond, and a small part that the first of its parts offers. */
      const files = {
        'a.js': `${offers(form, 'b')}${offers(form, 'c')}${says('a', '', form)}${filler}`,
        'b.js': `${offers(form, 'e')}${says('b', needs(form, 'd'), form)}${filler}`,
        'c.js': says('c', needs(form, 'd') + needs(form, 'f'), form) + filler,
        'd.js': says('d', '', form),
        'e.js': says('e', needs(form, 'f'), form),
        'f.js': says('f', '', form) + filler,
      };

      const open = async (split?: dynapack.SplitOptions) => {
        const packed = await packFiles(files, ['a.js'], split && { split });
        const site = await serve(packed);
        return { packed, site, guest: await visit(site, 'a') };
      };

      /** What a visitor fetches who asks for all parts, one after the other. */
      async function walk(split?: dynapack.SplitOptions): Promise<{ packed: Packed; fetched: string[] }> {
        const { packed, site, guest } = await open(split);
        for (const name of ['b', 'e', 'c']) expect(await guest.ask(name)).to.deep.equal([`${name} here`]);
        expect(await guest.log()).to.deep.equal(['a', 'd', 'b', 'f', 'e', 'c']);
        expect(guest.uncaught).to.deep.equal([]);
        const fetched = site.fetched();
        expect(new Set(fetched).size).to.equal(fetched.length);
        return { packed, fetched };
      }

      it('are fetched in fewer files, each once, and run when they are asked for', async () => {
        const fewest = await walk();
        await leave();
        const larger = await walk({ requestCost: 1000 });
        expect(larger.fetched.length).to.be.lessThan(fewest.fetched.length);
        expect(bundleOf(larger.packed, 'd.js')).to.equal('a.js');
        expect(bundleOf(larger.packed, 'e.js')).to.equal(bundleOf(larger.packed, 'f.js'));
        expect(larger.packed.metadata.price?.overfetch.most).to.be.greaterThan(0);
      });

      it('are not held up by groups, which are fetched with what needs them', async () => {
        const { packed, fetched } = await walk({ requestCost: 1000, groups: { shared: /\/[df]\.js$/ } });
        for (const file of ['d.js', 'f.js']) {
          expect(bundleOf(packed, file)).to.match(/^shared-/);
          expect(fetched).to.include(bundleOf(packed, file));
        }
        const { site, guest } = await open({ groups: { shared: /\/[df]\.js$/ } });
        site.forget();
        await guest.ask('b');
        expect(site.fetched()).to.deep.equal(['b.js', bundleOf(packed, 'd.js')]);
      });

      it('are fetched once by two requests at once', async () => {
        const { site, guest } = await open({ requestCost: 1000 });
        site.forget();
        expect(await guest.ask('b', 'c', 'b')).to.deep.equal(['b here', 'c here', 'b here']);
        const fetched = site.fetched();
        expect(new Set(fetched).size).to.equal(fetched.length);
      });
    });
  }
});
