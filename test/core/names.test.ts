import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { entryNames, moduleIds, type NamingInput, nameBundles, stableNames } from '../../lib/core/names';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

describe('stableNames', () => {
  const named = (paths: string[], root = '/app'): string[] => {
    const names = stableNames(paths, root);
    expect([...stableNames([...paths].reverse(), root)].sort()).to.deep.equal([...names].sort());
    return paths.map((path) => names.get(path) as string);
  };

  it('is relative to the root', () => {
    expect(named(['/app/src/a.js', '/shared/b.js', '/app2/c.js'])).to.deep.equal([
      './src/a.js',
      '../shared/b.js',
      '../app2/c.js',
    ]);
  });
  it('is package and path inside node_modules', () => {
    const paths = ['/app/node_modules/lodash/map.js', '/node_modules/@scope/x/index.js'];
    expect(named(paths)).to.deep.equal(['lodash/map.js', '@scope/x/index.js']);
  });
  it('lengthens the names of further copies', () => {
    const copies = [
      '/app/node_modules/x/i.js',
      '/app/node_modules/a/node_modules/x/i.js',
      '/app/node_modules/b/node_modules/a/node_modules/x/i.js',
    ];
    expect(named(copies)).to.deep.equal([
      'x/i.js',
      'a/node_modules/x/i.js',
      'b/node_modules/a/node_modules/x/i.js',
    ]);
  });
  it('goes as far as the whole path', () => {
    expect(named(['/app/node_modules/x/i.js', '/app/lib/node_modules/x/i.js'])).to.deep.equal([
      'x/i.js',
      './lib/node_modules/x/i.js',
    ]);
  });
  it('knows the store of pnpm', () => {
    const store = '/app/node_modules/.pnpm/';
    const paths = [`${store}x@1.0.0/node_modules/x/i.js`, `${store}x@2.0.0/node_modules/x/i.js`];
    expect(named(paths)).to.deep.equal(['x/i.js', '.pnpm/x@2.0.0/node_modules/x/i.js']);
  });
  it('understands Windows', () => {
    const paths = ['c:\\app\\src\\a.js', 'C:\\app\\node_modules\\x\\i.js'];
    expect(named(paths, 'C:\\app')).to.deep.equal(['./src/a.js', 'x/i.js']);
    expect(new Set(named(['D:\\b.js', 'C:\\b.js'], 'C:\\app')).size).to.equal(2);
  });
});

describe('moduleIds', () => {
  it('is the beginning of the hash', () => {
    expect(moduleIds(['./a.js'], sha256, false).get('./a.js')).to.equal(sha256('./a.js').slice(0, 4));
  });
  it('is longer for those that collide, in any order', () => {
    const hash = (name: string): string => `abcdef${name}`;
    const ids = moduleIds(['x1', 'x2', 'y'], hash, false);
    expect([...ids].sort()).to.deep.equal([
      ['x1', 'abcdefx1'],
      ['x2', 'abcdefx2'],
      ['y', 'abcdefy'],
    ]);
    expect([...moduleIds(['y', 'x2', 'x1'], hash, false)].sort()).to.deep.equal([...ids].sort());
  });
  it('is never a number', () => {
    expect(moduleIds(['a'], () => '1234567x9', false).get('a')).to.equal('1234567x');
    expect(moduleIds(['a'], () => '0', false).get('a')).to.equal('0-a');
    expect(moduleIds(['5'], sha256, true).get('5')).to.equal('node_modules/5');
  });
  it('is unique whatever the hash', () => {
    expect(new Set(moduleIds(['a', 'ab', 'b'], () => 'same', false).values()).size).to.equal(3);
  });
  it('for debugging can be read, and is unlike the name of any file', () => {
    const names = [
      './a.js',
      '../b.c/d.json',
      'chart.js/dist/chart.umd.js',
      './e:f',
      './e.f',
      './e%3Af',
      '.p/x',
    ];
    const ids = moduleIds(names, sha256, true);
    expect(names.map((name) => ids.get(name))).to.deep.equal([
      './a:js',
      '../b:c/d:json',
      'chart:js/dist/chart:umd:js',
      './e%3Af',
      './e:f',
      './e%253Af',
      ':p/x',
    ]);
  });
  it('is unique for many names', () => {
    const names = Array.from({ length: 50_000 }, (_, index) => `./${index}.js`);
    const ids = new Set(moduleIds(names, sha256, false).values());
    expect(ids.size).to.equal(names.length);
    expect([...ids].some((id) => /^\d+$/.test(id))).to.equal(false);
  });
});

