/** What the names of ES modules lead to, found when the program is built: errors with name, place, frame and a hint. */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { failure, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

async function fails(files: ProjectFiles): Promise<dynapack.DynapackError & { at: string }> {
  const project = new Project(files);
  const error = await failure(pack([project.path('main.mjs')], { root: project.directory }));
  const file = error.fileName?.slice(project.directory.length + 1);
  return Object.assign(error, { at: `${file}:${error.lineNumber}:${error.columnNumber}` });
}

/** Bundles main.mjs and gives what it put on `self.result`. */
async function run(files: ProjectFiles): Promise<unknown> {
  const project = new Project(files);
  const { visit } = await pack([project.path('main.mjs')], { root: project.directory });
  const { page, errors } = await visit('main');
  expect(errors).to.deep.equal([]);
  return page.result;
}

describe('imports of names that nobody exports', () => {
  const parts = { 'part.mjs': 'export const point = 1, line = 2; export default 3;' };

  const missing: [statement: string, name: string, column: number][] = [
    ["import { circle } from './part.mjs';", 'circle', 10],
    ["import { circle as c } from './part.mjs';", 'circle', 10],
    ["import d, { point, circle } from './part.mjs';", 'circle', 20],
    ["import { 'a circle' as c } from './part.mjs';", 'a circle', 10],
    ["export { circle } from './part.mjs';", 'circle', 10],
    ["export { point, circle as c } from './part.mjs';", 'circle', 17],
    ["import { circle } from './part.mjs'; export { circle };", 'circle', 10],
    ["export * from './part.mjs'; import { circle } from './main.mjs';", 'circle', 38],
  ];
  for (const [statement, name, column] of missing) {
    it(statement, async () => {
      const error = await fails({ 'main.mjs': `var a;\n${statement}\na;`, ...parts });
      expect([error.code, error.at]).to.deep.equal(['NO_EXPORT', `main.mjs:2:${column}`]);
      expect(error.message).to.include(`no export '${name}'`);
      expect(error.frame)
        .to.include(`> 2 | ${statement}`)
        .and.include(`\n    | ${' '.repeat(column - 1)}^`);
    });
  }

  it('an import of the default where there is none', async () => {
    const error = await fails({
      'main.mjs': "import d from './part.mjs';",
      'part.mjs': "export * from './more.mjs'; export const a = 1;",
      'more.mjs': 'export default 1; export const b = 2;',
    });
    expect([error.code, error.at]).to.deep.equal(['NO_EXPORT', 'main.mjs:1:8']);
    expect(error.message).to.include("'default'");
    expect(error.hint).to.include('It exports a, b.');
  });

  it('the only name there is, without its braces', async () => {
    const error = await fails({
      'main.mjs': "import a from './part.mjs';",
      'part.mjs': 'export const a = 1;',
    });
    expect(error.hint).to.include('Did you mean { a }, in braces?').and.include('It exports a.');
  });

  it('list what there is, and say what was probably meant', async () => {
    const error = await fails({ 'main.mjs': "import { pont } from './part.mjs';", ...parts });
    expect(error.hint).to.include("Did you mean 'point'?").and.include('It exports default, line, point.');
    const other = await fails({ 'main.mjs': "import { somethingElse } from './part.mjs';", ...parts });
    expect(other.hint).to.not.include('Did you mean');
    const none = await fails({ 'main.mjs': "import { a } from './part.mjs';", 'part.mjs': 'export {};' });
    expect(none.hint).to.include('It exports nothing.').and.include('import type');
  });

  it('list some of many names', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `name${String(index).padStart(2, '0')}`);
    const error = await fails({
      'main.mjs': "import { x } from './part.mjs';",
      'part.mjs': `export const ${names.map((name) => `${name} = 1`).join(', ')};`,
    });
    expect(error.hint)
      .to.include(names.slice(0, 20).join(', '))
      .and.include('and 10 more')
      .and.not.include('name20');
  });

  it('name the first by path and place', async () => {
    const error = await fails({
      'main.mjs': "import './z.mjs'; import './b.mjs'; import './a.mjs';",
      'z.mjs': "import { x } from './part.mjs';",
      'b.mjs': "import { x } from './part.mjs';",
      'a.mjs':
        "import { point } from './part.mjs';\nimport { y } from './part.mjs'; import { x } from './part.mjs';",
      ...parts,
    });
    expect(error.at).to.equal('a.mjs:2:10');
  });

  it('are found behind requests for later, and not where nothing leads', async () => {
    const later = await fails({
      'main.mjs': "import('./later.mjs');",
      'later.mjs': "import { x } from './part.mjs';",
      ...parts,
    });
    expect(later.at).to.equal('later.mjs:1:10');
    const project = new Project({
      'main.mjs': 'self.result = 1;',
      'unused.mjs': "import { x } from './main.mjs';",
    });
    const { bundles } = await pack([project.path('main.mjs')], { root: project.directory });
    expect(Object.keys(bundles)).to.deep.equal(['main.js']);
  });

  it('an indirect export that leads round in a circle', async () => {
    const error = await fails({
      'main.mjs': "import { a } from './x.mjs';",
      'x.mjs': "export { a } from './y.mjs';",
      'y.mjs': "export { a } from './x.mjs';",
    });
    expect([error.code, error.at]).to.deep.equal(['NO_EXPORT', 'main.mjs:1:10']);
  });

  it('a name that stars in a circle do not have', async () => {
    const error = await fails({
      'main.mjs': "import { a, b, c } from './x.mjs';",
      'x.mjs': "export * from './y.mjs'; export const a = 1;",
      'y.mjs': "export * from './x.mjs'; export const b = 2;",
    });
    expect([error.code, error.at]).to.deep.equal(['NO_EXPORT', 'main.mjs:1:16']);
    expect(error.hint).to.include('It exports a, b.');
  });
});

