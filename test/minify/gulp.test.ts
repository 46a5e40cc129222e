/** `pack.minify()` in real gulp: what it writes, and how its errors are shown. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { gulp, saveUntil } from '../helpers/process';
import { Project, type ProjectFiles } from '../helpers/project';
import { visitDirectory } from '../helpers/visit';

/** Ends of the chain behind minify(). */
const chains: Record<string, string> = {
  'it is last': 'src(entries).pipe(pack).pipe(minify)',
  'dest is last': "src(entries).pipe(pack).pipe(minify).pipe(dest('js'))",
  'scripts and dest follow':
    "src(entries).pipe(pack).pipe(minify).pipe(rev()).pipe(dest('js')).pipe(pack.scripts()).pipe(dest('html'))",
  'a plugin stands before it':
    "src(entries).pipe(pack).pipe(rename({ suffix: '.x' })).pipe(minify).pipe(dest('js'))",
  pipeline: "pipeline(src(entries), pack, minify, dest('js'), () => {})",
};

const gulpfile = (chain: string, minify = ''): string => `
  const { src, dest, watch } = require('gulp');
  const { pipeline } = require('stream');
  const rename = require('gulp-rename');
  const rev = require('gulp-rev').default;
  const dynapack = require('dynapack');
  const entries = 'src/*.js';
  const cache = dynapack.cache();
  exports.scripts = function scripts() {
    const pack = dynapack({ cache });
    const minify = pack.minify(${minify});
    return ${chain};
  };
  exports.watch = () => {
    watch('src/**/*.js', { ignoreInitial: false, delay: 20 }, exports.scripts);
  };
`;

const files: ProjectFiles = {
  'src/main.js': "var longName = require('./parts/part'); self.result = longName;",
  'src/other.js': "self.result = ['other', require('./parts/part')];",
  'src/parts/part.js': "module.exports = 'part 1';",
};

const project = (chain: string, minify?: string): Project =>
  new Project({ ...files, 'gulpfile.js': gulpfile(chain, minify) }).link(
    'gulp',
    'gulp-rename',
    'gulp-rev',
    'dynapack',
  );

/** Fails, as a minifier that does not know some syntax. */
const picky = `(code) => {
  if (code.includes('novelty')) throw Object.assign(new Error('what is this'), { line: 2, col: 0 });
  return code;
}`;

async function resultOf(made: Project, entry: string): Promise<unknown> {
  const { page } = await visitDirectory(
    made.path('js'),
    readFileSync(made.path(`html/${entry}.html`), 'utf8'),
  );
  return page.result;
}

describe('minify() in gulp', function () {
  this.timeout(60_000);
  const all = chains['scripts and dest follow'] as string;

  it('writes minified bundles that run', async () => {
    const made = project(all);
    const { code, output } = await gulp(made.directory, 'scripts').finished;
    expect(code, output).to.equal(0);
    expect(await resultOf(made, 'main')).to.equal('part 1');
    expect(await resultOf(made, 'other')).to.deep.equal(['other', 'part 1']);
  });

  for (const [name, chain] of Object.entries(chains)) {
    it(`fails the task and names the place when ${name}`, async () => {
      const made = project(chain, picky);
      made.write({ 'src/parts/part.js': '\nnovelty();' });
      const { code, output } = await gulp(made.directory, 'scripts').finished;
      expect(code).to.equal(1);
      expect(output).to.include('cannot minify: what is this').and.include('src/parts/part.js:1:1');
      expect(output).to.match(/'scripts' errored after/);
      expect(output).to.not.match(/forget to signal|^\s+at .*node_modules/m);
    });
  }

  it('goes on watching, and writes what the failure has kept from being written', async () => {
    const made = project(all, picky);
    const watching = gulp(made.directory, 'watch');
    await watching.next(/Finished 'scripts'/);
    await saveUntil(
      watching,
      made,
      { 'src/parts/part.js': '\nnovelty();' },
      /'scripts' errored after.*\n.*MINIFICATION_FAILED/,
    );
    await saveUntil(
      watching,
      made,
      { 'src/parts/part.js': "module.exports = 'part 2';" },
      /Finished 'scripts'/,
    );
    await watching.stop();
    expect(await resultOf(made, 'main')).to.equal('part 2');
    expect(await resultOf(made, 'other')).to.deep.equal(['other', 'part 2']);
  });
});
