/** One cache, several sets of entries and several places: on the disk is what a clean build of the same task writes. */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { sha256 } from '../../lib/hash';
import { Dice } from '../esm/dice';
import { Project, type ProjectFiles, readFiles } from '../helpers/project';
import { runClean, runTask, type Task } from '../helpers/task';

const files: ProjectFiles = {
  'a.js': "require('./m'); require('./n');",
  'b.js': "require('./m'); require('./n');",
  'm.js': 'self.m = 1;',
  'n.js': 'self.n = 1;',
  'q.js': "self.q = 1; import('./later');",
  'later.js': 'self.later = 1;',
};

const minify: dynapack.Minify = (code) => code.replace(/\s*\n\s*/g, '\n');

/** Other names, the same for other contents. */
const rename = (): Duplex =>
  objectTransform(async (file: File) => {
    file.stem += '.min';
    return file;
  }) as unknown as Duplex;

/** Names with hashes, as gulp-rev makes them. */
const rev = (): Duplex =>
  objectTransform(async (file: File) => {
    file.stem += `-${sha256(file.contents as Buffer).slice(0, 8)}`;
    return file;
  }) as unknown as Duplex;

/** Gives nothing out before it has all. */
const holding = (): Duplex =>
  objectTransform(async function* (source: AsyncIterable<File>) {
    const held: File[] = [];
    for await (const file of source) held.push(file);
    yield* held;
  }) as unknown as Duplex;

/** Runs the task; what a clean build writes must be on the disk then. Gives the names that came out. */
async function check(project: Project, task: Task, context = ''): Promise<string[]> {
  const given = await runTask(project, task);
  const clean = await runClean(project, task);
  for (const [path, text] of Object.entries(clean)) {
    const there = existsSync(project.path(path)) ? readFileSync(project.path(path), 'utf8') : undefined;
    expect(there, `${context} ${path}`).to.equal(text);
  }
  return given;
}

/** What comes out when nothing has changed, to see where it goes. */
const PROBES = ['aliases.json'];

describe('destinations', () => {
  it('of changing entries have what a clean build gives', async () => {
    const [project, options] = [new Project(files), { cache: dynapack.cache() }];
    const task: Task = { entries: ['a.js', 'b.js'], output: 'out', options };
    await check(project, task);
    project.write({ 'c.js': "require('./n');" });
    await check(project, { ...task, entries: ['a.js', 'b.js', 'c.js'] });
    rmSync(project.path('c.js'));
    project.write({ 'b.js': `${files['b.js']} require('./q');` });
    await check(project, task);
    await check(project, { ...task, entries: ['a.js'] });
    await check(project, task);
  });

  it('an edit gives out the bundle that has changed, and nothing but it', async () => {
    const [project, options] = [new Project(files), { cache: dynapack.cache() }];
    const task: Task = { entries: ['a.js', 'b.js'], output: 'out', options };
    expect(await check(project, task)).to.have.length(7);
    for (let edit = 0; edit < 3; edit++) {
      project.write({ 'b.js': `${files['b.js']} self.b = ${edit};` });
      expect(await check(project, task)).to.deep.equal([...PROBES, 'b.js']);
    }
  });

  it('a build that changes nothing gives out one bundle, the smallest', async () => {
    const [project, options] = [new Project(files), { cache: dynapack.cache() }];
    const task: Task = { entries: ['a.js', 'q.js'], output: 'out', options };
    await check(project, task);
    expect(await check(project, task)).to.deep.equal([...PROBES, 'later.js']);
  });

  const others: Record<string, Partial<Task>> = {
    'another directory': { output: 'other' },
    'another directory and minified modules': { output: 'other', plugins: (pack) => [pack.minify(minify)] },
    'another directory for scripts': { scripts: 'views' },
    'other scripts': { scriptsOptions: { integrity: true } },
    'minified modules': { plugins: (pack) => [pack.minify(minify)] },
    'other names': { plugins: () => [rename()] },
    'names with hashes': { plugins: () => [rev()] },
  };
  for (const [what, other] of Object.entries(others)) {
    it(`two tasks, one of them with ${what}, each have everything, and then what changes`, async () => {
      const [project, options] = [new Project(files), { cache: dynapack.cache() }];
      const tasks: Task[] = [
        { entries: ['a.js', 'b.js'], output: 'out', options },
        { entries: ['a.js', 'b.js'], output: 'out', options, ...other },
      ];
      for (const task of tasks) await check(project, task);
      const isApart = other.output !== undefined;
      for (let edit = 0; edit < 3; edit++) {
        project.write({ 'a.js': `${files['a.js']} self.a = ${edit};` });
        for (const task of tasks) {
          const given = await check(project, task, `edit ${edit}`);
          if (isApart) expect(given).to.deep.equal(['a.js', ...PROBES]);
        }
      }
    });
  }

  it('outputs that are gone or damaged come back', async () => {
    const [project, options] = [new Project(files), { cache: dynapack.cache(), sourcemaps: true }];
    const task: Task = { entries: ['a.js', 'q.js'], output: 'out', scripts: 'views', options, maps: '.' };
    await check(project, task);
    const damages: [() => void, string[]][] = [
      [() => rmSync(project.path('out/later.js')), ['later.js']],
      [() => rmSync(project.path('out/a.js.map')), ['a.js']],
      [() => writeFileSync(project.path('out/a.js'), 'damaged'), ['a.js']],
      [() => appendFileSync(project.path('views/q.html'), ' '), ['q.html']],
      [() => rmSync(project.path('views/manifest.json')), ['manifest.json']],
      [() => rmSync(project.path('out'), { recursive: true }), ['a.js', 'later.js', 'q.js']],
    ];
    for (const [damage, names] of damages) {
      damage();
      expect(await check(project, task))
        .to.include.members(names)
        .and.have.length.at.most(4);
    }
  });

  it('a plugin that waits for all Files is given all', async () => {
    const [project, options] = [new Project(files), { cache: dynapack.cache() }];
    const task: Task = {
      entries: ['a.js', 'b.js', 'q.js'],
      output: 'out',
      options,
      plugins: () => [holding()],
    };
    const all = (await check(project, task)).filter((name) => name.endsWith('.js'));
    project.write({ 'b.js': `${files['b.js']} self.b = 1;` });
    expect(await check(project, task)).to.include.members(all);
  });

  it('whoever reads the pack without a place on the disk is given all', async () => {
    const [project, cache] = [new Project(files), dynapack.cache()];
    const counts: number[] = [];
    for (let build = 0; build < 2; build++) {
      const pack = dynapack({ root: project.directory, cache });
      pack.end(project.path('q.js'));
      let count = 0;
      for await (const _file of pack) count++;
      counts.push(count);
    }
    expect(counts).to.deep.equal([2, 2]);
  });

  it('any sequence of edits, entries, places and accidents gives what clean builds give', async () => {
    for (let seed = 1; seed <= 5; seed++) await random(seed);
  }).timeout(120_000);
});

