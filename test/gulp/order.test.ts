/** Streams that are put together wrongly fail the task, and say how they are put together: none ends in silence, or never. */
import { expect } from 'chai';
import { gulp, saveUntil } from '../helpers/process';
import { Project } from '../helpers/project';

const files = { 'main.js': "require('./part');", 'part.js': '' };

function project(tasks: string): Project {
  const gulpfile = `
    const { src, dest, series, watch } = require('gulp');
    const { pipeline } = require('stream');
    const rename = require('gulp-rename');
    const { objectTransform } = require('through2');
    const dynapack = require('dynapack');
    ${tasks}
  `;
  return new Project({ ...files, 'gulpfile.js': gulpfile }).link(
    'gulp',
    'gulp-rename',
    'through2',
    'dynapack',
  );
}

async function outputOf(tasks: string): Promise<string> {
  const { code, output } = await gulp(project(tasks).directory).finished;
  expect(output).to.not.match(/forget to signal|^\s+at .*node_modules/m);
  expect(code).to.equal(1);
  return output;
}

/** What a task has between its braces, and what it says. */
const never: Record<string, [body: string, says: RegExp]> = {
  'scripts() of another pack than the one that the entries go into': [
    "const other = dynapack(); return src('main.js').pipe(pack).pipe(dest('out')).pipe(other.scripts()).pipe(dest('html'));",
    /the pack was given no entries, and scripts\(\) waited .*\n.*src\(…\)\.pipe\(pack\)/,
  ],
  'streams of a pack that nothing is piped into': [
    "return src('main.js').pipe(pack.minify()).pipe(dest('out')).pipe(pack.scripts()).pipe(dest('html'));",
    /the pack was given no entries, and minify\(\) and scripts\(\) waited/,
  ],
  'a pack that is given nothing': ["return pack.pipe(dest('out'));", /the pack was given no entries$/m],
  'a pack that is not told of the end': [
    "pack.write(require('path').resolve('main.js')); return pack.pipe(dest('out'));",
    /the entries of the pack have not ended\n.*pack\.end\(\)/,
  ],
  'scripts() that nothing is piped into': [
    "src('main.js').pipe(pack).pipe(dest('out')); return pack.scripts().pipe(dest('html'));",
    /scripts\(\) was given nothing.*\n.*\.pipe\(pack\.scripts\(\)\)/,
  ],
  'a plugin that does not call back': [
    "return src('main.js').pipe(pack).pipe(objectTransform((_file, _encoding, _callback) => {})).pipe(pack.scripts()).pipe(dest('html'));",
    /what is piped into scripts\(\) has not ended\n.*call back/,
  ],
  'minify() before its pack': [
    "return src('main.js').pipe(pack.minify()).pipe(pack).pipe(dest('out')).pipe(pack.scripts()).pipe(dest('html'));",
    /minify\(\) is piped into its own pack.*\n.*src\(…\)\.pipe\(pack\)\.pipe\(pack\.minify\(\)\)/,
  ],
  'patches() before its pack, and something between': [
    "return src('main.js').pipe(pack.patches({ releases: 'releases' })).pipe(rename({ suffix: '.x' })).pipe(pack).pipe(dest('out'));",
    /patches\(\) is piped into its own pack/,
  ],
};

describe('a task', function () {
  this.timeout(60_000);

  for (const [name, [body, says]] of Object.entries(never))
    it(`with ${name} fails instead of never ending`, async () => {
      const output = await outputOf(`exports.default = () => { const pack = dynapack(); ${body} };`);
      expect(output).to.include('NEVER_ENDS').and.match(says);
    });

  /** Nothing is left to do, and nothing is wrong. */
  const right: Record<string, string> = {
    'deals with the failure of a plugin before the pack':
      "src('main.js').pipe(objectTransform((_file, _encoding, callback) => callback(new Error('broken')))).on('error', () => done()).pipe(pack).pipe(dest('out')).pipe(pack.scripts()).pipe(dest('html'));",
    'deals with the failure of a plugin behind the pack':
      "src('main.js').pipe(pack).pipe(objectTransform((_file, _encoding, callback) => callback(new Error('broken')))).on('error', () => done()).pipe(pack.scripts()).pipe(dest('html'));",
    "gives the pack its entries when the process has nothing left to do but the user's":
      "process.once('beforeExit', () => setTimeout(() => pack.end(require('path').resolve('main.js')), 50)); pack.pipe(dest('out')).on('finish', done);",
  };
  for (const [name, body] of Object.entries(right))
    it(`that ${name} is not failed`, async () => {
      const tasks = `exports.default = (done) => { const pack = dynapack(); ${body} };`;
      const { code, output } = await gulp(project(tasks).directory).finished;
      expect(output)
        .to.include("Finished 'default'")
        .and.not.match(/NEVER_ENDS|node:/);
      expect(code).to.equal(0);
    });

  const again: Record<string, string> = {
    'dest is last': "src('main.js').pipe(pack).pipe(dest('out'))",
    'scripts and dest follow':
      "src('main.js').pipe(pack).pipe(dest('out')).pipe(pack.scripts()).pipe(dest('html'))",
    'all streams are made outside':
      "src('main.js').pipe(pack).pipe(minify).pipe(dest('out')).pipe(scripts).pipe(dest('html'))",
    'minify() stands behind something':
      "src('main.js').pipe(pack).pipe(rename({ suffix: '.x' })).pipe(pack.minify()).pipe(dest('out')).pipe(pack.scripts()).pipe(dest('html'))",
    'event style': "(pack.end(require('path').resolve('main.js')), pack.pipe(dest('out')))",
  };
  for (const [name, chain] of Object.entries(again))
    it(`that uses a pack again fails, when ${name}`, async () => {
      const output = await outputOf(
        `const pack = dynapack(), minify = pack.minify(), scripts = pack.scripts();
        const one = () => ${chain};
        exports.default = series(one, one);`,
      );
      expect(output).to.match(
        /Finished 'one'[\s\S]*'one' errored[\s\S]*PACK_ENDED.*\n.*call dynapack\(\) inside/,
      );
      expect(output).to.not.include('dynapack warning');
    });

  it('that uses a pack again fails, when pipeline: newer Nodes say so themselves', async () => {
    const made = project(
      `const pack = dynapack();
      const one = () => pipeline(src('main.js'), pack, dest('out'), pack.scripts(), dest('html'), () => {});
      exports.default = series(one, one);`,
    );
    const { code, output } = await gulp(made.directory).finished;
    expect(output).to.match(
      /'one' errored[\s\S]*(?:PACK_ENDED.*\n.*call dynapack\(\) inside|ERR_STREAM_UNABLE_TO_PIPE)/,
    );
    expect(output).to.not.include('forget to signal');
    expect(code).to.equal(1);
  });

  it('that watches with a pack that it uses again fails each time, and does not end', async () => {
    const made = project(
      `const pack = dynapack();
      const one = () => src('main.js').pipe(pack).pipe(dest('out')).pipe(pack.scripts()).pipe(dest('html'));
      exports.default = () => { watch('main.js', { ignoreInitial: false, delay: 20 }, one); };`,
    );
    made.write({ 'part.js': 'syntax error' });
    const watching = gulp(made.directory);
    await watching.next(/SYNTAX_ERROR/);
    made.write({ 'part.js': '' });
    for (const text of ['1;', '2;']) await saveUntil(watching, made, { 'main.js': text }, /PACK_ENDED/);
    await watching.stop();
  });
});
