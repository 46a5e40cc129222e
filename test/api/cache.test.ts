/** A cache makes builds fast and changes nothing else: after any sequence of edits, the outputs are those of a clean build. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Transform } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import VinylFile from 'vinyl';
import { randomNumbers } from '../../bench/generate-graph';
import { finish } from '../helpers/pack';
import { Project, readFiles } from '../helpers/project';
import { runClean, runTask, type Task } from '../helpers/task';

const DIST = '.dist';

/** What a task with a cache leaves in its directory. */
class Site {
  /** Modules that left deps() in the last build. */
  transformed: string[] = [];

  constructor(
    private readonly project: Project,
    private readonly entries: readonly string[],
    private readonly isSpliced = false,
    private readonly cache = dynapack.cache(),
  ) {
    // A name that comes into a directory of modules may mean something.
    mkdirSync(project.path(DIST), { recursive: true });
  }

  /** Builds, and gives the names of the bundles that were emitted. */
  async build(): Promise<string[]> {
    const emitted = await runTask(this.project, this.task({ cache: this.cache }));
    return emitted.filter((name) => name.endsWith('.js'));
  }

  /** The text of an output. */
  read(name: string): string {
    return readFileSync(this.project.path(`${this.output}/${name}`), 'utf8');
  }

  /** What a build without a cache gives is there; others may be, of bundles that have gone since. */
  async expectClean(context = ''): Promise<void> {
    const clean = await runClean(this.project, this.task());
    expect(current(this.written(), clean), context).to.deep.equal(clean);
  }

  private written(): Record<string, string> {
    const files = readFiles(this.project.path(DIST));
    return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${DIST}/${name}`, text]));
  }

  private get output(): string {
    return this.isSpliced ? `${DIST}/spliced` : `${DIST}/plain`;
  }

  private task(options: dynapack.Options = {}): Task {
    const splice = (pack: dynapack.Pack): void => {
      this.transformed = [];
      if (this.isSpliced) pack.deps().pipe(this.transform()).pipe(pack.mods());
    };
    const scriptsOptions = { integrity: true };
    return { entries: this.entries, output: this.output, splice, options, scriptsOptions };
  }

  /** Modules that say so get another one beside them, which is on no disk. */
  private transform() {
    const { transformed } = this;
    return objectTransform(function (this: Transform, file: VinylFile, _encoding, done) {
      transformed.push(file.relative);
      const added = /adds (\w+)/.exec(String(file.contents));
      file.contents = Buffer.from(`${file.contents}\n// transformed`);
      if (added) {
        const path = join(file.dirname, `${added[1]}.js`);
        this.push(new VinylFile({ path, contents: Buffer.from('exports.added = true;') }));
      }
      done(null, file);
    });
  }
}

/** Bundles may have gone since: only what the manifest names counts. */
function current(outputs: Record<string, string>, clean: Record<string, string>): Record<string, unknown> {
  return Object.fromEntries(Object.keys(clean).map((name) => [name, outputs[name]]));
}

const files = {
  'main.js': "import { a } from './a.js'; self.out = a; import('./later.js');",
  'a.js': "import b from './b'; export const a = b + 1;",
  'b/index.js': 'module.exports = 1;',
  'later.js': "import './a.js'; export default 'later';",
  'other.js': "require('./b');",
};

