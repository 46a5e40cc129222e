/** What builds with a cache make of files that come and go below patterns: what clean ones do. */
import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { finish, hush, type Packed } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { bundle, shown } from './run';

const LOAD =
  'const load = async (found) => Object.fromEntries(await Promise.all(Object.entries(found).map(async ([key, each]) => [key, await each()])));\n';

const MAIN = `${LOAD}import { eager } from './eager.js';
const name = self.name || 'a';
const failed = (error) => error.code;
show(Promise.all([
  load(import.meta.glob('./pages/**/*.js', { import: 'default' })),
  eager,
  import(\`./pages/\${name}.js\`).then((found) => found.default, failed),
  Object.keys(import.meta.glob('./later/*/*.js')),
  require('./context.js'),
]));
`;

const FILES: ProjectFiles = {
  'src/main.js': MAIN,
  'src/eager.js':
    "export const eager = import.meta.glob('/src/{pages,texts}/*.{js,txt}', { eager: true, query: '?raw', import: 'default' });",
  'src/context.js': "module.exports = require.context('./pages', true, /\\.js$/).keys();",
  'src/pages/a.js': 'export default "a";',
  'src/pages/b.js': 'export default "b";',
  'src/texts/t.txt': 'text',
};

/** What a build gives out, and tells. */
const outputs = ({ bundles, metadata, scripts }: Packed) => ({ bundles, metadata, scripts });

/** Builds with the cache and without: both give the same. */
async function same(project: Project, cache: dynapack.Cache, what: string): Promise<Packed> {
  const packed = await bundle(project, { cache });
  expect(outputs(packed), what).to.deep.equal(outputs(await bundle(project)));
  return packed;
}

const remove = (project: Project, name: string): void => rmSync(project.path(name), { recursive: true });

/** What people do, one after the other, and what the lazy table has then. */
const steps: [what: string, edit: (project: Project) => void, keys: string][] = [
  ['nothing', () => undefined, 'a b'],
  ['a file comes', (project) => project.write({ 'src/pages/c.js': 'export default "c";' }), 'a b c'],
  ['one is edited', (project) => project.write({ 'src/pages/c.js': 'export default "C";' }), 'a b c'],
  [
    'a directory comes',
    (project) => project.write({ 'src/pages/deep/er/d.js': 'export default "d";' }),
    'a b c deep/er/d',
  ],
  ['an empty one comes', (project) => mkdirSync(project.path('src/pages/empty')), 'a b c deep/er/d'],
  [
    'and gets a file',
    (project) => project.write({ 'src/pages/empty/e.js': 'export default "e";' }),
    'a b c deep/er/d empty/e',
  ],
  [
    'a directory that a pattern waits for comes',
    (project) => project.write({ 'src/later/x/y.js': 'export default 1;' }),
    'a b c deep/er/d empty/e',
  ],
  [
    'a file is renamed',
    (project) => renameSync(project.path('src/pages/c.js'), project.path('src/pages/f.js')),
    'a b deep/er/d empty/e f',
  ],
  [
    'a directory is renamed',
    (project) => renameSync(project.path('src/pages/deep'), project.path('src/pages/g')),
    'a b empty/e f g/er/d',
  ],
  [
    'a file becomes a directory',
    (project) => {
      unlinkSync(project.path('src/pages/b.js'));
      project.write({ 'src/pages/b.js/i.js': 'export default "i";' });
    },
    'a b.js/i empty/e f g/er/d',
  ],
  [
    'a link comes',
    (project) => {
      project.write({ 'other/h.js': 'export default "h";' });
      symlinkSync(project.path('other'), project.path('src/pages/link'), 'dir');
    },
    'a b.js/i empty/e f g/er/d link/h',
  ],
  [
    'a file comes behind it',
    (project) => project.write({ 'other/j.js': 'export default "j";' }),
    'a b.js/i empty/e f g/er/d link/h link/j',
  ],
  ['it goes', (project) => unlinkSync(project.path('src/pages/link')), 'a b.js/i empty/e f g/er/d'],
  [
    'the pattern changes',
    (project) => project.write({ 'src/main.js': MAIN.replace('pages/**/*.js', 'pages/*.js') }),
    'a f',
  ],
  [
    'and what asks besides',
    (project) =>
      project.write({ 'src/main.js': `${MAIN.replace('pages/**/*.js', 'pages/*.js')}\nself.x = 1;` }),
    'a f',
  ],
  ['all goes', (project) => remove(project, 'src/pages'), ''],
  ['and comes again', (project) => project.write({ 'src/pages/a.js': 'export default "A";' }), 'a'],
];

/** What the lazy table has. */
async function keysOf(packed: Packed): Promise<string> {
  const [lazy] = (await shown(packed)) as [object];
  return Object.keys(lazy)
    .map((key) => key.slice('./pages/'.length, -'.js'.length))
    .join(' ');
}

/** Waits until something has come, or is not to be expected any more. */
async function until(hasCome: () => boolean): Promise<boolean> {
  for (let turn = 0; turn < 100 && !hasCome(); turn++) await sleep(10);
  return hasCome();
}

