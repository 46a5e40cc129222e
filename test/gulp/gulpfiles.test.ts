/** The samples of the public surface, as gulpfiles of every kind. What comes out is run, not only compared. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import {
  expectPages,
  head,
  json,
  open,
  plain,
  project,
  readFiles,
  runGulp,
  type Served,
  task,
} from '../api/projects';
import type { ProjectFiles } from '../helpers/project';

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
      const bundles = Object.keys(readFiles(made.path('public/js'))).sort();
      expect(bundles).to.deep.equal(['admin.js', 'main.js', 'shared-src-shared.js', 'src-big.js']);
      expect(Object.keys(readFiles(made.path('views'))).sort()).to.deep.equal([
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
    for (const name of Object.keys(readFiles(made.path('public/js'))))
      expect(name).to.match(/^[\w-]+-[0-9a-f]{10}\.min\.js$/);
    const { 'aliases.json': aliases, 'main.html': html } = readFiles(made.path('views'));
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
    expect(readFiles(made.path('public/js'))).to.include.keys('v2/main.js');
    await expectPages(made);
  });

  it('understands a rev manifest', async () => {
    const made = project(
      task(`const pack = dynapack({ prefix: '/js/' });
        return src('src/pages/*.js').pipe(pack).pipe(rev()).pipe(dest('public/js')).pipe(rev.manifest())
          .pipe(pack.scripts()).pipe(dest('views'));`),
    );
    await runGulp(made);
    expect(json(readFiles(made.path('views'))['aliases.json'])['main.js']).to.match(
      /^main-[0-9a-f]{10}\.js$/,
    );
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
    expect(json(readFiles(made.path('views'))['aliases.json'])).to.include({
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
    expect(Object.keys(readFiles(made.path('public/js')))).to.have.length(16);
    const { 'aliases.json': aliases, 'manifest.json': manifest } = readFiles(made.path('views'));
    expect(`${aliases}${manifest}`)
      .to.include('sha384-')
      .and.not.match(/\.(gz|map|br)\b/);
    for (const { url, integrity } of Object.values(JSON.parse(manifest as string).bundles as Served)) {
      const served = readFiles(made.path('public/js'))[url.slice('/js/'.length)] as string;
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
