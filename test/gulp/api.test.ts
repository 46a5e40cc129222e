/** The public surface as DESIGN.md shows it, in gulp and out of it. What comes out is run, not only compared. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import File from 'vinyl';
import { failure, finish, type Packed, pack as packEntries } from '../helpers/pack';
import { gulp, Running } from '../helpers/process';
import { Project, type ProjectFiles } from '../helpers/project';
import { type Visit, visit } from '../helpers/visit';

/** Two pages that share a module; one of them requests another module later. */
const pages: ProjectFiles = {
  'src/pages/main.js': `var ensure = require('node-ensure'), big = '../big' /*js*/;
    self.main = require('../shared');
    ensure([big], function (err) { self.big = err || require(big); });`,
  'src/pages/admin.js': "self.admin = require('../shared');",
  'src/shared.js': "module.exports = 'shared';",
  'src/big.js': "module.exports = 'big';",
};

const packages = ['gulp', 'gulp-rename', 'gulp-rev', 'gulp-terser', 'node-ensure', 'through2', 'dynapack'];
const project = (files: ProjectFiles): Project => new Project({ ...pages, ...files }).link(...packages);

function read(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.map((path) => [path.slice(directory.length + 1), readFileSync(path, 'utf8')]),
  );
}

/** Opens the page of an entry as a site would serve it. */
function open(made: Project, entry: string, js = 'public/js', html = 'views'): Promise<Visit> {
  return visit(read(made.path(js)), [read(made.path(html))[`${entry}.html`] as string]);
}

async function expectPages(made: Project): Promise<void> {
  expect((await open(made, 'main')).page).to.include({ main: 'shared', big: 'big' });
  expect((await open(made, 'admin')).page).to.include({ admin: 'shared' });
}

async function runGulp(made: Project): Promise<string> {
  const { code, output } = await gulp(made.directory, 'scripts').finished;
  expect(code, output).to.equal(0);
  return output;
}

type Served = Record<string, { url: string; integrity: string }>;

const json = (text: string | undefined): Record<string, string> => JSON.parse(text as string);
const head = `const { src, dest } = require('gulp'); const dynapack = require('dynapack');
  const { resolve } = require('path'); const rename = require('gulp-rename');
  const rev = require('gulp-rev').default; const terser = require('gulp-terser');
  const { objectTransform } = require('through2');`;

/** A task of the given statements, in a CommonJS gulpfile. */
const task = (body: string): ProjectFiles => ({
  'gulpfile.js': `${head} exports.scripts = function scripts(done) { ${body} };`,
});

const plain = `const pack = dynapack({ prefix: '/js/' });
  return src('src/pages/*.js').pipe(pack).pipe(dest('public/js')).pipe(pack.scripts()).pipe(dest('views'));`;

