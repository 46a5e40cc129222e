/** Warnings that nobody listens for are shown by gulp, once; what gulp is told not to show is not. */
import { expect } from 'chai';
import { gulp } from '../helpers/process';
import { Project } from '../helpers/project';

const UNKNOWN = 'export const load = (name) => import(name);';

const gulpfile = `const { src, dest, series } = require('gulp');
  const { writeFileSync } = require('fs');
  const dynapack = require('dynapack');

  /** A task that makes one build. */
  const build = (options, listen) => () => {
    const pack = dynapack(options);
    if (listen) pack.on('warning', listen);
    return src('main.js').pipe(pack).pipe(dest('out'));
  };
  const say = (text) => async () => console.log(text);
  const edit = (name, text) => async () => writeFileSync(name, text);
  const cache = dynapack.cache();
  const builds = series(
    build({}, ({ code }) => console.log('heard ' + code)), say('first'),
    build({}), say('again'), build({}), build({ debug: true }), say('edited'),
    edit('part.js', ${JSON.stringify(`\n${UNKNOWN}`)}), build({}));
  const cached = series(
    build({ cache }), say('text'), edit('main.js', "require('./part'); self.main = 2;"), build({ cache }),
    say('imports'), edit('main.js', "require('./part'); require('./other');"), build({ cache }),
    say('edited'), edit('part.js', ${JSON.stringify(`\n${UNKNOWN}`)}), build({ cache }));
  exports.all = series(builds, edit('part.js', ${JSON.stringify(UNKNOWN)}), say('cached'), cached);`;

const files = {
  'main.js': "require('./part'); self.main = 1;",
  'part.js': UNKNOWN,
  'other.js': '',
  'gulpfile.js': gulpfile,
};

/** What gulp prints besides its tasks, without times; paths are relative. */
async function run(...args: string[]): Promise<string[]> {
  const made = new Project(files).link('gulp', 'dynapack');
  const { code, output } = await gulp(made.directory, ...args).finished;
  expect(code, output).to.equal(0);
  const lines = output.replaceAll(`${made.directory}/`, '').trim().split('\n');
  const own = lines.map((line) => line.replace(/^\[[\d:]+\] /, ''));
  return own.filter((line) => !/^(Using gulpfile|Working directory|Starting|Finished)|^ {2}/.test(line));
}

const warning = (line: number): string =>
  `dynapack warning: part.js:${line}:31 import() of an expression is left to the browser: which module it means is not known before it runs`;

describe('warnings in gulp', function () {
  this.timeout(60_000);

  it('go to those who listen, else to the log: once, and again when the module is edited', async () => {
    const ofBuilds = ['heard UNKNOWN_IMPORT', 'first', warning(1), 'again', 'edited', warning(2)];
    const ofCache = [warning(1), 'text', 'imports', 'edited', warning(2)];
    expect(await run('all')).to.deep.equal([...ofBuilds, 'cached', ...ofCache]);
  });

  it('are not shown when gulp is to show errors only', async () => {
    const ofBuilds = ['heard UNKNOWN_IMPORT', 'first', 'again', 'edited'];
    expect(await run('all', '-L')).to.deep.equal([...ofBuilds, 'cached', 'text', 'imports', 'edited']);
  });
});
