import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import type File from 'vinyl';
import { finish, type Packed, pack as packEntries } from '../helpers/pack';
import { Project } from '../helpers/project';
import { make, pages, rooted } from './projects';

describe('output', () => {
  const files = {
    ...pages,
    'node_modules/pkg/index.js': "module.exports = 'pkg';",
    'src/pages/third.js': "self.third = require('pkg') + require('../shared');",
  };
  const entries = ['main', 'admin', 'third'].map((name) => `src/pages/${name}.js`);
  const everything = ({ bundles, scripts }: Packed): unknown => ({ bundles, scripts });

  it('has each file name once, also beside the file of the loader', async () => {
    const made = make({ 'dynapack-loader.js': 'self.result = 1;' });
    const packed = await packEntries([made.path('dynapack-loader.js')], rooted(made, { loader: 'file' }));
    expect(packed.files).to.have.length(2);
    expect(Object.keys(packed.bundles)).to.have.length(2).and.include('dynapack-loader.js');
    const html = packed.scripts['dynapack-loader.html'] as string;
    expect(html).to.include('src="/dynapack-loader.js"');
    expect(JSON.parse(packed.scripts['aliases.json'] as string)).to.have.all.keys(packed.metadata.bundles);
  });

  it('has no file where it has a directory', async () => {
    const made = make({
      'main.js': "self.result = require('./chart') + require('chart.js/dist/x') + require('aliases.json');",
      'chart.js': "module.exports = 'a';",
      'node_modules/chart.js/dist/x.js': "module.exports = 'b';",
      'node_modules/aliases.json/index.js': "module.exports = 'c';",
    });
    const packed = await packEntries([made.path('main.js')], rooted(made, { debug: true }));
    const names = [...Object.keys(packed.bundles), ...Object.keys(packed.scripts)];
    for (const name of names) {
      expect(names.filter((other) => other.startsWith(`${name}/`))).to.deep.equal([]);
    }
    expect(Object.keys(packed.bundles)).to.include('chart.js');
    expect((await packed.visit('main')).page.result).to.equal('abc');
  });

  for (const debug of [false, true]) {
    it(`is the same in every directory and order of entries${debug ? ', with debug' : ''}`, async () => {
      const here = make(files);
      const there = new Project(
        Object.fromEntries(Object.entries(files).map(([name, text]) => [`deep/er/${name}`, text])),
      ).link('node-ensure');
      const first = await packEntries(
        entries.map((name) => here.path(name)),
        rooted(here, { debug }),
      );
      const directory = there.path('deep/er');
      const orders = [entries, [...entries].reverse(), [entries[1], entries[2], entries[0]]];
      for (const order of orders) {
        const paths = order.map((name) => join(directory, name as string));
        const again = await packEntries(paths, { root: directory, debug });
        expect(everything(again)).to.deep.equal(everything(first));
      }
      expect((await first.visit('third')).page.third).to.equal('pkgshared');
      expect(JSON.stringify(everything(first))).to.not.include(here.directory);
    });
  }

  it('with debug is one bundle per module, with ids that can be read', async () => {
    const made = make(files);
    const packed = await packEntries(
      entries.map((name) => made.path(name)),
      rooted(made, { debug: true }),
    );
    expect(Object.values(packed.metadata.bundles).map(({ length }) => length)).to.deep.equal(
      Object.keys(packed.bundles).map(() => 1),
    );
    expect(packed.metadata.modules).to.include({
      './src/shared:js': made.path('src/shared.js'),
      'pkg/index:js': made.path('node_modules/pkg/index.js'),
    });
    expect((await packed.visit('main')).page).to.include({ main: 'shared', big: 'big' });
    expect((await packed.visit('main', 'third')).page).to.include({ main: 'shared', third: 'pkgshared' });
  });

  it('is described by the bundled event', async () => {
    const made = make(files);
    const { metadata, bundles } = await packEntries(
      entries.map((name) => made.path(name)),
      rooted(made),
    );
    expect(Object.keys(metadata.bundles).sort()).to.deep.equal(Object.keys(bundles).sort());
    expect(Object.keys(metadata.entries)).to.deep.equal(['admin', 'main', 'third']);
    expect(metadata.entries.main).to.include('main.js').and.not.include('src-big.js');
    const held = Object.values(metadata.bundles).flat().sort();
    expect(Object.values(metadata.modules).sort()).to.deep.equal(held);
    expect(new Set(held).size).to.equal(held.length);
    expect(metadata.files.filter((path) => path.startsWith(made.directory))).to.include.members(
      [...entries, 'src/shared.js', 'src/big.js', 'node_modules/pkg/index.js'].map((name) => made.path(name)),
    );
    for (const path of metadata.files) expect(existsSync(path), path).to.equal(true);
    const big = Object.keys(metadata.modules).find(
      (id) => metadata.modules[id] === made.path('src/big.js'),
    ) as string;
    expect(metadata.roots[big]).to.include('src-big.js');
    expect(metadata.minimal).to.equal(true);
  });

  it('log events tell of every module, and of the phases', async () => {
    const made = make(files);
    const pack = dynapack(rooted(made));
    const events: dynapack.LogEvent[] = [];
    pack.on('log', (event) => events.push(event));
    pack.end(made.path('src/pages/third.js'));
    await finish(pack);
    const ready = events.flatMap((event) => (event.type === 'module' ? [event.path] : []));
    expect(ready).to.have.members(
      ['src/pages/third.js', 'src/shared.js', 'node_modules/pkg/index.js'].map((name) => made.path(name)),
    );
    expect(events.flatMap((event) => (event.type === 'timing' ? [event.phase] : []))).to.deep.equal([
      'discover',
      'parse',
      'split',
      'render',
    ]);
  });

  it('files() lists modules and package.json files, also when the build fails', async () => {
    const made = make({
      'package.json': { name: 'outer' },
      'main.js': "require('./part'); require('pkg');",
      'part.js': '',
      'unused.js': '',
      'node_modules/pkg/package.json': { name: 'pkg', main: 'lib/index.js' },
      'node_modules/pkg/lib/index.js': '',
      'node_modules/unused/package.json': { name: 'unused' },
    });
    const filesOf = async () => {
      const pack = dynapack(rooted(made));
      pack.end(made.path('main.js'));
      const code = await finish(pack).then(
        () => '',
        (error) => error.code,
      );
      const files = pack.files();
      expect(files).to.deep.equal([...files].sort());
      return [
        code,
        ...files.flatMap((path) => (path.startsWith(made.directory) ? [relative(made.directory, path)] : [])),
      ];
    };
    const names = [
      'main.js',
      'node_modules/pkg/lib/index.js',
      'node_modules/pkg/package.json',
      'package.json',
      'part.js',
    ];
    expect(await filesOf()).to.deep.equal(['', ...names]);
    made.write({ 'part.js': 'const =' });
    expect(await filesOf()).to.include.members(['SYNTAX_ERROR', 'main.js', 'part.js', 'package.json']);
    made.write({ 'part.js': "require('./gone/x'); require('pkg/y'); require('none'); require('pkg');" });
    expect(await filesOf()).to.include.members([
      'MODULE_NOT_FOUND',
      'part.js',
      'gone/x.js',
      'gone/x/index.js',
      'node_modules/pkg/y.js',
      'node_modules/none/package.json',
    ]);
  });

  it('waits for a slow consumer', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`page${index}.js`, `self.result = ${index};`]),
    );
    const made = make(many);
    const pack = dynapack(rooted(made));
    const source = Object.keys(many);
    for (const name of source) pack.write(made.path(name));
    pack.end();
    const seen: string[] = [];
    let most = 0;
    for await (const file of pack) {
      await sleep(2);
      most = Math.max(most, pack.readableLength);
      seen.push((file as unknown as File).relative);
    }
    expect(seen.sort()).to.deep.equal(source.sort());
    expect(most).to.be.at.most(pack.readableHighWaterMark);
  });
});
