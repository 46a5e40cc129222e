/** What the command writes and prints when all is well. */

import { EventEmitter } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { main } from '../../lib/cli/main';
import { showProgress } from '../../lib/cli/progress';
import { command, Running } from '../helpers/process';
import { Project, type ProjectFiles } from '../helpers/project';
import { type Visit, visit } from '../helpers/visit';

const files: ProjectFiles = {
  'main.js': `var ensure = require('node-ensure'), big = './big' /*js*/;
    self.result = require('./shared');
    ensure([big], function (err) { self.big = err || require(big); });`,
  'admin.js': "self.admin = require('./shared');",
  'shared.js': "module.exports = 'shared';",
  'big.js': `module.exports = 'big'; /* ${'x'.repeat(5000)} */`,
};

const project = (): Project => new Project(files).link('node-ensure');

const filesIn = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();

const read = (directory: string, name: string): string => readFileSync(join(directory, name), 'utf8');

/** Opens a page with a snippet of an output directory whose files are served under a prefix. */
function open(directory: string, entry: string, prefix = '/'): Promise<Visit> {
  const served = prefix.replace(/^.*?\//, '');
  const scripts = filesIn(directory).filter((name) => name.endsWith('.js'));
  const bundles = Object.fromEntries(scripts.map((name) => [served + name, read(directory, name)]));
  return visit(bundles, [read(directory, `${entry}.html`)]);
}

async function succeed(cwd: string, ...args: string[]): Promise<string> {
  const { code, output } = await command(cwd, ...args).finished;
  expect(code, output).to.equal(0);
  return output;
}

/** The line of the summary that begins with a name, and the kilobytes in it. */
function row(output: string, name: string): { raw: number; gzip: number } {
  const line = output.split('\n').find((text) => text.trim().startsWith(name)) ?? '';
  const sizes = [...line.matchAll(/([\d.]+) (k?)B/g)].map(
    ([, size, kilo]) => Number(size) / (kilo ? 1 : 1000),
  );
  expect(sizes, `sizes of ${name} in:\n${output}`).to.have.length(2);
  return { raw: sizes[0] as number, gzip: sizes[1] as number };
}

/** A terminal, or a file, that remembers what it is sent. */
function fakeOutput(isTTY: boolean) {
  const sink = { isTTY, text: '', write: (text: string): unknown => (sink.text += text) };
  return sink;
}

describe('the command', () => {
  it("loads no ES module by require, which Yarn's Plug'n'Play cannot", async () => {
    const bin = join(__dirname, '../../dist/lib/cli/bin.js');
    const args = ['--no-experimental-require-module', bin, 'main.js', '--minify', '--sourcemaps'];
    const { code, output } = await new Running(process.execPath, args, project().directory).finished;
    expect(code, output).to.equal(0);
  });

  it('minifies, and tells the sizes of what it has written', async () => {
    const { directory } = project();
    const plain = await succeed(directory, 'main.js', 'admin.js', '-o', 'plain');
    const output = await succeed(directory, 'main.js', 'admin.js', '--minify', '--sourcemaps');
    expect(row(output, 'big.js').raw).to.be.lessThan(row(plain, 'big.js').raw / 2);
    expect(read(join(directory, 'bundles'), 'big.js')).to.not.include('xxx');
    expect(filesIn(join(directory, 'bundles'))).to.include('main.js.map');
    expect((await open(join(directory, 'bundles'), 'main')).page.result).to.equal('shared');
  });

  it('writes bundles, snippets and maps to bundles/ without further options', async () => {
    const { directory } = project();
    await succeed(directory, 'main.js', 'admin.js');
    const written = filesIn(join(directory, 'bundles'));
    expect(written).to.include.members([
      'admin.html',
      'admin.js',
      'aliases.json',
      'big.js',
      'main.html',
      'main.js',
      'manifest.json',
    ]);
    expect(readdirSync(directory)).to.have.members([...Object.keys(files), 'bundles', 'node_modules']);
    const { page } = await open(join(directory, 'bundles'), 'main');
    expect(page).to.include({ result: 'shared', big: 'big' });
    expect((await open(join(directory, 'bundles'), 'admin')).page.admin).to.equal('shared');
  });

  for (const flag of ['-o', '--output']) {
    it(`writes where ${flag} says, making directories`, async () => {
      const { directory } = project();
      const output = await succeed(directory, 'main.js', flag, 'public/js');
      expect(output).to.match(/public\/js$/m);
      expect(existsSync(join(directory, 'bundles'))).to.equal(false);
      const { page } = await open(join(directory, 'public/js'), 'main');
      expect(page.big).to.equal('big');
    });
  }

  it('may write outside the working directory, and into it', async () => {
    const { directory } = project();
    const elsewhere = new Project({});
    await succeed(directory, 'main.js', '-o', elsewhere.directory);
    expect((await open(elsewhere.directory, 'main')).page.big).to.equal('big');
    const apart = new Project({ 'src/main.js': 'self.result = 1;' });
    await succeed(apart.directory, 'src/main.js', '-o', '.');
    expect((await open(apart.directory, 'main')).page.result).to.equal(1);
  });

  for (const flag of ['-p', '--prefix']) {
    it(`puts the prefix of ${flag} before the URLs of bundles`, async () => {
      const { directory } = project();
      await succeed(directory, 'main.js', flag, '/static/js/', '-o', 'out');
      const visitor = await open(join(directory, 'out'), 'main', '/static/js/');
      expect(visitor.page.big).to.equal('big');
      expect(visitor.fetched).to.include('static/js/main.js');
      const manifest = JSON.parse(read(join(directory, 'out'), 'manifest.json'));
      expect(manifest.bundles['big.js'].url).to.equal('/static/js/big.js');
    });
  }

  for (const flag of ['-d', '--debug']) {
    it(`makes one bundle per module with ${flag}, with ids that can be read`, async () => {
      const { directory } = project();
      await succeed(directory, 'main.js', 'admin.js', flag, '-o', 'out');
      const out = join(directory, 'out');
      expect(read(out, 'shared.js')).to.include('"./shared:js":function');
      expect(read(out, 'main.js')).to.include('require("./shared:js")').and.not.include("'shared'");
      expect((await open(out, 'main')).page).to.include({ result: 'shared', big: 'big' });
    });
  }

  it('takes absolute entries, spaces and letters of all scripts', async () => {
    const made = new Project({
      'my pages/größe 頁.js': "self.result = require('./teil é');",
      'my pages/teil é.js': "module.exports = 'part';",
    });
    await succeed(made.directory, made.path('my pages/größe 頁.js'), '-o', 'aus gabe');
    const out = join(made.directory, 'aus gabe');
    expect(filesIn(out)).to.include('größe 頁.html');
    expect((await open(out, 'größe 頁')).page.result).to.equal('part');
  });

  it('gives two entries with one basename a snippet each', async () => {
    const made = new Project({
      'shop/index.js': "self.result = 'shop';",
      'blog/index.js': "self.result = 'blog';",
    });
    await succeed(made.directory, 'shop/index.js', 'blog/index.js', '-o', 'out');
    const out = join(made.directory, 'out');
    const snippets = filesIn(out).filter((name) => name.endsWith('.html'));
    expect(snippets).to.have.length(2);
    const results = [];
    for (const name of snippets)
      results.push((await open(out, name.replace(/\.html$/, ''))).page.result as string);
    expect(results.sort()).to.deep.equal(['blog', 'shop']);
  });

  it('takes an entry twice for once', async () => {
    const { directory } = project();
    await succeed(directory, 'main.js', './main.js', '-o', 'out');
    const html = filesIn(join(directory, 'out')).filter((name) => name.endsWith('.html'));
    expect(html).to.deep.equal(['main.html']);
  });

  it('writes the same again over what it wrote', async () => {
    const { directory } = project();
    const out = join(directory, 'out');
    await succeed(directory, 'main.js', '-o', 'out');
    const first = filesIn(out).map((name) => read(out, name));
    await succeed(directory, 'main.js', '-o', 'out');
    expect(filesIn(out).map((name) => read(out, name))).to.deep.equal(first);
  });
});

describe('the summary', () => {
  it('shows what each entry starts with, and what is requested later, with sizes', async () => {
    const { directory } = project();
    const output = await succeed(directory, 'main.js', 'admin.js');
    const [starts, later] = output.split(/^Requested later.*$/m) as [string, string];
    expect(row(starts, 'main ').raw).to.be.at.least(row(starts, 'main.js').raw);
    expect(row(starts, 'admin ').raw).to.be.at.least(row(starts, 'admin.js').raw);
    expect(starts).to.not.include('big.js');
    const big = row(later, 'big.js');
    expect(big.raw).to.be.closeTo(5.1, 0.1);
    expect(big.gzip).to.be.below(0.3);
    expect(output).to.match(/^\d modules in 4 bundles, the fewest possible:/m);
    expect(output).to.match(/^Written to bundles$/m);
  });

  it('says nothing of requests where there are none', async () => {
    const { directory } = new Project({ 'main.js': '' });
    const output = await succeed(directory, 'main.js');
    expect(output).to.not.include('Requested later');
    expect(output).to.match(/^1 module in 1 bundle, the fewest possible:/m);
  });

  it('tells the change since the last build, page by page and bundle by bundle', async () => {
    const made = new Project({
      'main.js': "self.open = () => import('./later.js');",
      'other.js': 'self.other = 1;',
      'later.js': 'self.later = 1;',
      'sw.js': 'self.sw = 1;',
    });
    const { directory } = made;
    const build = (...entries: string[]) => succeed(directory, ...entries, '--standalone', 'sw.js', '-s');
    const behind = (output: string, name: string): string | undefined =>
      new RegExp(`^ +${name.replace('.', '\\.')} .* gzip(.*)$`, 'm').exec(output)?.[1];
    const gzipped = (name: string): number => gzipSync(read(join(directory, 'bundles'), name)).length;
    const first = await build('main.js', 'other.js');
    expect(first).to.match(/modules? in 3 bundles, the fewest possible: .* gzip$/m);
    expect(await build('main.js', 'other.js')).to.match(/ gzip, as large as the last build$/m);
    const before = gzipped('later.js');
    made.write({ 'later.js': "self.later = 'quite something else';", 'third.js': 'self.third = 1;' });
    const output = await build('main.js', 'third.js');
    const more = gzipped('later.js') - before;
    expect(
      ['main', 'main.js', 'third', 'third.js', 'later.js', 'sw.js'].map((name) => behind(output, name)),
    ).to.deep.equal(['', '', ', new', ', new', `, +${more} B`, ', 1 module']);
    expect(output.match(/^ +later\.js .* gzip, \+\d+ B$/gm)).to.have.length(2);
    expect(output).to.include('\nGone since the last build: other\n');
    expect(output).to.match(/modules? in 3 bundles.* gzip, \+\d+ B since the last build$/m);
    // What somebody has removed was there all the same.
    rmSync(join(directory, 'bundles/main.js'));
    const last = await succeed(directory, 'main.js');
    expect(last).to.not.include(', new');
    expect(last).to.include('\nGone since the last build: third and sw.js\n');
    // What is no build is none to compare with.
    made.write({ 'bundles/manifest.json': '[]' });
    expect(await build('main.js')).to.not.match(/, new|last build/);
  });

  it('tells the change of workers, which the files of loaders have no part in', async () => {
    const made = new Project({
      'main.js': "new Worker(new URL('./worker.js', import.meta.url));",
      'worker.js': 'self.x = 1;',
    });
    await succeed(made.directory, 'main.js');
    made.write({ 'worker.js': "self.x = 'something else';" });
    const output = await succeed(made.directory, 'main.js');
    expect(output.match(/^ +worker\.js .* gzip, \+\d+ B$/gm)).to.have.length(2);
  });

  it('counts what starts workers among what they start with, and not among bundles', async () => {
    const { directory } = new Project({
      'main.js': "new Worker(new URL('./worker.js', import.meta.url));",
      'worker.js': 'self.x = 1;',
    });
    const output = await succeed(directory, 'main.js');
    expect(output).to.match(
      /\nWorkers, with .*:\n {2}worker\.js .*\n {4}dynapack-worker-loader\.js .*\n(?: {4}\S+\.js .*\n)+\n/,
    );
    const loader = statSync(join(directory, 'bundles/dynapack-worker-loader.js')).size / 1000;
    expect(row(output, 'worker.js').raw).to.be.above(loader);
    expect(output).to.match(/^3 modules in 2 bundles, the fewest possible:/m);
  });

  it('tells what merged bundles cost and save', async () => {
    const { directory } = project();
    const output = await succeed(directory, 'main.js', 'admin.js', '--request-cost', '6000');
    expect(output).to.not.include('fewest possible');
    expect(output).to.match(
      /^2 bundles of scripts in place of 4: 1\.0 files per first load in place of 1\.7, [\d.]+ % of the bytes of sources too early, [\d.]+ k?B at most$/m,
    );
    expect((await open(join(directory, 'bundles'), 'main')).page).to.include({
      result: 'shared',
      big: 'big',
    });
    const plain = await succeed(directory, 'main.js', 'admin.js', '--request-cost', '0');
    expect(plain).to.include('the fewest possible').and.not.include('too early');
  });

  it('claims no proof for debug bundles', async () => {
    const { directory } = project();
    expect(await succeed(directory, 'main.js', 'admin.js', '-d')).to.not.include('fewest');
  });
});

describe('progress', () => {
  const run = async (isTTY: boolean) => {
    const made = project();
    const stdout = fakeOutput(isTTY);
    const stderr = fakeOutput(isTTY);
    const code = await main([made.path('main.js'), '-o', made.path('out')], stdout, stderr);
    expect(code, stderr.text).to.equal(0);
    return { stdout: stdout.text, stderr: stderr.text };
  };

  it('appears on a terminal, and is gone at the end', async () => {
    const { stdout, stderr } = await run(true);
    expect(stderr.startsWith('\r\x1b[K[')).to.equal(true);
    expect(stderr).to.match(/\[[= ]{24}\] \d of \d modules/);
    expect(stderr.endsWith('\r\x1b[K')).to.equal(true);
    expect(stdout).to.not.include('\x1b');
  });

  it('appears nowhere else', async () => {
    const { stdout, stderr } = await run(false);
    expect(stderr).to.equal('');
    expect(stdout)
      .to.not.match(/\d of \d modules/)
      .and.not.include('\x1b');
  });

  it('is a bar that grows on a terminal, and elsewhere a line every five seconds', () => {
    const shown = (isTTY: boolean): string => {
      const output = fakeOutput(isTTY);
      const pack = new EventEmitter();
      const now = Date.now;
      let time = 0;
      Date.now = () => time;
      try {
        showProgress(pack as unknown as dynapack.Pack, output);
        for (const ready of [1, 5, 10]) {
          time += 3000;
          pack.emit('log', { type: 'module', path: '', ready, found: 10 });
        }
      } finally {
        Date.now = now;
      }
      return output.text;
    };
    expect(shown(false)).to.equal('5 of 10 modules\n');
    const bars = [2, 12, 24].map((done) => `[${'='.repeat(done)}${' '.repeat(24 - done)}]`);
    expect(shown(true).match(/\[[= ]+\]/g)).to.deep.equal(bars);
  });

  it('appears when the terminal is a real one', async function () {
    if (!existsSync('/usr/bin/script')) return this.skip();
    const { directory } = project();
    const bin = join(__dirname, '../../dist/lib/cli/bin.js');
    const line = `${process.execPath} ${bin} main.js`;
    const { code, output } = await new Running('script', ['-qec', line, '/dev/null'], directory).finished;
    expect(code, output).to.equal(0);
    expect(output)
      .to.match(/\d of \d modules/)
      .and.include('Written to bundles');
  });
});

describe('the command line: entries that stand alone', () => {
  const site: ProjectFiles = {
    'home.js': "self.result = require('./shared'); import('./later.js');",
    'src/sw.js': "self.worker = require('../shared');",
    'src/lib.mjs': "export const one = 1; export { default as shared } from '../shared.js';",
    'shared.js': "module.exports = 'shared';",
    'later.js': 'self.later = 1;',
  };

  it('come out as one script each, beside the bundles, and are listed with their sizes', async () => {
    const { directory } = new Project(site);
    const args = [
      'home.js',
      '--standalone',
      'src/sw.js',
      '--library',
      'src/lib.mjs=Acme.Lib',
      '-o',
      'out',
      '-s',
    ];
    const output = await succeed(directory, ...args);
    const names = ['aliases.json', 'home.html', 'home.js', 'later.js', 'lib.js', 'manifest.json', 'sw.js'];
    expect(filesIn(join(directory, 'out')).filter((name) => !name.endsWith('.map'))).to.deep.equal(names);
    expect(filesIn(join(directory, 'out'))).to.include.members(['sw.js.map', 'lib.js.map']);
    expect(output).to.match(
      /Scripts that stand alone:\n {2}lib\.js .* k?B gzip, 2 modules\n {2}sw\.js .* k?B gzip, 2 modules\n/,
    );
    expect(output).to.match(/4 modules in 2 bundles, the fewest possible/);
    const page: Record<string, unknown> = {};
    new Function('self', read(join(directory, 'out'), 'sw.js'))(page);
    expect(page.worker).to.equal('shared');
    const lib = await succeed(directory, 'home.js', '--library=./src/lib.mjs=Lib', '-o', 'other');
    expect(lib).to.include('lib.js');
    expect(createRequire(join(directory, 'index.js'))('./other/lib.js')).to.include({
      one: 1,
      shared: 'shared',
    });
  });

  it('may be all that there is', async () => {
    const { directory } = new Project(site);
    const output = await succeed(directory, 'src/lib.mjs', '--library', 'src/lib.mjs=Lib', '-o', 'dist');
    expect(filesIn(join(directory, 'dist'))).to.deep.equal(['aliases.json', 'lib.js', 'manifest.json']);
    expect(output).to.not.include('Entries');
    expect(await succeed(directory, '--standalone', 'src/sw.js', '-o', 'dist', '-m')).to.include('sw.js');
  });

  it('keep their names in releases', async () => {
    const { directory } = new Project(site);
    const args = ['home.js', '--standalone', 'src/sw.js', '-o', 'out', '--releases', 'releases'];
    await succeed(directory, ...args);
    const one = filesIn(join(directory, 'out'));
    expect(one).to.include('sw.js');
    expect(one.find((name) => name.startsWith('home-'))).to.match(/^home-\w{10}\.js$/);
    writeFileSync(join(directory, 'shared.js'), "module.exports = 'another';");
    await succeed(directory, ...args);
    expect(read(join(directory, 'out'), 'sw.js')).to.include('another');
    const patches = filesIn(join(directory, 'out')).filter((name) => name.startsWith('patches'));
    expect(patches.length).to.be.at.most(1);
    const { standalone } = JSON.parse(read(join(directory, 'out'), 'manifest.json'));
    expect(standalone).to.deep.equal({ 'sw.js': { url: '/sw.js' } });
  });
});
