/** Imports that always have the same value are that value: what it makes dead is left out, and all else is as in Node. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { Dice } from '../esm/dice';
import { Project, type ProjectFiles } from '../helpers/project';
import { meriyah } from '../parse/engines';
import { FlagProgram } from './flags';
import { type Built, build, tellInNode } from './pages';

const { SEED, COUNT } = process.env;
const SEEDS =
  SEED === undefined ? Array.from({ length: Number(COUNT ?? 100) }, (_, index) => index + 1) : [Number(SEED)];

const FLAG: ProjectFiles = {
  'flags.js': 'export const DEV = false, other = told; export const PROD = true;',
  'flag.js': 'export const DEV = false;',
  'dev.js': "export const check = () => told.push('checked');",
  'effect.js': "told.push('effect'); export const on = true;",
};

const ASK = "import { check } from './dev.js'; if (DEV) check(); told.push(typeof DEV);";

/** What says what a flag is, what a page does besides asking by it, and what it loads besides itself. */
const FORMS: [title: string, files: ProjectFiles, page: string, loaded: string[]][] = [
  ['declared by itself', {}, `import { DEV } from './flag.js'; ${ASK}`, []],
  ['exported by default', { 'a.js': 'export default false' }, `import DEV from './a.js'; ${ASK}`, []],
  [
    'declared and listed under another name',
    { 'a.js': 'const flag = !1; export { flag as DEV };' },
    `import { DEV } from './a.js'; ${ASK}`,
    [],
  ],
  [
    'handed on',
    { 'a.js': "export { DEV as flag } from './flag.js';", 'b.js': "export * from './a.js';" },
    `import { flag as DEV } from './b.js'; ${ASK}`,
    [],
  ],
  [
    'a member of a namespace',
    {},
    `import * as flags from './flag.js'; ${ASK.replaceAll('DEV', 'flags.DEV')}`,
    [],
  ],
  [
    'a text that is compared',
    { 'a.js': "export const mode = 'production';" },
    "import { mode } from './a.js'; import { check } from './dev.js'; told.push(mode); if (mode === 'test') check();",
    [],
  ],
  [
    'a number, shifted',
    { 'a.js': 'export const FLAG = 1 << 4;' },
    "import { FLAG } from './a.js'; import { check } from './dev.js'; told.push(FLAG, { FLAG }); if (!FLAG) check();",
    [],
  ],
  [
    'asked for in functions, and hidden by a parameter',
    {},
    `import { DEV } from './flag.js'; import { check } from './dev.js';
     const a = () => DEV && check(), b = (DEV) => DEV ? 1 : 2; told.push(a(), b(true));`,
    [],
  ],
  [
    'what keeps a module from being asked for later',
    {},
    "import { DEV } from './flag.js'; if (DEV) loads.push(import('./dev.js'));",
    [],
  ],
  [
    'what keeps a shim away',
    {},
    "import { DEV } from './flag.js'; if (DEV) told.push(process.version); told.push(1);",
    [],
  ],
  [
    'in a module that does something',
    { 'a.js': "import './effect.js'; export const DEV = false; told.push('a');" },
    `import { DEV } from './a.js'; ${ASK}`,
    ['a.js', 'effect.js'],
  ],
  [
    'imported behind something that nobody needs',
    {
      'package.json': '{ "sideEffects": false }',
      'a.js':
        "import { check as first } from './dev.js'; import './flags.js'; import name from './name.js'; import { DEV } from './flag.js'; export const f = () => (DEV ? 1 : name), g = () => first();",
      'name.js': 'export default { value: told.length };',
    },
    "import { f } from './a.js'; told.push(f().value);",
    ['a.js', 'dev.js', 'name.js'],
  ],
  [
    'a variable that nothing writes to',
    { 'a.js': 'var DEV = false; export { DEV }; export var other = told;' },
    `import { DEV } from './a.js'; ${ASK}`,
    ['a.js'],
  ],
  ['declared with others', {}, `import { DEV } from './flags.js'; ${ASK}`, ['dev.js', 'flags.js']],
  [
    'something that may change',
    { 'a.js': 'export let DEV = false; export const set = (value) => { DEV = value; };' },
    `import { DEV, set } from './a.js'; import { check } from './dev.js';
     set(true); if (DEV) check();`,
    ['a.js', 'dev.js'],
  ],
  [
    'something that may change, by a name with an escape',
    { 'a.js': 'export let DEV = false; export const set = (value) => { \\u0044EV = value; };' },
    `import { DEV, set } from './a.js'; import { check } from './dev.js';
     set(true); if (DEV) check();`,
    ['a.js', 'dev.js'],
  ],
  [
    'something that is worked out',
    { 'a.js': 'export const DEV = told.length > 0;' },
    `import { DEV } from './a.js'; ${ASK}`,
    ['a.js', 'dev.js'],
  ],
  [
    'an import that something assigns to',
    {},
    "import { DEV } from './flag.js'; told.push((() => { try { DEV = 1; } catch (error) { return error.name; } })());",
    ['flag.js'],
  ],
  [
    'too early, in a cycle',
    {
      'a.js': "import './b.js'; import { DEV } from './c.js'; export function f() { return DEV ? 1 : 2; }",
      'b.js':
        "import { f } from './a.js'; told.push((() => { try { return f(); } catch (error) { return error.name; } })());",
      'c.js': 'export const DEV = false;',
    },
    "import { f } from './a.js'; told.push(f());",
    ['a.js', 'b.js', 'c.js'],
  ],
  [
    'in time, in a cycle',
    {
      'a.js': "import { DEV } from './flag.js'; import './b.js'; export function f() { return DEV ? 1 : 2; }",
      'b.js': "import { f } from './a.js'; told.push(f());",
    },
    "import { f } from './a.js'; told.push(f());",
    ['a.js', 'b.js', 'flag.js'],
  ],
  [
    'in a package that may do without all but effects',
    {
      'package.json': '{ "sideEffects": ["./effect.js"] }',
      'a.js': "import './effect.js'; export const DEV = false;",
    },
    `import { DEV } from './a.js'; ${ASK}`,
    ['a.js', 'dev.js', 'effect.js'],
  ],
  [
    'handed on by a module of such a package, behind which something runs',
    {
      'package.json': '{ "sideEffects": ["./effect.js"] }',
      'a.js': "export { on as DEV } from './effect.js';",
    },
    `import { DEV } from './a.js'; ${ASK}`,
    ['a.js', 'dev.js', 'effect.js'],
  ],
];

