/** Pages load what they import by way of an index, and what runs behind it; not what other pages import of it. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { Dice } from '../esm/dice';
import { Project, type ProjectFiles } from '../helpers/project';
import { build, tellInNode } from './pages';
import { Site } from './site';

const LIBRARY: ProjectFiles = {
  'a.js': "export const a = () => 'a';",
  'b.js': "export const b = () => 'b'; export default function () { return 'default b'; }",
  'effect.js': "told.push('effect'); export const effect = 1;",
  'common.cjs': "exports.c = 'common';",
};

/** What an index has, what a page imports beside one that imports `b`, and what it loads besides itself; then what it tells. */
const INDICES: [title: string, files: ProjectFiles, page: string, loaded: string[], told: unknown[]][] = [
  [
    'hands on names',
    { 'index.js': "export { a } from './a.js'; export { b } from './b.js';" },
    "import { a } from './index.js'; told.push(a());",
    ['a.js'],
    ['a'],
  ],
  [
    'hands on names under others, of an index of others',
    {
      'index.js': "export { d as a } from './inner.js'; export { b } from './b.js';",
      'inner.js':
        "export * from './a.js'; export { a as d } from './a.js'; export { default as e } from './b.js';",
    },
    "import { a } from './index.js'; told.push(a());",
    ['a.js'],
    ['a'],
  ],
  [
    'hands on what it imports',
    { 'index.js': "import { a } from './a.js'; import { b } from './b.js'; export { a, b };" },
    "export { a } from './index.js'; import { a } from './index.js'; told.push(a());",
    ['a.js'],
    ['a'],
  ],
  [
    'hands on all names',
    { 'index.js': "export * from './a.js'; export * from './b.js';" },
    "import { a } from './index.js'; told.push(a());",
    ['a.js'],
    ['a'],
  ],
  [
    'has something of its own that others import',
    {
      'index.js': "export { a } from './a.js'; import { b as c } from './b.js'; export const b = () => c();",
    },
    "import { a } from './index.js'; told.push(a());",
    ['a.js'],
    ['a'],
  ],
  [
    'has modules behind it that do something',
    {
      'index.js':
        "export { b } from './b.js'; export { effect } from './effect.js'; export { a } from './a.js';",
    },
    "import { a } from './index.js'; told.push(a());",
    ['a.js', 'effect.js'],
    ['effect', 'a'],
  ],
  [
    'does something itself',
    { 'index.js': "told.push('index'); export { a } from './a.js'; export { b } from './b.js';" },
    "import { a } from './index.js'; told.push(a());",
    ['a.js', 'b.js', 'index.js'],
    ['index', 'a'],
  ],
  [
    'is of a package without side effects',
    {
      'package.json': '{ "sideEffects": false }',
      'index.js':
        "told.push('index'); export { effect } from './effect.js'; export { a } from './a.js'; export { b } from './b.js';",
    },
    "import { a } from './index.js'; told.push(a());",
    ['a.js'],
    ['a'],
  ],
  [
    'hands on names of CommonJS',
    { 'index.js': "export { c } from './common.cjs'; export { b } from './b.js';" },
    "import { c } from './index.js'; told.push(c);",
    ['b.js', 'common.cjs', 'index.js'],
    ['common'],
  ],
  [
    'is imported as a whole by others',
    {
      'index.js': "export { a } from './a.js'; export { b } from './b.js';",
      'whole.js': "import * as all from './index.js'; told.push(Object.keys(all).join());",
    },
    "import { a } from './index.js'; told.push(a());",
    ['a.js'],
    ['a'],
  ],
  [
    'is imported by what it hands on',
    {
      'index.js': "export { a } from './round.js'; export { b } from './b.js';",
      'round.js': "import { b } from './index.js'; export function a() { return b(); }",
    },
    "import { a } from './index.js'; told.push(a());",
    ['b.js', 'index.js', 'round.js'],
    ['b'],
  ],
  [
    'is in a cycle of such a package',
    {
      'package.json': '{ "sideEffects": false }',
      'index.js':
        "export { Base } from './base.js'; export { Late } from './late.js'; export { a } from './a.js'; export { b } from './b.js';",
      'base.js': "import { Late } from './index.js'; export class Base { late() { return new Late(); } }",
      'late.js': "import { Base } from './index.js'; export class Late extends Base {}",
    },
    "import { Late } from './index.js'; told.push(new Late().late() instanceof Late);",
    ['b.js', 'base.js', 'index.js', 'late.js'],
    [true],
  ],
  [
    'leads to a cycle of such a package by one of its members',
    {
      'package.json': '{ "sideEffects": false }',
      'index.js':
        "export { Late } from './late.js'; export { Base } from './base.js'; export { b } from './b.js';",
      'base.js': "import { Late } from './late.js'; export class Base { late() { return new Late(); } }",
      'late.js':
        "import { Base } from './base.js'; export class Late extends Base {} export const lates = [];",
      'whole.js': "import { Late } from './index.js'; told.push(new Late() instanceof Late);",
    },
    "import { Base } from './index.js'; told.push(new Base().late() instanceof Base);",
    ['base.js', 'late.js'],
    [true],
  ],
  [
    'has more that it imports, and does not use',
    {
      'index.js':
        "export { a } from './a.js'; export { unused } from './unused.js'; export { effect } from './effect.js'; export { b } from './b.js';",
      'unused.js': 'export function unused() { return other(); } function other() {}',
      'whole.js': "loads.push(import('./later.js').then(({ later }) => told.push(later())));",
      'later.js': "import { a, unused, effect } from './index.js'; export const later = () => a();",
    },
    "import { a, unused, effect } from './index.js'; told.push(a());",
    ['a.js', 'effect.js'],
    ['effect', 'a'],
  ],
];

