/** ES modules that run one right after the other share a function, and nobody can tell but by the bundle's size. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { type Packed, type Pipe, pack, sharing } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { functionsIn } from './pages';

interface Made {
  result: unknown;
  functions: number;
  bundles: Record<string, string>;
}

/** Bundles entries as they are when they are minified. */
const bundle = (
  project: Project,
  entries: readonly string[],
  options: dynapack.Options = {},
): Promise<Packed> =>
  pack(
    entries.map((name) => project.path(`${name}.js`)),
    { root: project.directory, ...options },
    sharing,
  );

/** Bundles main.js, runs it, and gives what it put on `self.result`. */
async function make(
  project: Project,
  options: dynapack.Options = {},
  entries: readonly string[] = ['main'],
): Promise<Made> {
  const packed = await bundle(project, entries, options);
  const { page, errors, settle } = await packed.visit(...entries);
  await settle();
  expect(errors).to.deep.equal([]);
  return { result: page.result, functions: functionsIn(packed.bundles), bundles: packed.bundles };
}

const run = (files: ProjectFiles, options?: dynapack.Options): Promise<Made> =>
  make(new Project(files), options);

const LISTS = {
  'items.js': "export const items = ['a', 'b']; self.log = ['items'];",
  'menu.js':
    "import { items } from './items.js'; export const show = () => items.join(); self.log.push('menu');",
  'main.js':
    "import { show } from './menu.js'; self.log.push('main'); self.result = [show(), ...self.log].join();",
};

/** A package that imports, as Node does, CommonJS that others see otherwise. */
const MARKED = {
  'node_modules/node/package.json': '{ "type": "module" }',
  'node_modules/node/index.js':
    "import marked from '../marked.cjs'; export const node = Object.keys(marked);",
  'node_modules/marked.cjs':
    "exports.default = 'marked'; Object.defineProperty(exports, '__esModule', { value: true });",
};