/** Where a name stands so that not any text may stand there in its place. */
const PLACES: [title: string, page: string, options?: dynapack.Options][] = [
  [
    'behind a line that goes on with a parenthesis',
    "import { N } from './a.js';\nconst f = told\nN\ntold.push(f === told)",
  ],
  [
    'behind such a line, as a member',
    "import * as all from './a.js';\nconst f = told\nall.N\ntold.push(typeof f, all.N)",
  ],
  [
    'where a text would be a directive',
    "import { strict } from './a.js'; const f = (a = 1) => { strict; return a; }; told.push(f(), strict);",
  ],
  [
    'as a property that an object literal would understand otherwise',
    "import { NONE as __proto__ } from './a.js'; told.push(Object.keys({ __proto__ }));",
  ],
  [
    'in a path that is defined where its first name is free',
    "import * as all from './a.js'; import { strict } from './a.js'; told.push(all.N, all.other, strict.length);",
    { define: { 'all.other': '5', 'strict.length': '6' } },
  ],
];

describe('a flag stands', () => {
  for (const [title, page, options] of PLACES) {
    it(title, async () => {
      const project = new Project({
        'package.json': { type: 'module' },
        'a.js':
          "export const N = -2; export const strict = 'use strict'; export const NONE = null; export const other = [N].length;",
        'page.js': page,
        // Only trees tell of names that are not ASCII.
        'tree.js': `const ä = 1; ${page}`,
      });
      for (const name of ['page', 'tree']) {
        const [native] = tellInNode([project.path(`${name}.js`)]);
        for (const isMinified of [false, true]) {
          const built = await build(project, [`${name}.js`], options, isMinified);
          expect(JSON.parse(JSON.stringify(built.told[name]))).to.deep.equal(native);
        }
      }
    });
  }
});