describe('names that mean two things', () => {
  const both = {
    'both.mjs': "export * from './one.mjs'; export * from './two.mjs';",
    'one.mjs': 'export const same = 1, one = 1;',
    'two.mjs': 'export const same = 2, two = 2;',
  };

  const statements: [statement: string, column: number][] = [
    ["import { one, same } from './both.mjs';", 15],
    ["export { same as other } from './both.mjs';", 10],
  ];
  for (const [statement, column] of statements) {
    it(statement, async () => {
      const error = await fails({ 'main.mjs': `\n${statement}`, ...both });
      expect([error.code, error.at]).to.deep.equal(['AMBIGUOUS_EXPORT', `main.mjs:2:${column}`]);
      expect(error.message).to.include("'same'").and.include("'./both.mjs'");
      expect(error.frame).to.include(`> 2 | ${statement}`);
      expect(error.hint).to.include('export *');
    });
  }

  it('are no error until they are asked for, and none of the namespace', async () => {
    const main =
      "import { one, two } from './both.mjs'; import * as all from './both.mjs'; self.result = [one, two, Object.keys(all)];";
    expect(await run({ 'main.mjs': main, ...both })).to.deep.equal([1, 2, ['one', 'two']]);
  });

  it('are nothing to who asks a namespace for them by name', async () => {
    const mains = [
      "import * as all from './both.mjs'; self.result = [all.one, all.same];",
      "import { all } from './space.mjs'; self.result = [all.one, all.same];",
      "import * as all from './again.mjs'; self.result = [all.one, all.same];",
    ];
    for (const main of mains) {
      const files = {
        'space.mjs': "export * as all from './both.mjs';",
        'again.mjs': "export * from './both.mjs';",
      };
      expect(await run({ 'main.mjs': main, ...files, ...both }), main).to.deep.equal([1, undefined]);
    }
  });

  it('are none where stars lead round in a circle, or back by a name', async () => {
    const files = {
      'o.mjs': 'export const same = 5;',
      'x.mjs': "export * from './y.mjs'; export * from './o.mjs';",
      'y.mjs': "export * from './z.mjs'; export * from './o.mjs';",
      'z.mjs': "export * from './x.mjs'; export * from './o.mjs';",
      'back.mjs': "export { same } from './through.mjs';",
      'through.mjs': "export * from './back.mjs'; export * from './o.mjs';",
    };
    for (const name of ['x', 'y', 'z', 'through']) {
      const main = `import { same } from './${name}.mjs'; self.result = same;`;
      expect(await run({ 'main.mjs': main, ...files }), name).to.equal(5);
    }
  });

  it('are none when both ways lead to one binding', async () => {
    const files = {
      'main.mjs': "import { same, space } from './both.mjs'; self.result = [same, space.same];",
      'both.mjs': "export * from './one.mjs'; export * from './two.mjs';",
      'one.mjs': "export * from './source.mjs'; export * as space from './source.mjs';",
      'two.mjs': "export { again as same } from './source.mjs'; export * as space from './source.mjs';",
      'source.mjs': 'export const same = 5; export { same as again };',
    };
    expect(await run(files)).to.deep.equal([5, 5]);
  });

  const namespaces = [
    "export * as space from './source.mjs';",
    "import * as space from './source.mjs'; export { space };",
    "import * as other from './source.mjs'; export { other as space }; other.same;",
    "export { space } from './three.mjs';",
    "import { space } from './three.mjs'; export { space };",
  ];
  it('are none when both ways lead to one namespace', async () => {
    for (const one of namespaces) {
      for (const two of namespaces) {
        const files = {
          'main.mjs': `import { space } from './both.mjs'; import * as both from './both.mjs';
            self.result = [space.same, both.space === space];`,
          'both.mjs': "export * from './one.mjs'; export * from './two.mjs';",
          'one.mjs': one,
          'two.mjs': two,
          'three.mjs': namespaces[1] as string,
          'source.mjs': 'export const same = 5;',
        };
        expect(await run(files), `${one} ${two}`).to.deep.equal([5, true]);
      }
    }
  });

  it('are namespaces of two modules', async () => {
    for (const two of [
      "export * as space from './two.mjs';",
      "import * as space from './two.mjs'; export { space };",
    ]) {
      const error = await fails({
        'main.mjs': "import { space } from './both.mjs';",
        'both.mjs': "export * from './one.mjs'; export * from './two.mjs';",
        'one.mjs': "export * as space from './one.mjs';",
        'two.mjs': two,
      });
      expect(error.code).to.equal('AMBIGUOUS_EXPORT');
    }
  });

  it('are none where the module itself exports the name', async () => {
    const files = {
      ...both,
      'main.mjs': "import { same } from './both.mjs'; self.result = same;",
      'both.mjs': "export * from './one.mjs'; export * from './two.mjs'; export const same = 3;",
    };
    expect(await run(files)).to.equal(3);
  });
});

