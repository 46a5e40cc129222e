/** A cache in a directory lives from process to process; whatever happens to it, the outputs are right. */
import {
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import type File from 'vinyl';
import { randomNumbers } from '../../bench/generate-graph';
import { parseModern } from '../../lib/parse/tree/modern';
import { finish } from '../helpers/pack';
import { Running } from '../helpers/process';
import { Project } from '../helpers/project';

const files = {
  'main.js': "import { a } from './a.js'; self.out = a; import('./later.js');",
  'a.js': 'export const a = [1];',
  'later.js': "import './a.js'; module.hot; export default 'later';",
  'data.json': { x: 1 },
};

/** Sources that were parsed since it was emptied. */
const parsed: string[] = [];

const parser: NonNullable<dynapack.Options['parser']> = (source, { module, fileName }) => {
  parsed.push(fileName);
  return parseModern(source, module);
};

/** Files are known by their times, and not before clocks have ticked. */
const settle = () => sleep(2100);

async function build(project: Project, cache: dynapack.Cache | undefined) {
  parsed.length = 0;
  const pack = dynapack({ root: project.directory, parser, ...(cache && { cache }) });
  pack.end(project.path('main.js'));
  return (await finish(pack)).bundles;
}

/** Files below a directory, and the bytes that they have in all; nothing while some come or go. */
function look(directory: string): { paths: string[]; size: number } | undefined {
  try {
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name }) => join(parentPath, name));
    return { paths, size: paths.reduce((sum, path) => sum + statSync(path).size, 0) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** What is in the directory now, once it is all written. */
async function filesOf(directory: string): Promise<string[]> {
  for (let size = -1, quiet = 0; ; ) {
    await sleep(150);
    const found = look(directory);
    quiet = found && found.size === size && size > 0 ? quiet + 1 : 0;
    if (found && quiet === 2) return found.paths;
    size = found?.size ?? -1;
  }
}

describe('cache on disk', () => {
  const directories: string[] = [];

  // Nobody waits for a cache to be written, but who removes its directory.
  afterEach(async () => {
    for (const directory of directories.splice(0)) await filesOf(directory);
  });

  const make = async () => {
    const project = new Project(files);
    const directory = project.path('node_modules/.cache/dynapack');
    directories.push(directory);
    await settle();
    const clean = await build(project, undefined);
    expect(await build(project, dynapack.cache(directory))).to.deep.equal(clean);
    const paths = await filesOf(directory);
    return { project, directory, clean, paths };
  };

  it('a later process parses nothing that has not changed', async () => {
    const { project, directory, clean } = await make();
    expect(await build(project, dynapack.cache(directory))).to.deep.equal(clean);
    expect(parsed.filter((path) => path.startsWith(project.directory))).to.deep.equal([]);
    project.write({ 'a.js': 'export const a = [2];' });
    const changed = await build(project, dynapack.cache(directory));
    expect(parsed.filter((path) => path.startsWith(project.directory))).to.deep.equal([project.path('a.js')]);
    expect(changed).to.deep.equal(await build(project, undefined));
  });

  it('a later process that tells of changes sees those before it began, and those that follow', async () => {
    const { project, directory } = await make();
    project.write({ 'a.js': 'export const a = [2];' });
    const cache = dynapack.cache(directory);
    cache.on('change', () => undefined);
    expect(await build(project, cache)).to.deep.equal(await build(project, undefined));
    project.write({ 'later.js': "import './a.js'; export default 'edited';" });
    expect(await build(project, cache)).to.deep.equal(await build(project, undefined));
    project.write({ 'a.js': "import './b.js'; export const a = [3];", 'b.js': 'self.b = 1;' });
    expect(await build(project, cache)).to.deep.equal(await build(project, undefined));
  });

  const flipByte = (path: string): void => {
    const bytes = readFileSync(path);
    const at = bytes.length >> 1;
    bytes[at] = (bytes[at] as number) ^ 1;
    writeFileSync(path, bytes);
  };

  for (const [name, damage] of [
    ['is gone', (path: string) => rmSync(path)],
    ['was cut short', (path: string) => truncateSync(path, statSync(path).size >> 1)],
    ['is empty', (path: string) => truncateSync(path, 0)],
    ['has a bit changed', flipByte],
    ['is something else', (path: string) => writeFileSync(path, 'something else')],
  ] as const) {
    it(`makes no difference when it ${name}`, async () => {
      const { project, directory, clean, paths } = await make();
      for (const path of paths) damage(path);
      expect(await build(project, dynapack.cache(directory))).to.deep.equal(clean);
      expect(parsed).to.include(project.path('a.js'));
    });
  }

  it('cannot be written: the build is right all the same', async () => {
    const project = new Project({ ...files, taken: 'a file, not a directory' });
    const bundles = await build(project, dynapack.cache(project.path('taken')));
    expect(bundles).to.deep.equal(await build(project, undefined));
  });

  it('a process that is killed at any moment leaves a cache that gives right builds', async () => {
    const project = new Project({
      ...files,
      'build.cjs': `
        const dynapack = require('dynapack');
        const kill = () => process.kill(process.pid, 'SIGKILL');
        const [env, moment] = [{ ROUND: process.argv[2] }, Number(process.argv[3])];
        // While it builds; or, counted from its end, while the cache is written.
        const after = (milliseconds) => setTimeout(kill, milliseconds);
        if (moment < 0) after(-moment);
        const pack = dynapack({ cache: dynapack.cache('cache'), env });
        pack.on('data', () => {}).on('end', () => moment < 0 || after(moment));
        pack.end(require('node:path').resolve('main.js'));`,
    }).link('dynapack');
    directories.push(project.path('cache'));
    const random = randomNumbers(1);
    const builds = async (ROUND: string) => {
      const cache = dynapack.cache(project.path('cache'));
      const options = { root: project.directory, env: { ROUND } };
      for (const used of [options, { ...options, cache }]) {
        const pack = dynapack(used);
        pack.end(project.path('main.js'));
        texts.push((await finish(pack)).bundles);
      }
    };
    const texts: Record<string, string>[] = [];
    let killed = 0;
    for (let round = 0; round < 30; round++) {
      project.write({ 'a.js': `export const a = ${Math.floor(random() * 3)};` });
      const moment = random() < 0.5 ? -1 - random() * 60 : random() * 15;
      const script = ['build.cjs', String(round % 3), String(moment)];
      const { code } = await new Running(process.execPath, script, project.directory).finished;
      if (code !== 0) killed++;
      await builds(String(round % 3));
      expect(texts.at(-1), `round ${round}`).to.deep.equal(texts.at(-2));
    }
    expect(killed).to.be.greaterThan(12);
  }).timeout(120_000);
});

describe('a build that an earlier process has kept', () => {
  const made: Project[] = [];

  // Nobody waits for a cache to be written, but who removes its directory.
  afterEach(async () => {
    for (const project of made.splice(0)) await filesOf(project.path('node_modules/.cache/dynapack'));
  });

  /** A build of a process of its own, and whether it has made anything. */
  async function start(project: Project, main: string | undefined, options: dynapack.Options = {}) {
    const pack = dynapack({ root: project.directory, ...options });
    let hasMade = false;
    const warnings: string[] = [];
    pack.on('log', () => {
      hasMade = true;
    });
    pack.on('warning', ({ code, path }) => warnings.push(`${code} ${path}`));
    const path = project.path('main.js');
    pack.end(main === undefined ? path : { path, contents: main });
    const { bundles, scripts, metadata } = await finish(pack);
    return { bundles, scripts, metadata, warnings, hasMade, files: pack.files() };
  }

  async function keep(main?: string): Promise<Project> {
    const project = new Project({
      ...files,
      'main.js': "import { a } from './a.js'; self.out = a; import('./later.js'); import(self.unknown);",
      'node_modules/pkg/package.json': { name: 'pkg', main: './one.js' },
      'node_modules/pkg/one.js': 'exports.one = 1;',
      'a.js': "export { one as a } from 'pkg';",
    });
    made.push(project);
    await start(project, main, { cache: dynapack.cache(project.path('node_modules/.cache/dynapack')) });
    await filesOf(project.path('node_modules/.cache/dynapack'));
    return project;
  }

  const again = (project: Project, main?: string) =>
    start(project, main, { cache: dynapack.cache(project.path('node_modules/.cache/dynapack')) });

  for (const [how, main] of [
    ['read', undefined],
    ['written', "import './a.js'; self.out = 'written'; import('./later.js');"],
  ] as const) {
    it(`is taken over when nothing has changed, the entry being ${how}`, async () => {
      const project = await keep(main);
      const { hasMade, ...second } = await again(project, main);
      expect(hasMade).to.equal(false);
      const { hasMade: _, ...clean } = await start(project, main);
      expect(second).to.deep.equal(clean);
    });
  }

  it('gives its warnings once in a process, with those of builds that follow', async () => {
    const project = await keep();
    const options = { cache: dynapack.cache(project.path('node_modules/.cache/dynapack')) };
    expect((await start(project, undefined, options)).warnings).to.have.length(1);
    project.write({ 'a.js': 'export const a = 22;' });
    const { hasMade, warnings } = await start(project, undefined, options);
    expect(hasMade).to.equal(true);
    expect(warnings).to.deep.equal([]);
  });

  for (const isSpliced of [false, true])
    it(`or modules of it, ${isSpliced ? 'through transforms' : 'with another time'}: a process gives its warnings`, async () => {
      const project = new Project({
        'main.js': "import 'pkg'; import(self.unknown);",
        'node_modules/pkg/index.js': 'self.a = 1;',
      });
      made.push(project);
      const task = async () => {
        const pack = dynapack({
          root: project.directory,
          cache: dynapack.cache(project.path('node_modules/.cache/dynapack')),
        });
        const codes: string[] = [];
        pack.on('warning', ({ code }) => codes.push(code));
        if (isSpliced) pack.deps().pipe(pack.mods());
        pack.end(project.path('main.js'));
        await finish(pack);
        await filesOf(project.path('node_modules/.cache/dynapack'));
        return codes;
      };
      await settle();
      expect(await task()).to.deep.equal(['UNKNOWN_IMPORT']);
      const now = new Date();
      utimesSync(project.path('main.js'), now, now);
      expect(await task()).to.deep.equal(['UNKNOWN_IMPORT']);
    }).timeout(20_000);

  const edits: Record<string, (project: Project) => void> = {
    'a module has': (project) => project.write({ 'a.js': 'export const a = 22;' }),
    'a module of the same length has': (project) =>
      project.write({ 'node_modules/pkg/one.js': 'exports.one = 2;' }),
    'another file is meant': (project) =>
      project.write({
        'node_modules/pkg/two.js': 'exports.one = 2;',
        'node_modules/pkg/package.json': { name: 'pkg', main: './two.js' },
      }),
    'a nearer package is there': (project) =>
      project.write({
        'node_modules/pkg/node_modules/x/index.js': '',
        'node_modules/pkg/package.json': { name: 'pkg' },
        'node_modules/pkg/index.js': 'exports.one = 3;',
      }),
    'a module is gone': (project) => rmSync(project.path('later.js')),
  };
  for (const [what, edit] of Object.entries(edits)) {
    it(`is not when ${what} changed`.replace(/ (there|meant|gone) changed/, ' $1'), async () => {
      const project = await keep();
      edit(project);
      const outcome = await again(project).catch((error) => error.code);
      const clean = await start(project, undefined).catch((error) => error.code);
      expect(outcome.bundles).to.deep.equal(clean.bundles);
      if (typeof clean === 'string') expect(outcome).to.equal(clean);
    });
  }

  it('is not that of a build before the last one, which was made while it was written', async () => {
    for (let round = 0; round < 5; round++) {
      const project = await keep();
      rmSync(project.path('node_modules/.cache'), { recursive: true });
      const cache = dynapack.cache(project.path('node_modules/.cache/dynapack'));
      await start(project, undefined, { cache });
      project.write({ 'later.js': "module.hot; export default 'edited';" });
      const edited = await start(project, undefined, { cache });
      await filesOf(project.path('node_modules/.cache/dynapack'));
      expect(edited.bundles).to.deep.equal((await start(project, undefined)).bundles);
      expect((await again(project)).bundles).to.deep.equal(edited.bundles);
    }
  });

  it('is not for other contents of an entry, nor for contents in place of a file', async () => {
    const project = await keep("self.out = 'one'");
    expect((await again(project, "self.out = 'two'")).bundles['main.js']).to.include("'two'");
    expect((await again(project)).bundles).to.deep.equal((await start(project, undefined)).bundles);
  });

  it('is made again for minify(), before and after it was taken over', async () => {
    const project = await keep();
    const minified: string[] = [];
    for (const isLate of [false, true]) {
      const pack = dynapack({
        root: project.directory,
        cache: dynapack.cache(project.path('node_modules/.cache/dynapack')),
      });
      const identity = (code: string): string => `${code} `;
      if (!isLate) pack.minify(identity).end();
      pack.end(project.path('main.js'));
      const bundles: File[] = [];
      for await (const file of pack) bundles.push(file as unknown as File);
      const part = pack.minify(identity);
      for (const file of bundles) part.write(file as never);
      part.end();
      for await (const file of part) minified.push(String((file as unknown as File).contents));
    }
    expect(minified.length).to.be.greaterThan(3);
    expect(minified.slice(0, minified.length / 2)).to.deep.equal(minified.slice(minified.length / 2));
  });

  it('goes on with edits in the same process', async () => {
    const project = await keep();
    const cache = dynapack.cache(project.path('node_modules/.cache/dynapack'));
    expect((await start(project, undefined, { cache })).hasMade).to.equal(false);
    project.write({ 'later.js': "module.hot; export default 'edited';" });
    const { bundles } = await start(project, undefined, { cache });
    const clean = (await start(project, undefined)).bundles;
    // Nobody knows where they go: all are given.
    expect(bundles).to.deep.equal(clean);
  });
});
