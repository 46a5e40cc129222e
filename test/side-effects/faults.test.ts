/**
 * What bundlers have left out though it was needed: the causes of faults that were reported in public, as programs of our own. Each does in bundles,
 * read by tokens and as trees, minified and not, what it does in Node. Where something has to be gone for the program to mean anything, it is.
 */
import { spawnSync } from 'node:child_process';
import { expect } from 'chai';
import type dynapack from 'dynapack';
import { type Packed, type Pipe, pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';
import { meriyah } from '../parse/engines';

interface Fault {
  files: Record<string, string>;
  /** Words that are in the sources and in no bundle. */
  gone?: readonly string[];
  /** The minifier of its own accord takes it for nothing. */
  isLostInMinifier?: true;
}

/** A program of one module. */
const alone = (source: string, ...gone: string[]): Fault => ({ files: { 'main.js': source }, gone });

/** A program of one module that oxc-minify makes less of than the language. */
const lost = (source: string): Fault => ({ files: { 'main.js': source }, isLostInMinifier: true });

/** A program that asks a library of one module for some names. */
const library = (source: string, use: string, ...gone: string[]): Fault => ({
  files: { 'main.js': use, 'lib.js': source },
  gone,
});

const FLAGGED = 'node_modules/lib/package.json';
const flagged = JSON.stringify({ name: 'lib', type: 'module', sideEffects: false, exports: './index.js' });

const FAULTS: Record<string, Fault> = {
  'a var that is declared again': library(
    'var a = 1; export const f = () => a; var a = seen("second") ?? 2; var b = 1; var b; export { b };',
    "import { f, b } from './lib.js'; seen([f(), b]);",
  ),
  'a var in a block and in a loop': library(
    '{ var a = seen("block") ?? 3; } for (var i = 0; i < 2; i++) seen(i); export const f = () => [a, i];',
    "import { f } from './lib.js'; seen(f());",
  ),
  'destructuring that throws': alone("seen('before'); const { x } = null; seen('after');"),
  'destructuring that asks for an iterator': alone(
    "const [y] = { [Symbol.iterator]: () => (seen('iterator'), [1][Symbol.iterator]()) };",
  ),
  'destructuring of a getter, of which one name is needed': library(
    "export let { p, q: { r } } = { p: 1, get q() { seen('getter'); return { r: 2 }; } };",
    "import { p } from './lib.js'; seen(p);",
  ),
  'half of a declaration': library(
    "export const a = 'aUnneeded', b = seen('effect') ?? 'b', c = () => [a, b];",
    "import { b } from './lib.js'; seen(b);",
  ),
  'an export list of which some names go': library(
    "const one = 1, two = 'twoUnneeded'; function three() { return 'threeUnneeded'; } export { one, two, three as four };",
    "import { one } from './lib.js'; seen(one);",
    'threeUnneeded',
  ),
  'what a kept statement imports': {
    files: {
      'main.js': "import { shown } from 'lib'; seen(shown);",
      [FLAGGED]: flagged,
      'node_modules/lib/index.js':
        "import { base } from './base.js'; import { other } from './other.js'; const list = [base]; export const shown = list; export const hidden = other;",
      'node_modules/lib/base.js': "export const base = 'base';",
      'node_modules/lib/other.js': "export const other = 'otherUnneeded';",
    },
    gone: ['otherUnneeded'],
  },
  'an import for its effects beside an export of another module': {
    files: {
      'main.js': "import { a } from './index.js'; seen(a);",
      'index.js': "import './effect.js'; export { a } from './a.js'; export { b } from './b.js';",
      'effect.js': "seen('effect');",
      'a.js': "export const a = 'a';",
      'b.js': "seen('b runs'); export const b = 'b';",
    },
  },
  'effects in the middle of a cycle': {
    files: {
      'main.js': "import { first } from './first.js'; seen(first());",
      'first.js':
        "import { second } from './second.js'; export function first() { return 'first'; } export const unused = () => second;",
      'second.js': "import { third } from './third.js'; export const second = () => third;",
      'third.js': "import { first } from './first.js'; seen('third ' + first()); export const third = 3;",
    },
  },
  'an import that matters in a cycle for its order': {
    files: {
      'main.js': "import './values.js'; import './a.js';",
      'values.js': "export const table = new Map(); export const name = 'values';",
      'a.js': "import { use } from './b.js'; seen(use()); export const own = 'a';",
      'b.js':
        "import { own } from './a.js'; import { table } from './values.js'; export function use() { return table.size; } export const later = () => own;",
    },
  },
  'a class that is only extended': library(
    "class Base { name() { return 'base'; } } class Middle extends Base {} export class Top extends Middle {} class Unneeded extends Base { m() { return 'classUnneeded'; } }",
    "import { Top } from './lib.js'; seen(new Top().name());",
    'classUnneeded',
  ),
  'a function that only imports': {
    files: {
      'main.js': "import { load } from './index.js'; load().then((found) => seen(found.only()));",
      'index.js': "export { load } from './load.js'; export const unused = 'indexUnneeded';",
      'load.js': "export const load = () => import('./late.js');",
      'late.js': "const base = 'late'; export const only = () => base; export const other = () => 'other';",
    },
    gone: ['indexUnneeded'],
  },
  'import() of a name that nobody else uses': {
    files: {
      'main.js':
        "import { shared } from './m.js'; seen(shared); const { only } = await import('./m.js'); seen(only);",
      'm.js': "export const shared = 'shared'; export const only = 'only';",
    },
  },
  'an annotation before what is no call': lost(
    `const o = { get x() { seen('x'); return () => seen('called'); } }; const f = () => (seen('f'), () => seen('f()'));
     /* @__PURE__ */ o.x; /* @__PURE__ */ (seen('comma'), f()); const a = /* @__PURE__ */ seen('a') || f();
     const b = /* @__PURE__ */ f()(); const d = /* @__PURE__ */ -seen('d');`,
  ),
  'arguments of an annotated call': alone(
    "const f = () => 'pureUnneeded'; const a = /* @__PURE__ */ f(seen('argument')); const b = /* @__PURE__ */ new Map([[seen('entry'), 1]]);",
  ),
  'a getter of a prototype': alone(
    `function F() {} Object.defineProperty(F.prototype, 'x', { get() { seen('get'); } }); const value = new F().x;
     class G { get y() { seen('y'); return 1; } static get z() { seen('z'); return 2; } } const y = new G().y; const z = G.z;`,
  ),
  'computed keys of classes': alone(
    `const key = () => (seen('key'), 'k'); class A { static [Symbol.toStringTag] = 'tag'; [key()]() {} static { seen('block'); } static f = seen('field'); }
     seen(Object.prototype.toString.call(A)); class B { static [Symbol.iterator]() {} }`,
  ),
  'a test of a feature in a flagged package': {
    files: {
      'main.js': "import { ok } from 'lib'; seen(ok);",
      [FLAGGED]: flagged,
      'node_modules/lib/index.js':
        "let ok = 'no'; try { new RegExp('(?<=a)b'); ok = 'yes'; } catch {} export { ok };",
    },
  },
  'imports that are numbered': {
    files: {
      'main.js':
        "import * as unused from 'lib'; import { a, b } from './ab.js'; import * as ns from './ab.js'; seen([a, b, ns.b]);",
      'ab.js': "export const a = 'a'; export const b = 'b';",
      [FLAGGED]: flagged,
      'node_modules/lib/index.js': "export const x = 'libUnneeded';",
    },
    gone: ['libUnneeded'],
  },
  'names of an index that are imported and not used': {
    files: {
      'main.js':
        "import { a, b } from 'lib'; import { c, d } from './hub.js'; seen([a(), c()]); await import('./later.js');",
      'later.js': "import { c, b } from 'lib'; seen(c());",
      'hub.js': "export { d } from './d.js'; export * from 'lib';",
      'd.js': "seen('effect'); export const d = () => 'dUnneeded';",
      [FLAGGED]: flagged,
      'node_modules/lib/index.js':
        "export { a } from './a.js'; export { b } from './b.js'; export { c } from './c.js';",
      'node_modules/lib/a.js': "export const a = () => 'a';",
      'node_modules/lib/b.js': "export const b = () => 'bUnneeded';",
      'node_modules/lib/c.js': "export const c = () => 'c';",
    },
    gone: ['bUnneeded', 'dUnneeded'],
  },
  'a template, and a key, whose conversion counts': lost(
    "let n = 0; const o = { toString() { n++; return 'k'; } }; const t = `${o}`; const u = { [o]: 1 }; const v = o + ''; seen(n);",
  ),
  'instanceof with a hook': alone(
    "class A { static [Symbol.hasInstance]() { seen('hook'); return true; } } const is = {} instanceof A;",
  ),
  'a read in the dead zone': lost("seen('before'); const a = b; const b = 1;"),
  'a read in the dead zone, by a default of a class': lost("seen('before'); class A extends B {} class B {}"),
  'extends of what is no class': lost("seen('before'); class A extends 1 {}"),
  'extends of a function that waits': lost("seen('before'); async function f() {} class A extends f {}"),
  'extends of a generator': lost("seen('before'); export default class extends f {} function* f() {}"),
  'a call of what an annotated call gives': lost(
    'let n = 0; const f = () => { n += 10; return () => { n++; }; }; /*#__PURE__*/ f()(); seen(n);',
  ),
  'a name that nobody declares': alone('seen(typeof nobodyDeclaresThis); const a = nobodyDeclaresThis;'),
  'a default export that copies': {
    files: {
      'main.js':
        "import copy, { a, change } from './lib.js'; change(); seen([copy, a]); import Named from './named.js'; seen(Named.name);",
      'lib.js': 'let a = 1; export default a; export { a }; export function change() { a = 2; }',
      'named.js': 'export default class {}',
    },
  },
  'an enumeration of TypeScript': library(
    'export var E; (function (E) { E[(E["A"] = 0)] = "A"; E[(E["B"] = 1)] = "B"; })(E || (E = {}));',
    "import { E } from './lib.js'; seen([E.A, E[1]]);",
  ),
  'values with effects of all kinds': alone(
    `const o = { get x() { seen('get'); }, set y(v) { seen('set'); } }; const a = { ...{ get z() { seen('spread'); } } }; const b = o?.x;
     const c = 'x' in new Proxy({}, { has() { seen('has'); return true; } }); let d; d = seen('assigned'); o.y = 1; delete o.x;
     const e = ((s) => seen(s.raw[0]))\`tag\`; const f = [...(function* () { seen('iterated'); })()]; const g = (0, seen)('comma'); void seen('void');`,
  ),
  'a prototype in a literal': library(
    "export const base = { hello: 'hello' }; export const made = { __proto__: base }; export const unused = { f() { return 'literalUnneeded'; } };",
    "import { made } from './lib.js'; seen(made.hello);",
    'literalUnneeded',
  ),
  'names of the language that escapes declare': alone(
    "const \\u004fbject = { get x() { seen('get'); } }; const value = Object.x; function \\u{4d}ap() { seen('Map'); } const map = new Map();",
  ),
  'a counter that a function closes over': library(
    "let count = 0; export const next = () => ++count; export const reset = () => { count = 'resetUnneeded'; };",
    "import { next } from './lib.js'; next(); seen(next());",
    'resetUnneeded',
  ),
};

const TREATMENTS: Record<string, { options?: dynapack.Options; pipe?: Pipe }> = {
  'read by tokens': {},
  'read as trees': { options: { parser: meriyah } },
  minified: { pipe: (stream) => stream.pipe(stream.minify()) },
};

/** Programs as directories of one project. */
const directoryOf = (name: string): string => name.replaceAll(/\W+/g, '-');

function write(): Project {
  const files: ProjectFiles = { 'package.json': { type: 'module' } };
  for (const [name, fault] of Object.entries(FAULTS))
    for (const [file, source] of Object.entries(fault.files)) files[`${directoryOf(name)}/${file}`] = source;
  return new Project(files);
}

/** Runs all programs in one process, one after the other: what each has told, last its error. */
const RUN = `
const [, ...entries] = process.argv;
const all = [];
process.on('unhandledRejection', (error) => all.at(-1).push('uncaught ' + error.name));
for (const entry of entries) {
  const told = [];
  all.push(told);
  globalThis.seen = (value) => void told.push(value);
  await import(entry).catch((error) => told.push('uncaught ' + error.name));
  await new Promise((resolve) => setTimeout(resolve, 5));
}
console.log(JSON.stringify(all));
`;

function traceInNode(project: Project): unknown[][] {
  const entries = Object.keys(FAULTS).map((name) => project.path(`${directoryOf(name)}/main.js`));
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', RUN, ...entries], {
    encoding: 'utf8',
  });
  expect(stderr).to.equal('');
  return JSON.parse(stdout);
}

