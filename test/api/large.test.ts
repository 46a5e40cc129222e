import { expect } from 'chai';
import { Running } from '../helpers/process';
import { Project, type ProjectFiles } from '../helpers/project';
import { open } from './projects';

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
