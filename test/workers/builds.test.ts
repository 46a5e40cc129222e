/** Workers in builds: what comes out, from build to build, and what is refused. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { failure, type Packed, pack } from '../helpers/pack';
import { Project, type ProjectFiles, readFiles } from '../helpers/project';
import { runClean, runTask, type Task } from '../helpers/task';
import { APP } from './app';

/** Packs a project; entries are all files called `main` or `page…`. */
function packFiles(files: ProjectFiles, options: dynapack.Options = {}): Promise<Packed> {
  const project = new Project(files);
  const entries = Object.keys(files).filter((name) => /^(?:main|page)/.test(name));
  return pack(
    entries.map((name) => project.path(name)),
    { root: project.directory, ...options },
  );
}

const configOf = ({ scripts }: Packed, entry = 'main') =>
  JSON.parse(scripts['manifest.json'] as string).entries[entry].config;

const START = "new Worker(new URL('./w.js', import.meta.url));";

describe('workers in builds', () => {
  it('come out as bundles that pages share, beside the file that starts them', async () => {
    const { bundles, metadata, scripts } = await packFiles({
      'main.js': `import './both.js'; ${START}`,
      'page.js': "import './both.js';",
      'w.js': "import './both.js'; import('./late.js');",
      'late.js': 'self.late = 1;',
      'both.js': 'self.both = 1;',
    });
    expect(Object.keys(bundles).sort()).to.deep.equal([
      'dynapack-worker-loader.js',
      'late.js',
      'main.js',
      'page.js',
      'shared-both.js',
      'w.js',
    ]);
    expect(Object.values(metadata.workers).map((names) => [...names].sort())).to.deep.equal([
      ['shared-both.js', 'w.js'],
    ]);
    expect(Object.keys(metadata.workers)[0]).to.match(/\/w\.js$/);
    expect(metadata.minimal).to.equal(true);
    // Only pages that start workers are told of them.
    const config = configOf({ scripts } as Packed);
    expect(config.l).to.equal('dynapack-worker-loader.js');
    expect(Object.keys(config.k)).to.have.length(1);
    expect(configOf({ scripts } as Packed, 'page')).to.not.have.any.keys('k', 'l');
    expect(JSON.parse(scripts['aliases.json'] as string)).to.not.have.property('dynapack-worker-loader.js');
  });

  it('leave builds without workers what they are', async () => {
    const { bundles, metadata } = await packFiles({ 'main.mjs': 'self.x = new Worker("/w.js");' });
    expect(Object.keys(bundles).filter((name) => name.includes('worker'))).to.deep.equal([]);
    expect(metadata.workers).to.deep.equal({});
  });

  it('have no styles, and pages have none of theirs', async () => {
    const { styles, metadata, scripts } = await packFiles({
      'main.js': `import './shown.css'; import './both.css'; ${START}`,
      'w.js': "import './both.css'; import './own.css'; import('./late.js');",
      'late.js': "import './late.css'; import './shown.css';",
      'shown.css': '.page {}',
      'both.css': '.both {}',
      'own.css': '.own {}',
      'late.css': '.late {}',
    });
    expect(styles).to.have.all.keys('main.css');
    expect(styles['main.css']).to.include('.page {}').and.include('.both {}');
    expect(metadata.minimal).to.equal(true);
    const { k, b } = configOf({ scripts } as Packed);
    const [worker] = Object.values(k) as { b: number[] }[];
    expect(worker?.b.map((index) => b[index][1])).to.not.include('main.css');
  });

  it('are started where they are called for by `?worker`, too, and are the same', async () => {
    const { metadata } = await packFiles({
      'main.js': `import W from './w.js?worker'; import S from './w.js?sharedworker'; import I from './w.js?worker&inline'; new W(); new S(); new I(); ${START}`,
      'w.js': 'postMessage(1);',
    });
    expect(Object.keys(metadata.workers)).to.have.length(1);
  });

  it('of dead code, and such as other names start, are none', async () => {
    const { metadata } = await packFiles(
      {
        'main.js': `if (THREADS) ${START} if (process.env.NODE_ENV === 'test') new Worker(new URL('./gone.js', import.meta.url));
          const unused = () => { ${START} }; class Worker2 {} new Worker2(new URL('./own.js', import.meta.url));
          function own(Worker) { new Worker(new URL('./own.js', import.meta.url)); } own(Worker2);
          new Worker(/* webpackIgnore: true */ new URL('./gone.js', import.meta.url)); new Worker(new URL('https://a.test/w.js', import.meta.url));`,
        'w.js': '',
        'own.js': '',
      },
      { define: { THREADS: 'false' } },
    );
    expect(metadata.workers).to.deep.equal({});
  });

  it('are found by their names, beside, in packages and by aliases', async () => {
    const { metadata } = await packFiles(
      {
        'main.mjs': `new Worker(new URL('w.js', import.meta.url)); new Worker(new URL('pkg/worker', import.meta.url));
          new Worker(new URL('@/deep/w.js', import.meta.url)); new Worker(new URL('./typed.js', import.meta.url));`,
        'w.js': '',
        'src/deep/w.js': '',
        'typed.ts': '',
        'node_modules/pkg/package.json': { exports: { './worker': './dist/worker.mjs' }, sideEffects: false },
        'node_modules/pkg/dist/worker.mjs': "postMessage('here');",
      },
      { resolve: { alias: { '@': './src' } } },
    );
    expect(
      Object.keys(metadata.workers).map((path) => path.replace(/^.*\/dynapack-test-\w+\//, '')),
    ).to.deep.equal(['node_modules/pkg/dist/worker.mjs', 'src/deep/w.js', 'typed.ts', 'w.js']);
  });

  const wrong: Record<string, [files: ProjectFiles, ...parts: string[]]> = {
    'a file that is not there': [
      { 'main.js': "\nnew Worker(new URL('./gone.js', import.meta.url));" },
      "cannot find module './gone.js'",
      'main.js:2:12',
    ],
    'a file beside that is called otherwise': [
      { 'main.js': "new Worker(new URL('worker.js', import.meta.url));", 'wroker.js': '' },
      'wroker.js: check',
    ],
    'a style': [
      { 'main.js': "new Worker(new URL('./a.css', import.meta.url));", 'a.css': '' },
      "a worker runs a script, not 'a.css'",
    ],
    'JSON, as ?worker': [
      { 'main.js': "import W from './a.json?worker'; new W();", 'a.json': '1' },
      "a worker runs a script, not 'a.json'",
      'main.js:1:15',
    ],
    'a script with an error': [{ 'main.js': START, 'w.js': '\n  let = 5 5;' }, 'SYNTAX_ERROR', 'w.js:2'],
    'a name that is not exported': [
      {
        'main.js': START,
        'w.js': "import { gone } from './lib.js'; gone();",
        'lib.js': 'export const here = 1;',
      },
      'NO_EXPORT',
      'w.js:1',
    ],
  };
  for (const [name, [files, ...parts]] of Object.entries(wrong))
    it(`fail with the place: ${name}`, async () => {
      const error = String(await failure(packFiles(files)));
      for (const part of parts) expect(error).to.include(part);
    });
});

describe('workers from build to build', () => {
  /** A page and a worker that are ES modules before and after, so that nothing of the graph changes but who starts what. */
  const starts = (...names: string[]): string =>
    `import { scale } from './library.js'; self.x = scale;${names.map((name) => ` new Worker(new URL('./workers/${name}.js', import.meta.url));`).join('')}`;

  const edits: ((project: Project) => void)[] = [
    (project) => project.write({ 'src/page.js': starts('sum') }),
    (project) => project.write({ 'src/page.js': starts('sum', 'twice') }),
    (project) => project.write({ 'src/page.js': starts('twice') }),
    (project) =>
      project.write({
        'src/workers/sum.js':
          "import { scale } from '../library.js'; self.x = scale; new Worker(import.meta.url);",
      }),
    (project) =>
      project.write({
        'src/workers/sum.js':
          "import { scale } from '../library.js'; self.x = scale; new Worker(new URL('./wasm.js', import.meta.url));",
      }),
    (project) => project.write({ 'src/page.js': starts() }),
    (project) =>
      project.write({ 'src/workers/sum.js': "import './depth.js'; onmessage = () => postMessage(7);" }),
    (project) => project.write({ 'src/workers/depth.js': 'export const depth = 3; self.x = depth;' }),
    (project) => project.write({ 'src/library.js': 'export const scale = (value) => value * 11;' }),
    (project) => project.write({ 'src/workers/twice.js': "import('./late.js').then(postMessage);" }),
    (project) => project.write({ 'src/main.js': "log.push('none');" }),
    (project) => project.write({ 'src/main.js': APP['src/main.js'] as string }),
    (project) =>
      project.write({
        'src/workers/nested.js': 'new Worker(new URL("./more.js", import.meta.url));',
        'src/workers/more.js': '',
      }),
    (project) => project.write({ 'src/workers/nested.js': 'self.x = 1;' }),
    (project) => rmSync(project.path('src/workers/more.js')),
    (project) =>
      project.write({
        'src/ask.js': `${APP['src/ask.js']}\nexport const one = () => ${START.replace('./w.js', './ask.js')}`,
      }),
  ];

  for (const isStored of [false, true])
    it(`are what a clean build makes, after edits${isStored ? ', with a cache on the disk' : ''}`, async () => {
      const project = new Project({ ...APP, 'src/page.js': starts() });
      const memory = dynapack.cache();
      const task = (): Task => ({
        entries: ['src/main.js', 'src/page.js'],
        output: 'out',
        options: { prefix: '/js/', cache: isStored ? dynapack.cache(project.path('cache')) : memory },
      });
      await runTask(project, task());
      for (const [step, edit] of edits.entries()) {
        edit(project);
        await runTask(project, task());
        const clean = await runClean(project, { ...task(), options: { prefix: '/js/' } });
        const now = readFiles(join(project.directory, 'out'));
        for (const [name, text] of Object.entries(clean))
          expect(now[name.replace(/^out\//, '')], `${step}: ${name}`).to.equal(text);
      }
    }).timeout(30_000);
});