/** Programs whose modules share one function, each with what it puts on `self.result`. */
const together: Record<string, [files: ProjectFiles, result: unknown]> = {
  'what they export each other': [LISTS, 'a,b,items,menu,main'],
  'the same name for two things': [
    {
      'a.js':
        'const own = 1; let { [own]: other, kept = own } = { 1: 2 }; export const a = () => ({ own, other, kept });',
      'b.js':
        'const own = 3; let other = 4; ({ other, kept: other = own } = { other }); export const b = () => ({ own, other });',
      'main.js':
        "import { a } from './a.js'; import { b } from './b.js'; const own = 5; self.result = JSON.stringify([a(), b(), { own }]);",
    },
    '[{"own":1,"other":2,"kept":1},{"own":3,"other":3},{"own":5}]',
  ],
  'a name that another one declares in a function': [
    {
      'a.js': 'export const value = 1;',
      'b.js':
        "import { value as own } from './a.js'; export const b = () => { const value = 2; return [own, value]; };",
      'main.js': "import { b } from './b.js'; self.result = b().join();",
    },
    '1,2',
  ],
  'a name of the page': [
    {
      'a.js': "const document = 'own'; export const a = () => document;",
      'main.js': "import { a } from './a.js'; self.result = [a(), typeof document].join();",
    },
    'own,object',
  ],
  'functions and classes of the same name': [
    {
      'a.js':
        'function own() { return 1; } class Own { static one = () => Own.two; static two = 2; } export const a = () => [own(), Own.one()];',
      'main.js':
        "import { a } from './a.js'; function own() { return 3; } class Own { static four = 4; get own() { return [own(), Own.four]; } } self.result = [a(), new Own().own].join();",
    },
    '1,2,3,4',
  ],
  'a name that another one has for something else that it imports': [
    {
      'a.js': "export const own = 'a'; export const other = 'other';",
      'b.js':
        "import { other as own, own as again } from './a.js'; export const b = () => { const other = own; return [again, other, own]; };",
      'main.js': "import { b } from './b.js'; self.result = b().join();",
    },
    'a,other,other',
  ],
  'two names for something, of which one is called like something else': [
    {
      'a.js': 'let own = ["a"]; export { own, own as default };',
      'b.js': "export { own as again } from './a.js';",
      'main.js':
        "import other, { own } from './a.js'; import { again } from './b.js'; const show = (own) => [own, other, again]; self.result = [...show('main'), own].join();",
    },
    'main,a,a,a',
  ],
  'imports of their own, whose names they declare elsewhere': [
    {
      'a.js':
        "import { own as again, b } from './a.js'; let own = ['a']; export { own }; export { b } from './b.js'; export const a = (own) => [own, again, b(own)];",
      'b.js':
        "import { again } from './c.js'; let own = ['b']; export { own }; export const b = (own) => [own, again];",
      'c.js': "export { own as again } from './b.js'; self.log = 'c';",
      'main.js': "import { a } from './a.js'; self.result = a(2).join();",
    },
    '2,a,2,b',
  ],
  'imports of CommonJS in modules for Node, or in others': [
    {
      ...MARKED,
      'b.js': 'export const b = self.nothing;',
      'main.js':
        "import { node } from 'node'; import { b } from './b.js'; self.result = [...node, typeof b].join();",
    },
    'default,undefined',
  ],
  'names with escapes': [
    {
      'a.js': 'const \\u0061bc = 1; export const a = () => abc;',
      'main.js': "import { a } from './a.js'; const abc = 2; self.result = [a(), \\u{61}bc].join();",
    },
    '1,2',
  ],
  'names with digits behind them': [
    {
      ...Object.fromEntries(
        Array.from({ length: 10 }, (_, index) => [
          `a${index + 2}.js`,
          'self.count = (self.count ?? 0) + 1;\nexport {};',
        ]),
      ),
      'a0.js': 'export const a0 = 0;',
      'a1.js': 'let own1 = 1; export const one = () => own1;',
      'a11.js': 'let own = 11; export const eleven = () => own;',
      'main.js': `import { a0 } from './a0.js'; import { one } from './a1.js'; ${Array.from({ length: 9 }, (_, index) => `import './a${index + 2}.js';`).join(' ')}
        import { eleven } from './a11.js'; const show = (own, own1) => own + own1; self.result = show(a0, one()) + eleven() + self.count;`,
    },
    21,
  ],
  'names that dead code imports': [
    {
      'a.js': "const used = 1; export { used as 'a name' }; self.log = used;",
      'b.js': "import { 'a name' as used } from './a.js'; if (false) used(); export const b = self.log;",
      'main.js':
        "import { b } from './b.js'; function used() { return 'used'; } self.result = [b, used()].join();",
    },
    '1,used',
  ],
  'names with lines behind them': [
    {
      'a.js': 'let own_ = 1; export const a = () => own_;',
      'main.js': "import { a } from './a.js'; const own_ = 2; self.result = [a(), own_].join();",
    },
    '1,2',
  ],
  'live bindings': [
    {
      'a.js': 'export let count = 0; export const add = () => { count++; };',
      'b.js': "export { count as total, add as default } from './a.js';",
      'main.js': "import add, { total } from './b.js'; add(); add(); self.result = total;",
    },
    2,
  ],
  'default exports without names': [
    {
      'a.js': 'export default () => 1;',
      'b.js': 'export default class {}',
      'c.js': 'export default function () { return 3; }',
      'd.js': 'export default [4];',
      'main.js':
        "import a from './a.js'; import b from './b.js'; import c from './c.js'; import d from './d.js'; self.result = [a.name, b.name, c.name, d[0], c()].join();",
    },
    'default,default,default,4,3',
  ],
  'what an entry exports': [
    {
      'a.js': 'export const a = 1;',
      'main.js': "import { a } from './a.js'; self.result = a; export { a };",
    },
    1,
  ],
  'a cycle': [
    {
      'a.js':
        "import { b } from './b.js'; export function a() { return 'a'; } export const both = () => a() + b();",
      'b.js': "import { a } from './a.js'; export const early = a(); export const b = () => early + 'b';",
      'main.js': "import { both } from './a.js'; self.result = both();",
    },
    'aab',
  ],
  'a cycle in which one comes too early': [
    {
      'a.js': "import { seen } from './b.js'; export const a = 'a'; export { seen };",
      'b.js':
        "import { a } from './a.js'; export let seen; try { seen = a; } catch (error) { seen = error.constructor.name; }",
      'main.js': "import { a, seen } from './a.js'; self.result = [a, seen].join();",
    },
    'a,ReferenceError',
  ],
};

