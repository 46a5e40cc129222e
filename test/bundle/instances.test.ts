/** Modules that are one file: with queries, and as what their importers ask for. */
import { execFileSync } from 'node:child_process';
import { utimesSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { failure, finish, type Packed, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

type Options = dynapack.Options;

async function build(files: ProjectFiles, options: Options = {}): Promise<Packed & { project: Project }> {
  const project = new Project(files);
  const packed = await pack([project.path('main.mjs')], { root: project.directory, ...options });
  return Object.assign(packed, { project });
}

const run = async (files: ProjectFiles, options?: Options): Promise<unknown> =>
  (await (await build(files, options)).visit('main', { atob })).page.result;

/** What Node makes of the same program. */
function native(files: ProjectFiles): unknown {
  const ending =
    "globalThis.self = globalThis; await import('./main.mjs'); console.log(JSON.stringify(await self.result));";
  const project = new Project({ ...files, 'run.mjs': ending });
  return JSON.parse(String(execFileSync(process.execPath, ['--no-warnings', project.path('run.mjs')])));
}

const counter: ProjectFiles = {
  'count.mjs':
    "import './dep.mjs'; export let count = 0; export const add = () => ++count; export const { url } = import.meta;",
  'dep.mjs': 'self.deps = (self.deps ?? 0) + 1;',
};

describe('a query in a specifier', () => {
  const files: ProjectFiles = {
    ...counter,
    'main.mjs': `import { add, count } from './count.mjs'; import * as one from './count.mjs?1';
      import { count as again, add as addAgain } from './count.mjs?1'; import * as hash from './count.mjs#1';
      import './other/deep.mjs';
      add(); add(); addAgain();
      self.result = import('./count.mjs?x=/a/../b').then((late) => [
        count, one.count, again, hash.count, late.count, self.deps, self.deep,
        ...[one, hash, late].map(({ url }) => url.slice(url.lastIndexOf('/count'))),
      ]);`,
    'other/deep.mjs': "import { count } from '../count.mjs?1'; self.deep = () => count; self.deep = count;",
  };

  it('makes an instance with a state of its own, once for all who name it, as in Node', async () => {
    const bundled = await run(files);
    expect(await bundled).to.deep.equal(native(files));
    expect(await bundled).to.deep.equal([
      2,
      1,
      1,
      0,
      0,
      1,
      0,
      '/count.mjs?1',
      '/count.mjs#1',
      '/count.mjs?x=/a/../b',
    ]);
  });

  it('makes one of the file of a package, of an alias, of imports, and for require', async () => {
    const made = await build(
      {
        'package.json': {
          name: 'app',
          imports: { '#inner': './inner.js' },
          browser: { './swap.js': './inner.js' },
        },
        'inner.js': 'module.exports = [__filename, __dirname];',
        'swap.js': '',
        'node_modules/pkg/package.json': { exports: { '.': './index.js', './sub': './index.js' } },
        'node_modules/pkg/index.js': 'module.exports = [];',
        'main.mjs': `import pkg from 'pkg'; import one from 'pkg?1'; import two from 'pkg/sub?1'; import alias from 'alias?1';
          import inner from '#inner'; import innerToo from '#inner?1'; import swapped from './swap.js?1'; import common from './common.cjs';
          self.result = [pkg !== one, one === two, alias === one, inner !== innerToo, innerToo === swapped, innerToo, common];`,
        'common.cjs':
          "module.exports = [require('./inner.js?1') === require('./inner?1'), require('./inner?2') === require('./inner')];",
      },
      { resolve: { alias: { alias: 'pkg' } } },
    );
    const { page } = await made.visit('main');
    expect(page.result).to.deep.equal([true, true, true, true, true, ['/inner.js', '/'], [true, false]]);
  });

  it('is seen in metadata, not in the files that were read', async () => {
    const { metadata, project, bundles } = await build({ ...files, 'empty.js': '' });
    expect(metadata.files.map((path) => path.replace(`${project.directory}/`, ''))).to.deep.equal([
      'count.mjs',
      'dep.mjs',
      'main.mjs',
      'other/deep.mjs',
    ]);
    expect(Object.values(metadata.modules)).to.include(project.path('count.mjs?1'));
    expect(JSON.stringify([metadata, bundles])).not.to.include('\\u0000');
    const debug = await build(files, { debug: true });
    expect(Object.values(debug.bundles).join('')).to.include('"./count:mjs?1"').and.not.include('\0');
  });

  it('shows transforms a File for each instance, under the name of the file', async () => {
    const project = new Project(files);
    const made = dynapack({ root: project.directory, sourcemaps: true });
    const seen: string[] = [];
    made
      .deps()
      .pipe(
        objectTransform(async (file: File) => {
          seen.push(file.relative);
          file.contents = Buffer.from(String(file.contents).replace('count = 0', 'count = 10'));
          return file;
        }),
      )
      .pipe(made.mods());
    made.end(project.path('main.mjs'));
    const packed = await finish(made);
    expect(seen.filter((name) => name === 'count.mjs')).to.have.length(4);
    expect(((await (await packed.visit('main')).page.result) as unknown[]).slice(0, 5)).to.deep.equal([
      12, 11, 11, 10, 10,
    ]);
    expect(packed.files.flatMap((file) => file.sourceMap?.sources)).to.include('count.mjs');
  });

  it('belongs to the contents of an entry that was written', async () => {
    const project = new Project({ 'main.mjs': '' });
    const contents =
      "import { n as other } from './main.mjs?1'; export const n = Math.random(); self.result = [typeof other, other !== n];";
    const { visit } = await pack([{ path: project.path('main.mjs'), contents }]);
    expect((await visit('main')).page.result).to.deep.equal(['number', true]);
  });

  it('is part of the name where a file is called so', async () => {
    const literal: ProjectFiles = {
      'main.mjs':
        "import a from './a.js?1'; import b from './b?1'; import c from './c#1.js'; self.result = [a, b, c];",
      'a.js?1': "module.exports = 'a?1'",
      'a.js': "module.exports = 'a'",
      'b?1.js': "module.exports = 'b?1'",
      'b.js': "module.exports = 'b'",
      'c#1.js': "module.exports = 'c#1'",
    };
    expect(await run(literal)).to.deep.equal(['a?1', 'b?1', 'c#1']);
  });

  it('fails the build where it asks for something else than the module', async () => {
    const hints = { 'worker&url': 'new Worker(new URL(', 'sharedworker&v=1&url': 'new Worker(new URL(' };
    for (const [query, hint] of Object.entries(hints)) {
      const error = await failure(run({ 'main.mjs': `import './a.js?${query}';`, 'a.js': '' }));
      expect(error.code).to.equal('MODULE_NOT_FOUND');
      expect(error.toString()).to.include('main.mjs:1:8').and.include(hint);
    }
  });
});

describe('import attributes', () => {
  it('read JSON of any name as JSON', async () => {
    const files: ProjectFiles = {
      'data.config': '{ "a": 1, "__proto__": 2 }',
      'data.json': '[1]',
      'main.mjs': `import data from './data.config' with { type: 'json' }; import list from './data.json' with { 'type': "json" };
        import { createList } from './plain.js'; export { default } from './data.config' with { type: 'json' };
        self.result = import('./data.config', { with: { type: 'json', }, }).then((late) =>
          [data, late.default === data, Object.keys(late), list, list === createList()]);`,
      'plain.js': "exports.createList = () => require('./data.json');",
    };
    expect(await ((await run(files)) as Promise<unknown>)).to.deep.equal([
      JSON.parse('{ "a": 1, "__proto__": 2 }'),
      true,
      ['default'],
      [1],
      true,
    ]);
  });

  it('know the word they had before', async () => {
    const source =
      "import a from './a.txt' assert { type: 'text' }; export * from './b.js' assert {}\nassert\n({}); function assert() {} self.result = a;";
    expect(await run({ 'main.mjs': source, 'a.txt': 'a', 'b.js': 'export {};' })).to.equal('a');
  });

  it('stand on a line of their own', async () => {
    const source = "import a from './a.txt'\nwith\n{ type: 'text' }\nself.result = a;";
    expect(await run({ 'main.mjs': source, 'a.txt': 'a' })).to.equal('a');
  });

  it('give texts and bytes as they are, whatever the file is called', async () => {
    const text = '\uFEFF<b>\r\n`${x}`\u2028</script>\0';
    const files: ProjectFiles = {
      'page.html': text,
      'code.js': 'throw new Error("never runs")',
      'shape.png': Buffer.from([0, 255, 128, 10]),
      'main.mjs': `import text from './page.html' with { type: 'text' }; import * as all from './code.js' with { type: 'text' };
        import bytes from './shape.png' with { type: 'bytes' }; import own from './main.mjs' with { type: 'text' };
        self.result = [text, Object.keys(all), all.default, bytes.constructor.name, [...bytes], own.slice(0, 6)];`,
    };
    expect(await run(files)).to.deep.equal([
      text.slice(1),
      ['default'],
      'throw new Error("never runs")',
      'Uint8Array',
      [0, 255, 128, 10],
      'import',
    ]);
  });

  it('make another module of a file', async () => {
    const files: ProjectFiles = {
      'a.js': 'self.ran = (self.ran ?? 0) + 1; export default 1;',
      'main.mjs':
        "import value from './a.js'; import text from './a.js' with { type: 'text' }; import other from './a.js?1' with { type: 'text' }; self.result = [value, text === other, text.length, self.ran];",
    };
    expect(await run(files)).to.deep.equal([1, true, String(files['a.js']).length, 1]);
  });

  it('show transforms what is JSON, and not what is text', async () => {
    const project = new Project({
      'main.mjs':
        "import data from './a.yaml' with { type: 'json' }; import text from './a.yaml' with { type: 'text' }; self.result = [data, text];",
      'a.yaml': 'a: 1',
    });
    const made = dynapack();
    made
      .deps()
      .pipe(
        objectTransform(async (file: File) => {
          if (file.extname === '.yaml') file.contents = Buffer.from('{ "a": 1 }');
          return file;
        }),
      )
      .pipe(made.mods());
    made.end(project.path('main.mjs'));
    expect((await (await finish(made)).visit('main')).page.result).to.deep.equal([{ a: 1 }, 'a: 1']);
  });

  it('are those of files whose names hold signs of queries, too', async () => {
    const files = { 'a#b.txt': 'hash', 'c?d.txt': 'question', 'e#f?g.txt': 'both' };
    const source =
      "import hash from './a#b.txt?raw'; import question from './c?d.txt?raw'; import both from './e#f?g.txt?raw'; self.result = [hash, question, both];";
    expect(await run({ ...files, 'main.mjs': source })).to.deep.equal(['hash', 'question', 'both']);
  });

  const refused: Record<string, [source: string, ...expected: string[]]> = {
    css: [
      "import './a.css' with { type: 'css' };",
      "cannot import './a.css'",
      "type: 'css'",
      "'?raw' behind its name",
      'main.mjs:1:8',
    ],
    unknown: [
      "import('./a.css', { with: { type: 'wasm' } });",
      "type: 'wasm'",
      "'json', 'text', 'bytes'",
      'main.mjs:1:1',
    ],
    'another attribute': [
      "export * from './a.css' with { lazy: 'yes' };",
      "lazy: 'yes'",
      "The only attribute is 'type'",
    ],
  };
  for (const [name, [source, ...expected]] of Object.entries(refused)) {
    it(`are refused with their place: ${name}`, async () => {
      const error = await failure(run({ 'main.mjs': source, 'a.css': '' }));
      expect(error.code).to.equal('UNKNOWN_ATTRIBUTE');
      for (const part of expected) expect(error.toString()).to.include(part);
    });
  }

  it('do not matter where an alias leaves the file out', async () => {
    const main = { 'main.mjs': "import sheet from './a.css' with { type: 'css' }; self.result = sheet;" };
    expect(await run(main, { resolve: { alias: { './a.css': false } } })).to.deep.equal({});
  });

  it('say where JSON is wrong', async () => {
    const error = await failure(
      run({ 'main.mjs': "import './a.conf' with { type: 'json' };", 'a.conf': '{\n  a' }),
    );
    expect(error.code).to.equal('INVALID_JSON');
    expect(error.toString()).to.include('a.conf:2:3');
  });
});

describe('modules of one file, edited', () => {
  const files: ProjectFiles = {
    'main.mjs':
      "import { n } from './n.mjs'; import { n as m } from './n.mjs?1'; import text from './n.mjs' with { type: 'text' }; import './data.js'; import('./late.mjs'); self.result = [n, m, text];",
    'late.mjs': '',
    'n.mjs': 'export const n = 1;',
    'data.js':
      "import 'data:text/javascript,self.inner = 1'; import bytes from './n.mjs' with { type: 'bytes' };",
  };

  /** Builds with one cache after another, each compared with a clean build. */
  class Session {
    readonly project = new Project(files);
    private readonly emitted: Record<string, string> = {};

    async build(edit: ProjectFiles, cache: dynapack.Cache): Promise<void> {
      this.project.write(edit);
      const options = { root: this.project.directory };
      const { bundles, metadata } = await pack([this.project.path('main.mjs')], { ...options, cache });
      const clean = await pack([this.project.path('main.mjs')], options);
      Object.assign(this.emitted, bundles);
      expect(metadata).to.deep.equal(clean.metadata);
      for (const [name, text] of Object.entries(clean.bundles)) expect(this.emitted[name]).to.equal(text);
    }
  }

  const edits: ProjectFiles[] = [
    { 'n.mjs': 'export const n = 2;' },
    { 'n.mjs': "import './late.mjs?2'; export const n = 3;" },
    { 'late.mjs': "import data from './n.mjs' with { type: 'text' }; self.late = data;" },
    { 'main.mjs': "import { n as m } from './n.mjs?1'; self.result = m; import('./late.mjs');" },
    { 'n.mjs': 'export const n = 4;' },
  ];

  for (const [how, wait] of [
    ['soon', 0],
    ['later, when the system tells of changes', 500],
  ] as const) {
    it(`change together, and come and go as in a clean build: ${how}`, async () => {
      const session = new Session();
      const cache = dynapack.cache();
      await session.build({}, cache);
      await setTimeout(wait);
      for (const edit of edits) await session.build(edit, cache);
    });
  }

  it('are known to a later process', async () => {
    const session = new Session();
    const cached = () => dynapack.cache(session.project.path('cache'));
    // What was written just then is read again.
    const past = new Date(Date.now() - 60_000);
    for (const name of Object.keys(files)) utimesSync(session.project.path(name), past, past);
    for (const edit of [{}, {}, { 'n.mjs': 'export const n = 2;' }, {}]) {
      await session.build(edit, cached());
      await setTimeout(100);
    }
  });

  it('are read from one file', async () => {
    const project = new Project(files);
    const made = dynapack();
    made.end(project.path('main.mjs'));
    await finish(made);
    const read = made.files().map((path) => path.replace(`${project.directory}/`, ''));
    expect(read).to.deep.equal(Object.keys(files).sort());
  });
});
