import { expect } from 'chai';
import type dynapack from 'dynapack';
import { leave, serve, visit } from './pages';
import { offers, packFiles, says } from './sources';

/** Names of files, which make names of entries, of bundles and with `debug` of modules. */
const FILES = [
  'a b',
  'ünï',
  'u\u0308ni\u0308 2',
  `x'y"z`,
  '<!--<script>',
  '<script>alert(1)<',
  '50%',
  '%41%2F',
  'q?#',
  'a&amp;b',
  'back\\slash',
  'line\u2028end\u2029',
  '日本語',
  '😀',
  '__proto__',
  'constructor',
  '${x}`$&$1',
  '-',
  "');alert(1);('",
];

const PREFIXES = [
  '/j"s/',
  '/a&b&amp;c/',
  "/it's/",
  '/</script><script>alert(1)//',
  '/<!--<script>/',
  '/a b/\u2028/',
  '/50%25/',
];

const OPTIONS: [string, dynapack.Options, dynapack.ScriptsOptions][] = [
  ['by default', {}, {}],
  ['with readable ids', { debug: true }, {}],
  ['with the loader in a file', { loader: 'file' }, {}],
  ['with readable ids and the loader in a file', { debug: true, loader: 'file' }, {}],
  ['with integrity and hints', {}, { integrity: true, preload: true, prefetch: true }],
];

describe('pages: names that mean something to HTML, URLs or scripts', () => {
  afterEach(leave);

  /** A page with an entry and a lazy part both of the given name, and nothing more on it than that. */
  async function expectFine(
    name: string,
    prefix: string,
    options: dynapack.Options,
    scripts: dynapack.ScriptsOptions,
  ): Promise<void> {
    const lazy = /[?#%\\]/.test(name) ? 'plain' : name;
    const files = {
      [`${name}.js`]: `${offers('ensure', 'lazy', `./lazy/${lazy}`)}${says('entry')}`,
      [`lazy/${lazy}.js`]: says('lazy'),
    };
    const packed = await packFiles(files, [`${name}.js`], { prefix, ...options }, scripts);
    expect(Object.keys(packed.metadata.entries)).to.deep.equal([name]);
    const site = await serve(packed, { prefix, entries: [name] });
    const guest = await visit(site, 'entry');
    expect(await guest.ask('lazy')).to.deep.equal(['lazy here']);
    expect(await guest.log()).to.deep.equal(['entry', 'lazy']);
    expect(await guest.page.title()).to.equal('Page');
    expect(await guest.evaluate('document.body.innerText.trim()')).to.equal('');
    expect(guest.dialogs).to.deep.equal([]);
    expect(guest.uncaught).to.deep.equal([]);
    const inline = await guest.evaluate<number>('document.querySelectorAll("script:not([src])").length');
    expect(inline).to.equal(options.loader === 'file' ? 0 : 1);
    expect(new Set(site.fetched())).to.deep.equal(new Set(Object.keys(packed.bundles)));
  }

  for (const [how, options, scripts] of OPTIONS) {
    for (const name of FILES) {
      it(`an entry called ${JSON.stringify(name)} loads ${how}`, () =>
        expectFine(name, '/', options, scripts));
    }
    for (const prefix of PREFIXES) {
      it(`bundles under ${JSON.stringify(prefix)} load ${how}`, () =>
        expectFine('main', prefix, options, scripts));
    }
  }
});