/** Programs with modules that have to stay apart, each with how many functions there are. */
const apart: Record<string, [files: ProjectFiles, result: unknown, functions: number]> = {
  'imports of CommonJS that they see as Node does, and as others do': [
    {
      ...MARKED,
      'b.js': 'export const b = self.nothing;',
      'main.js':
        "import { node } from 'node'; import { b } from './b.js'; import marked from './node_modules/marked.cjs'; self.result = [...node, typeof b, marked].join();",
    },
    'default,undefined,marked',
    2,
  ],
  'imports of CommonJS, beside one that loads it later and sees it otherwise': [
    {
      ...MARKED,
      'node_modules/node/index.js': "import marked from '../marked.cjs'; export const node = typeof marked;",
      'first.js': "import marked from './node_modules/marked.cjs'; self.url = [import.meta.url, marked];",
      'b.js': "self.load = () => import('./node_modules/marked.cjs'); export {};",
      'main.js':
        "import './first.js'; import './b.js'; import { node } from 'node'; self.result = [node, self.url[1]].join();",
    },
    'object,marked',
    2,
  ],
  'CommonJS between them': [
    {
      'a.js': "export {}; self.log = ['a'];",
      'b.cjs': "self.log.push('b');",
      'main.js': "import './a.js'; import './b.cjs'; self.result = self.log.join();",
    },
    'a,b',
    2,
  ],
  'a namespace that somebody has': [
    {
      'a.js': 'export const a = [1];',
      'b.js': "import { a } from './a.js'; export const b = a;",
      'main.js':
        "import * as all from './b.js'; import { a } from './a.js'; self.result = Object.keys(all).join() + a;",
    },
    'b1',
    3,
  ],
  await: [
    {
      'a.js': "self.log = ['a']; await 0; self.log.push('later');",
      'b.js': "export {}; self.log.push('b');",
      'main.js': "import './a.js'; import './b.js'; self.result = self.log.join();",
    },
    'a,b,later',
    3,
  ],
  'what CommonJS asks for in between': [
    {
      'a.js': "import './ask.cjs'; import './b.js'; self.log.push('a'); export const a = 1;",
      'ask.cjs': "require('./b.js'); self.log.push('ask');",
      'b.js': "export {}; self.log = [...(self.log ?? []), 'b'];",
      'main.js': "import { a } from './a.js'; self.result = self.log.join();",
    },
    'b,ask,a',
    2,
  ],
  'what a function requires while one of them runs': [
    {
      'hook.cjs': "self.hook = () => require('./late.js');",
      'a.js': "self.log = ['a']; self.hook(); export const a = 1;",
      'b.js': "self.log.push('b'); export const b = 1;",
      'late.js':
        "import { a } from './a.js'; import { b } from './b.js'; self.log.push(`late ${b}`); export { a };",
      'main.js':
        "import './hook.cjs'; import { a } from './a.js'; import { b } from './b.js'; self.result = [self.log, a, b].join();",
    },
    'a,b,late 1,1,1',
    4,
  ],
  'what an ES module requires while one of them runs': [
    {
      'hook.js': "export const hook = () => require('./late.js');",
      'a.js': "import { hook } from './hook.js'; self.log = ['a']; hook(); export const a = 1;",
      'b.js': "self.log.push('b'); export const b = 1;",
      'late.js':
        "import { a } from './a.js'; import { b } from './b.js'; self.log.push(`late ${b}`); export { a };",
      'main.js':
        "import { a } from './a.js'; import { b } from './b.js'; self.result = [self.log, a, b].join();",
    },
    'a,b,late 1,1,1',
    5,
  ],
};