describe('a page beside others loads what it imports of an index that', () => {
  for (const [title, files, page, loaded, told] of INDICES) {
    it(title, async () => {
      const others = files['whole.js'] === undefined ? ['other.js'] : ['other.js', 'whole.js'];
      const project = new Project({
        ...LIBRARY,
        ...files,
        'page.js': page,
        'other.js': "import { b } from './index.js'; told.push(b());",
      });
      for (const isMinified of [false, true]) {
        const built = await build(project, ['page.js', ...others], {}, isMinified);
        expect(built.told.page).to.deep.equal(told);
        expect(built.told.other?.at(-1)).to.equal('b');
        expect(built.loaded.page).to.deep.equal([...loaded, 'page.js'].sort());
      }
    });
  }

  it('all of it where that makes no difference to any page', async () => {
    const project = new Project({
      ...LIBRARY,
      'index.js': "export { a } from './a.js'; export { b } from './b.js';",
      'one.js': "import { a } from './index.js'; export const one = () => a();",
      'two.js': "import { b } from './index.js'; export const two = () => b();",
      'page.js': "import { one } from './one.js'; import { two } from './two.js'; told.push(one(), two());",
    });
    // Where modules share functions, the index would be a function more.
    for (const isMinified of [false, true]) {
      const { loaded, told } = await build(project, ['page.js'], {}, isMinified);
      expect(loaded.page?.includes('index.js')).to.equal(!isMinified);
      expect(told.page).to.deep.equal(['a', 'b']);
    }
  });

  it('nothing before it is asked for', async () => {
    const project = new Project({
      ...LIBRARY,
      'index.js': "export { a } from './a.js'; export { b } from './b.js';",
      'later.js': "import { b } from './index.js'; told.push(b());",
      'page.js': "import { a } from './index.js'; told.push(a()); import('./later.js');",
    });
    const { loaded, told } = await build(project, ['page.js']);
    expect(loaded.page).to.deep.equal(['a.js', 'page.js']);
    expect(told.page).to.deep.equal(['a', 'b']);
  });
});

