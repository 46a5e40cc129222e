import { expect } from 'chai';
import type dynapack from 'dynapack';
import type { ProjectFiles } from '../helpers/project';
import { leave, serve, visit } from './pages';
import { offers, packFiles, packRenamed, says } from './sources';

/** Names of files, which make names of entries, of bundles and with `debug` of modules. */
const NAMES = [
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
  '$\u007bx}`$&$1',
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
  [
    'with all of that, integrity and hints',
    { debug: true, loader: 'file' },
    { integrity: true, preload: true, prefetch: true },
  ],
];

/** A question mark begins a query in the specifiers of many tools: lazy parts have other names. */
const lazyName = (name: string): string => name.replaceAll('?', '!');

/** For each name, an entry and a lazy part. */
const filesOf = (names: readonly string[]): ProjectFiles =>
  Object.fromEntries(
    names.flatMap((name, index) => [
      [
        `${name}.js`,
        `${offers('ensure', `${index}`, `./lazy/${lazyName(name)}.js`)}${says(`entry ${index}`)}`,
      ],
      [`lazy/${lazyName(name)}.js`, says(`lazy ${index}`)],
    ]),
  );

describe('pages: names that mean something to HTML, URLs or scripts', () => {
  afterEach(leave);

  /** A page with all these entries, which ask for their lazy parts, and nothing more on it than that. */
  async function expectFine(
    names: readonly string[],
    prefix: string,
    options: dynapack.Options,
    scripts: dynapack.ScriptsOptions,
  ): Promise<void> {
    const files = names.map((name) => `${name}.js`);
    const packed = await packFiles(filesOf(names), files, { prefix, ...options }, scripts);
    expect(Object.keys(packed.metadata.entries).sort()).to.deep.equal([...names].sort());
    const site = await serve(packed, { prefix });
    const guest = await visit(site, ...names.map((_, index) => `entry ${index}`));
    const parts = names.map((_, index) => `${index}`);
    expect(await guest.ask(...parts)).to.deep.equal(parts.map((part) => `lazy ${part} here`));
    expect(await guest.log()).to.have.lengthOf(2 * names.length);
    expect(await guest.page.title()).to.equal('Page');
    expect(await guest.evaluate('document.body.innerText.trim()')).to.equal('');
    expect(guest.dialogs).to.deep.equal([]);
    expect(guest.uncaught).to.deep.equal([]);
    const inline = await guest.evaluate('document.querySelectorAll("script:not([src])").length');
    expect(inline).to.equal(options.loader === 'file' ? 0 : names.length);
    expect(new Set(site.fetched())).to.deep.equal(new Set(Object.keys(packed.bundles)));
  }

  it('load when bundles are served under them', async () => {
    for (const name of NAMES.filter((found) => !found.includes('\\'))) {
      const files = { 'main.js': `${offers('ensure', 'lazy')}${says('main')}`, 'lazy.js': says('lazy') };
      const packed = await packRenamed(files, ['main.js'], (bundle) => `${name}/${name}-${bundle}`);
      const site = await serve(packed);
      const guest = await visit(site, 'main');
      expect(await guest.ask('lazy')).to.deep.equal(['lazy here']);
      expect(site.fetched()).to.deep.equal([`${name}/${name}-lazy.js`, `${name}/${name}-main.js`]);
      expect(guest.dialogs).to.deep.equal([]);
      await leave();
    }
  });

  for (const [how, options, scripts] of OPTIONS) {
    it(`load ${how} when entries and lazy parts have them`, () => expectFine(NAMES, '/', options, scripts));

    for (const prefix of PREFIXES) {
      it(`load ${how} under ${JSON.stringify(prefix)}`, () => expectFine(['main'], prefix, options, scripts));
    }
  }
});
