/** Errors as gulp shows them: the point of GULP-specific care in lib/streams/forward-errors.ts. */
import { expect } from 'chai';
import { gulp, saveUntil } from '../helpers/process';
import { Project, type ProjectFiles } from '../helpers/project';

/** Ends of the chain behind the pack: where streams lose errors differs. */
const chains: Record<string, string> = {
  'pack is last': 'src(entries).pipe(pack)',
  'dest is last': "src(entries).pipe(pack).pipe(dest('out'))",
  'scripts and dest follow':
    "src(entries).pipe(pack).pipe(dest('out')).pipe(pack.scripts()).pipe(dest('html'))",
  'a plugin follows': "src(entries).pipe(pack).pipe(rename({ suffix: '.x' })).pipe(dest('out'))",
  'a plugin, dest and scripts follow':
    "src(entries).pipe(pack).pipe(rename({ suffix: '.x' })).pipe(dest('out')).pipe(pack.scripts()).pipe(dest('html'))",
  'there are several branches':
    "(src(entries).pipe(pack), pack.pipe(dest('copy')), pack.pipe(pack.report()).pipe(dest('one')), pack.pipe(rename({ suffix: '.x' })).pipe(dest('two')), pack.pipe(pack.report({ file: 'b.html' })).pipe(dest('three')), pack.pipe(dest('out')).pipe(pack.scripts()).pipe(dest('html')))",
  pipeline: "pipeline(src(entries), pack, dest('out'), () => {})",
  'event style': "(pack.end(require('path').resolve(entries)), pack.pipe(dest('out')))",
};

function gulpfile(chain: string, splice = '', options = '{}'): string {
  return `
    const { src, dest, watch } = require('gulp');
    const { pipeline } = require('stream');
    const rename = require('gulp-rename');
    const { objectTransform } = require('through2');
    const dynapack = require('dynapack');
    const entries = 'main.js';
    exports.scripts = function scripts() {
      const pack = dynapack(${options});
      ${splice}
      return ${chain};
    };
    exports.watch = () => {
      watch('*.js', { ignoreInitial: false, delay: 20, ignored: 'gulpfile.js' }, exports.scripts);
    };
  `;
}

function project(files: ProjectFiles, chain: string, splice?: string, options?: string): Project {
  const made = new Project({ ...files, 'gulpfile.js': gulpfile(chain, splice, options) });
  return made.link('gulp', 'gulp-rename', 'through2', 'dynapack');
}

const drop =
  "pack.deps().pipe(objectTransform((file, encoding, callback) => file.stem === 'main' ? callback() : callback(null, file))).pipe(pack.mods());";

describe('errors in gulp', function () {
  this.timeout(60_000);

  for (const [name, chain] of Object.entries(chains)) {
    it(`are shown with file, line, column and frame, without a stack, when ${name}`, async () => {
      const { directory } = project({ 'main.js': 'var ok;\nvar broken = ;\n' }, chain);
      const { code, output } = await gulp(directory, 'scripts').finished;
      expect(code).to.equal(1);
      expect(output).to.include('main.js:2:14').and.include('> 2 | var broken = ;');
      expect(output).to.match(/'scripts' errored after/);
      expect(output).to.not.match(/forget to signal|^\s+at .*node_modules/m);
    });

    it(`that come late, from a module, are shown when ${name}`, async () => {
      const { directory } = project(
        { 'main.js': "require('./part');", 'part.js': "require('./gone');" },
        chain,
      );
      const { code, output } = await gulp(directory, 'scripts').finished;
      expect(code).to.equal(1);
      expect(output).to.include("cannot find module './gone'").and.include('part.js:1:9');
    });
  }

  it('a dropped module fails the task at once, naming it', async () => {
    const { directory } = project({ 'main.js': '' }, chains['dest is last'] as string, drop);
    const { code, output } = await gulp(directory, 'scripts').finished;
    expect(code).to.equal(1);
    expect(output).to.match(/never reached mods\(\): .*main\.js/);
    expect(output).to.not.include('forget to signal');
  });

  it('a failing transform of the user fails the task with its own error', async () => {
    const broken =
      "pack.deps().pipe(objectTransform((file, encoding, callback) => callback(new Error('mine broke')))).pipe(pack.mods());";
    const { directory } = project({ 'main.js': '' }, chains['scripts and dest follow'] as string, broken);
    const { code, output } = await gulp(directory, 'scripts').finished;
    expect(code).to.equal(1);
    expect(output).to.include('mine broke');
    expect(output).to.not.include('forget to signal');
  });

  it('a dest that cannot be written fails the task', async () => {
    const { directory } = project(
      { 'main.js': '', out: 'a file where the directory should be' },
      chains['scripts and dest follow'] as string,
    );
    const { code, output } = await gulp(directory, 'scripts').finished;
    expect(code).to.equal(1);
    expect(output).to.match(/ENOTDIR|EEXIST|not a directory/);
  });

  for (const name of [
    'dest is last',
    'scripts and dest follow',
    'a plugin, dest and scripts follow',
    'there are several branches',
  ]) {
    it(`do not end watching when ${name}`, async () => {
      const made = project(
        { 'main.js': "require('./part');", 'part.js': 'syntax error' },
        chains[name] as string,
      );
      const watching = gulp(made.directory, 'watch');
      await watching.next(/'scripts' errored after.*\n.*SYNTAX_ERROR/);
      await saveUntil(watching, made, { 'part.js': 'module.exports = 1;' }, /Finished 'scripts'/);
      await saveUntil(
        watching,
        made,
        { 'part.js': "require('./gone');" },
        /'scripts' errored after.*\n.*MODULE_NOT_FOUND/,
      );
      await saveUntil(watching, made, { 'gone.js': '' }, /Finished 'scripts'/);
      await watching.stop();
    });
  }

  it('a dropped module does not end watching', async () => {
    const made = project(
      { 'main.js': '' },
      chains['dest is last'] as string,
      `if (require('fs').readFileSync('main.js', 'utf8') === '') { ${drop} }`,
      '{ timeout: 0.3 }',
    );
    const watching = gulp(made.directory, 'watch');
    await watching.next(/never reached mods\(\)/);
    await saveUntil(watching, made, { 'main.js': 'var fixed;' }, /Finished 'scripts'/);
    await watching.stop();
  });
});