describe('cache', () => {
  it('a second build emits one bundle, to see where it goes, and one after an edit the bundle that has changed', async () => {
    const project = new Project(files);
    const site = new Site(project, ['main.js', 'other.js']);
    expect(await site.build()).to.have.length(4);
    expect(await site.build()).to.deep.equal(['other.js']);
    project.write({ 'a.js': "import b from './b'; export const a = b + 2;" });
    expect(await site.build()).to.deep.equal(['main.js']);
    await site.expectClean();
  });

  it('a bundle with a map comes out again only when it or its map has changed', async () => {
    const project = new Project(files);
    const cache = dynapack.cache();
    const names: string[][] = [];
    for (const text of ['', '', '\n', '// longer\n']) {
      project.write({ 'later.js': `${text}${files['later.js']}` });
      const options = { cache, sourcemaps: true };
      const emitted = await runTask(project, { entries: ['main.js', 'other.js'], output: DIST, options });
      names.push(emitted.filter((name) => name.endsWith('.js')));
    }
    expect(names[0]).to.have.length(4);
    expect(names.slice(1)).to.deep.equal([['other.js'], ['later.js'], ['later.js']]);
  });

  it('transforms run for changed modules only', async () => {
    const project = new Project(files);
    const site = new Site(project, ['main.js'], true);
    await site.build();
    expect(site.transformed).to.have.members(['main.js', 'a.js', 'b/index.js', 'later.js']);
    await sleep(2500);
    await site.build();
    project.write({ 'later.js': "export default 'changed';" });
    await site.build();
    expect(site.transformed).to.deep.equal(['later.js']);
    expect(site.read('later.js')).to.include('changed');
  });

  it('a failed build is followed by a right one', async () => {
    const project = new Project(files);
    const site = new Site(project, ['main.js']);
    await site.build();
    for (const [name, broken, code] of [
      ['a.js', 'export const = 1', 'SYNTAX_ERROR'],
      ['later.js', "import './missing.js'", 'MODULE_NOT_FOUND'],
      ['a.js', 'export const other = 1', 'NO_EXPORT'],
    ] as const) {
      project.write({ [name]: broken });
      await site.build().then(
        () => expect.fail('built'),
        (error) => expect(error.code).to.equal(code),
      );
      project.write({ [name]: `${files[name]}\n// mended` });
      await site.build();
      await site.expectClean();
    }
  });

  it('takes what is written into the pack by its contents', async () => {
    const project = new Project(files);
    const cache = dynapack.cache();
    for (const text of ['self.x = 1', 'self.x = 1', 'self.x = 2']) {
      const pack = dynapack({ root: project.directory, cache });
      pack.end({ path: project.path('main.js'), contents: text });
      expect((await finish(pack)).bundles['main.js']).to.include(text);
    }
  });

  it('tells packs with other options and other entries apart', async () => {
    const project = new Project(files);
    const cache = dynapack.cache();
    for (const options of [
      {},
      { debug: true },
      { split: { requestCost: 1e6 } },
      { split: { pages: { a: ['main'] } } },
      { name: 'other' },
      { standalone: ['main.js'] },
      { library: { 'main.js': 'Main' } },
      {},
    ]) {
      const task = { entries: ['main.js'], output: DIST, options: { cache, ...options } };
      await runTask(project, task);
      const clean = await runClean(project, task);
      for (const [path, text] of Object.entries(clean))
        expect(readFileSync(project.path(path), 'utf8')).to.equal(text);
    }
  });

  for (const [kind, importer] of [
    ['an entry', "import 'p/part.js'; import './other.js'; self.x = 1;"],
    ['a part', "import './other.js'; import('./part.js');"],
  ] as const)
    it(`sees a package promise that it does nothing, and take it back: imported for its effect by ${kind}`, async () => {
      const project = new Project({
        'main.js': importer,
        'part.js': "import 'p/part.js'; self.part = 1;",
        'other.js': 'self.other = 1;',
        'node_modules/p/package.json': { name: 'p' },
        'node_modules/p/part.js': 'self.p = 1;',
      });
      const site = new Site(project, ['main.js']);
      await site.build();
      for (const sideEffects of [false, true, false, ['./part.js']])
        for (const other of ['self.other = 2;', "import './new.js'; self.other = 3;"]) {
          project.write({ 'node_modules/p/package.json': { name: 'p', sideEffects } });
          await site.build();
          await site.expectClean(JSON.stringify(sideEffects));
          project.write({ 'other.js': other, 'new.js': `self.fresh = ${JSON.stringify(sideEffects)};` });
          project.write({ 'node_modules/p/package.json': { name: 'p', sideEffects: !sideEffects } });
          await site.build();
          await site.expectClean(`${JSON.stringify(sideEffects)} ${other}`);
        }
    });

  it('knows a file where a directory of the same name was, and the other way round', async () => {
    const project = new Project({
      'main.js': "self.result = require('./thing'); import('./late');",
      'thing/index.js': "module.exports = 'directory';",
      'late/index.js': 'exports.late = 1;',
    });
    for (const isStored of [false, true]) {
      const cache = isStored ? dynapack.cache(project.path('.cache')) : dynapack.cache();
      const site = new Site(project, ['main.js'], false, cache);
      await site.build();
      rmSync(project.path('thing'), { recursive: true });
      project.write({ thing: "module.exports = 'file';" });
      await site.build();
      await site.expectClean('a file');
      rmSync(project.path('thing'));
      project.write({ 'thing/index.js': "module.exports = 'directory';" });
      await site.build();
      await site.expectClean('a directory again');
    }
  });

  it('an option that is no cache is an error', () => {
    expect(() => dynapack({ cache: {} as dynapack.Cache })).to.throw(/made by dynapack.cache/);
  });

  it('reads nothing that is needed no more, and what several edits at once make of a project', async () => {
    const project = new Project({
      'main.js': "import './a.js'; import './c.js'; import('./b.js');",
      'a.js': "import './b.js';",
      'b.js': "import './c.js';",
      'c.js': "import './a.js'; export const c = 1;",
    });
    const site = new Site(project, ['main.js']);
    await site.build();
    const edits: Record<string, string>[] = [
      {
        'a.js': 'self.a = 1;',
        'b.js': "import './c.js'; self.b = 1;",
        'c.js': "import './a.js'; self.c = 1;",
      },
      {
        'main.js': "import './a.js';",
        'a.js': 'self.a = 2;',
        'b.js': 'const =',
        'c.js': "import './gone.js';",
      },
      { 'a.js': "import './b.js';", 'b.js': 'self.b = 2;' },
      { 'a.js': "import './b.js'; self.a = 3;", 'b.js': 'self.b = 3;', 'c.js': '' },
    ];
    for (const [index, edit] of edits.entries()) {
      project.write(edit);
      await site.build();
      await site.expectClean(`edit ${index}`);
    }
  });

  it('keeps apart packs with transforms and packs without', async () => {
    const project = new Project(files);
    const cache = dynapack.cache();
    const plain = new Site(project, ['main.js'], false, cache);
    const spliced = new Site(project, ['main.js'], true, cache);
    for (let round = 0; round < 3; round++) {
      project.write({ 'later.js': `export default 'round ${round}';` });
      for (const site of [plain, spliced]) {
        await site.build();
        await site.expectClean();
      }
    }
  });

  for (const watched of [false, true]) {
    it(`any sequence of edits gives what a clean build gives, ${watched ? 'the system telling' : 'by looking'}`, async () => {
      for (let seed = 1; seed <= (watched ? 6 : 24); seed++) await randomEdits(seed, watched);
    }).timeout(120_000);
  }
});

