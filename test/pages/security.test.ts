import { expect } from 'chai';
import type dynapack from 'dynapack';
import {
  html,
  leave,
  type PackSite,
  serve,
  serveNothing,
  snippets,
  type Visitor,
  visit,
  visitor,
} from './pages';
import { diamond, packFiles } from './sources';

interface Case {
  name: string;
  policy?: string;
  options?: dynapack.Options;
  scripts?: dynapack.ScriptsOptions;
}

const NONCE = "script-src 'nonce-abc'; default-src 'none'; connect-src 'none'";
const SELF = "script-src 'self'; default-src 'none'; connect-src 'none'";

const WORKING: Case[] = [
  { name: 'a policy with a nonce', policy: NONCE, scripts: { nonce: 'abc' } },
  {
    name: 'a policy with a nonce, and integrity',
    policy: NONCE,
    scripts: { nonce: 'abc', integrity: true, crossorigin: 'anonymous' },
  },
  {
    name: 'a policy with a nonce, and preloads',
    policy: NONCE,
    scripts: { nonce: 'abc', preload: true },
  },
  {
    name: 'a policy with a nonce, and the loader in a file',
    policy: NONCE,
    options: { loader: 'file' },
    scripts: { nonce: 'abc' },
  },
  {
    name: 'a policy with strict-dynamic',
    policy: `${NONCE}; script-src-elem 'nonce-abc' 'strict-dynamic'`,
    scripts: { nonce: 'abc' },
  },
  {
    name: "a policy of 'self' and no nonce, with the loader in a file",
    policy: SELF,
    options: { loader: 'file' },
  },
  {
    name: "a policy of 'self', with the loader in a file, integrity and preloads",
    policy: SELF,
    options: { loader: 'file' },
    scripts: { integrity: true, crossorigin: 'anonymous', preload: true },
  },
  { name: 'integrity and crossorigin', scripts: { integrity: true, crossorigin: 'anonymous' } },
  { name: 'integrity alone', scripts: { integrity: true } },
  { name: 'crossorigin with credentials', scripts: { crossorigin: 'use-credentials' } },
];

const HINTS: Case[] = [
  { name: 'alone' },
  { name: 'with integrity', scripts: { integrity: true } },
  { name: 'with crossorigin', scripts: { crossorigin: 'anonymous' } },
  { name: 'with integrity and crossorigin', scripts: { integrity: true, crossorigin: 'anonymous' } },
  {
    name: 'with integrity, crossorigin and the loader in a file',
    options: { loader: 'file' },
    scripts: { integrity: true, crossorigin: 'anonymous' },
  },
];

/** A page that starts with two bundles, and may ask for more. */
const FILES = {
  ...diamond('ensure'),
  'z.js': "require('./d');\nlog.push('z');\n",
  'a.js': `require('./e');\n${diamond('ensure')['a.js']}`,
  'y.js': "require('./e');\nlog.push('y');\n",
  'e.js': "log.push('e');\n",
};