/** What there is before an edit and after it, of which an earlier build says too little. */
const EDITS: [title: string, pages: string[], files: ProjectFiles, edited: ProjectFiles][] = [
  [
    'that loads something later',
    ['page.js'],
    {
      'index.js': "export { a } from './a.js'; export { b } from './b.js';",
      'later.js': "import { b } from './index.js'; export const later = told.push(b());",
      'page.js':
        "import { a } from './index.js'; import * as later from './later.js'; told.push(a(), later);",
    },
    {
      'page.js': "import { a } from './index.js'; const later = import('./later.js'); told.push(a(), later);",
    },
  ],
  [
    'of names that others import, too',
    ['other.js', 'page.js'],
    {
      'c.js': 'export const c = () => 1;',
      'index.js': "export { a } from './a.js'; export { b } from './b.js'; export { c } from './c.js';",
      'rest.js': "import { c } from './index.js'; told.push(c());",
      'other.js': "import { a, b } from './index.js'; told.push(a(), b());",
      'page.js': "import { a, b } from './index.js'; import './rest.js'; told.push(a(), b());",
    },
    { 'page.js': "import { a } from './index.js'; import './rest.js'; told.push(a());" },
  ],
  [
    'by which one variable under two names becomes two',
    ['page.js'],
    {
      'values.js': 'const one = () => 1, two = () => 2; export { one as x, one as y }; told.push(two());',
      'x.js': "export { x as name } from './values.js';",
      'y.js': "export { y as name } from './values.js';",
      'index.js': "export * from './x.js'; export * from './y.js'; export * from './a.js';",
      'page.js': "import * as all from './index.js'; told.push(Object.keys(all).join());",
    },
    {
      'values.js': 'const one = () => 1, two = () => 2; export { one as x, two as y }; told.push(two());',
    },
  ],
];

describe('a site with an index is what it is in a clean build after an edit', () => {
  for (const [title, pages, files, edited] of EDITS) {
    it(title, async () => {
      const project = new Project({ ...LIBRARY, ...files });
      const cache = dynapack.cache();
      const before = await build(project, pages, { cache });
      for (const edit of [edited, files]) {
        project.write(edit);
        const clean = await build(project, pages);
        expect((await build(project, pages, { cache })).bundles).to.deep.equal(clean.bundles);
        if (edit === edited) expect(clean.bundles).not.to.deep.equal(before.bundles);
      }
    });
  }
});

const { SEED, COUNT } = process.env;
const SEEDS =
  SEED === undefined ? Array.from({ length: Number(COUNT ?? 120) }, (_, index) => index + 1) : [Number(SEED)];

describe('random sites with indices', () => {
  it('tell what they tell in Node, and load no more than without passing any', async () => {
    const sites = SEEDS.map((seed) => new Site(new Dice(seed)));
    const copies = sites.map((site) =>
      site.pages.map((page) => ({ page, project: new Project(site.files()) })),
    );
    const paths = copies.flat().map(({ page, project }) => project.path(page));
    const natives = tellInNode(paths);
    let fewer = 0;
    for (const [index, site] of sites.entries()) {
      const where = `SEED=${SEEDS[index]}\n${site}`;
      const inNode = Object.fromEntries(
        site.pages.map((page) => [page.replace('.mjs', ''), natives.shift()]),
      );
      const project = new Project(site.files());
      const built = await build(project, site.pages, {}, index % 2 === 1);
      expect(built.told, where).to.deep.equal(inNode);
      const whole = await build(project, site.pages, { shake: false });
      for (const [page, loaded] of Object.entries(built.loaded)) {
        expect(whole.loaded[page], where).to.include.members(loaded);
        if (loaded.length < (whole.loaded[page]?.length ?? 0)) fewer++;
      }
    }
    if (SEED === undefined) expect(fewer).to.be.above(SEEDS.length / 2);
  }).timeout(120_000);

  it('are after every edit what they are in a clean build', async () => {
    for (const seed of SEEDS.slice(0, 50)) {
      const dice = new Dice(seed);
      const site = new Site(dice);
      const project = new Project(site.files());
      const cache = dynapack.cache();
      for (let edit = 0; edit < 6; edit++) {
        const isMinified = seed % 2 === 1;
        const [edited, clean] = [
          await build(project, site.pages, { cache }, isMinified),
          await build(project, site.pages, {}, isMinified),
        ];
        expect(edited.bundles, `SEED=${seed}, edit ${edit}\n${site}`).to.deep.equal(clean.bundles);
        project.write(site.edit());
      }
    }
  }).timeout(120_000);
});
