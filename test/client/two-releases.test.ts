/** A page that comes to hold what two releases have left: a click that brings the next release's snippet, two applications. */
import { expect } from 'chai';
import { type LoaderConfig, loader } from '#client';
import { describeInEngines } from '../helpers/engines';
import { type Site, startSite } from '../helpers/site';
import { bundle, config, html, snippet, type Visit, visit } from './fixtures';

/** A module that says in which release it is, and what else it does. */
const module = (id: string, release: number, more = ''): string => `log.push('${id} ${release}'); ${more}`;

/** What a release serves, named after its contents. */
function filesOf(release: number, shared: string): Record<string, string> {
  const needs = "require('S');";
  return {
    [`/js/home-${release}.js`]: bundle('home', { H: module('home', release, needs) }),
    [`/js/shop-${release}.js`]: bundle('shop', {
      P: module('shop', release, `${needs} self.req = require;`),
    }),
    [`/js/part-${release}.js`]: bundle('part', { L: module('part', release, needs) }),
    [`/js/${shared}`]: bundle('shared', {
      S: shared === 'shared-1.js' ? module('shared', 1) : module('shared', 2),
      T: '',
    }),
  };
}

/** The config of an entry. */
function configOf(entry: 'home' | 'shop', release: number, shared: string): LoaderConfig {
  const [id, ...others] = entry === 'home' ? ['H', 'P'] : ['P', 'H'];
  expect(others).to.have.lengthOf(1);
  return config({
    b: [
      [entry, `${entry}-${release}.js`],
      ['shared', shared],
      ['part', `part-${release}.js`],
    ],
    r: { [id as string]: [0, 1], L: [2, 1] },
    e: id as string,
  });
}

/** In the page: what a click brings, whose page is of another release. */
const click = (next: LoaderConfig): string => `(function () {
  var script = document.createElement('script');
  script.textContent = ${JSON.stringify(`(${loader})(${JSON.stringify(next)})`)};
  document.body.append(script);
})()`;

const EVENTS = `<script>
  self.told = [];
  addEventListener('dynapack:failure', function (event) { told.push(event.detail.code + ' ' + event.detail.bundle); });
</script>`;

describeInEngines('two releases on a page', (engine) => {
  let site: Site;
  let visitor: Visit;

  async function open(files: Record<string, string>, ...configs: LoaderConfig[]): Promise<void> {
    site = await startSite({ '/': html(EVENTS, ...configs.map((each) => snippet(each))), ...files });
    visitor = await visit(site, '/', engine);
  }

  afterEach(async () => {
    await visitor.close();
    await site.close();
  });

  const files = { ...filesOf(1, 'shared-1.js'), ...filesOf(2, 'shared-2.js'), ...filesOf(3, 'shared-1.js') };

  it('runs the entry of the newer one with what has not changed', async () => {
    await open(files, configOf('home', 1, 'shared-1.js'));
    await visitor.until('log.includes("shared 1")');
    await visitor.evaluate(click(configOf('shop', 3, 'shared-1.js')));
    await visitor.until('log.includes("shop 3")');
    expect(await visitor.log()).to.deep.equal(['home 1', 'shared 1', 'shop 3']);
    expect(site.paths('shared-1.js')).to.have.lengthOf(1);
  });

  it('refuses to run the entry of the newer one with what has run of the older one, and tells the page', async () => {
    await open(files, configOf('home', 1, 'shared-1.js'));
    await visitor.until('log.includes("shared 1")');
    await visitor.evaluate(click(configOf('shop', 2, 'shared-2.js')));
    await visitor.until('uncaught.length');
    expect(await visitor.uncaught()).to.deep.equal([
      `Cannot load ${site.url}/js/shared-2.js beside another release`,
    ]);
    expect(await visitor.evaluate('told')).to.deep.equal(['OTHER_RELEASE shared-2.js']);
    expect(await visitor.log()).to.deep.equal(['home 1', 'shared 1']);
  });

  it('takes from the newer one what has not run, though it is here', async () => {
    const lazy = { ...configOf('shop', 1, 'shared-1.js') };
    const alone = bundle('shop', { P: module('shop', 1, 'self.req = require;') });
    await open({ ...files, '/js/shop-1.js': alone }, lazy);
    await visitor.until('self.req');
    await visitor.evaluate(click(configOf('home', 2, 'shared-2.js')));
    await visitor.until('log.includes("shared 2")');
    expect(await visitor.log()).to.deep.equal(['shop 1', 'home 2', 'shared 2']);
    // What the older one asks for is of the newer one, too.
    await visitor.evaluate('new Promise(function (resolve) { req.ensure("L", resolve); })');
    await visitor.evaluate('void req("L")');
    expect(await visitor.log()).to.deep.equal(['shop 1', 'home 2', 'shared 2', 'part 2']);
    expect(await visitor.evaluate('told')).to.deep.equal([]);
  });

  it('keeps what has run of a bundle whose other modules have changed', async () => {
    const changed = bundle('shared', { S: module('shared', 1), T: module('other', 2) });
    await open({ ...files, '/js/shared-2.js': changed }, configOf('home', 1, 'shared-1.js'));
    await visitor.until('log.includes("shared 1")');
    await visitor.evaluate(click(configOf('shop', 2, 'shared-2.js')));
    await visitor.until('self.req');
    await visitor.evaluate('void req("T")');
    expect(await visitor.log()).to.deep.equal(['home 1', 'shared 1', 'shop 2', 'other 2']);
  });

  it('knows another release by its integrity where names do not tell', async () => {
    const same = configOf('home', 1, 'shared-1.js');
    await open(files, same);
    await visitor.until('log.includes("shared 1")');
    const next = configOf('shop', 1, 'shared-1.js');
    next.b[1] = ['shared', 'shared-1.js', 'sha384-of another text'];
    await visitor.evaluate(click(next));
    await visitor.until('log.includes("shop 1") || uncaught.length');
    expect(site.paths('shared-1.js').length).to.be.above(1);
  });

  it('serves two applications of different names, whatever ids they share', async () => {
    const other = { ...configOf('shop', 2, 'shared-2.js'), n: 'other' };
    const named = Object.entries(filesOf(2, 'shared-2.js')).map(([path, text]) => [
      path,
      text.replaceAll('dynapack', 'other'),
    ]);
    await open({ ...files, ...Object.fromEntries(named) }, configOf('home', 1, 'shared-1.js'), other);
    await visitor.until('log.length === 4');
    expect([...(await visitor.log())].sort()).to.deep.equal(['home 1', 'shared 1', 'shared 2', 'shop 2']);
  });
});
