/** A session of any length needs the memory of a few builds: in the end, nothing is left of those before. */
import { rmSync, symlinkSync } from 'node:fs';
import { getHeapSnapshot } from 'node:v8';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { kinds, type Step } from '../../bench/session/kinds';
import { Session } from '../../bench/session/session';
import { Project, type ProjectFiles, readFiles } from '../helpers/project';
import { runClean, runTask, type Task } from '../helpers/task';

/** Outputs and minified texts are forgotten when 32 builds have come by without them. */
const BUILDS = 50;
const KEPT = 40;

const MODULES = 4;

function start(name: string): Session {
  const modules = Array.from({ length: MODULES }, (_, number) => `m${number}.js`);
  const text = (number: number): string => (number < MODULES - 1 ? `require('./m${number + 1}.js');` : '');
  const project = new Project(Object.fromEntries(modules.map((each, number) => [each, text(number)])));
  return new Session({ directory: project.directory, entries: modules.slice(0, 3), modules }, name);
}

/** Marks of builds that are in some text in memory. */
async function marksInMemory(): Promise<Set<string>> {
  const found = new Set<string>();
  let rest = '';
  for await (const chunk of getHeapSnapshot().setEncoding('latin1')) {
    for (const [mark] of (rest + chunk).matchAll(/remnant-\d+-[\d.]+-/g)) found.add(mark);
    rest = chunk.slice(-40);
  }
  return found;
}

/** Modules that come and go, more of them than are kept. */
async function churn(project: Project, task: Task, index: number): Promise<void> {
  for (let round = 0; round < 4; round++) {
    const names = Array.from({ length: 50 }, (_, number) => `new-${index}-${round}-${number % 5}/${number}`);
    project.write(Object.fromEntries(names.map((name) => [`src/${name}.js`, ''])));
    project.write({ 'src/new.js': names.map((name) => `require('./${name}');`).join('\n') });
    await runTask(project, task);
    for (const name of names) rmSync(project.path(`src/${name}.js`));
  }
  project.write({ 'src/new.js': '' });
}

const program: ProjectFiles = {
  'package.json': { name: 'app' },
  'src/main.js': `
    try { require('./linked/file'); } catch {}
    require('./part'); require('package'); require('./typed.js');
    try { require('./late'); require('not-there'); } catch {}`,
  'src/new.js': '',
  'src/part/index.js': "'src/part/index.js'",
  'src/typed.js': "this === undefined || 'CommonJS'",
  'node_modules/package/package.json': { name: 'package', main: 'one.js' },
  'node_modules/package/one.js': "'one.js'",
  'node_modules/package/two.js': "'two.js'",
  'one/file.js': "'one/file.js'",
  'two/file.js': "'two/file.js'",
};

/** Each makes something else of a specifier, or of a source. */
const changes: Record<string, (project: Project) => void> = {
  'a link': (project) => symlinkSync(project.path('one'), project.path('src/linked'), 'dir'),
  'another link': (project) => {
    rmSync(project.path('src/linked'));
    symlinkSync(project.path('two'), project.path('src/linked'), 'dir');
  },
  'a file beside a directory': (project) => project.write({ 'src/part.js': "'src/part.js'" }),
  'what was missing': (project) => project.write({ 'src/late.ts': "'late'" }),
  'another main file': (project) =>
    project.write({ 'node_modules/package/package.json': { name: 'package', main: 'two.js' } }),
  'a nearer package': (project) => project.write({ 'src/node_modules/package/index.js': "'nearer'" }),
  'a package that was missing': (project) => project.write({ 'node_modules/not-there/index.js': "'there'" }),
  'another type': (project) => project.write({ 'package.json': { name: 'app', type: 'commonjs' } }),
  'a body': (project) => project.write({ 'src/part.js': "'src/part.js again'" }),
};

describe('a session', () => {
  it('keeps nothing of builds that are over, whatever they were', async () => {
    const steps = Object.entries(kinds);
    const run = async (step: Step, session: Session): Promise<Session> => {
      for (let count = 0; count < BUILDS; count++) await step(session, count);
      return session;
    };
    // All at once: streams wait a lot. The sessions are there until memory has been looked at.
    const sessions = await Promise.all(steps.map(([, step], index) => run(step, start(`remnant-${index}`))));
    const marks = await marksInMemory();
    const left = steps.map(([kind], index): [string, number] => {
      const own = [...marks].filter((mark) => mark.startsWith(`remnant-${index}-`));
      return [kind, own.length];
    });
    expect(sessions.length).to.equal(left.length);
    expect(left.filter(([, count]) => count > KEPT)).to.deep.equal([]);
  }).timeout(120_000);

  for (const isWatched of [false, true])
    it(`${isWatched ? 'and watches' : 'and looks at'} all that still matters when it has forgotten the rest`, async () => {
      const project = new Project(program);
      const cache = dynapack.cache();
      if (isWatched) cache.on('change', () => undefined);
      const task = { entries: ['src/main.js', 'src/new.js'], output: 'out', options: { cache } };
      for (const [index, change] of ['', ...Object.keys(changes)].entries()) {
        await churn(project, task, index);
        changes[change]?.(project);
        await runTask(project, task);
        const clean = Object.entries(await runClean(project, task));
        const written = readFiles(project.path('out'));
        for (const [name, text] of clean) expect(written[name.slice('out/'.length)], change).to.equal(text);
      }
    });
});