/** What only dead code asks for, and what else there is in the place of Node. */
const DEAD: [title: string, code: string, options?: dynapack.Options][] = [
  ['import.meta', 'import.meta.url'],
  ['what is defined of import.meta', 'import.meta.env.MODE', { define: { 'import.meta.env.MODE': '"x"' } }],
  ['tables of modules', "import.meta.glob('./d*.js')"],
  ['tables of modules that run before', "import.meta.glob('./e*.js', { eager: true })"],
  ['what stands for a free name', '$()', { provide: { $: ['./effect.js', 'on'] } }],
  ['a worker', "new Worker(new URL('./dev.js', import.meta.url))"],
  ['a module by part of its name', 'import(`./d${told}.js`)'],
];

describe('dead code keeps away', () => {
  for (const [title, code, options] of DEAD) {
    it(title, async () => {
      const project = new Project({
        ...FLAG,
        'page.js': `import { DEV } from './flag.js'; if (DEV) told.push(${code}); told.push(1);`,
      });
      for (const isMinified of [false, true]) {
        const built = await build(project, ['page.js'], options, isMinified);
        expect(built.told.page).to.deep.equal([1]);
        expect(built.loaded.page).to.deep.equal(['page.js']);
      }
    });
  }
});

describe('a flag that is', () => {
  for (const [title, files, page, loaded] of FORMS) {
    it(title, async () => {
      const all = { 'package.json': '{}', ...FLAG, ...files, 'page.js': page };
      const project = new Project({
        ...all,
        'package.json': { ...JSON.parse(String(all['package.json'])), type: 'module' },
      });
      const [native] = title.includes('shim') ? [[1]] : tellInNode([project.path('page.js')]);
      // Minifiers take it that nothing is read too early.
      for (const isMinified of title.startsWith('too early') ? [false] : [false, true]) {
        const built = await build(project, ['page.js'], {}, isMinified);
        expect(JSON.parse(JSON.stringify(built.told.page))).to.deep.equal(native);
        // Minified modules ask past one that only hands on.
        const isPassed = (file: string): boolean =>
          isMinified && title.startsWith('handed on by a module of such') && file === 'a.js';
        const meant = loaded.filter((file) => !isPassed(file));
        expect(built.loaded.page?.filter((file) => file !== 'page.js')).to.deep.equal(meant);
      }
      const whole = await build(project, ['page.js'], { shake: false });
      expect(JSON.parse(JSON.stringify(whole.told.page))).to.deep.equal(native);
    });
  }

  it('what env says, and what follows from that in other modules', async () => {
    const project = new Project({
      ...FLAG,
      'env.js':
        "export const PROD = process.env.NODE_ENV === 'production', other = 1; export const mode = process.env.NODE_ENV;",
      'prod.js': "export const isProd = (process.env.NODE_ENV === 'production');",
      'not.js': "import { isProd } from './prod.js'; export default !isProd;",
      'page.js': `import DEV from './not.js'; import { mode } from './env.js'; import { check } from './dev.js';
        if (DEV || mode === 'test') check(); told.push(DEV, mode);`,
    });
    for (const [NODE_ENV, told, loaded] of [
      ['production', [false, 'production'], []],
      ['test', ['checked', true, 'test'], ['dev.js']],
    ] as const) {
      const built = await build(project, ['page.js'], { env: { NODE_ENV } });
      expect(built.told.page).to.deep.equal(told);
      expect(built.loaded.page?.filter((file) => file !== 'page.js')).to.deep.equal(loaded);
    }
  });

  for (const [text, value] of [
    ['!0', true],
    ['!!1', true],
    ["!('a' === 'b')", true],
    ["!'a' === 'b'", undefined],
    ['\'a\' !== "a"', false],
    ['-2', -2],
    ['0xff', 255],
    ['(( 1 ))', undefined],
    ['!1 << 2', undefined],
    ['1 << 31', 1 << 31],
    ['010', undefined],
    ['1e3', undefined],
    ['-0', undefined],
    ['"a\\n"', undefined],
    ['undefined', undefined],
    ['null', null],
  ] as const)
    it(`${text}: ${value === undefined ? 'read as it is' : value}`, async () => {
      const project = new Project({
        'package.json': { type: 'module' },
        'a.js': `export const value = ${text === '010' ? "Number('010')" : text};`,
        'page.js': "import { value } from './a.js'; told.push([typeof value, Object.is(value, -0), value]);",
      });
      const built = await build(project, ['page.js']);
      expect(JSON.parse(JSON.stringify(built.told))).to.deep.equal({
        page: tellInNode([project.path('page.js')])[0],
      });
      expect(built.loaded.page).to.deep.equal(value === undefined ? ['a.js', 'page.js'] : ['page.js']);
    });

  it('there for CommonJS, and for who imports it later', async () => {
    const project = new Project({
      ...FLAG,
      'common.cjs': "told.push(require('./flag.js').DEV);",
      'page.js': `import { DEV } from './flag.js'; import './common.cjs'; ${ASK} loads.push(import('./flag.js').then((all) => told.push(all.DEV)));`,
    });
    expect((await build(project, ['page.js'])).told.page).to.deep.equal([false, 'boolean', false]);
  });

  it('no value for a module that is not read again', async () => {
    const project = new Project({
      ...FLAG,
      'page.js': "import { DEV } from './flag.js'; told.push(DEV);",
    });
    const seen = new Set<string>();
    const parser: dynapack.Options['parser'] = (source, options) => {
      if (seen.has(source)) throw new Error('nested too deeply');
      seen.add(source);
      return meriyah(source, options);
    };
    const built = await build(project, ['page.js'], { parser });
    expect(built.told.page).to.deep.equal([false]);
    expect(built.loaded.page).to.deep.equal(['flag.js', 'page.js']);
  });

  it('no reason not to look at what only dead code imports', async () => {
    const project = new Project({
      ...FLAG,
      'page.js': "import { DEV } from './flag.js'; import { nothing } from './dev.js'; if (DEV) nothing();",
    });
    const failure = await build(project, ['page.js']).catch((error: Error) => error.message);
    expect(failure).to.include("'nothing'");
  });
});