describe('edits of files that patterns mean', () => {
  it('need no build where a directory has the last one, and nothing has come or gone', async () => {
    const project = new Project(FILES);
    const { directory } = new Project({});
    const read = async (): Promise<string[]> => {
      const stream = hush(dynapack({ root: project.directory, cache: dynapack.cache(directory) }));
      const found: string[] = [];
      stream.on('log', (event) => event.type === 'module' && found.push(event.path));
      stream.end(project.path('src/main.js'));
      await finish(stream);
      return found;
    };
    expect(await read()).to.include(
      `${project.path('src/main.js')} glob ./pages/**/*.js {"import":"default"}`,
    );
    // What a later process may have is written behind the build, one thing after the other.
    let found = ['more'];
    for (let turn = 0; turn < 20 && found.length > 0; turn++) {
      await sleep(300);
      found = await read();
    }
    expect(found).to.deep.equal([]);
    project.write({ 'src/pages/new.js': 'export default "new";' });
    expect(await read()).to.include(project.path('src/pages/new.js'));
  });

  it('give what clean builds give, in one process', async () => {
    const project = new Project(FILES);
    const cache = dynapack.cache();
    for (const [what, edit, keys] of steps) {
      edit(project);
      expect(await keysOf(await same(project, cache, what)), what).to.equal(keys);
    }
  });

  it('are told of as they happen', async () => {
    const project = new Project(FILES);
    const cache = dynapack.cache();
    let told: string[] = [];
    cache.on('change', (path) => told.push(path));
    let before = outputs(await same(project, cache, 'the first build'));
    for (const [what, edit, keys] of steps) {
      told = [];
      edit(project);
      const clean = outputs(await bundle(project));
      if (!isDeepStrictEqual(clean, before)) expect(await until(() => told.length > 0), what).to.equal(true);
      expect(await keysOf(await same(project, cache, what)), what).to.equal(keys);
      before = clean;
    }
  });

  it('give what clean builds give, with a directory that each process opens anew', async () => {
    const project = new Project(FILES);
    for (const [what, edit, keys] of steps) {
      edit(project);
      const cached = () => dynapack.cache(project.path('cache'));
      expect(await keysOf(await same(project, cached(), what)), what).to.equal(keys);
      // Nothing has changed.
      expect(await keysOf(await same(project, cached(), what)), what).to.equal(keys);
    }
  });

  it('are seen after what nobody uses any more was forgotten', async () => {
    for (const isTold of [false, true]) {
      const project = new Project({ ...FILES, 'src/pages/empty/.keep': '' });
      const cache = dynapack.cache();
      let told = 0;
      if (isTold) cache.on('change', () => told++);
      for (let step = 0; step < 60; step++) {
        project.write({ [`src/pages/n${step}.js`]: `export default ${step};` });
        if (step > 0) remove(project, `src/pages/n${step - 1}.js`);
        await bundle(project, { cache });
      }
      told = 0;
      project.write({ 'src/pages/empty/e.js': 'export default "e";' });
      if (isTold) expect(await until(() => told > 0)).to.equal(true);
      expect(await keysOf(await same(project, cache, 'a file in a directory that was empty'))).to.equal(
        'a b empty/e n59',
      );
    }
  });

  it('give what clean builds give, whatever is done', async () => {
    for (let seed = 1; seed <= 4; seed++) {
      const project = new Project(FILES);
      const caches = [dynapack.cache(), dynapack.cache()] as const;
      caches[1].on('change', () => undefined);
      const random = randomFrom(seed);
      for (let step = 0; step < 25; step++) {
        const what = `seed ${seed}, ${step}: ${change(project, random)}`;
        const packed = await same(project, caches[0], what);
        expect(outputs(await bundle(project, { cache: caches[1] })), what).to.deep.equal(outputs(packed));
      }
    }
  });
});

type Random = (below: number) => number;

function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const DIRECTORIES = [
  'pages',
  'pages/x',
  'pages/x/y',
  'texts',
  'later/x',
  'later/y',
  'other',
  'pages/node_modules/p',
];
const NAMES = ['a.js', 'b.js', 'c.txt', '.d.js', 'index.js', 'x', 'e f.js'];

/** Does something at random. @returns what */
function change(project: Project, random: Random): string {
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item;
  const file = () => `src/${pick(DIRECTORIES)}/${pick(NAMES)}`;
  const name = file();
  try {
    switch (random(7)) {
      case 0: {
        rmSync(project.path(name));
        return `removes ${name}`;
      }
      case 1: {
        const to = file();
        renameSync(project.path(name), project.path(to));
        return `renames ${name} to ${to}`;
      }
      case 2: {
        const directory = `src/${pick(DIRECTORIES)}`;
        remove(project, directory);
        return `removes ${directory}`;
      }
      case 3: {
        const [from, to] = [`src/${pick(DIRECTORIES)}`, `src/${pick(DIRECTORIES)}`];
        renameSync(project.path(from), project.path(to));
        return `renames ${from} to ${to}`;
      }
      case 4: {
        const pattern = pick([
          './pages/**/*.js',
          './pages/*.js',
          './{pages,other}/**/*.js',
          './*/x/*.js',
          '../src/p*/**/{a,b}.js',
        ]);
        project.write({ 'src/main.js': MAIN.replace('./pages/**/*.js', pattern) });
        return `asks for ${pattern}`;
      }
      default: {
        project.write({ [name]: `export default ${random(100)};` });
        return `writes ${name}`;
      }
    }
  } catch (error) {
    return `fails: ${(error as Error).message}`;
  }
}