describe('require of modules that await', () => {
  const waits = { 'waits.mjs': 'export const a = await 1;' };

  const required: [name: string, files: ProjectFiles, at: string][] = [
    [
      'in CommonJS',
      { 'main.mjs': "import './part.cjs';", 'part.cjs': "var a;\nvar b = require('./waits.mjs');" },
      'part.cjs:2:17',
    ],
    [
      'in an ES module',
      {
        'main.mjs': "import './part.js';",
        'part.js': "import './waits.mjs';\nexport const a = require('./waits.mjs');",
      },
      'part.js:2:26',
    ],
    [
      'of one that imports such a module',
      {
        'main.mjs': "import './part.cjs';",
        'part.cjs': "require('./between.mjs');",
        'between.mjs': "export * from './further.mjs';",
        'further.mjs': "import './waits.mjs'; export {};",
      },
      'part.cjs:1:9',
    ],
    [
      'of one with a loop that awaits',
      {
        'main.mjs': "import './part.cjs';",
        'part.cjs': "require('./waits.mjs');",
        'waits.mjs': 'for await (const a of []);',
      },
      'part.cjs:1:9',
    ],
    [
      'by an import of a module that is CommonJS all the same',
      {
        'main.mjs': "import './part.js';",
        'part.js': "import { a } from './waits.mjs';\nmodule.exports = a;",
      },
      'part.js:1:19',
    ],
  ];
  for (const [name, files, at] of required) {
    it(name, async () => {
      const error = await fails({ ...waits, ...files });
      expect([error.code, error.at]).to.deep.equal(['REQUIRE_ASYNC', at]);
      expect(error.message).to.match(/require\('\.\/\w+\.mjs'\)/);
      expect(error.frame).to.include('^');
      expect(error.hint).to.include('import()');
    });
  }

  it('is fine with import()', async () => {
    const files = {
      ...waits,
      'main.mjs': "import './part.cjs'; self.result = await self.later;",
      'part.cjs': "self.later = import('./waits.mjs').then((all) => all.a);",
    };
    const project = new Project(files);
    const { visit } = await pack([project.path('main.mjs')], { root: project.directory });
    const { page, settle } = await visit('main');
    await settle();
    expect(page.result).to.equal(1);
  });

  it('is fine of modules that await in functions only', async () => {
    const files = {
      'main.mjs': "import './part.cjs';",
      'part.cjs': "self.result = typeof require('./calm.mjs').f;",
      'calm.mjs': 'export async function f() { await 1; for await (const a of []); }',
    };
    expect(await run(files)).to.equal('function');
  });
});