/** Tasks of all kinds on one cache, some of them with the same directories. */
const kinds: Omit<Task, 'entries'>[] = [
  { output: 'out/one' },
  { output: 'out/two', scripts: 'out/views' },
  { output: 'out/one', scripts: 'out/views' },
  { output: 'out/two', plugins: (pack) => [pack.minify(minify)], scriptsOptions: { integrity: true } },
  { output: 'out/three', plugins: () => [rename()] },
  { output: 'out/three', plugins: (pack) => [pack.minify(minify), rev()] },
  { output: 'out/one', plugins: () => [holding()] },
  { output: 'out/four', options: { loader: 'file', sourcemaps: true }, maps: '../maps' },
];

async function random(seed: number): Promise<void> {
  const dice = new Dice(seed);
  const names = ['a', 'b', 'c', 'd', 'e', 'f'];
  const text = (): string => {
    const uses = names
      .filter(() => dice.chance(0.25))
      .map((name) => {
        return dice.chance(0.8) ? `require('./${name}');` : `import('./${name}');`;
      });
    return `${uses.join(' ')} self.x = ${dice.below(1000)};`;
  };
  const project = new Project(Object.fromEntries(names.map((name) => [`${name}.js`, text()])));
  const cache = dynapack.cache();
  const used = kinds.filter(() => dice.chance(0.5));
  const damage = (): void => {
    const written = existsSync(project.path('out')) ? Object.keys(readFiles(project.path('out'))) : [];
    if (written.length === 0) return;
    const path = project.path(`out/${dice.pick(written)}`);
    if (dice.chance(0.5)) rmSync(path);
    else if (dice.chance(0.7)) writeFileSync(path, 'damaged');
    else rmSync(project.path('out'), { recursive: true });
  };
  for (let step = 0; step < 16; step++) {
    for (let count = dice.below(3); count > 0; count--) {
      project.write({ [`${dice.pick(names)}.js`]: text() });
      if (dice.chance(0.3)) damage();
    }
    const kind = dice.pick(used.length === 0 ? kinds : used);
    const entries = names
      .slice(0, 4)
      .filter(() => dice.chance(0.6))
      .map((name) => `${name}.js`);
    const task = {
      ...kind,
      entries: dice.chance(0.3) || entries.length === 0 ? ['a.js', 'b.js'] : entries,
      options: { ...kind.options, cache },
    };
    await check(project, task, `seed ${seed}, step ${step}`);
  }
}