/** Random edits of a project, a build after each. */
async function randomEdits(seed: number, isWatched: boolean): Promise<void> {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const names = ['a', 'b', 'c', 'd', 'e'];
  const project = new Project({
    'main.js': "/* adds added */ import './a'; import('./b');",
    'page.js': "require('./c'); require('pkg');",
    'node_modules/pkg/package.json': { name: 'pkg', main: 'one.js' },
    'node_modules/pkg/one.js': 'exports.one = 1;',
    'node_modules/pkg/two.js': 'exports.two = 2;',
    ...Object.fromEntries(names.map((name) => [`${name}.js`, `exports.${name} = 1;`])),
  });
  const site = new Site(project, ['main.js', 'page.js'], random() < 0.4);
  const build = () =>
    site.build().catch((error) => expect(error.code, String(error.stack)).to.match(/^[A-Z_]+$/));
  await build();
  if (isWatched) await sleep(400);

  const source = (): string => {
    const target = pick(names);
    const form = pick([
      'import',
      'require',
      'import()',
      'none',
      'missing',
      'broken',
      'optional',
      'adds',
      'named',
    ]);
    if (form === 'adds') return "try { require('./added'); } catch {}";
    if (form === 'named') return `import { x } from './${target}'; export { x as y };`;
    if (form === 'import') return `import './${target}';`;
    if (form === 'require') return `require('./${target}');`;
    if (form === 'import()') return `import('./${target}');`;
    if (form === 'optional') return `try { require('./optional'); } catch {}`;
    if (form === 'missing') return random() < 0.4 ? "require('./nowhere');" : '';
    if (form === 'broken') return random() < 0.3 ? 'const =' : '';
    return '';
  };
  const edits: (() => void)[] = [
    () => project.write({ [`${pick(names)}.js`]: `${source()} exports.x = ${Math.floor(random() * 9)};` }),
    () =>
      project.write({
        'main.js': `/* adds added */ import './${pick(names)}'; import('./${pick(names)}'); ${source()}`,
      }),
    () => rmSync(project.path(`${pick(names)}.js`), { force: true }),
    () => project.write({ [`${pick(names)}/index.js`]: 'exports.directory = true;' }),
    () => rmSync(project.path(pick(names)), { recursive: true, force: true }),
    () => project.write({ [`${pick(names)}.json`]: { from: 'json' } }),
    () =>
      project.write({ 'node_modules/pkg/package.json': { name: 'pkg', main: pick(['one.js', 'two.js']) } }),
    () => project.write({ 'optional.js': `exports.x = ${Math.floor(random() * 9)};` }),
    () => rmSync(project.path('optional.js'), { force: true }),
    () => project.write({ 'nowhere.js': 'exports.here = true;' }),
    () => rmSync(project.path('nowhere.js'), { force: true }),
    () => project.write({ 'node_modules/pkg/two.js': `exports.two = ${Math.floor(random() * 9)};` }),
    () => {
      const [from, to] = [pick(names), pick(names)];
      if (existsSync(project.path(`${from}.js`)))
        renameSync(project.path(`${from}.js`), project.path(`${to}.js`));
    },
    () => {
      for (const name of names)
        if (random() < 0.6) project.write({ [`${name}.js`]: `exports.x = ${Math.floor(random() * 9)};` });
    },
    () => {
      // The same imports and exports, another text.
      const path = project.path(`${pick(names)}.js`);
      if (existsSync(path)) appendFileSync(path, `\nself.edited = ${Math.floor(random() * 9)};`);
    },
    () => {
      const [first, second] = [pick(names), pick(names)];
      project.write({ [`${first}.js`]: `import './${second}';`, [`${second}.js`]: `import './${first}';` });
    },
    () => project.write({ 'package.json': { type: pick(['module', 'commonjs']) } }),
    () => {
      const path = project.path(`${pick(names)}.js`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}~`, `${source()} exports.saved = ${Math.floor(random() * 9)};`);
      renameSync(`${path}~`, path);
    },
  ];
  for (let step = 0; step < 14; step++) {
    for (let count = Math.floor(random() ** 2 * 6); count >= 0; count--) pick(edits)();
    const isBuilt = Array.isArray(await build());
    const context = `seed ${seed}, step ${step}`;
    const failure = await site.expectClean(context).catch((error) => error);
    if (failure?.code !== undefined && failure.code !== 'ERR_ASSERTION')
      expect(isBuilt, context).to.equal(false);
    else if (failure) throw failure;
  }
}