describe('entryNames', () => {
  const named = (...pairs: [string, string][]): string[] =>
    entryNames(
      pairs.map(([path, relative]) => ({ path, relative })),
      '/p',
      sha256,
    );

  it('is the relative path without extension', () => {
    expect(named(['/p/admin/main.js', 'admin/main.js'], ['/p/a.b.ts', 'a.b.ts'])).to.deep.equal([
      'admin/main',
      'a.b',
    ]);
    expect(named(['C:\\p\\admin\\main.js', 'admin\\main.js'])).to.deep.equal(['admin/main']);
    expect(named(['/p/.hidden', '.hidden'])).to.deep.equal(['.hidden']);
  });
  it('never leaves the directory', () =>
    expect(named(['/x/main.js', '../../x/main.js'])).to.deep.equal(['x/main']));
  it('takes parents as long as names collide', () => {
    expect(named(['/p/a/main.js', 'main.js'], ['/p/b/main.js', 'main.js'])).to.deep.equal([
      'a/main',
      'b/main',
    ]);
    expect(named(['/p/a/x/main.js', 'main.js'], ['/p/b/x/main.js', 'main.js'])).to.deep.equal([
      'a/x/main',
      'b/x/main',
    ]);
    expect(named(['/p/a/Main.js', 'Main.js'], ['/p/b/main.js', 'main.js'])).to.deep.equal([
      'a/Main',
      'b/main',
    ]);
  });
  it('keeps the extension where files differ in nothing else', () => {
    const names = named(['/p/main.js', 'main.js'], ['/p/main.ts', 'main.ts']);
    expect(names).to.deep.equal(['main.js', 'main.ts']);
  });
  it('ends with a piece of hash where paths differ in case only', () => {
    const suffix = (path: string): string => `-${sha256(path).slice(0, 8)}`;
    expect(
      named(['/p/x/Main.js', 'Main.js'], ['/p/x/main.js', 'main.js'], ['/p/b.js', 'b.js']),
    ).to.deep.equal([`Main${suffix('./x/Main.js')}`, `main${suffix('./x/main.js')}`, 'b']);
    expect(named(['/p/a/main.js', 'main.js'], ['/p/A/main.js', 'main.js'])).to.deep.equal([
      `main${suffix('./a/main.js')}`,
      `main${suffix('./A/main.js')}`,
    ]);
    expect(named(['/p/m.js', 'm.js'], ['/p/M.js', 'M.js'], ['/p/m.ts', 'm.ts'])).to.deep.equal([
      `m.js${suffix('./m.js')}`,
      `M.js${suffix('./M.js')}`,
      'm.ts',
    ]);
  });
});

