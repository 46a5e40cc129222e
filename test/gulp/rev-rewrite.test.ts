/**
 * gulp-rev with gulp-rev-rewrite, its documented companion, which replaces the names of renamed files wherever it finds them: in
 * bundles as well as in pages.
 */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { gulp } from '../helpers/process';
import { Project, type ProjectFiles, readFiles } from '../helpers/project';
import { startSite } from '../helpers/site';
import { visit } from '../helpers/visit';
import { createVisitor } from '../updates/visitor';

/** Text that does not compress, so that a patch is worth its request. */
const text = Array.from({ length: 60 }, (_, index) => createHash('sha256').update(`${index}`).digest('hex'));

/** Two entries have names that are short or frequent, and a directory is called like a script. */
const sources = (release: string): ProjectFiles => ({
  'src/index.js': `import { shared } from './chart.js/index.js';
    (self.log = self.log || []).push('index ${release}', shared);
    import('./data.js').then(({ data }) => self.log.push(data));
    self.logo = 'logo.svg'; self.text = '${text.join('')}';`,
  'src/a.js': "(self.log = self.log || []).push('a', require('./chart.js/index.js').shared);",
  'src/chart.js/index.js': "exports.shared = 'shared';",
  'src/data.js': "export const data = 'data';",
  'src/logo.svg': '<svg/>',
});

const gulpfile = `import gulp from 'gulp'; import rev from 'gulp-rev'; import revRewrite from 'gulp-rev-rewrite';
  import dynapack from 'dynapack'; import { readFileSync } from 'node:fs';
  const { src, dest, series, parallel } = gulp;
  const read = (path) => JSON.parse(readFileSync(path, 'utf8'));
  const entries = () => src(['src/index.js', 'src/a.js']);

  /** Bundles are renamed on their way. They are rewritten, or pages, which hold snippets of what came out, or both are. */
  function onTheWay(out, rewritten, options) {
    const images = () => src('src/logo.svg').pipe(rev()).pipe(dest(out)).pipe(rev.manifest()).pipe(dest(out + '/views'));
    const manifest = () => readFileSync(out + '/views/rev-manifest.json');
    function bundles() {
      const pack = dynapack(options);
      let stream = entries().pipe(pack).pipe(rev());
      if (rewritten.includes('bundles')) stream = stream.pipe(revRewrite({ manifest: manifest() }));
      if (options.updates) stream = stream.pipe(pack.patches({ releases: 'releases' }));
      return stream.pipe(dest(out)).pipe(pack.scripts()).pipe(dest(out + '/views'));
    }
    const all = () => JSON.stringify({ ...read(out + '/views/aliases.json'), ...JSON.parse(manifest()) });
    const pages = () => src(out + '/views/*.html')
      .pipe(revRewrite({ manifest: rewritten.includes('pages') ? all() : '{}' })).pipe(dest(out));
    return series(images, bundles, pages);
  }

  /** All is renamed and rewritten when it is finished, as the plugin's own documentation has it. */
  function inTheEnd(out, options) {
    function bundles() {
      const pack = dynapack(options);
      return entries().pipe(pack).pipe(pack.minify()).pipe(dest('build/' + out))
        .pipe(pack.scripts()).pipe(dest('build/' + out));
    }
    const all = () => src(['build/' + out + '/**/*.js', 'src/logo.svg']).pipe(rev())
      .pipe(src('build/' + out + '/*.html')).pipe(revRewrite()).pipe(dest(out));
    return series(bundles, all);
  }

  const debug = { debug: true };
  export const all = parallel(
    onTheWay('one', ['bundles'], {}), onTheWay('two', ['pages'], {}), onTheWay('three', ['bundles', 'pages'], {}),
    onTheWay('four', ['bundles'], debug), onTheWay('five', ['pages'], debug),
    inTheEnd('six', {}), inTheEnd('seven', debug));
  export const release = onTheWay('public', ['bundles'], { prefix: '/js/', loader: 'file', updates: 'page' });`;

const newProject = (): Project =>
  new Project({ ...sources('one'), 'gulpfile.mjs': gulpfile }).link(
    'gulp',
    'gulp-rev',
    'gulp-rev-rewrite',
    'terser',
    'dynapack',
  );

async function run(project: Project, task: string): Promise<void> {
  const { code, output } = await gulp(project.directory, task).finished;
  expect(code, output).to.equal(0);
}

describe('gulp-rev and gulp-rev-rewrite', function () {
  this.timeout(60_000);

  it('rewrite bundles, pages or both, on their way or in the end, with and without debug', async () => {
    const project = newProject();
    await run(project, 'all');
    for (const directory of ['one', 'two', 'three', 'four', 'five', 'six', 'seven']) {
      const isRewritten = !['two', 'five'].includes(directory);
      const files = readFiles(project.path(directory));
      const scripts = Object.keys(files).filter((name) => name.endsWith('.js'));
      for (const name of scripts) expect(name).to.match(/-[0-9a-f]{10}\.js$/);
      const index = await visit(files, [files['index.html'] as string]);
      expect(index.errors, directory).to.deep.equal([]);
      expect(index.page.log).to.have.members(['index one', 'shared', 'data']);
      if (isRewritten) expect(files, 'what the sources name').to.have.property(index.page.logo);
      const a = await visit(files, [files['a.html'] as string]);
      expect(a.page.log, directory).to.deep.equal(['a', 'shared']);
    }
  });

  it('rewrite what visitors who come again have patches for, the loader being a file', async () => {
    const project = newProject();
    const site = await startSite();
    const visitor = await createVisitor();
    const headers = { 'cache-control': 'public, max-age=31536000, immutable' };

    /** Builds, serves what was built, and opens the page. */
    async function release() {
      await run(project, 'release');
      const files = readFiles(project.path('public'));
      for (const [name, body] of Object.entries(files)) site.set(`/js/${name}`, { body, headers });
      site.set('/', `<!doctype html><body>${files['index.html']}</body>`);
      site.forget();
      return visitor.open(site.url);
    }

    try {
      const first = await release();
      expect(await first.said(3)).to.deep.equal(['data', 'index one', 'shared']);
      const isKept = async () => (await (await caches.open('dynapack')).keys()).length > 2;
      await first.page.waitForFunction(isKept);
      project.write(sources('two'));
      const second = await release();
      expect(await second.said(3)).to.deep.equal(['data', 'index two', 'shared']);
      expect([...first.problems, ...second.problems]).to.deep.equal([]);
      const [, patch, ...rest] = site.paths();
      expect(patch).to.match(/^\/js\/patches\/.+\.txt$/);
      expect(rest).to.deep.equal([]);
    } finally {
      await visitor.leave();
      await site.close();
    }
  });
});
