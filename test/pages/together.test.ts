import { expect } from 'chai';
import type dynapack from 'dynapack';
import { html, leave, serve, serveNothing, snippets, visit } from './pages';
import { bundleOf, offers, packFiles, says } from './sources';

const LOADERS = ['inline', 'file'] as const;

/** Tags that name the same bundle share a download as far as the browser may keep it. */
const KEPT = { headers: { 'cache-control': 'max-age=600' } };

const SHOP = {
  'home.js': `require('./lib');\n${offers('ensure', 'chat')}${says('home')}`,
  'cart.js': `require('./lib');\n${offers('import()', 'chat')}${says('cart')}`,
  'chat.js': says('chat', "require('./lib');\n"),
  'lib.js': says('lib'),
};

describe('pages: several snippets on one page', () => {
  afterEach(leave);

  for (const loader of LOADERS) {
    const options: dynapack.Options = { loader };
    const pageScripts = loader === 'file' ? ['dynapack-loader.js'] : [];

    describe(`with the loader ${loader === 'file' ? 'in a file' : 'inline'}`, () => {
      it('run all their entries and share downloads and modules', async () => {
        const packed = await packFiles(SHOP, ['home.js', 'cart.js'], options);
        const site = await serve(packed, { bundle: KEPT });
        const guest = await visit(site, 'home', 'cart');
        const shared = bundleOf(packed, 'lib.js');
        expect(site.fetched().filter((name) => !pageScripts.includes(name))).to.deep.equal(
          ['cart.js', 'home.js', shared].sort(),
        );
        expect(await guest.ask('chat')).to.deep.equal(['chat here']);
        expect(site.fetched()).to.deep.equal(['chat.js']);
        expect([...(await guest.log())].sort()).to.deep.equal(['cart', 'chat', 'home', 'lib']);
      });

      it('run an entry once whose snippet is there twice', async () => {
        const packed = await packFiles(SHOP, ['home.js', 'cart.js'], options);
        const site = await serve(packed, { entries: ['home', 'home', 'cart', 'home'], bundle: KEPT });
        const guest = await visit(site, 'home', 'cart');
        await guest.page.waitForLoadState('load');
        await guest.page.waitForTimeout(50);
        const bundles = site.fetched().filter((name) => !pageScripts.includes(name));
        expect(bundles)
          .to.deep.equal([...new Set(bundles)])
          .and.to.have.lengthOf(3);
        expect([...(await guest.log())].sort()).to.deep.equal(['cart', 'home', 'lib']);
        expect(guest.uncaught).to.deep.equal([]);
      });

      it('serve two packs of different names, modules of equal names included', async () => {
        const one = await packFiles(SHOP, ['home.js'], { ...options, prefix: '/one/' });
        const other = {
          'home.js': `require('./lib');\n${offers('ensure', 'talk', './chat')}${says('other home')}`,
          'chat.js': says('other chat', "require('./lib');\n"),
          'lib.js': says('other lib'),
        };
        const two = await packFiles(other, ['home.js'], { ...options, prefix: '/two/', name: 'second' });
        const site = await serveNothing();
        site.add(one, '/one/');
        site.add(two, '/two/');
        site.set('/', html(...snippets(one), ...snippets(two)));
        const guest = await visit(site, 'home', 'other home');
        site.forget();
        expect(await guest.ask('chat', 'talk')).to.deep.equal(['chat here', 'other chat here']);
        expect(site.paths().sort()).to.deep.equal(['/one/chat.js', '/two/chat.js']);
        expect([...(await guest.log())].sort()).to.deep.equal([
          'chat',
          'home',
          'lib',
          'other chat',
          'other home',
          'other lib',
        ]);
      });
    });
  }
});