describe('nameBundles', () => {
  const bundleNames = (given: NamingInput): string[] => nameBundles(given).map(({ name }) => name);
  const input = (names: string[], bundles: number[][], more: Partial<NamingInput> = {}): NamingInput => ({
    bundles,
    names,
    entries: new Map(),
    isRoot: () => false,
    reserved: [],
    hash: sha256,
    debug: false,
    ...more,
  });

  it('follows the entry, else the root, else the smallest hash', () => {
    const names = ['./m.js', './src/lib/big.js', './x.js', './y.js', 'lodash/map.js'];
    const more = {
      entries: new Map([[0, 'admin/main']]),
      isRoot: (module: number) => module === 1 || module === 4,
    };
    const [least, name] = sha256('./x.js') < sha256('./y.js') ? [2, 'x'] : [3, 'y'];
    expect(nameBundles(input(names, [[0, 1], [1], [2, 3], [4]], more))).to.deep.equal([
      { name: 'admin/main.js', representative: 0 },
      { name: 'src-lib-big.js', representative: 1 },
      { name: `shared-${name}.js`, representative: least },
      { name: 'lodash-map.js', representative: 4 },
    ]);
  });
  it('tells of what is in the bundle, not of what dynapack adds', () => {
    const names = ['dynapack/virtual/runtime.js', 'dynapack/virtual/process.js', './src/a.js'];
    const chosen = nameBundles(input(names, [[0, 1, 2]]));
    expect(chosen).to.deep.equal([{ name: 'shared-src-a.js', representative: 2 }]);
    expect(bundleNames(input(names, [[0]]))).to.deep.equal(['shared-dynapack-virtual-runtime.js']);
  });
  it('outlives most changes of the other modules', () => {
    const names = Array.from({ length: 101 }, (_, index) => `./${index}.js`);
    const all = names.map((_, module) => module);
    const before = bundleNames(input(names, [all]));
    const kept = all.filter(
      (gone) => bundleNames(input(names, [all.filter((module) => module !== gone)]))[0] === before[0],
    );
    expect(kept.length).to.equal(100);
  });
  it('tells apart what some disks would not', () => {
    const more = {
      entries: new Map([
        [0, 'Main'],
        [1, 'main'],
      ]),
      isRoot: () => true,
    };
    const names = ['./pages/Main.js', './pages/main.js', './main.js', './x/y.js', './x-y.js'];
    const result = bundleNames(input(names, [[0], [1], [2], [3], [4]], more));
    expect(result[0]).to.equal('Main.js');
    expect(new Set(result.map((name) => name.toLowerCase())).size).to.equal(5);
    const swapped = bundleNames(input(names, [[4], [3], [2], [1], [0]], more));
    expect(swapped.reverse()).to.deep.equal(result);
  });
  it('is safe in file names and URLs', () => {
    const more = { isRoot: () => true, entries: new Map([[0, 'größe & co/a?b#c']]) };
    const names = ['./e.js', './con.js', '@scope/x/i.js', '../up/ä.js', './data.json'];
    expect(bundleNames(input(names, [[0], [1], [2], [3], [4]], more))).to.deep.equal([
      'größe - co/a-b-c.js',
      '_con.js',
      'scope-x-i.js',
      'up-.js',
      'data-json.js',
    ]);
  });
  it('leaves reserved names to others', () => {
    const more = { entries: new Map([[0, 'x-loader']]), reserved: ['X-loader.js', 'main.html'] };
    expect(bundleNames(input(['./x-loader.js'], [[0]], more))).to.deep.equal([
      `x-loader-${sha256('./x-loader.js').slice(0, 8)}.js`,
    ]);
    const below = { debug: true, reserved: ['main.html'] };
    const name = 'main.html/a.js';
    expect(bundleNames(input([name], [[0]], below))).to.deep.equal([
      `main-html-a-${sha256(name).slice(0, 8)}.js`,
    ]);
  });
  it('never needs a file and a directory of one name', () => {
    const names = [
      './chart.js',
      'Chart.js/dist/x.js',
      'Chart.js/dist/y.js',
      './deep/er.js.ts',
      './deep/er.js/a.js',
    ];
    const result = bundleNames(input(names, [[0], [1], [2], [3], [4]], { debug: true }));
    expect(result[0]).to.equal('chart.js');
    const folded = result.map((name) => name.toLowerCase());
    for (const name of folded)
      expect(folded.filter((other) => other.startsWith(`${name}/`))).to.deep.equal([]);
    expect(new Set(folded).size).to.equal(names.length);
    const first = bundleNames(
      input(['./a/b/c.js/d.js', './a/b/c.js'], [[0], [1]], {
        entries: new Map([
          [0, 'b.js/c'],
          [1, 'b'],
        ]),
      }),
    );
    expect(first).to.have.length(2).and.include('b.js');
  });
  it('shows the path for debugging', () => {
    const names = ['./src/a.js', '../src/a.js', 'lodash/map.js'];
    const result = bundleNames(input(names, [[0], [1], [2]], { debug: true }));
    expect(result).to.deep.equal([
      'src/a.js',
      `src/a-${sha256('../src/a.js').slice(0, 8)}.js`,
      'lodash/map.js',
    ]);
  });
});