/** Of all bundles together. */
const lengthOf = ({ bundles }: Built): number => Object.values(bundles).join('').length;

describe('random programs with flags', () => {
  it('tell what they tell in Node', async () => {
    const programs = SEEDS.map((seed) => new FlagProgram(new Dice(seed)));
    const copies = programs.map((program) =>
      program.pages.map((page) => new Project(program.files()).path(page)),
    );
    const natives = tellInNode(copies.flat());
    let shorter = 0;
    for (const [index, program] of programs.entries()) {
      const where = `SEED=${SEEDS[index]}\n${program}`;
      const inNode = Object.fromEntries(
        program.pages.map((page) => [page.replace('.mjs', ''), natives.shift()]),
      );
      const project = new Project(program.files());
      // Minifiers take it that no name is read in its dead zone.
      const isMinified = index % 2 > 0 && !JSON.stringify(inNode).includes('ReferenceError');
      const built = await build(project, program.pages, {}, isMinified);
      expect(JSON.parse(JSON.stringify(built.told)), where).to.deep.equal(inNode);
      if (index % 5 > 0) continue;
      // What something writes to is no constant.
      for (const [file, text] of Object.entries(program.files()))
        project.write({
          [file]: String(text).replace(
            /^export const (\w+) = (.*)$/gm,
            'export let $1 = $2\nexport const write_$1 = () => { $1 = 0; };',
          ),
        });
      const unknown = await build(project, program.pages);
      expect(JSON.parse(JSON.stringify(unknown.told)), where).to.deep.equal(inNode);
      if (lengthOf(built) < lengthOf(unknown)) shorter++;
    }
    if (SEED === undefined) expect(shorter).to.be.above(SEEDS.length / 10);
  }).timeout(120_000);

  it('are after every edit what they are in a clean build', async () => {
    for (const seed of SEEDS.slice(0, 25)) {
      const program = new FlagProgram(new Dice(seed));
      const project = new Project(program.files());
      const cache = dynapack.cache();
      for (let edit = 0; edit < 6; edit++) {
        const [edited, clean] = [
          await build(project, program.pages, { cache }),
          await build(project, program.pages),
        ];
        expect(edited.bundles, `SEED=${seed}, edit ${edit}\n${program}`).to.deep.equal(clean.bundles);
        program.edit();
        project.write(program.files());
      }
    }
  }).timeout(120_000);
});