async function traceInBundle(packed: Packed): Promise<unknown[]> {
  const told: unknown[] = [];
  const note = (value: unknown): void => void told.push(JSON.parse(JSON.stringify(value ?? null)));
  const page = await packed.visit('main', { seen: note });
  return [...told, ...page.errors.map(({ name }) => `uncaught ${name}`)];
}

describe('statements that others left out', () => {
  let natives: unknown[][];

  before(() => {
    natives = traceInNode(write());
  });

  Object.entries(FAULTS).forEach(([name, { gone = [], isLostInMinifier }], index) => {
    for (const [treatment, { options, pipe }] of Object.entries(TREATMENTS)) {
      if (pipe && isLostInMinifier) continue;
      it(`${name}, ${treatment}`, async () => {
        const project = write();
        const root = project.path(directoryOf(name));
        const packed = await pack([`${root}/main.js`], { root, ...options }, pipe);
        expect(await traceInBundle(packed)).to.deep.equal(natives[index]);
        const text = Object.values(packed.bundles).join('\n');
        for (const word of gone) expect(text).to.not.include(word);
      });
    }
  });

  it('fail the build where a name is imported that is not there, though only dead code uses it', async () => {
    const project = new Project({
      'main.js': "import { gone } from './lib.js'; if (process.env.NODE_ENV === 'never') gone();",
      'lib.js': 'export const a = 1;',
    });
    const error = await pack([project.path('main.js')]).catch((failure: dynapack.DynapackError) => failure);
    expect((error as dynapack.DynapackError).code).to.equal('NO_EXPORT');
  });
});
