/** Warnings that nobody listens for are shown by gulp, once; what gulp is told not to show is not. */
import { expect } from 'chai';
import { gulp } from '../helpers/process';
import { Project, type ProjectFiles } from '../helpers/project';

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

/** A task that passes on what has changed since it ran last, and others that edit, remove or take less for other reasons. */
const sinceGulpfile = `const { src, dest, series, lastRun } = require('gulp');
  const { appendFileSync, rmSync } = require('fs');
  const { setTimeout: wait } = require('timers/promises');
  const dynapack = require('dynapack');

  const caches = [dynapack.cache(), dynapack.cache()];
  const build = (glob, options, cache) =>
    src(glob, options).pipe(dynapack({ cache })).pipe(dest('out'));
  const changed = () => build('pages/*.js', { since: lastRun(changed) }, caches[0]);
  const all = () => build('pages/*.js', {}, caches[1]);
  const one = () => build('pages/a.js', {}, caches[1]);
  const say = (text) => async () => console.log(text);
  const edit = (...names) => async () => {
    await wait(20);
    for (const name of names) appendFileSync('pages/' + name, '\\nself.edits = 1;');
  };
  const remove = (name) => async () => rmSync('pages/' + name);
  exports.since = series(
    changed, say('one'), edit('a.js'), changed, say('two'), edit('b.js', 'c.js'), changed,
    say('all'), edit('a.js', 'b.js', 'c.js'), changed, say('removed'), remove('c.js'), edit('a.js', 'b.js'), changed);
  exports.less = series(all, one, say('removed'), edit('a.js'), remove('b.js'), all);`;

const files = {
  'main.js': "require('./part'); self.main = 1;",
  'part.js': UNKNOWN,
  'other.js': '',
  'gulpfile.js': gulpfile,
};

const pages = {
  'pages/a.js': "require('../part');",
  'pages/b.js': "require('../part');",
  'pages/c.js': '',
  'part.js': '',
  'gulpfile.js': sinceGulpfile,
};

/** What gulp prints besides its tasks, without times; paths are relative. */
async function run(own: ProjectFiles, ...args: string[]): Promise<string[]> {
  const made = new Project(own).link('gulp', 'dynapack');
  const { code, output } = await gulp(made.directory, ...args).finished;
  expect(code, output).to.equal(0);
  const lines = output.replaceAll(`${made.directory}/`, '').trim().split('\n');
  const shown = lines.map((line) => line.replace(/^\[[\d:]+\] /, ''));
  return shown.filter((line) => !/^(Using gulpfile|Working directory|Starting|Finished)|^ {2}/.test(line));
}

const warning = (line: number): string =>
  `dynapack warning: part.js:${line}:31 import() of an expression is left to the browser: which module it means is not known before it runs`;

describe('warnings in gulp', function () {
  this.timeout(60_000);

  it('go to those who listen, else to the log: once, and again when the module is edited', async () => {
    const ofBuilds = ['heard UNKNOWN_IMPORT', 'first', warning(1), 'again', 'edited', warning(2)];
    const ofCache = [warning(1), 'text', 'imports', 'edited', warning(2)];
    expect(await run(files, 'all')).to.deep.equal([...ofBuilds, 'cached', ...ofCache]);
  });

  it('are not shown when gulp is to show errors only', async () => {
    const ofBuilds = ['heard UNKNOWN_IMPORT', 'first', 'again', 'edited'];
    expect(await run(files, 'all', '-L')).to.deep.equal([...ofBuilds, 'cached', 'text', 'imports', 'edited']);
  });

  it('tell of entries that were dropped because they have not changed', async () => {
    const missing = (...names: string[]): string =>
      `the pack was given only entries that have changed, without ${names.map((name) => `'${name}'`).join(', ')}, which it had before`;
    const shown = (await run(pages, 'since')).map((line) => /the pack was .* before|^\w+$/.exec(line)?.[0]);
    expect(shown).to.deep.equal([
      ...['one', missing('pages/b.js', 'pages/c.js')],
      ...['two', missing('pages/a.js'), 'all', 'removed'],
    ]);
    expect(await run(pages, 'less')).to.deep.equal(['removed']);
  });
});
