/** A cache in a directory lives from process to process; whatever happens to it, the outputs are right. */
import {
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { randomNumbers } from '../../bench/generate-graph';
import { parseModern } from '../../lib/parse/modern';
import { finish } from '../helpers/pack';
import { Running } from '../helpers/process';
import { Project } from '../helpers/project';

const files = {
  'main.js': "import { a } from './a.js'; self.out = a; import('./later.js');",
  'a.js': 'export const a = 1;',
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

/** What is in the directory now, once it is all written. */
async function filesOf(directory: string): Promise<string[]> {
  for (let size = -1; ; ) {
    await sleep(150);
    if (!existsSync(directory)) continue;
    const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name));
    const now = paths.reduce((sum, path) => sum + statSync(path).size, 0);
    if (now === size && now > 0) return paths;
    size = now;
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
    project.write({ 'a.js': 'export const a = 2;' });
    const changed = await build(project, dynapack.cache(directory));
    expect(parsed.filter((path) => path.startsWith(project.directory))).to.deep.equal([project.path('a.js')]);
    expect(changed).to.deep.equal(await build(project, undefined));
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
    for (let round = 0; round < 50; round++) {
      project.write({ 'a.js': `export const a = ${Math.floor(random() * 3)};` });
      const moment = random() < 0.5 ? -1 - random() * 60 : random() * 15;
      const script = ['build.cjs', String(round % 3), String(moment)];
      const { code } = await new Running(process.execPath, script, project.directory).finished;
      if (code !== 0) killed++;
      await builds(String(round % 3));
      expect(texts.at(-1), `round ${round}`).to.deep.equal(texts.at(-2));
    }
    expect(killed).to.be.greaterThan(25);
  }).timeout(120_000);
});