describe('names of CommonJS modules', () => {
  const common = { 'common.cjs': 'exports.a = 1; exports.add = function (name) { exports[name] = name; };' };

  it('are known at run time: unknown ones are undefined and no error', async () => {
    const main =
      "import all, { a, gone, add } from './common.cjs'; import * as space from './common.cjs'; self.result = [a, gone, typeof add, all.a, space.a, space.default === all];";
    expect(await run({ 'main.mjs': main, ...common })).to.deep.equal([1, undefined, 'function', 1, 1, true]);
  });

  it('are no error through exports of ES modules', async () => {
    const files = {
      'main.mjs':
        "import { a, gone, b, other } from './between.mjs'; self.result = [a, gone, b, typeof other];",
      'between.mjs':
        "export * from './common.cjs'; export { add as other, gone } from './common.cjs'; export const b = 2;",
      ...common,
    };
    expect(await run(files)).to.deep.equal([1, undefined, 2, 'function']);
  });

  it('are no ambiguity beside a name that is known', async () => {
    const files = {
      'main.mjs': "import { a } from './between.mjs'; self.result = a;",
      'between.mjs': "export * from './common.cjs'; export * from './known.mjs';",
      'known.mjs': 'export const a = 3;',
      ...common,
    };
    expect(await run(files)).to.equal(3);
  });

  it('go through exports by name, which namespaces list before', async () => {
    const files = {
      'main.mjs': `import { a } from './named.mjs'; import * as named from './named.mjs'; import * as star from './star.mjs';
        self.result = [a, Object.keys(named), Object.keys(star), star.a, Object.isExtensible(star)];`,
      'star.mjs': "export * from './named.mjs';",
      'named.mjs': "export { a } from './between.mjs';",
      'between.mjs': "export * from './common.cjs';",
      ...common,
    };
    expect(await run(files)).to.deep.equal([1, ['a'], ['a'], 1, false]);
  });

  it('do not make a name mean something that means two things', async () => {
    const files = {
      'main.mjs': "import * as all from './between.mjs'; self.result = Object.keys(all);",
      'between.mjs': "export * from './common.cjs'; export * from './one.mjs'; export * from './two.mjs';",
      'one.mjs': 'export const same = 1, one = 1;',
      'two.mjs': 'export const same = 2, two = 2;',
      ...common,
    };
    expect(await run(files)).to.deep.equal(['a', 'add', 'one', 'two']);
  });

  it('count less than those of modules that are loaded later', async () => {
    const files = {
      'main.mjs': `import { a } from './between.mjs'; self.result = [a];
        self.result.push(...Object.values(await import('./later.mjs')).filter((value) => typeof value === 'number'));`,
      'between.mjs': "export * from './common.cjs';",
      'later.mjs': "export * from './between.mjs'; export * from './known.mjs';",
      'known.mjs': 'export const a = 2;',
      ...common,
    };
    expect(await run(files)).to.deep.equal([1, 2]);
  });

  it('are the same for modules of Node and others', async () => {
    const files = {
      'main.mjs': "import { a } from './between.mjs'; self.result = a;",
      'between.mjs': "export * from './node.mjs'; export * from './other.js';",
      'node.mjs': "export { a } from './common.cjs';",
      'other.js': "export { a } from './common.cjs';",
      ...common,
    };
    expect(await run(files)).to.equal(1);
  });

  it('are ambiguous beside others where a module exports them by name', async () => {
    const error = await fails({
      'main.mjs': "import { a } from './between.mjs'; self.result = a;",
      'between.mjs': "export * from './node.mjs'; export * from './known.mjs';",
      'node.mjs': "export { a } from './common.cjs';",
      'known.mjs': 'export const a = 3;',
      ...common,
    });
    expect(error.code).to.equal('AMBIGUOUS_EXPORT');
  });

  it('are no error in JSON', async () => {
    const files = {
      'main.mjs': "import data, { a, b } from './data.json'; self.result = [data, a, b];",
      'data.json': { a: 1 },
    };
    expect(await run(files)).to.deep.equal([{ a: 1 }, 1, undefined]);
  });
});

describe('stars in a circle', () => {
  it('give every name once, live, to all', async () => {
    const files = {
      'main.mjs':
        "import * as x from './x.mjs'; import { a, b, more } from './y.mjs'; more(); self.result = [Object.keys(x), a, b, x.a];",
      'x.mjs': "export * from './y.mjs'; export let a = 1; export function more() { a++; }",
      'y.mjs': "export * from './x.mjs'; export const b = 2;",
    };
    expect(await run(files)).to.deep.equal([['a', 'b', 'more'], 2, 2, 2]);
  });

  it('of a module with itself', async () => {
    const files = {
      'main.mjs': "import { a } from './x.mjs'; self.result = a;",
      'x.mjs': "export * from './x.mjs'; export const a = 1;",
    };
    expect(await run(files)).to.equal(1);
  });

  it('are closed when all CommonJS behind them has run', async () => {
    const files = {
      'main.mjs': `import * as x from './x.mjs'; import * as y from './y.mjs';
        self.result = [x, y].map((all) => [Object.keys(all), Object.isExtensible(all)]);`,
      'x.mjs': "export * from './y.mjs'; export * from './z.cjs';",
      'y.mjs': "export * from './x.mjs';",
      'z.cjs': 'exports.c = 3;',
    };
    expect(await run(files)).to.deep.equal([
      [['c'], false],
      [['c'], false],
    ]);
  });

  it('with a CommonJS module in it', async () => {
    const files = {
      'main.mjs': "import { a, b, c } from './x.mjs'; self.result = [a, b, c];",
      'x.mjs': "export * from './y.mjs'; export const a = 1;",
      'y.mjs': "export * from './x.mjs'; export * from './z.cjs'; export const b = 2;",
      'z.cjs': 'exports.c = 3;',
    };
    expect(await run(files)).to.deep.equal([1, 2, 3]);
  });
});
