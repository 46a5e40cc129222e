/** `bench/app`, a real application of large packages: built, served, and every page opened in Chromium. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import type { Engine } from '../helpers/engine';
import { describeInEngines, OTHER_ENGINES } from '../helpers/engines';
import { type Packed, pack } from '../helpers/pack';
import { type Site, startSite } from '../helpers/site';
import { PAGES, type Step } from './pages';
import { follow, leave, open, walk } from './visits';

const app = resolve(__dirname, '../../bench/app');

/** Modules that are fetched only when something is clicked on a page. */
const LATER: Record<string, string> = { calendar: 'node_modules/date-fns/locale.js' };

function install(): void {
  const parameters = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  execFileSync('npm', parameters, { cwd: app, stdio: 'pipe' });
}

/** As sites have it: without what nobody needs, and minified. */
const packApp = (): Promise<Packed> =>
  pack([join(app, 'src/main.js')], { root: app, prefix: '/js/', env: { NODE_ENV: 'production' } }, (stream) =>
    stream.pipe(stream.minify()),
  );

/** The page that all of the app is shown in, with the entry's snippet. */
function html({ scripts }: Packed): string {
  const page = readFileSync(join(app, 'index.html'), 'utf8');
  return page.replace('<!-- scripts -->', () => scripts['main.html'] as string);
}

/** Serves what a build made. */
function serve(packed: Packed): Promise<Site> {
  const bundles = Object.entries(packed.bundles).map(([name, text]) => [`/js/${name}`, text]);
  return startSite({ '/': html(packed), ...Object.fromEntries(bundles) });
}

describe('bench/app', function () {
  this.timeout(240_000);
  let packed: Packed;
  let site: Site;

  before(async () => {
    install();
    packed = await packApp();
    site = await serve(packed);
  });

  beforeEach(() => site.forget());
  afterEach(leave);
  after(() => site?.close());

  /** Names of the bundles that were fetched, in alphabetical order, each as often as it was. */
  const fetched = (): string[] =>
    site
      .paths('.js')
      .map((path) => decodeURIComponent(path.slice('/js/'.length)))
      .sort();

  /** Names of the bundles that a module has when it runs. */
  function bundlesOf(file: string): string[] {
    const { modules, roots } = packed.metadata;
    const id = Object.keys(modules).find((key) => modules[key] === join(app, file));
    return roots[id as string] as string[];
  }

  /** Names of the bundles that visitors need who see these pages, in alphabetical order. */
  function needed(...names: string[]): string[] {
    const files = names.flatMap((name) => [`src/pages/${name}.js`, LATER[name] ?? []].flat());
    return [...new Set([...bundlesOf('src/main.js'), ...files.flatMap(bundlesOf)])].sort();
  }

  it('has about 2,000 of its 4,500 modules, each in exactly one bundle, and no fewer bundles are possible', () => {
    const { modules, bundles, minimal } = packed.metadata;
    expect(Object.keys(modules).length).to.be.within(1_500, 2_500);
    expect(Object.values(bundles).flat().sort()).to.deep.equal(Object.values(modules).sort());
    expect(minimal).to.equal(true);
  });

  it('starts without any page', async () => {
    const visitor = await open(`${site.url}/`);
    await walk(visitor, [{ shows: { main: 'An allotment in 9 pages', 'nav a': 9 } }]);
    const names = fetched();
    expect(names).to.deep.equal(needed());
    const modules = names.flatMap((name) => packed.metadata.bundles[name] ?? []);
    expect(modules.filter((path) => path.startsWith(join(app, 'src/pages/')))).to.deep.equal([]);
    expect(modules).to.include(join(app, 'src/pages.js'));
    expect(visitor.problems).to.deep.equal([]);
  });

  for (const [name, steps] of Object.entries(PAGES)) {
    it(`shows ${name}, and fetches exactly what it needs`, async () => {
      const visitor = await open(`${site.url}/#${name}`);
      await walk(visitor, steps);
      expect(visitor.problems).to.deep.equal([]);
      expect(fetched()).to.deep.equal(needed(name));
    });
  }

  describeInEngines('in other engines', describePages, { engines: OTHER_ENGINES });

  /** Shows what there is before anything is clicked. */
  function describePages(engine: Engine): void {
    for (const [name, [first]] of Object.entries(PAGES)) {
      const { shows, click, type } = first as Step;
      const expected = Object.entries(click || type ? { 'main h1': 1 } : shows);
      it(`shows ${name}, and fetches exactly what it needs`, async () => {
        const visitor = await engine.visitor();
        const tab = await visitor.open(`${site.url}/#${name}`);
        for (const [selector, shown] of expected) {
          const found = `[...document.querySelectorAll(${JSON.stringify(selector)})]`;
          await tab.until(
            typeof shown === 'number'
              ? `${found}.length === ${shown}`
              : `${found}.some((element) => element.textContent.includes(${JSON.stringify(shown)}))`,
          );
        }
        if (!click && LATER[name] === undefined) expect(fetched()).to.deep.equal(needed(name));
        await visitor.leave();
      });
    }
  }

  it('shows all pages in one visit, forwards and backwards, and fetches nothing twice', async () => {
    const visitor = await open(`${site.url}/`);
    const names = Object.keys(PAGES);
    for (const name of names) {
      await follow(visitor, `nav a[href="#${name}"]`);
      await walk(visitor, PAGES[name] ?? []);
    }
    for (const name of [...names].reverse()) {
      await follow(visitor, `nav a[href="#${name}"]`);
      await walk(visitor, [{ shows: { 'nav a[aria-current]': 1, 'main h1': 1 } }]);
    }
    expect(visitor.problems).to.deep.equal([]);
    expect(fetched()).to.deep.equal(needed(...names));
  });
});