describe('the API in gulp', function () {
  this.timeout(60_000);

  const gulpfiles: Record<string, ProjectFiles> = {
    'gulpfile.js': task(plain),
    'gulpfile.mjs': {
      'gulpfile.mjs': `import gulp from 'gulp'; import dynapack from 'dynapack';
        const { src, dest } = gulp; export function scripts() { ${plain} }`,
    },
    'gulpfile.ts': {
      '.gulp.js': "require('tsx/cjs'); module.exports = {};",
      'gulpfile.ts': `import { src, dest } from 'gulp'; import dynapack from 'dynapack';
        export function scripts(): NodeJS.ReadWriteStream { ${plain.replace('pack =', 'pack: dynapack.Pack =')} }`,
    },
    'gulpfile.ts with import = require': {
      '.gulp.js': "require('tsx/cjs'); module.exports = {};",
      'gulpfile.ts': `import gulp = require('gulp'); import dynapack = require('dynapack');
        const { src, dest } = gulp; export function scripts() { ${plain} }`,
    },
  };
  for (const [name, files] of Object.entries(gulpfiles)) {
    it(`works from ${name}`, async () => {
      const made = project(files).link('tsx');
      const output = await runGulp(made);
      expect(output).to.not.match(/warning|did not complete/i);
      await expectPages(made);
      const bundles = Object.keys(read(made.path('public/js'))).sort();
      expect(bundles).to.deep.equal(['admin.js', 'main.js', 'shared-src-shared.js', 'src-big.js']);
      expect(Object.keys(read(made.path('views'))).sort()).to.deep.equal([
        'admin.html',
        'aliases.json',
        'main.html',
        'manifest.json',
      ]);
    });
  }

  it('prints nothing of its own', async () => {
    const output = await runGulp(project(task(plain)));
    const lines = output.trim().split('\n');
    expect(
      lines.filter((line) => !/^\[[\d:]+\] (Using gulpfile|Starting|Finished)/.test(line)),
    ).to.deep.equal([]);
  });

  it('understands Files that were minified, renamed and revved', async () => {
    const made = project(
      task(`const pack = dynapack({ prefix: '/js/' });
        return src('src/pages/*.js').pipe(pack).pipe(terser()).pipe(rename({ suffix: '.min' })).pipe(rev())
          .pipe(dest('public/js')).pipe(pack.scripts()).pipe(dest('views'));`),
    );
    await runGulp(made);
    for (const name of Object.keys(read(made.path('public/js'))))
      expect(name).to.match(/^[\w-]+-[0-9a-f]{10}\.min\.js$/);
    const { 'aliases.json': aliases, 'main.html': html } = read(made.path('views'));
    expect(json(aliases)['main.js']).to.match(/^main-[0-9a-f]{10}\.min\.js$/);
    expect(html).to.include(json(aliases)['main.js']);
    await expectPages(made);
  });

  it('understands Files in another directory', async () => {
    const made = project(
      task(`const pack = dynapack({ prefix: '/js/' });
        return src('src/pages/*.js').pipe(pack).pipe(rename({ dirname: 'v2' }))
          .pipe(dest('public/js')).pipe(pack.scripts()).pipe(dest('views'));`),
    );
    await runGulp(made);
    expect(read(made.path('public/js'))).to.include.keys('v2/main.js');
    await expectPages(made);
  });

  it('understands a rev manifest', async () => {
    const made = project(
      task(`const pack = dynapack({ prefix: '/js/' });
        return src('src/pages/*.js').pipe(pack).pipe(rev()).pipe(dest('public/js')).pipe(rev.manifest())
          .pipe(pack.scripts()).pipe(dest('views'));`),
    );
    await runGulp(made);
    expect(json(read(made.path('views'))['aliases.json'])['main.js']).to.match(/^main-[0-9a-f]{10}\.js$/);
    await expectPages(made);
  });

  it('serves older releases of itself: a manifest from the disk after the build', async () => {
    const made = project(
      task(`const pack = dynapack({ prefix: '/js/' });
        src('src/pages/*.js').pipe(pack).pipe(rev()).pipe(dest('public/js')).pipe(rev.manifest()).pipe(dest('.'))
          .on('finish', () => src('rev-manifest.json').pipe(pack.scripts()).pipe(dest('views')).on('finish', done));`),
    );
    await runGulp(made);
    await expectPages(made);
  });

  it('works in the event style', async () => {
    const made = project(
      task(`const pack = dynapack();
        pack.on('end', () => {
          const s = pack.scripts(); s.pipe(dest('views')).on('finish', done);
          s.end({ 'main.js': 'main-3def45.min.js' });
        });
        pack.pipe(rename((path) => { if (path.basename === 'main') path.basename = 'main-3def45.min'; })).pipe(dest('public/js'));
        pack.write(resolve('src/pages/admin.js'));
        pack.end(resolve('src/pages/main.js'));`),
    );
    await runGulp(made);
    expect(json(read(made.path('views'))['aliases.json'])).to.include({
      'main.js': 'main-3def45.min.js',
      'admin.js': 'admin.js',
    });
    await expectPages(made);
  });

  it('takes a transform between deps() and mods()', async () => {
    const made = project({
      ...task(`const pack = dynapack({ prefix: '/js/' });
        const upper = objectTransform((file, encoding, callback) => {
          file.contents = Buffer.from(String(file.contents).replace("'shared'", "'SHARED'").replace("'big'", "'BIG'"));
          callback(null, file);
        });
        pack.deps().pipe(upper).pipe(pack.mods());
        return src('src/pages/*.js').pipe(pack).pipe(dest('public/js')).pipe(pack.scripts()).pipe(dest('views'));`),
    });
    await runGulp(made);
    expect((await open(made, 'main')).page).to.include({ main: 'SHARED', big: 'BIG' });
  });

  it('takes what a plugin before it made of the entries', async () => {
    const made = project(
      task(`const pack = dynapack({ prefix: '/js/' });
        const add = objectTransform((file, encoding, callback) => {
          file.contents = Buffer.concat([Buffer.from('self.added = true;'), file.contents]); callback(null, file);
        });
        return src('src/pages/*.js').pipe(add).pipe(pack).pipe(dest('public/js')).pipe(pack.scripts()).pipe(dest('views'));`),
    );
    await runGulp(made);
    expect((await open(made, 'admin')).page).to.include({ added: true, admin: 'shared' });
  });

  it('is not confused by compressed copies and maps', async () => {
    const made = project(
      task(`const pack = dynapack({ prefix: '/js/' });
        const copies = objectTransform(async function* (files) {
          for await (const file of files) {
            for (const suffix of ['.gz', '.map']) {
              const copy = file.clone(); copy.path += suffix; copy.contents = Buffer.from('no script'); yield copy;
            }
            yield file;
            const late = file.clone(); late.path += '.br'; late.contents = Buffer.from('no script'); yield late;
          }
        });
        return src('src/pages/*.js').pipe(pack).pipe(rev()).pipe(copies)
          .pipe(dest('public/js')).pipe(pack.scripts({ integrity: true })).pipe(dest('views'));`),
    );
    await runGulp(made);
    expect(Object.keys(read(made.path('public/js')))).to.have.length(16);
    const { 'aliases.json': aliases, 'manifest.json': manifest } = read(made.path('views'));
    expect(`${aliases}${manifest}`)
      .to.include('sha384-')
      .and.not.match(/\.(gz|map|br)\b/);
    for (const { url, integrity } of Object.values(JSON.parse(manifest as string).bundles as Served)) {
      const served = read(made.path('public/js'))[url.slice('/js/'.length)] as string;
      expect(integrity).to.equal(`sha384-${createHash('sha384').update(served).digest('base64')}`);
    }
    await expectPages(made);
  });

  it('keeps entries of one name in different folders apart', async () => {
    const made = project({
      'src/pages/shop/index.js': "self.result = 'shop ' + require('../../shared');",
      'src/pages/blog/index.js': "self.result = 'blog ' + require('../../shared');",
      ...task(plain.replace('/*.js', '/**/*.js')),
    });
    await runGulp(made);
    await expectPages(made);
    for (const name of ['shop', 'blog'])
      expect((await open(made, `${name}/index`)).page.result).to.equal(`${name} shared`);
  });

  it('one task serves every build: the factory gives a fresh stream', async () => {
    const made = project({
      'gulpfile.js': `${head} const { series } = require('gulp'); const once = () => { ${plain} };
        exports.scripts = series(once, once);`,
    });
    await runGulp(made);
    await expectPages(made);
  });
});