describe('pages: what a careful site asks for', () => {
  let site: PackSite;
  let guest: Visitor;

  afterEach(leave);

  for (const { name, policy, options, scripts } of WORKING) {
    it(`works with ${name}`, async () => {
      const packed = await packFiles(diamond('ensure'), ['a.js'], options, scripts);
      site = await serve(
        packed,
        policy === undefined ? {} : { headers: { 'content-security-policy': policy } },
      );
      guest = await visit(site, 'a');
      expect(await guest.ask('b', 'c')).to.deep.equal(['b here', 'c here']);
      const fetched = site.fetched();
      expect(fetched).to.deep.equal(Object.keys(packed.bundles).sort());
      expect(await guest.violations()).to.deep.equal([]);
      expect(guest.complaints).to.deep.equal([]);
      expect(guest.uncaught).to.deep.equal([]);
    });
  }

  it('is refused without the nonce: the policies above mean something', async () => {
    const packed = await packFiles(diamond('ensure'), ['a.js']);
    site = await serve(packed, { headers: { 'content-security-policy': NONCE } });
    guest = await visitor();
    await guest.open(`${site.url}/`);
    await guest.until('violations.length');
    expect(site.fetched()).to.deep.equal([]);
  });

  describe('integrity', () => {
    const scripts: dynapack.ScriptsOptions = { integrity: true, crossorigin: 'anonymous' };

    it('refuses a tampered lazy bundle and says so, by its name', async () => {
      const packed = await packFiles(diamond('ensure'), ['a.js'], {}, scripts);
      site = await serve(packed);
      site.setBundle('b.js', { body: `${packed.bundles['b.js']}log.push('evil');` });
      guest = await visit(site, 'a');
      const [b, c] = await guest.ask('b', 'c');
      expect(b).to.match(/^LoadError: .*\bb\.js\b/);
      expect(c).to.equal('c here');
      expect(await guest.log()).to.deep.equal(['a', 'd', 'c']);
      expect(guest.uncaught).to.deep.equal([]);
    });

    it('refuses a tampered initial bundle, which is an uncaught error with its name', async () => {
      const packed = await packFiles(diamond('ensure'), ['a.js'], {}, scripts);
      site = await serve(packed);
      site.setBundle('a.js', { body: `${packed.bundles['a.js']}log.push('evil');` });
      guest = await visit(site);
      for (let count = 0; count < 300 && guest.uncaught.length === 0; count++) {
        await guest.page.waitForTimeout(10);
      }
      expect(guest.uncaught).to.have.lengthOf(1);
      expect(guest.uncaught[0]).to.match(/\ba\.js\b/);
      expect(await guest.log()).to.deep.equal([]);
    });
  });

  for (const { name, options, scripts } of HINTS) {
    describe(`hints ${name}`, () => {
      it('that preload download no bundle twice', async () => {
        const packed = await packFiles(FILES, ['a.js', 'y.js', 'z.js'], options, {
          ...scripts,
          preload: true,
        });
        const start = packed.metadata.entries.a as string[];
        expect(start).to.have.lengthOf(2);
        site = await serve(packed, { entries: ['a'] });
        guest = await visit(site, 'a');
        await guest.page.waitForTimeout(50);
        const initial = site.fetched().filter((bundle) => bundle !== 'dynapack-loader.js');
        expect(initial).to.deep.equal([...start].sort());
        expect(guest.complaints).to.deep.equal([]);
      });

      it('that prefetch download before they are asked for, and no bundle twice', async () => {
        const packed = await packFiles(diamond('ensure'), ['a.js'], options, { ...scripts, prefetch: true });
        site = await serve(packed, { bundle: { headers: { 'cache-control': 'max-age=600' } } });
        guest = await visit(site, 'a');
        const all = Object.keys(packed.bundles).sort();
        for (let count = 0; count < 300 && site.paths('.js').length < all.length; count++) {
          await guest.page.waitForTimeout(10);
        }
        await guest.page.waitForTimeout(50);
        expect(site.fetched()).to.deep.equal(all);
        expect(await guest.log()).to.deep.equal(['a']);
        expect(await guest.ask('b', 'c')).to.deep.equal(['b here', 'c here']);
        expect(site.fetched()).to.deep.equal([]);
        expect(guest.complaints).to.deep.equal([]);
      });
    });
  }

  describe('bundles from another origin', () => {
    for (const [name, scripts] of [
      ['without crossorigin', {}],
      ['with crossorigin', { crossorigin: 'anonymous' }],
      [
        'with crossorigin, integrity and hints',
        { crossorigin: 'anonymous', integrity: true, preload: true, prefetch: true },
      ],
    ] as [string, dynapack.ScriptsOptions][]) {
      for (const loader of ['inline', 'file'] as const) {
        it(`work ${name}, the loader ${loader === 'file' ? 'being one of them' : 'inline'}`, async () => {
          const cdn = await serveNothing();
          const prefix = `${cdn.url}/js/`;
          const packed = await packFiles(diamond('import()'), ['a.js'], { prefix, loader }, scripts);
          const headers = { 'access-control-allow-origin': '*', 'cache-control': 'max-age=600' };
          cdn.add(packed, prefix, { headers });
          site = await serveNothing();
          site.set('/', html(...snippets(packed)));
          guest = await visit(site, 'a');
          expect(await guest.ask('b', 'c')).to.deep.equal(['b here', 'c here']);
          expect(site.paths()).to.deep.equal(['/']);
          const modes = new Set(cdn.requests.map(({ headers: sent }) => sent['sec-fetch-mode']));
          expect([...modes]).to.deep.equal([scripts.crossorigin ? 'cors' : 'no-cors']);
          expect(cdn.fetched()).to.deep.equal(Object.keys(packed.bundles).sort());
          expect(guest.complaints).to.deep.equal([]);
        });
      }
    }
  });
});
