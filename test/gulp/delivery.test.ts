/** What a build has emitted and what then failed on its way to the disk is emitted again by the next one. */
import { expect } from 'chai';
import { gulp } from '../helpers/process';
import { Project, readFiles } from '../helpers/project';

/** Chains with `fails()` at every place; it lets everything pass in the second run. */
const chains: Record<string, string> = {
  'the first plugin': "pack.pipe(fails()).pipe(dest('out')).pipe(pack.scripts()).pipe(dest('html'))",
  'a later plugin': "pack.pipe(rename((path) => path)).pipe(fails()).pipe(dest('out'))",
  'a plugin at the end': 'pack.pipe(rename((path) => path)).pipe(rename((path) => path)).pipe(fails())',
  dest: "pack.pipe(rename((path) => path)).pipe(dest(run === 1 ? 'taken' : 'out'))",
  'a plugin behind dest': "pack.pipe(dest(run === 1 ? 'lost' : 'out')).pipe(fails())",
  'a plugin behind scripts()':
    "pack.pipe(dest(run === 1 ? 'lost' : 'out')).pipe(pack.scripts()).pipe(fails()).pipe(dest('html'))",
  'a pipeline': "pipeline(pack, rename((path) => path), fails(), dest('out'), () => {})",
  'a plugin of streamx': "pack.pipe(rename((path) => path)).pipe(failsInStreamx()).pipe(dest('out'))",
};

const gulpfile = (chain: string): string => `
  const { existsSync, readdirSync, statSync } = require('fs');
  const { dest, series } = require('gulp');
  const { pipeline } = require('stream');
  const rename = require('gulp-rename');
  const { objectTransform } = require('through2');
  const { Transform } = require('streamx');
  const dynapack = require('dynapack');
  const cache = dynapack.cache();
  let run = 0;
  let emitted;
  const fails = () => objectTransform((file, encoding, done) => done(null, file), (done) =>
    run === 1 ? done(new Error('full')) : done());
  const failsInStreamx = () => new Transform({ flush: (done) => done(run === 1 ? new Error('full') : null) });
  function scripts() {
    run++;
    const pack = dynapack({ cache });
    for (const name of ['main.js', 'page.js']) pack.write(require('path').resolve(name));
    pack.end();
    emitted = 0;
    pack.on('data', () => emitted++);
    return ${chain};
  }
  // A chain that has failed may still write what had passed: files that it writes over later are given out once more.
  const written = () => existsSync('out') && readdirSync('out').map((name) => [name, statSync('out/' + name).ctimeMs]).join();
  const whenStill = (next, before = written()) =>
    setTimeout(() => (written() === before ? next() : whenStill(next)), 250);
  exports.default = (done) => series(scripts)((error) => {
    if (!error) return done(new Error('nothing has failed'));
    whenStill(() => series(scripts, scripts)((failure) => {
      console.log('emitted by a third: ' + emitted);
      done(failure);
    }));
  });
`;

describe('delivery in gulp', function () {
  this.timeout(60_000);

  for (const [name, chain] of Object.entries(chains)) {
    it(`a build emits everything when ${name} has failed in the one before`, async () => {
      const project = new Project({
        'main.js': "require('./a');",
        'page.js': "require('./a'); import('./b');",
        'a.js': '',
        'b.js': '',
        taken: 'a file where the directory should be',
        'gulpfile.js': gulpfile(chain),
      }).link('gulp', 'gulp-rename', 'through2', 'streamx', 'dynapack');
      const { code, output } = await gulp(project.directory).finished;
      expect(code, output).to.equal(0);
      // One, to see where it goes; all, where that is not on the disk.
      const count = chain.includes("'out'") ? 1 : 4;
      expect(output, output).to.include(`emitted by a third: ${count}`);
      const namesIn = (directory: string) => Object.keys(readFiles(project.path(directory)));
      if (chain.includes("'out'"))
        expect(namesIn('out')).to.have.members(['main.js', 'page.js', 'shared-a.js', 'b.js']);
      if (chain.includes('scripts()')) expect(namesIn('html')).to.include.members(['main.html', 'page.html']);
    });
  }
});
