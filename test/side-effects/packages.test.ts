/** Packages that say they have no side effects: what nobody asks for is left out, and nothing else. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import File from 'vinyl';
import { failure, finish, hush, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

const PURE = { name: 'pure', version: '1.0.0', type: 'module', sideEffects: false, main: 'index.js' };

interface Result {
  value: unknown;
  /** Names of the package's modules that are in the bundles. */
  kept: string[];
  text: string;
}

/** Bundles main.mjs with the package `pure`, runs it, and gives what it put on `self.result`. */
async function run(
  main: string,
  library: ProjectFiles,
  manifest: object = PURE,
  own: ProjectFiles = {},
): Promise<Result> {
  const files = Object.entries(library).map(([name, text]) => [`node_modules/pure/${name}`, text]);
  const project = new Project({
    'main.mjs': main,
    ...own,
    'node_modules/pure/package.json': manifest,
    ...Object.fromEntries(files),
  });
  const packed = await pack([project.path('main.mjs')], { root: project.directory });
  const { page, errors, settle } = await packed.visit('main');
  await settle();
  if (errors.length > 0) throw errors[0];
  const directory = project.path('node_modules/pure/');
  const kept = Object.values(packed.metadata.modules).filter((path) => path.startsWith(directory));
  return {
    value: page.result,
    kept: kept.map((path) => path.slice(directory.length)).sort(),
    text: Object.values(packed.bundles).join('\n'),
  };
}

const numbers = (names: string): ProjectFiles =>
  Object.fromEntries(
    [...names].map((name) => [`${name}.js`, `export let ${name} = '${name}'; /* ${name} */`]),
  );