describe('modules that share a function', () => {
  for (const [what, [files, result]] of Object.entries(together)) {
    it(`have ${what}`, async () => {
      const made = await run(files);
      expect(made.result).to.equal(result);
      expect(made.functions).to.equal(1);
      const alone = await run(files, { shake: false });
      expect(alone.result).to.equal(result);
      expect(alone.functions).to.be.above(1);
    });
  }

  for (const [what, [files, result, functions]] of Object.entries(apart)) {
    it(`are not those with ${what}`, async () => {
      const made = await run(files);
      expect(made.result).to.equal(result);
      expect(made.functions).to.equal(functions);
    });
  }

  it('are not those that need what a function has once, as soon as they do', async () => {
    const files = {
      'a.js': 'export let a = 1; export const show = () => String(a);',
      'main.js': "import { a, show } from './a.js'; self.result = show() + a;",
    };
    const edits: [files: ProjectFiles, result: string][] = [
      [
        { 'a.js': 'export let a = 1; export const show = () => new URL(import.meta.url).pathname;' },
        '/a.js1',
      ],
      [{ 'a.js': 'export let a = 1; export const show = () => `${global.self === self},`;' }, 'true,1'],
      [{ 'a.js': "export let a = 1; export const show = () => __filename + ','; " }, '/a.js,1'],
      [
        {
          'main.js': "import { a } from './a.js'; try { a = 2; } catch (error) { self.result = error.name; }",
        },
        'TypeError',
      ],
    ];
    for (const [edit, result] of edits) {
      const project = new Project(files);
      const cache = dynapack.cache();
      expect((await make(project, { cache })).functions).to.equal(1);
      project.write(edit);
      const edited = await make(project, { cache });
      expect([edited.result, edited.functions]).to.deep.equal([result, 2]);
      project.write(files);
      expect((await make(project, { cache })).functions).to.equal(1);
    }
  });

  it('run in the order of each entry', async () => {
    const project = new Project({
      'a.js': "self.log = [...(self.log ?? []), 'a']; export const a = 1;",
      'b.js': "self.log = [...(self.log ?? []), 'b']; export const b = 1;",
      'one.js': "import './a.js'; import './b.js'; self.result = self.log.join();",
      'two.js': "import './b.js'; import './a.js'; self.result = self.log.join();",
    });
    expect((await make(project, {}, ['one'])).result).to.equal('a,b');
    const packed = await bundle(project, ['one', 'two']);
    for (const [entry, result] of [
      ['one', 'a,b'],
      ['two', 'b,a'],
    ] as const)
      expect((await packed.visit(entry)).page.result, entry).to.equal(result);
    expect(functionsIn(packed.bundles)).to.equal(4);
  });

  describe('where a page is shown later that leads to them in another order', () => {
    const log = (name: string): string => `self.log = [...(self.log ?? []), '${name}'];`;
    const SHOWN = {
      'x.cjs': log('x'),
      'y.cjs': log('y'),
      'a.js': `import './x.cjs'; import { b } from './b.js'; ${log('a')} export const a = () => ['a', b];`,
      'b.js': `import './y.cjs'; import { a } from './a.js'; ${log('b')} export const b = 'b'; export const both = () => a();`,
      'app.js': `import { a } from './a.js'; ${log('app')} export const open = () => import('./another.js'); a();`,
      'another.js': `import { both } from './b.js'; import { a } from './a.js'; ${log('another')} self.result = [...both(), ...a()].join('');`,
      'main.js': `import { open } from './app.js'; ${log('main')} self.open = open;`,
    };

    it('are those that have run by then', async () => {
      const packed = await bundle(new Project(SHOWN), ['main']);
      const { page, settle } = await packed.visit('main');
      await page.open();
      await settle();
      expect([page.result, page.log.join()]).to.deep.equal(['abab', 'x,y,b,a,app,main,another']);
      expect(functionsIn(packed.bundles)).to.equal(3);
    });

    it('are not if the page is an entry as well', async () => {
      const packed = await bundle(new Project(SHOWN), ['main', 'another']);
      const { page } = await packed.visit('another');
      expect([page.result, page.log.join()]).to.deep.equal(['abab', 'y,x,a,b,another']);
      expect(functionsIn(packed.bundles)).to.equal(4);
    });

    const asks = "import './d.js'; import './e.js'; export function ask() { return import('./another.js'); }";
    const early: Record<string, ProjectFiles> = {
      'in a function that a cycle calls': {
        'x.js': "import './y.js'; import { ask } from './asks.js'; export function call() { return ask(); }",
        'y.js': "import { call } from './x.js'; self.open = () => call();",
        'd.js': `export {}; ${log('d')} throw new Error('of d.js');`,
        'main.js': "import './x.js';",
      },
      'in a function of what somebody has half-way': {
        'hook.cjs': "self.hook = () => require('./asks.js').ask;",
        'kept.js': 'export const kept = [];',
        'd.js': `import { kept } from './kept.js'; ${log('d')} self.open = self.hook(kept); throw new Error('of d.js');`,
        'asks.js':
          "import { kept } from './kept.js'; import './d.js'; export function ask() { return import('./another.js'); } self.asks = kept;",
        'main.js': "import './hook.cjs'; import './asks.js';",
        'another.js':
          "import { kept } from './kept.js'; import './e.js'; import './d.js'; self.another = kept;",
      },
      'by what leads to it by what was required before it failed': {
        'hook.cjs':
          "self.hook = () => require('./half.js'); self.open = () => import('./asks.js').then(({ ask }) => ask());",
        'half.js': "import './d.js'; self.half = true;",
        'kept.js': 'export const kept = [];',
        'd.js': `import { kept } from './kept.js'; ${log('d')} self.hook(kept); throw new Error('of d.js');`,
        'main.js': "import './hook.cjs'; import './d.js';",
        'asks.js': "import './half.js'; export const ask = () => import('./another.js');",
        'another.js':
          "import { kept } from './kept.js'; import './e.js'; import './d.js'; self.another = kept;",
      },
    };
    for (const [where, files] of Object.entries(early)) {
      it(`are not those that may have failed, if it is asked for ${where}`, async () => {
        const project = new Project({
          'asks.js': asks,
          'e.js': `export {}; ${log('e')}`,
          'another.js': "import './e.js'; import './d.js';",
          ...files,
        });
        const { visit } = await bundle(project, ['main']);
        const { page } = await visit('main');
        const failed = await page.open().catch(String);
        expect([failed, page.log.join()]).to.deep.equal(['Error: of d.js', 'd,e']);
      });
    }
  });

  it('share it though what only declares functions runs between them, in another bundle', async () => {
    const util = 'export function util() { return 1; } export default util;';
    const files = {
      'a.js': "self.log = ['a']; export const a = 1;",
      'b.js': "import util from './util.js'; self.log.push('b', util()); export const b = 1;",
      'main.js': "import './a.js'; import './b.js'; self.result = self.log.join();",
      'other.js': "import { util } from './util.js'; self.result = util();",
    };
    for (const [text, functions] of [
      [util, 3],
      [`${util} const kept = [self.nothing]; util.kept = kept;`, 4],
      [util.replace('export default util;', 'export default () => util();'), 4],
      ["import './late.js'; export function util() { return 1; } export default util;", 4],
    ] as const) {
      const project = new Project({ ...files, 'util.js': text, 'late.js': 'self.late = 1;' });
      const packed = await bundle(project, ['main', 'other']);
      expect((await packed.visit('main')).page.result).to.equal('a,b,1');
      expect((await packed.visit('other')).page.result).to.equal(1);
      expect(functionsIn(packed.bundles), text).to.equal(functions);
    }
  });

  it('share none any more as soon as such a module is not known to do nothing else', async () => {
    const util = 'export function util() { return 1; } export default util;';
    const project = new Project({
      'a.js': "self.log = ['a']; export const a = 1;",
      'b.js': "import util from './util.js'; self.log.push('b', util()); export const b = 1;",
      'main.js': "import './a.js'; import './b.js'; self.result = self.log.join();",
      'other.js': "import { util } from './util.js'; self.result = util();",
      'util.js': util,
    });
    const cache = dynapack.cache();
    const edited = async () => (await bundle(project, ['main', 'other'], { cache })).bundles;
    for (const text of [util, util.replace('default util', 'default (util)'), util]) {
      project.write({ 'util.js': text });
      expect(await edited(), text).to.deep.equal((await bundle(project, ['main', 'other'])).bundles);
    }
  });

  it('come in bundles that pages know, whichever module these are called after', async () => {
    for (const name of ['p', 'q', 'r', 's', 't', 'u']) {
      const project = new Project({
        [`${name}1.js`]: 'export const one = 1;',
        [`${name}2.js`]: `import { one } from './${name}1.js'; export const two = one + 1;`,
        [`${name}3.js`]: `import { two } from './${name}2.js'; export const three = two + 1;`,
        'main.js': `import { three } from './${name}3.js'; self.result = three;`,
        'other.js': `import { three } from './${name}3.js'; self.result = -three;`,
      });
      const packed = await bundle(project, ['main', 'other']);
      expect(functionsIn(packed.bundles)).to.be.below(5);
      for (const [entry, result] of [
        ['main', 3],
        ['other', -3],
      ] as const) {
        const { page, fetched } = await packed.visit(entry);
        expect([page.result, fetched.length], name).to.deep.equal([result, 2]);
      }
    }
  });

  it('leave a page alone that does not need the one that fails', async () => {
    const project = new Project({
      'util.js': 'export const util = (x) => x;',
      'fails.js': "import { util } from './util.js'; throw new Error(util('of fails.js'));",
      'start.js': "self.open = () => import('./page.js').then(({ shown }) => { self.result = shown; });",
      'page.js': "import { util } from './util.js'; export const shown = util('page');",
      'main.js': "import './start.js'; import './fails.js';",
    });
    const packed = await bundle(project, ['main']);
    const { page, errors, settle } = await packed.visit('main');
    expect(errors.map(String)).to.deep.equal(['Error: of fails.js']);
    page.open();
    await settle();
    expect(page.result).to.equal('page');
  });

  it('see what a value names that is defined, whatever another one declares', async () => {
    const files = {
      'a.js': 'const self = 1, undefined = 2; export const a = () => [self, undefined];',
      'main.js': "import { a } from './a.js'; result.push(...a(), typeof PAGE, typeof NOTHING);",
    };
    const define = { PAGE: 'self.result', NOTHING: 'undefined' };
    const project = new Project(files);
    const packed = await bundle(project, ['main'], { define });
    const { page } = await packed.visit('main', { result: [] });
    expect(page.result).to.deep.equal([1, 2, 'object', 'undefined']);
    expect(functionsIn(packed.bundles)).to.equal(1);
  });

  it('see what a value names that is defined, whatever they import', async () => {
    const project = new Project({
      'a.js': 'export let own = [1];',
      'main.js': "import { own } from './a.js'; result.push(...own, NAME);",
    });
    const packed = await bundle(project, ['main'], { define: { NAME: 'own' } });
    const { page } = await packed.visit('main', { result: [], own: 2 });
    expect(page.result).to.deep.equal([1, 2]);
    expect(functionsIn(packed.bundles)).to.equal(1);
  });

  it('do not ask each other for what only dead code uses', async () => {
    const files = {
      'warn.js': "export const warn = (text) => { self.result += text; }; self.result = 'warn';",
      'main.js':
        "import { warn } from './warn.js'; if (process.env.NODE_ENV === 'development') warn('!'); self.result += ',main';",
    };
    for (const [NODE_ENV, result] of Object.entries({ production: 'warn,main', development: 'warn!,main' })) {
      const made = await run(files, { env: { NODE_ENV } });
      expect([made.result, made.functions]).to.deep.equal([result, 1]);
    }
  });

  it('are alone in builds for debugging', async () => {
    const { result, functions } = await run(LISTS, { debug: true });
    expect([result, functions]).to.deep.equal(['a,b,items,menu,main', 3]);
  });

  it('are alone, and called what they are, where functions keep their names', async () => {
    const project = new Project({
      'a.js': 'function own() {} export class Kind {} export const a = [own.name, Kind.name];',
      'main.js': `import { a } from './a.js'; function own() {} class Kind {} const arrow = () => 1;
        self.result = [...a, own.name, Kind.name, arrow.name, (function named() {}).name].join();`,
    });
    const asIs = (code: string) => ({ code });
    const kept: Pipe[] = [
      (stream) => stream.pipe(stream.minify({ keepNames: true })),
      (stream) => stream.pipe(stream.minify(asIs)),
      (stream) => stream.pipe(stream.minify(asIs, { keepNames: true })),
      // All of them have to agree.
      (stream) => {
        stream.pipe(stream.minify(asIs, { keepNames: true })).resume();
        return stream.pipe(stream.minify(asIs, { keepNames: false }));
      },
    ];
    for (const pipe of kept) {
      const { bundles, visit } = await pack([project.path('main.js')], { root: project.directory }, pipe);
      expect((await visit('main')).page.result).to.equal('own,Kind,own,Kind,arrow,named');
      expect(functionsIn(bundles)).to.equal(2);
    }
  });

  it('are alone, and called what they are, in builds that are not minified, with the same cache', async () => {
    const project = new Project({
      ...LISTS,
      'name.js': "function own() {} export const name = own.name + ['!'];",
      'main.js': `import { name } from './name.js'; ${LISTS['main.js']} function own() {} self.result = [name, own.name].join();`,
    });
    const cache = dynapack.cache();
    for (let turn = 0; turn < 2; turn++) {
      const { bundles, visit } = await pack([project.path('main.js')], { root: project.directory, cache });
      expect((await visit('main')).page.result).to.equal('own!,own');
      expect(functionsIn(bundles)).to.equal(4);
      expect((await make(project, { cache })).functions).to.equal(1);
      project.write({ 'name.js': "function own() {} export const name = own.name + ['?'];" });
      project.write({ 'name.js': "function own() {} export const name = own.name + ['!']; // edited" });
    }
  });

  it('are after every edit those that see CommonJS alike', async () => {
    const es = "export default self.log = ['late'];";
    const common =
      "exports.default = self.log = ['late']; Object.defineProperty(exports, '__esModule', { value: true });";
    const project = new Project({
      'early.cjs': "require('./late.js');",
      'late.js': es,
      'node_modules/node/package.json': '{ "type": "module" }',
      'node_modules/node/index.js':
        "import late from '../../late.js'; export const node = [...Object.keys(late)];",
      'b.js': "import late from './late.js'; export const b = [...late];",
      'main.js':
        "import './early.cjs'; import { node } from 'node'; import { b } from './b.js'; self.result = [node, b].join();",
    });
    const cache = dynapack.cache();
    for (const [source, result] of [
      [es, '0,late'],
      [common, 'default,late'],
      [es, '0,late'],
    ] as const) {
      project.write({ 'late.js': source });
      const [edited, clean] = [await make(project, { cache }), await make(project)];
      expect(edited.result).to.equal(result);
      expect(edited).to.deep.equal(clean);
    }
  });

  it('are after every edit what they are in a clean build', async () => {
    const project = new Project(LISTS);
    const cache = dynapack.cache();
    const edits: ProjectFiles[] = [
      // A body.
      { 'items.js': "export const items = ['a', 'c']; self.log = ['items'];" },
      // A name that clashes, and one that has to stay what it is.
      { 'menu.js': `${LISTS['menu.js']} const own = 1; self.log.push(own);` },
      { 'main.js': `${LISTS['main.js']} const own = 2; self.result += own;` },
      { 'main.js': `${LISTS['main.js']} function own() {} self.result += own.name;` },
      { 'menu.js': `${LISTS['menu.js']} function own() {} self.log.push(own.name);` },
      // Another one that asks, one in between, one less.
      { 'main.js': `import { items } from './items.js'; ${LISTS['main.js']} self.result += items.length;` },
      {
        'other.js': "self.log.push('other');",
        'menu.js': `import './items.js'; import './other.js'; ${LISTS['menu.js']}`,
      },
      { 'menu.js': LISTS['menu.js'] },
      { 'main.js': "import './items.js'; self.result = self.log.join();" },
      { 'main.js': "import('./menu.js').then(({ show }) => { self.result = show(); });" },
      { 'main.js': LISTS['main.js'] },
    ];
    for (const files of edits) {
      project.write(files);
      const [edited, clean] = [await make(project, { cache }), await make(project)];
      expect(edited, JSON.stringify(files)).to.deep.equal(clean);
    }
  });
});
