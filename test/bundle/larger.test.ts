/** `split`: bundles that are merged, and groups, from sources to what a page fetches. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import type { Packed } from '../helpers/pack';
import { Project } from '../helpers/project';
import { packFiles } from '../pages/sources';

const filler = (bytes: number): string => `/* ${'x'.repeat(bytes)} */\n`;

/** Two pages, parts that both load, and a little that all of these share. */
const files = {
  'home.js': `import './node_modules/kit/index.js'; import './small.js'; self.later = () => import('./map.js');\n${filler(9000)}`,
  'cart.js': `import './small.js'; self.later = () => import('./map.js');\n${filler(9000)}`,
  'map.js': `import { tiny } from './tiny.js'; import './node_modules/kit/index.js'; export default 'map' + tiny;\n${filler(9000)}`,
  'chart.js': `import { tiny } from './tiny.js'; export default 'chart' + tiny;\n${filler(9000)}`,
  'small.js': "import('./chart.js').then(({ default: chart }) => { self.chart = chart; });",
  'tiny.js': 'export const tiny = 1;',
  'node_modules/kit/package.json': { name: 'kit' },
  'node_modules/kit/index.js': 'self.kit = 1;',
};

const pack = (split: dynapack.SplitOptions | undefined, options: dynapack.Options = {}): Promise<Packed> =>
  packFiles(files, ['home.js', 'cart.js'], { ...options, ...(split && { split }) });

const fetchedBy = async (packed: Packed, entry: string) => {
  const visit = await packed.visit(entry);
  const page = visit.page as { later(): Promise<{ default: string }>; chart?: string };
  const { default: map } = await page.later();
  for (let waits = 0; page.chart === undefined && waits < 100; waits++)
    await new Promise((resolve) => setTimeout(resolve, 5));
  return { map, chart: page.chart, fetched: visit.fetched };
};

describe('larger bundles', () => {
  it('are not made without the option', async () => {
    const packed = await pack(undefined);
    expect(packed.metadata.minimal).to.equal(true);
    expect(packed.metadata).to.not.have.property('price');
    for (const split of [{}, { requestCost: 0 }, { groups: {} }]) {
      const same = await pack(split);
      expect(same.bundles).to.deep.equal(packed.bundles);
      expect(same.scripts).to.deep.equal(packed.scripts);
      expect(same.metadata).to.not.have.property('price');
    }
  });

  it('are fetched with fewer requests, and run as the others do', async () => {
    const [fewest, larger] = [await pack(undefined), await pack({ requestCost: 2000 })];
    for (const entry of ['home', 'cart']) {
      const before = await fetchedBy(fewest, entry);
      const after = await fetchedBy(larger, entry);
      expect(after).to.include({ map: 'map1', chart: 'chart1' });
      expect(before).to.include({ map: 'map1', chart: 'chart1' });
      expect(after.fetched.length).to.be.lessThan(before.fetched.length);
    }
    const { minimal, price, bundles } = larger.metadata;
    expect(minimal).to.equal(false);
    expect(price).to.include({
      before: Object.keys(fewest.metadata.bundles).length,
      after: Object.keys(bundles).length,
    });
    expect(price?.after).to.be.lessThan(price?.before as number);
    expect(price?.overfetch.share).to.be.within(0, 0.05);
    expect(Object.values(bundles).flat().sort().map(nameOf)).to.deep.equal(
      Object.values(fewest.metadata.bundles).flat().sort().map(nameOf),
    );
  });

  it('know groups by paths from the root, and by their names', async () => {
    const packed = await pack({ groups: { vendor: /\/node_modules\// }, requestCost: 1e6 });
    const names = Object.keys(packed.metadata.bundles).filter((name) => name.startsWith('vendor-'));
    expect(names).to.deep.equal(['vendor-kit-index.js']);
    expect(packed.metadata.bundles['vendor-kit-index.js']?.map(nameOf)).to.deep.equal(['kit/index.js']);
    expect(packed.metadata.entries).to.have.property('home').that.includes('vendor-kit-index.js');
    expect((await fetchedBy(packed, 'cart')).map).to.equal('map1');
  });

  it('of groups alone are clean: nothing is too early', async () => {
    const packed = await pack({ groups: { vendor: /node_modules/g, own: /^\.\/(home|cart|chart|small)/y } });
    expect(packed.metadata.minimal).to.equal(false);
    expect(packed.metadata.price?.overfetch).to.deep.equal({ mean: 0, most: 0, share: 0 });
    expect(Object.keys(packed.metadata.bundles)).to.include.members([
      'own-home.js',
      'own-cart.js',
      'own-chart.js',
    ]);
  });

  it('warn of a group that no module of a bundle is in', async () => {
    const groups = { absolute: /^\/home\//, all: /\.js$/, late: /kit/ };
    const project = new Project(files);
    const heard = async (options: dynapack.Options): Promise<string[]> => {
      const stream = dynapack({ root: project.directory, split: { groups }, ...options });
      const warnings: string[] = [];
      stream.on('warning', ({ code, message }) => warnings.push(`${code} ${message}`));
      stream.end(project.path('home.js'));
      await stream.toArray();
      return warnings;
    };
    expect(await heard({})).to.deep.equal([
      "EMPTY_GROUP the option 'split' has a group 'absolute', /^\\/home\\//, that no module of a bundle is in",
      "EMPTY_GROUP the option 'split' has a group 'late', /kit/, that no module of a bundle is in",
    ]);
    expect(await heard({ debug: true })).to.deep.equal([]);
    expect(await heard({ split: { groups: { all: groups.all } } })).to.deep.equal([]);
  });

  it('are none of debugging', async () => {
    const packed = await pack({ requestCost: 1e6, groups: { vendor: /kit/ } }, { debug: true });
    expect(packed.bundles).to.deep.equal((await pack(undefined, { debug: true })).bundles);
    expect(packed.metadata).to.not.have.property('price');
  });

  it('are those of pages that are declared, and entries run alone still', async () => {
    const split = { pages: { shop: ['home', 'cart'] } };
    const packed = await pack(split);
    const { minimal, price, bundles, entries } = packed.metadata;
    expect(minimal).to.equal(true);
    expect(price?.overfetch.most).to.equal(0);
    expect(Object.keys(bundles).length).to.be.lessThan(Object.keys((await pack(undefined)).bundles).length);
    expect(entries.home).to.deep.equal(entries.cart);
    for (const page of [['home'], ['cart'], ['home', 'cart']]) {
      const visit = await packed.visit(...page);
      const { default: map } = await (visit.page as { later(): Promise<{ default: string }> }).later();
      expect(map).to.equal('map1');
      expect(new Set(visit.fetched).size).to.equal(visit.fetched.length);
    }
    const unknown = await pack({ pages: { shop: ['home', 'crt'] } }).catch((error) => error);
    expect(unknown).to.include({ code: 'INVALID_OPTION' });
    expect(`${unknown}`).to.include("'crt' on the page 'shop'").and.include("'cart'");
  });

  it('do not depend on the order of entries', async () => {
    const split = { requestCost: 2000 };
    const turned = await packFiles(files, ['cart.js', 'home.js'], { split });
    expect(turned.bundles).to.deep.equal((await pack(split)).bundles);
  });

  it('weigh what is left of modules, not what is left out', async () => {
    const unused = `export const unused = '${'x'.repeat(90_000)}';\n`;
    const sources = {
      'a.js': "import('./b.js'); import('./c.js');",
      'b.js': `import { d } from './d.js'; self.b = d;${filler(9000)}`,
      'c.js': `import { d } from './d.js'; self.c = d;${filler(9000)}`,
      'd.js': `${unused}export const d = 1;`,
    };
    const names = async (d: string): Promise<number> => {
      const packed = await packFiles({ ...sources, 'd.js': d }, ['a.js'], { split: { requestCost: 1000 } });
      return Object.keys(packed.bundles).length;
    };
    expect(await names(sources['d.js'])).to.equal(3);
    expect(await names(`${unused}export const d = unused;`)).to.equal(4);
  });
});

/** The end of a path, which is the same in every project. */
const nameOf = (path: string): string =>
  path
    .split('/')
    .slice(-2)
    .join('/')
    .replace(/^dynapack-[^/]*\//, '');
