/** Members of namespaces are imports of what they are, in bundles that are minified: nobody can tell but by their size. */
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import dynapack from 'dynapack';
import { pack, sharing } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { functionsIn } from './pages';

const LIBRARY = `
  export const list = [1];
  export let count = [0];
  export const add = () => { count = [count[0] + 1]; };
  export function self(...all) { return [typeof this, ...all].join(); }
  export function plain(...all) { return all.join(); }
  export function inner() { return { own() { return this.value; }, value: 'own', arrow: () => typeof arguments }.own(); }
  export function Made(value) { this.value = value; }
  export class Class { constructor(value) { this.value = value; } static make() { return new this('made'); } }
  export const arrow = (...all) => all.length;
  export const late = function () { return typeof this; };
  export function turned() { return 'before'; }
  export const turn = () => { turned = function () { return typeof this; }; };
  export default function () { return typeof this; }
`;

const program = (main: string, library = LIBRARY): ProjectFiles => ({
  'library.js': library,
  'main.js': `import * as library from './library.js';\n${main}`,
});

/** What the page has on \`self.result\`, and how many functions of modules there are. */
async function make(project: Project, options: dynapack.Options = {}, pipe = sharing) {
  const packed = await pack([project.path('main.js')], { root: project.directory, ...options }, pipe);
  const { page, errors, settle } = await packed.visit('main');
  await settle();
  expect(errors).to.deep.equal([]);
  return { result: page.result, functions: functionsIn(packed.bundles), bundles: packed.bundles };
}

/** Nothing is left of the namespace, so one function holds both modules and nothing is handed out. */
const named: Record<string, [main: string, result: unknown]> = {
  values: ['self.result = library.list.concat([2]).join();', '1,2'],
  'values that change': [
    'const before = library.count[0]; library.add(); library.add(); self.result = [before, library.count[0]].join();',
    '0,2',
  ],
  'functions that do not ask for this': ["self.result = library.plain('a', 'b');", 'a,b'],
  'statements without semicolons': [
    "let all = ['x']\nlibrary.add()\nall.push('y')\nlibrary\n  .list\nself.result = all.join()",
    'x,y',
  ],
  'functions in which others have a this of their own': ['self.result = library.inner();', 'own'],
  'arrow functions': ['self.result = library.arrow(1, 2) + (library.arrow)(1);', 3],
  constructors: [
    "self.result = [new library.Made('a').value, new library.Class('b').value, new   library.Made('c').value].join();",
    'a,b,c',
  ],
  'what a class has': ['self.result = library.Class.make().value;', 'made'],
  'functions that are handed on': ['self.result = [1].map(library.self).join();', 'undefined,1,0,1'],
  'shorthands, templates and operators': [
    'self.result = [`${library.list}`, typeof library.list, typeof library.plain, { list: library.list }.list.length].join();',
    '1,object,function,1',
  ],
  'a variable that is called like a member': [
    "const list = ['own']; self.result = ((plain) => library.plain(plain, list, library.list))('argument');",
    'argument,own,1',
  ],
};

/** The namespace is there, because somebody could tell. */
const whole: Record<string, [main: string, result: unknown]> = {
  'a function that asks for this': ["self.result = library.self('a');", 'object,a'],
  'such a one in parentheses': ["self.result = (library.self)('a');", 'object,a'],
  'such a one as a tag': ['self.result = library.self``;', 'object,'],
  'such a one if it is there': ["self.result = library.self?.('a');", 'object,a'],
  'such a one behind a comment': ["self.result = library.self /* that is */ ('a');", 'object,a'],
  'a function that nobody knows': ['self.result = library.late();', 'object'],
  'a function that is another one later': [
    'const before = library.turned(); library.turn(); self.result = [before, library.turned()].join();',
    'before,object',
  ],
  'the default export': ['self.result = library.default();', 'object'],
  'a name that is missing': ["self.result = String(library['missing' + 1]);", 'undefined'],
  'members by their names': ["self.result = library['li' + 'st'].join();", '1'],
  'the namespace itself': ['self.result = Object.keys(library).length;', 13],
  'who writes to it': [
    'try { (0, eval)("1"); Object.assign(library, { list: 1 }); } catch (error) { self.result = error.name; }',
    'TypeError',
  ],
};