describe('modules without side effects', () => {
  it('are left out when none of their exports is asked for', async () => {
    const index = "export { a } from './a.js'; export { b as c } from './b.js'; export { d } from './d.js';";
    const { value, kept } = await run("import { c } from 'pure'; self.result = c;", {
      'index.js': index,
      ...numbers('abd'),
    });
    expect(value).to.equal('b');
    expect(kept).to.deep.equal(['b.js', 'index.js']);
  });

  it('are not even read then', async () => {
    const index = "export { a } from './a.js'; export { b } from './broken.js';";
    const library = { 'index.js': index, ...numbers('a'), 'broken.js': 'this is no JavaScript' };
    expect((await run("import { a } from 'pure'; self.result = a;", library)).value).to.equal('a');
  });

  it('are left out when only a module asks for them that the program does not hold', async () => {
    const project = new Project({
      'main.mjs': "import { b } from 'pure'; self.result = b;",
      'node_modules/pure/package.json': PURE,
      'node_modules/pure/index.js': "export { a } from './a.js'; export { b } from './b.js';",
      ...Object.fromEntries(
        Object.entries(numbers('ab')).map(([name, text]) => [`node_modules/pure/${name}`, text]),
      ),
    });
    const stream = hush(dynapack({ root: project.directory }));
    const unused = {
      path: project.path('unused.mjs'),
      contents: Buffer.from("import { a } from 'pure'; a();"),
    };
    stream.mods().write(new File(unused));
    stream.end(project.path('main.mjs'));
    const { metadata } = await finish(stream);
    expect(Object.values(metadata.modules)).not.to.include(project.path('node_modules/pure/a.js'));
    expect(Object.values(metadata.modules)).to.include(project.path('node_modules/pure/b.js'));
  });

  it('are found by way of stars, of which those without the name are left out', async () => {
    const { value, kept } = await run("import { b } from 'pure'; self.result = b;", {
      'index.js': "export * from './a.js'; export * from './stars.js'; export * from './d.js';",
      'stars.js': "export * from './b.js'; export * from './c.js'; export default 5;",
      ...numbers('abcd'),
    });
    expect(value).to.equal('b');
    expect(kept).to.deep.equal(['b.js', 'index.js', 'stars.js']);
  });

  it('lose their code when they only hand on what is asked for', async () => {
    const index = `import { a } from './a.js'; import { b } from './b.js';
      export const heavy = () => 'heavy' + b; export { a };`;
    const { value, kept, text } = await run("import { a } from 'pure'; self.result = a;", {
      'index.js': index,
      ...numbers('ab'),
    });
    expect(value).to.equal('a');
    expect(kept).to.deep.equal(['a.js', 'index.js']);
    expect(text).not.to.include('heavy');
  });

  const unused = ["import * as unused from 'pure';", "import unused from 'pure';", "import 'pure';"];
  const imports = ["import { a } from './a.mjs';", "import { b } from './b.mjs';"];
  for (const [place, statements] of Object.entries({
    before: (idle: string) => [idle, ...imports],
    between: (idle: string) => [imports[0], idle, imports[1]],
    behind: (idle: string) => [...imports, idle],
  })) {
    it(`leave other imports what they are, ${place} them`, async () => {
      for (const idle of unused) {
        for (const [use, value] of [
          ['[a]', ['A']],
          ['[b]', ['B']],
          ['[a, b]', ['A', 'B']],
        ] as const) {
          const main = `${statements(idle).join(' ')} self.result = ${use};`;
          const own = { 'a.mjs': "export const a = 'A';", 'b.mjs': "export const b = 'B';" };
          const result = await run(main, { 'index.js': 'export default 1;' }, PURE, own);
          expect(result.value, main).to.deep.equal(value);
        }
      }
    });
  }

  it('keep all that their code uses', async () => {
    const index = `import { a } from './a.js'; import * as all from './all.js'; import unused, { b } from './b.js';
      export const own = () => [a, all.c, all?.d];`;
    const { value, kept } = await run("import { own } from 'pure'; self.result = own();", {
      'index.js': index,
      'all.js': "export * from './c.js'; export { d } from './d.js'; export { e } from './e.js';",
      ...numbers('abcde'),
    });
    expect(value).to.deep.equal(['a', 'c', 'd']);
    expect(kept).to.deep.equal(['a.js', 'all.js', 'c.js', 'd.js', 'index.js']);
  });

  const whole: Record<string, string> = {
    'a namespace that is used as a value': "import * as all from 'pure'; self.result = Object.keys(all);",
    'a namespace that is exported': "export * as all from 'pure'; self.result = ['a', 'b'];",
    'a computed property': "import * as all from 'pure'; self.result = ['a', 'b'].map((name) => all[name]);",
    require: "import './ask.cjs';",
    'export *': "export * from 'pure'; self.result = ['a', 'b'];",
  };
  for (const [form, main] of Object.entries(whole)) {
    it(`are all kept for ${form}`, async () => {
      const library = { 'index.js': "export * from './a.js'; export * from './b.js';", ...numbers('ab') };
      const own = { 'ask.cjs': "self.result = Object.keys(require('pure'));" };
      const { value, kept } = await run(main, library, PURE, own);
      expect(value).to.deep.equal(['a', 'b']);
      expect(kept).to.deep.equal(['a.js', 'b.js', 'index.js']);
    });
  }

  it('are all kept for import()', async () => {
    const main = "self.result = []; import('pure').then((all) => self.result.push(...Object.keys(all)));";
    const { kept } = await run(main, {
      'index.js': "export * from './a.js'; export { b } from './b.js';",
      ...numbers('ab'),
    });
    expect(kept).to.deep.equal(['a.js', 'b.js', 'index.js']);
  });

  it('are left out when they are imported for side effects only', async () => {
    const { kept, value } = await run("import 'pure'; self.result = self.ran;", {
      'index.js': "self.ran = 'index';",
    });
    expect(kept).to.deep.equal([]);
    expect(value).to.equal(undefined);
  });

  it('are named by globs, others run', async () => {
    const manifest = { ...PURE, sideEffects: ['*.effect.js', './lib/run/*.js'] };
    const main = "import { a } from 'pure'; self.result = [a, self.ran];";
    const { value, kept } = await run(
      main,
      {
        'index.js':
          "import './lib/run/it.js'; import './deep/one.effect.js'; import './b.js'; export * from './a.js';",
        'lib/run/it.js': "self.ran = 'it';",
        'deep/one.effect.js': "self.ran += ' one';",
        ...numbers('b'),
        'a.js': "import './deep/one.effect.js'; export let a = 'a';",
      },
      manifest,
    );
    expect(value).to.deep.equal(['a', 'undefined one']);
    expect(kept).to.deep.equal(['a.js', 'deep/one.effect.js', 'index.js']);
  });

  it('are kept in packages that do not say it, if they do anything', async () => {
    const { sideEffects: _, ...manifest } = PURE;
    const library = {
      'index.js': "export * from './a.js'; export { b } from './b.js'; export { c } from './c.js';",
      ...numbers('ab'),
      'c.js': "import './d.js'; export const c = 'c';",
      'd.js': 'self.d = 1;',
    };
    const { kept } = await run("import { a } from 'pure'; self.result = a;", library, manifest);
    expect(kept).to.deep.equal(['a.js', 'c.js', 'd.js', 'index.js']);
  });

  it('run in time for a cycle that calls functions before their module has run', async () => {
    for (const first of ['x', 'leads']) {
      const { value } = await run(
        `import 'pure/${first}.js'; import 'pure/a.js';`,
        {
          'x.js': 'export const x = [1];',
          'leads.js': "import './x.js'; export const unused = 1;",
          'hands.js': "export { x } from './x.js';",
          'a.js': "import './b.js'; import { x } from './hands.js'; export function f() { return x; }",
          'b.js': "import { f } from './a.js'; self.result = f();",
        },
        { ...PURE, sideEffects: undefined },
      );
      expect(value).to.deep.equal([1]);
    }
  });

  it('lose a default export without a name that nobody asks for', async () => {
    const library = { 'index.js': 'export default function () {} export const a = [self.b = 1];' };
    const { value } = await run("import { a } from 'pure'; self.result = a;", library);
    expect(value).to.deep.equal([1]);
  });

  it('may leave out what only modules may have', async () => {
    const library = {
      'index.js': `export const a = 'a';
        export const meta = () => import.meta.url;
        export const comment = (x, y) => x<!--y;
        export default () => import.meta;
        export async function later() { return await import('./index.js'); }`,
    };
    const { value } = await run("import { a } from 'pure'; self.result = a;", library);
    expect(value).to.equal('a');
  });

  it('may be CommonJS, of which nobody knows the names', async () => {
    const manifest = { ...PURE, type: 'commonjs', main: 'index.mjs' };
    const library = {
      'index.mjs':
        "export * from './a.js'; export { default as b } from './b.js'; export { c } from './c.js';",
      'a.js': "exports.a = 'a';",
      'b.js': "module.exports = 'b';",
      'c.js': "exports.c = 'c';",
    };
    const { value, kept } = await run(
      "import { a, b } from 'pure'; self.result = [a, b];",
      library,
      manifest,
    );
    expect(value).to.deep.equal(['a', 'b']);
    expect(kept).to.deep.equal(['a.js', 'b.js', 'index.mjs']);
  });

  it('that import each other in a circle are found', async () => {
    const { value } = await run("import { a } from 'pure'; self.result = a();", {
      'index.js': "export * from './one.js'; export * from './two.js';",
      'one.js': "export * from './index.js'; import { two } from './two.js'; export const a = () => two();",
      'two.js': "export * from './one.js'; import { b } from './one.js'; export const two = () => typeof b;",
    }).catch((error) => ({ value: error.code }));
    expect(value).to.equal('NO_EXPORT');
    const right = await run("import { a } from 'pure'; self.result = a();", {
      'index.js': "export * from './one.js'; export * from './two.js';",
      'one.js': "export * from './index.js'; import { two } from './two.js'; export const a = () => two();",
      'two.js': "export * from './one.js'; import { a } from './one.js'; export const two = () => typeof a;",
    });
    expect(right.value).to.equal('function');
  });

  it('a name that none of them exports fails the build, naming those there are', async () => {
    const library = {
      'index.js': "export * from './a.js'; export * from './b.js'; export { c } from './c.js';",
      ...numbers('abc'),
    };
    const error = await failure(run("import { nothing } from 'pure';", library));
    expect(error.code).to.equal('NO_EXPORT');
    expect(`${error.message} ${error.hint}`).to.match(/\ba, b, c\b/);
  });

  it('a name that two of them export fails the build', async () => {
    const library = {
      'index.js': "export * from './a.js'; export * from './other.js';",
      ...numbers('a'),
      'other.js': 'export const a = 1;',
    };
    expect((await failure(run("import { a } from 'pure'; self.a = a;", library))).code).to.equal(
      'AMBIGUOUS_EXPORT',
    );
  });

  it('of the project itself are left out as well', async () => {
    const project = new Project({
      'package.json': { name: 'site', type: 'module', sideEffects: false },
      'main.js': "import { used } from './parts.js'; self.result = used;",
      'parts.js': "export { used } from './used.js'; export { unused } from './unused.js';",
      'used.js': "export const used = 'used';",
      'unused.js': "export const unused = 'unused';",
    });
    const packed = await pack([project.path('main.js')], { root: project.directory });
    expect(Object.values(packed.metadata.modules)).not.to.include(project.path('unused.js'));
    expect((await packed.visit('main')).page.result).to.equal('used');
  });
});
