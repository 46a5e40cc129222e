/** With a cache, edits change the scripts that hold the edited modules, and no others; and all is what a clean build makes. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { finish, hush } from '../helpers/pack';
import { Project } from '../helpers/project';
import { logOf } from './alone';

const FILES = {
  'page.js': "import { a } from './shared.js'; import './own.js'; self.out = a; import('./later.js');",
  'sw.js':
    "import { a } from './shared.js'; import url from './dot.png'; log.push(a, url); import('./part.js');",
  'old.cjs': "log.push(require('./part.js').part);",
  'shared.js': 'export const a = 1; export const unused = 2;',
  'own.js': 'self.own = 1;',
  'later.js': 'self.later = 1;',
  'part.js': "export const part = 'part';",
  'dot.png': Buffer.from('first'),
};

/** What a build makes, and which of it came out. */
interface Made {
  outputs: Record<string, string>;
  metadata: dynapack.BuildMetadata;
}

async function build(project: Project, cache?: dynapack.Cache, isMinified = false): Promise<Made> {
  const options = { root: project.directory, standalone: ['sw.js', 'old.cjs'] };
  const pack = hush(dynapack({ ...options, ...(cache && { cache }) }));
  for (const entry of ['page.js', 'sw.js', 'old.cjs']) pack.write(project.path(entry));
  const last = isMinified ? pack.pipe(pack.minify()) : undefined;
  const { bundles, assets, scripts, metadata } = await finish(pack.end(), undefined, last);
  const files = Object.entries(assets).map(([name, bytes]) => [name, String(bytes)]);
  return { outputs: { ...bundles, ...Object.fromEntries(files), ...scripts }, metadata };
}

/** Edits, and the scripts that have them. */
const EDITS: [files: Record<string, string | Buffer>, changed: string[]][] = [
  [{ 'own.js': 'self.own = 2;' }, ['page.js']],
  [{ 'shared.js': 'export const a = 3; export const unused = 2;' }, ['page.js', 'sw.js']],
  [{ 'part.js': "export const part = 'other';" }, ['old.js', 'sw.js']],
  [{ 'dot.png': Buffer.from('second') }, ['sw.js']],
  [
    {
      'sw.js':
        "import { unused } from './shared.js'; log.push(unused); require.ensure([], () => log.push('now'));",
    },
    ['sw.js', 'page.js'],
  ],
  [{ 'later.js': "import './own.js'; import './part.js';" }, ['later.js', 'page.js']],
  [{ 'old.cjs': "import('./shared.js').then(({ a }) => log.push(a));" }, ['old.js']],
  [{ 'old.cjs': 'log.push(5);' }, ['old.js']],
  [
    { 'shared.js': 'export const a = 4; export const unused = 5; export const more = 6;' },
    ['page.js', 'sw.js'],
  ],
];

describe('scripts that stand alone, with a cache', () => {
  for (const isMinified of [false, true])
    it(`are those of clean builds after edits${isMinified ? ', minified' : ''}`, async () => {
      const project = new Project(FILES);
      const cache = dynapack.cache();
      let before = (await build(project, cache, isMinified)).outputs;
      for (const [index, [files, changed]] of EDITS.entries()) {
        project.write(files);
        const made = await build(project, cache, isMinified);
        expect(made, `edit ${index}`).to.deep.equal(await build(project, undefined, isMinified));
        const others = Object.keys(made.outputs).filter(
          (name) => made.outputs[name] !== before[name] && name.endsWith('.js'),
        );
        for (const name of others) expect(changed, `edit ${index} changed ${name}`).to.include(name);
        expect(others, `edit ${index}`).to.not.be.empty;
        before = made.outputs;
      }
    });

  it('come from an earlier process as they were', async () => {
    const project = new Project(FILES);
    const first = await build(project, dynapack.cache(project.path('.cache')));
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const second = await build(project, dynapack.cache(project.path('.cache')));
    const third = await build(project, dynapack.cache(project.path('.cache')));
    expect(second).to.deep.equal(first);
    expect(third).to.deep.equal(first);
    expect((await logOf(third.outputs['old.js'] as string)).at(-1)).to.equal('part');
  });

  it('hold nothing that is left of an earlier build', async () => {
    const project = new Project(FILES);
    const cache = dynapack.cache();
    await build(project, cache);
    project.write({ 'sw.js': 'log.push(1);' });
    const { outputs, metadata } = await build(project, cache);
    expect(await logOf(outputs['sw.js'] as string)).to.deep.equal([1]);
    expect(metadata.standalone['sw.js']).to.deep.equal([project.path('sw.js')]);
  });
});