/** Each of a library that does something else to what `f` is: it may have been written to. */
const written: Record<string, string> = {
  'beside a local variable of its name': 'f = other; }; function local() { let f = 2; return f;',
  'beside a parameter of its name': 'f = other; }; function local(f) { f = 1; return f;',
  'in a pattern': 'let rest; [f, rest] = [other];',
  'in a nested pattern': '[[[[f]]]] = [[[[other]]]];',
  'as a property': '({ a: f, b: self.rest } = { a: other });',
  'as a shorthand': 'let rest; ({ f, rest } = { f: other });',
  'by a loop': 'for (f of [other]);',
  'behind a comment': 'f /* is */ = other;',
  'in parentheses': '((( f ))) = other;',
  'by its escaped name': '\\u0066 = other;',
  'between others': 'self.rest = f &&= other;',
  'between others, where it is none': 'f = 0; self.rest = f ||= other;',
  'where it is a default': '[self.rest = f = other] = [];',
  'in parentheses, behind a condition': 'if (self) (f) = other;',
  'in parentheses, and returned': 'return (f) = other;',
  'in parentheses, and returned, before a comment': 'return (f) /* c */ = other;',
  'in parentheses, behind else': 'if (!self) f(); else (f) = other;',
};

/** Calls that have the namespace as `this`, whatever they look like. */
const calls: Record<string, string> = {
  'behind a comment that ends with new': '[ // anything that is new\nlibrary.self()][0]',
  'behind another one': '0; // make it new\nself.result = library.self()',
  'on a line with a comment': "(/* new */ library.self()) + '' // http://new",
  'in parentheses, far behind these': `(${' '.repeat(40)}library.self)()`,
  'in parentheses, on the next line': `(\n${' '.repeat(40)}library.self)()`,
  'in parentheses, behind a comment': '( // why\n library.self)()',
  'in parentheses, behind another one': '(// c\nlibrary.self)()',
  'in parentheses, before a comment': '(library.self) /* c */ ()',
  'by new, which calls the tag first': '(new library.Tag`x`()).value',
};