describe('the API', () => {
  const make = (files: ProjectFiles): Project => new Project(files).link('node-ensure');
  const rooted = (made: Project, options: dynapack.Options = {}): dynapack.Options => ({
    root: made.directory,
    ...options,
  });
  const result = async (packed: Packed): Promise<unknown> => (await packed.visit('main')).page.result;

  describe('entries', () => {
    const files = { 'main.js': "self.result = require('./part');", 'part.js': "module.exports = 'disk';" };
    const text = "self.result = 'given ' + require('./part');";

    const inputs: Record<string, [input: (path: string) => dynapack.EntryInput, expected: string]> = {
      'a path': [(path) => path, 'disk'],
      'a path with dots': [(path) => join(dirname(path), 'x').replace(/x$/, './y/../main.js'), 'disk'],
      'a record without contents': [(path) => ({ path }), 'disk'],
      'a record': [(path) => ({ path, contents: text }), 'given disk'],
      'a record with bytes': [(path) => ({ path, contents: new TextEncoder().encode(text) }), 'given disk'],
      'a File without contents': [(path) => new File({ path, base: dirname(path) }), 'disk'],
      'a File': [
        (path) => new File({ path, base: dirname(path), contents: Buffer.from(text) }),
        'given disk',
      ],
    };
    for (const [name, [input, expected]] of Object.entries(inputs)) {
      it(`may be ${name}`, async () => {
        const made = make(files);
        expect(await result(await packEntries([input(made.path('main.js'))], rooted(made)))).to.equal(
          expected,
        );
      });
    }

    it('may exist nowhere but in the pack', async () => {
      const made = make({ 'part.js': files['part.js'] });
      const packed = await packEntries([{ path: made.path('main.js'), contents: text }], rooted(made));
      expect(await result(packed)).to.equal('given disk');
    });

    it('written twice are one, and contents win over the disk in either order', async () => {
      const made = make(files);
      const path = made.path('main.js');
      for (const entries of [
        [path, path],
        [{ path, contents: text }, path],
        [path, new File({ path, base: dirname(path), contents: Buffer.from(text) })],
      ]) {
        const packed = await packEntries(entries as dynapack.EntryInput[], rooted(made));
        expect(Object.keys(packed.scripts)).to.deep.equal(['main.html', 'aliases.json', 'manifest.json']);
        expect(await result(packed)).to.equal(entries[0] === entries[1] ? 'disk' : 'given disk');
      }
    });

    it('given with contents are the same module when another entry requires them', async () => {
      const made = make({ ...files, 'other.js': "require('./main'); require('./main.js');" });
      const main = { path: made.path('main.js'), contents: `self.runs = (self.runs || 0) + 1; ${text}` };
      const packed = await packEntries([made.path('other.js'), main], rooted(made));
      const { page } = await packed.visit('other');
      expect(page).to.include({ runs: 1, result: 'given disk' });
    });

    it('make a pack with and without new', async () => {
      const made = make(files);
      for (const pack of [dynapack(rooted(made)), new dynapack(rooted(made))]) {
        pack.end(made.path('main.js'));
        expect(await result(await finish(pack))).to.equal('disk');
      }
      expect(() => dynapack()).to.not.throw();
      expect(() => new dynapack()).to.not.throw();
    });

    const wrong: Record<string, unknown> = {
      'a relative path': 'main.js',
      'a number': 7,
      'a record without a path': { contents: '' },
      'a record with a relative path': { path: 'main.js' },
      'a record with wrong contents': { path: '/main.js', contents: 7 },
      'a File without a path': new File({ contents: Buffer.from('') }),
      'an array': ['/main.js'],
    };
    for (const [name, entry] of Object.entries(wrong)) {
      it(`that are ${name} fail the pack`, async () => {
        const error = await failure(packEntries([entry as dynapack.EntryInput]));
        expect(error.code).to.equal('INVALID_ENTRY');
      });
    }

    it('none at all fails the pack', async () => {
      expect((await failure(packEntries([]))).code).to.equal('NO_ENTRIES');
    });
  });

  describe('scripts()', () => {
    const two = {
      'main.js': "self.main = require('./part');",
      'admin.js': "self.admin = require('./part');",
      'part.js': '',
    };

    /** Bundles two entries and gives each of the inputs to `scripts()`, with the bundle Files at hand. */
    async function scripts(inputs: (files: File[]) => unknown[]) {
      const made = make(two);
      const { files, bundles } = await packEntries(
        [made.path('main.js'), made.path('admin.js')],
        rooted(made),
      );
      const pack = dynapack(rooted(made));
      pack.write(made.path('main.js'));
      pack.end(made.path('admin.js'));
      pack.resume();
      const stream = pack.scripts();
      for (const input of inputs(files)) stream.write(input);
      stream.end();
      const out: Record<string, string> = {};
      for await (const file of stream) out[file.relative] = String(file.contents);
      return {
        out,
        bundles,
        aliases: json(out['aliases.json']),
        manifest: JSON.parse(out['manifest.json'] as string),
      };
    }
    const manifestFile = (name: string, value: unknown): File =>
      new File({ path: `/x/${name}`, base: '/x', contents: Buffer.from(JSON.stringify(value)) });
    function renamed(file: File, name: string): File {
      const copy = file.clone();
      copy.path = join(copy.base, name);
      return copy;
    }

    it('without input serves bundles under their own names', async () => {
      const { aliases, bundles, out } = await scripts(() => []);
      expect(aliases).to.deep.equal(Object.fromEntries(Object.keys(bundles).map((name) => [name, name])));
      expect((await visit(bundles, [out['main.html'] as string])).page).to.have.property('main');
    });

    it('takes a mix of alias objects, manifests and Files', async () => {
      const { aliases, bundles, manifest, out } = await scripts((files) => [
        { 'main.js': 'main-1.js' },
        manifestFile('rev-manifest.json', { 'admin.js': 'admin-2.js', 'style.css': 'style-2.css' }),
        ...files.filter(({ stem }) => stem.startsWith('shared')).map((file) => renamed(file, 'shared-3.js')),
      ]);
      const shared = Object.keys(bundles).find((name) => name.startsWith('shared')) as string;
      expect(aliases).to.deep.equal({
        'main.js': 'main-1.js',
        'admin.js': 'admin-2.js',
        [shared]: 'shared-3.js',
      });
      expect(manifest.bundles[shared].url).to.equal('/shared-3.js');
      expect(manifest.entries.main.scripts.map(({ url }: { url: string }) => url)).to.have.members([
        '/main-1.js',
        '/shared-3.js',
      ]);
      const served = Object.fromEntries(Object.entries(bundles).map(([name, text]) => [aliases[name], text]));
      expect(
        (await visit(served, [out['main.html'] as string, out['admin.html'] as string])).page,
      ).to.include.keys('main', 'admin');
    });

    const chains: Record<string, (files: File[]) => unknown[]> = {
      'two alias objects': () => [{ 'main.js': 'main.min.js' }, { 'main.min.js': 'main.min-abc.js' }],
      'one alias object': () => [{ 'main.js': 'main.min.js', 'main.min.js': 'main.min-abc.js' }],
      'two manifests, the later link first': () => [
        manifestFile('b.json', { 'main.min.js': 'main.min-abc.js' }),
        manifestFile('a.json', { 'main.js': 'main.min.js' }),
      ],
      'a File and a manifest': (files) => [
        renamed(files.find(({ stem }) => stem === 'main') as File, 'main.min.js'),
        manifestFile('rev-manifest.json', { 'main.min.js': 'main.min-abc.js' }),
      ],
    };
    for (const [name, inputs] of Object.entries(chains)) {
      it(`follows chains of names through ${name}`, async () => {
        expect((await scripts(inputs)).aliases['main.js']).to.equal('main.min-abc.js');
      });
    }

    it('does not follow a circle for ever', async () => {
      const { aliases } = await scripts(() => [{ 'main.js': 'a.js', 'a.js': 'main.js' }]);
      expect(['main.js', 'a.js']).to.include(aliases['main.js']);
    });

    it('may be asked for several times', async () => {
      const made = make(two);
      const pack = dynapack(rooted(made));
      pack.end(made.path('main.js'));
      pack.resume();
      const streams = [pack.scripts(), pack.scripts({ nonce: 'n' })];
      streams[0]?.end({ 'main.js': 'a.js' });
      streams[1]?.end({ 'main.js': 'b.js' });
      const found = [];
      for (const stream of streams)
        for await (const file of stream)
          if (file.basename === 'aliases.json') found.push(json(String(file.contents))['main.js']);
      expect(found).to.deep.equal(['a.js', 'b.js']);
    });

    const wrong: Record<string, unknown> = {
      'an alias that is no string': { 'main.js': 7 },
      'an array': ['main.js'],
      'a string': 'main.js',
      'broken JSON': new File({ path: '/x/rev-manifest.json', contents: Buffer.from('{') }),
    };
    for (const [name, input] of Object.entries(wrong)) {
      it(`fails for ${name}`, async () => {
        const error = await failure(scripts(() => [input]));
        expect(error.code).to.equal('INVALID_ALIAS');
      });
    }
  });

  describe('output', () => {
    const files = {
      ...pages,
      'node_modules/pkg/index.js': "module.exports = 'pkg';",
      'src/pages/third.js': "self.third = require('pkg') + require('../shared');",
    };
    const entries = ['main', 'admin', 'third'].map((name) => `src/pages/${name}.js`);
    const everything = ({ bundles, scripts }: Packed): unknown => ({ bundles, scripts });

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
        './src/shared.js': made.path('src/shared.js'),
        'pkg/index.js': made.path('node_modules/pkg/index.js'),
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
        [...entries, 'src/shared.js', 'src/big.js', 'node_modules/pkg/index.js'].map((name) =>
          made.path(name),
        ),
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
        'bundle',
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

  describe('options', () => {
    const misspelt: Record<string, string> = {
      prefx: 'prefix',
      debg: 'debug',
      dinamic: 'dynamic',
      builtin: 'builtins',
      envs: 'env',
      roots: 'root',
      resolv: 'resolve',
      externals: 'external',
      parse: 'parser',
      loaders: 'loader',
      names: 'name',
      timeOut: 'timeout',
      Prefix: 'prefix',
    };
    for (const [wrong, right] of Object.entries(misspelt)) {
      it(`'${wrong}' is taken for a misspelt '${right}'`, () => {
        const call = (): unknown => dynapack({ [wrong]: 1 } as dynapack.Options);
        const error = thrown(call);
        expect(error).to.include({ code: 'UNKNOWN_OPTION', message: `unknown option '${wrong}'` });
        expect(error.hint).to.include(`'${right}'`);
        expect(thrown(() => new dynapack({ [wrong]: 1 } as dynapack.Options)).code).to.equal(
          'UNKNOWN_OPTION',
        );
      });
    }

    it('a name like no other is answered with all names', () => {
      const { hint } = thrown(() => dynapack({ sourceTypeOfEverything: 1 } as dynapack.Options));
      for (const name of [
        'prefix',
        'debug',
        'dynamic',
        'builtins',
        'env',
        'root',
        'resolve',
        'external',
        'parser',
        'loader',
        'name',
        'timeout',
      ])
        expect(hint).to.include(name);
    });

    it('names inside resolve, and those of scripts(), are checked too', () => {
      const inResolve = thrown(() => dynapack({ resolve: { extension: ['.js'] } } as dynapack.Options));
      expect(`${inResolve}`).to.include("'resolve.extension'").and.include("'resolve.extensions'");
      const inScripts = thrown(() => dynapack().scripts({ integrty: true } as dynapack.ScriptsOptions));
      expect(`${inScripts}`).to.include("'integrty'").and.include("'integrity'");
    });

    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      it(`'${name}' is no option`, () => {
        const options = JSON.parse(`{ "${name}": 1 }`) as dynapack.Options;
        expect(thrown(() => dynapack(options)).code).to.equal('UNKNOWN_OPTION');
      });
    }

    const wrongValues: Record<string, unknown[]> = {
      prefix: [7, null, ['/']],
      debug: ['yes', 1, null],
      dynamic: [7, '', [], ['js', 7], 'a*/b', true],
      builtins: ['x', ['x'], { fs: true }, null],
      env: ['production', { NODE_ENV: true }, ['a']],
      root: [7, '/no/such/directory', __filename, true],
      resolve: ['x', [], null],
      'resolve.conditions': ['browser', [7]],
      'resolve.mainFields': ['main', [7]],
      'resolve.extensions': ['.js', ['js'], [7]],
      'resolve.alias': ['x', { a: true }, { a: 7 }],
      'resolve.symlinks': ['no', 0],
      external: ['jquery', { jquery: true }, ['jquery']],
      parser: ['acorn', {}, true],
      loader: ['external', true],
      name: ['a b', '', 7, '1a'],
      timeout: ['30', 0, -1, Number.NaN],
    };
    for (const [name, values] of Object.entries(wrongValues)) {
      it(`'${name}' with a wrong value is refused, by name`, () => {
        for (const value of values) {
          const options = name.startsWith('resolve.')
            ? { resolve: { [name.slice('resolve.'.length)]: value } }
            : { [name]: value };
          const error = thrown(() => dynapack(options as dynapack.Options));
          expect(error).to.include({ code: 'INVALID_OPTION' });
          expect(error.message).to.include(`'${name}'`);
        }
      });
    }

    const wrongScripts: Record<string, unknown[]> = {
      nonce: [7, true],
      integrity: ['sha384', 1],
      crossorigin: [true, '', 'yes'],
      preload: ['yes', 1],
      prefetch: ['yes', 1],
    };
    for (const [name, values] of Object.entries(wrongScripts)) {
      it(`scripts option '${name}' with a wrong value is refused, by name`, () => {
        for (const value of values) {
          const error = thrown(() => dynapack().scripts({ [name]: value } as dynapack.ScriptsOptions));
          expect(error).to.include({ code: 'INVALID_OPTION' });
          expect(error.message).to.include(`'${name}'`);
        }
      });
    }

    it('that are no object are refused', () => {
      for (const value of ['/js/', 7, null, ['/js/'], true]) {
        expect(thrown(() => dynapack(value as dynapack.Options)).code).to.equal('INVALID_OPTION');
        expect(thrown(() => dynapack().scripts(value as dynapack.ScriptsOptions)).code).to.equal(
          'INVALID_OPTION',
        );
      }
    });

    it('that are undefined are absent', () => {
      expect(() =>
        dynapack({ prefix: undefined, resolve: undefined } as unknown as dynapack.Options),
      ).to.not.throw();
      expect(() => dynapack({ resolve: { alias: undefined } } as unknown as dynapack.Options)).to.not.throw();
    });
  });
});

describe('a large project', function () {
  this.timeout(120_000);

  /** Each module leads to the next one, so that the graph is deep, and to ten others, so that it is wide. */
  const size = 10_000;
  function numbered(index: number): string {
    const others = Array.from({ length: 10 }, (_, child) => index * 10 + child + 1).filter((n) => n < size);
    const list = others.map((other) => `require('./${other}')`).join(', ');
    const next = index + 1 < size ? `require('./${index + 1}')` : 'undefined';
    return `module.exports = function () { return ${next}; }; module.exports.others = function () { return [${list}]; };`;
  }

  it('of 10,000 modules builds with few file descriptors', async () => {
    const files: ProjectFiles = {
      'main.js': `var next = require('./m/0'), others = next.others().length, count = 0;
        while (next) { next = next(); count++; }
        self.counts = [count, others];`,
    };
    for (let index = 0; index < size; index++) files[`m/${index}.js`] = numbered(index);
    files['build.js'] =
      `const dynapack = require('dynapack'); const { dest } = require('gulp'); const { pipeline } = require('stream');
      const pack = dynapack({ root: __dirname });
      pipeline(pack, dest('js'), pack.scripts(), dest('js'), (error) => { if (error) throw error; console.log('built'); });
      pack.end(__dirname + '/main.js');`;
    const made = new Project(files).link('gulp', 'dynapack');
    const line = `ulimit -n 64; exec ${process.execPath} build.js`;
    const { code, output } = await new Running('sh', ['-c', line], made.directory).finished;
    expect(code, output).to.equal(0);
    expect(output).to.equal('built\n');
    expect((await open(made, 'main', 'js', 'js')).page.counts).to.deep.equal([size, 10]);
  });
});

/** The error that a call throws at once. */
function thrown(call: () => unknown): dynapack.DynapackError {
  try {
    call();
  } catch (error) {
    expect(error).to.be.instanceOf(dynapack.DynapackError);
    return error as dynapack.DynapackError;
  }
  throw new Error('expected a failure, but nothing was thrown');
}