describe('members of namespaces', () => {
  for (const [name, [main, result]] of Object.entries(named)) {
    it(`are imports: ${name}`, async () => {
      const made = await make(new Project(program(main)));
      expect(made.result).to.equal(result);
      expect(made.functions).to.equal(1);
      expect(Object.values(made.bundles).join('')).not.to.match(/library\s*\.\s*[a-z]/i);
    });
  }

  for (const [name, [main, result]] of Object.entries(whole)) {
    it(`are those of a namespace: ${name}`, async () => {
      const { result: found, bundles } = await make(new Project(program(main)));
      expect(found).to.equal(result);
      expect(Object.values(bundles).join('')).to.match(/"(?:self|late|turned|default|list)",/);
    });
  }

  for (const [name, code] of Object.entries(written)) {
    it(`are those of a namespace where a function may be another one: written to ${name}`, async () => {
      const library = `
        function other() { return typeof this; }
        export function f() { return 'before'; }
        export const turn = () => { ${code} };`;
      const main = 'const before = library.f(); library.turn(); self.result = [before, library.f()].join();';
      expect((await make(new Project(program(main, library)))).result).to.equal('before,object');
    });
  }

  for (const [name, call] of Object.entries(calls)) {
    it(`are those of a namespace in calls ${name}`, async () => {
      const tag =
        'export function Tag() { const value = typeof this; return function () { this.value = value; }; }';
      const files = program(`self.result = ${call};`, `${LIBRARY}\n${tag}`);
      expect(String((await make(new Project(files))).result)).to.match(/^object/);
    });
  }

  it('are those of a namespace where a declaration has an arrow function first', async () => {
    const library = 'export const a = () => 1, b = function () { return typeof this; };';
    expect((await make(new Project(program('self.result = library.b();', library)))).result).to.equal(
      'object',
    );
  });

  it('are asked for by two names, of which one is on the way to another module', async () => {
    const files = {
      'deep.js': 'export function deep() { return [6]; }',
      'index.js': "export * from './deep.js'; export const own = [1];",
      'common.cjs': 'exports.value = [2];',
      'main.js': `
        import * as one from './index.js';
        import * as two from './index.js';
        import * as common from './common.cjs';
        self.result = [one.deep(), two.own, two.deep(), typeof common.missing?.deep].join();`,
    };
    expect((await make(new Project(files))).result).to.equal('6,1,6,undefined');
  });

  it('are found through modules that hand them on', async () => {
    const { result, functions } = await make(
      new Project({
        'deep.js': 'export const deep = [1]; export function call(value) { return value; }',
        'star.js': "export * from './deep.js'; export const star = [2];",
        'index.js': "export * from './star.js'; export { deep as own } from './deep.js';",
        'main.js':
          "import * as index from './index.js'; self.result = [index.own, index.deep, index.star, index.call('called')].join();",
      }),
    );
    expect(result).to.equal('1,1,2,called');
    expect(functions).to.equal(1);
  });

  it('are none of CommonJS, which has them when it has run', async () => {
    const files = {
      'common.cjs': 'exports.value = [1]; exports.call = function () { return typeof this; };',
      'main.js':
        "import * as common from './common.cjs'; self.result = [common.value, common.call(), typeof common.default].join();",
    };
    expect((await make(new Project(files))).result).to.equal('1,object,object');
  });

  it('are in their dead zones before a module of a circle has run', async () => {
    const files = {
      'a.js': "import * as b from './b.js'; export let value = ['a']; self.result += `,${b.read()}`;",
      'b.js':
        "import * as a from './a.js'; export function read() { return a.value.join(); } try { read(); } catch (error) { self.result = error.name; }",
      'main.js': "import './a.js';",
    };
    expect((await make(new Project(files))).result).to.equal('ReferenceError,a');
  });

  it('have the namespace of a module that somebody else has', async () => {
    const files = {
      ...program(
        "import { other } from './other.js'; self.result = [library.plain(1), other.list, other.self()].join();",
      ),
      'other.js': "export * as other from './library.js';",
    };
    expect((await make(new Project(files))).result).to.equal('1,1,object');
  });

  it('are those of a namespace in all other builds', async () => {
    const { result, bundles } = await make(
      new Project(program("self.result = library.plain('a');")),
      {},
      (stream) => stream,
    );
    expect(result).to.equal('a');
    expect(Object.values(bundles).join('')).to.include('.plain(');
  });

  it('are after each edit what they are in a clean build', async () => {
    const project = new Project(program("self.result = [library.plain('a'), library.arrow()].join();"));
    const cache = dynapack.cache();
    const edits: [file: string, from: string, to: string, result: string][] = [
      [
        'library.js',
        'function plain(...all) { return all.join(); }',
        "function plain(...all) { return all.join('') + typeof this; }",
        'aobject,0',
      ],
      ['library.js', ' + typeof this', '', 'a,0'],
      [
        'library.js',
        'arrow = (...all) => all.length',
        'arrow = function (...all) { return typeof this; }',
        'a,object',
      ],
      [
        'library.js',
        'arrow = function (...all) { return typeof this; }',
        'arrow = (...all) => all.length + 1',
        'a,1',
      ],
      ['main.js', "library.plain('a')", '[1].map(library.plain)', '101,1'],
      ['main.js', '[1].map(library.plain)', '[1].map(library.self)', 'undefined,1,0,1,1'],
      ['main.js', '[1].map(library.self)', 'library.self()', 'object,1'],
      ['main.js', 'library.self()', "library.plain('b')", 'b,1'],
      ['library.js', 'turned = function', 'plain = turned = function', 'b,1'],
      ['library.js', 'plain = turned = function', 'turned = function', 'b,1'],
    ];
    for (const [file, from, to, result] of edits) {
      const before = readFileSync(project.path(file), 'utf8');
      expect(before).to.include(from);
      project.write({ [file]: before.replace(from, to) });
      const again = await make(project, { cache });
      expect(again.result, to).to.equal(result);
      expect(again.bundles, to).to.deep.equal((await make(project)).bundles);
    }
  });
});
