/**
 * ARCHITECTURE.md, "CommonJS and ES modules", row by row. Where Node has an opinion, the row is run by Node as well, and its
 * result is what is expected; the other rows are the convention of bundlers, with the result written down.
 */
import { execFileSync } from 'node:child_process';
import { expect } from 'chai';
import { pack } from '../helpers/pack';
import { Project, type ProjectFiles } from '../helpers/project';

interface Row {
  name: string;
  files: ProjectFiles;
  /** Extension of the main module decides whose rules hold. */
  main: 'main.mjs' | 'main.cjs' | 'main.js';
  /** Left out where Node says it. */
  expected?: unknown;
}

const plain = 'exports.x = 1; exports.y = { z: 2 };';
const marked =
  "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 'd'; exports.x = 1;";
const keys = (namespace: string): string =>
  `Object.keys(${namespace}).filter((key) => key !== 'module.exports')`;

/** Node's rules: an importer that Node takes for an ES module, or CommonJS. */
const nodeRows: Row[] = [
  {
    name: 'the default import of CommonJS is module.exports',
    main: 'main.mjs',
    files: { 'main.mjs': "import c from './c.cjs'; result(c);", 'c.cjs': plain },
  },
  {
    name: 'the default import of CommonJS is module.exports when that is a function',
    main: 'main.mjs',
    files: {
      'main.mjs': "import c from './c.cjs'; result(c(20));",
      'c.cjs': 'module.exports = (n) => n * 2;',
    },
  },
  {
    name: 'the default import of CommonJS is module.exports when that is null or a string',
    main: 'main.mjs',
    files: {
      'main.mjs': "import c from './c.cjs'; import d from './d.cjs'; result([c, d]);",
      'c.cjs': 'module.exports = null;',
      'd.cjs': "module.exports = 'text';",
    },
  },
  {
    name: 'named imports of CommonJS are properties of module.exports',
    main: 'main.mjs',
    files: { 'main.mjs': "import { x, y as other } from './c.cjs'; result([x, other]);", 'c.cjs': plain },
  },
  {
    name: 'the namespace of CommonJS has its names and a default',
    main: 'main.mjs',
    files: {
      'main.mjs': `import * as c from './c.cjs'; result([${keys('c')}, c.x, c.default.y]);`,
      'c.cjs': plain,
    },
  },
  {
    name: 'the mark __esModule means nothing to Node',
    main: 'main.mjs',
    files: { 'main.mjs': "import c, { x } from './c.cjs'; result([c, x]);", 'c.cjs': marked },
  },
  {
    name: 'export * from CommonJS gives its names, but no default',
    main: 'main.mjs',
    files: {
      'main.mjs': `import * as m from './m.mjs'; import { x } from './m.mjs'; result([${keys('m')}, x, 'default' in m]);`,
      'm.mjs': "export * from './c.cjs'; export const own = 1;",
      'c.cjs': plain,
    },
  },
  {
    name: 'export { … } from CommonJS',
    main: 'main.mjs',
    files: {
      'main.mjs': "import d, { x as renamed, all } from './m.mjs'; result([d, renamed, all.x]);",
      'm.mjs': "export { default, x } from './c.cjs'; export * as all from './c.cjs';",
      'c.cjs': plain,
    },
  },
  {
    name: 'the namespace of CommonJS has what named imports find: static methods and hidden names',
    main: 'main.mjs',
    files: {
      'main.mjs': `
        import * as one from './class.cjs'; import { parse } from './class.cjs';
        import * as two from './hidden.cjs'; import { hidden } from './hidden.cjs';
        result([one.parse === parse, parse(), two.hidden, hidden, two.__esModule]);`,
      'class.cjs':
        'module.exports = class { static parse() { return 1; } }; 0 && (module.exports = { parse });',
      'hidden.cjs':
        "Object.defineProperty(exports, '__esModule', { value: true }); Object.defineProperty(exports, 'hidden', { value: 3 });",
    },
  },
  {
    name: 'names of falsy exports are undefined',
    main: 'main.mjs',
    files: {
      'main.mjs': `
        import a, { named as a1 } from './zero.cjs'; import * as a2 from './zero.cjs';
        import b, { named as b1 } from './empty.cjs'; import * as b2 from './empty.cjs';
        import c, { named as c1 } from './false.cjs'; import * as c2 from './false.cjs';
        import d, { length } from './text.cjs';
        result([a, b, c, d, length, ...[a1, a2.named, b1, b2.named, c1, c2.named].map((value) => typeof value)]);`,
      'zero.cjs': 'module.exports = 0; 0 && (module.exports = { named });',
      'empty.cjs': "module.exports = ''; 0 && (module.exports = { named });",
      'false.cjs': 'module.exports = false; 0 && (module.exports = { named });',
      'text.cjs': "module.exports = 'text'; 0 && (module.exports = { length });",
    },
  },
  {
    name: 'what takes the place of module.exports after the module has run is not seen',
    main: 'main.mjs',
    files: {
      'main.mjs': `
        import d, { x, replace } from './c.cjs';
        import * as c from './c.cjs';
        import { x as again } from './again.mjs';
        import { x as timed } from './timed.cjs';
        replace();
        const later = await import('./c.cjs');
        await new Promise((resolve) => setTimeout(resolve, 5));
        result([d.x, x, c.x, c.default.x, again, later.x, later === c, timed]);`,
      'again.mjs': "export * from './c.cjs';",
      'timed.cjs': 'exports.x = 1; setTimeout(() => { module.exports = { x: 2 }; });',
      'c.cjs': 'exports.x = 1; exports.replace = () => { module.exports = { x: 2 }; };',
    },
  },
  {
    name: 'what require gives anew is not seen by who has imported the module',
    main: 'main.cjs',
    files: {
      'main.cjs': `
        const again = async () => {
          const first = await import('./c.cjs');
          delete require.cache[require.resolve('./c.cjs')];
          const second = require('./c.cjs');
          const third = await import('./c.cjs');
          result([first.run, second.run, third.run]);
        };
        again();`,
      'c.cjs': 'globalThis.runs = (globalThis.runs || 0) + 1; exports.run = globalThis.runs;',
    },
  },
  {
    name: 'import() of exports with a method then does not call it',
    main: 'main.mjs',
    files: {
      'main.mjs': `
        const each = await Promise.all([import('./promise.cjs'), import('./instance.cjs'), import('./class.cjs')]);
        result(each.map((c) => [Object.keys(c).includes('default'), typeof c.default.then]));`,
      'promise.cjs': 'module.exports = Promise.resolve(1);',
      'instance.cjs': 'module.exports = new (class { then(done) { done(1); } })();',
      'class.cjs': 'module.exports = class { static then(done) { done(1); } };',
    },
  },
  {
    name: 'names that a star has from CommonJS are exported further by name',
    main: 'main.mjs',
    files: {
      'main.mjs': `
        import { x, y } from './named.mjs'; import * as named from './named.mjs'; import { x as both } from './both.mjs';
        result([x, y, Object.keys(named), both]);`,
      'both.mjs': "export * from './named.mjs'; export * from './other.mjs';",
      'named.mjs': "export { x } from './star.mjs'; import { y } from './star.mjs'; export { y };",
      'other.mjs': "export { x } from './named.mjs';",
      'star.mjs': "export * from './c.cjs';",
      'c.cjs': 'exports.x = 1; exports.y = 2;',
    },
  },
  {
    name: 'import() of CommonJS gives a namespace',
    main: 'main.cjs',
    files: {
      'main.cjs': `import('./c.cjs').then((c) => result([${keys('c')}, c.default.x]));`,
      'c.cjs': plain,
    },
  },
  {
    name: 'import() of an ES module in CommonJS',
    main: 'main.cjs',
    files: {
      'main.cjs': "import('./m.mjs').then((m) => result([Object.keys(m), m.default]));",
      'm.mjs': "export default 'd'; export const x = 1;",
    },
  },
  {
    name: 'require of an ES module gives its namespace to .cjs',
    main: 'main.cjs',
    files: {
      'main.cjs': "const m = require('./m.mjs'); m.add(); result([Object.keys(m), m.x, m.__esModule]);",
      'm.mjs': 'export let x = 1; export const add = () => x++;',
    },
  },
  {
    name: 'require of an ES module with a default export marks it',
    main: 'main.cjs',
    files: {
      'main.cjs':
        "const m = require('./m.mjs'); result([Object.keys(m), m.default, m.__esModule, { ...m }.x]);",
      'm.mjs': "export default 'd'; export const x = 1;",
    },
  },
  {
    name: "require of an ES module that exports 'module.exports'",
    main: 'main.cjs',
    files: {
      'main.cjs': "result(require('./m.mjs')(4));",
      'm.mjs': "const double = (n) => n * 2; export default double; export { double as 'module.exports' };",
    },
  },
  {
    name: 'what Node gives CommonJS is not there in an ES module',
    main: 'main.mjs',
    files: {
      'main.mjs': `
        const errors = [() => module, () => exports, () => require('./c.cjs'), () => __filename, () => __dirname].map((read) => {
          try { return read(); } catch (error) { return error.name; }
        });
        result([typeof module, typeof exports, typeof require, typeof __filename, typeof __dirname, ...errors]);`,
      'c.cjs': plain,
    },
  },
  {
    name: 'a file that works everywhere is a global where it is an ES module',
    main: 'main.mjs',
    files: {
      'main.mjs': "import * as umd from 'umd'; result([globalThis.umd, Object.keys(umd)]);",
      'node_modules/umd/package.json': { name: 'umd', type: 'module', main: './umd.js' },
      'node_modules/umd/umd.js': `
        (function (root, factory) {
          if (typeof exports === 'object' && typeof module !== 'undefined') factory(exports, require('./c.cjs'));
          else if (typeof define === 'function' && define.amd) define(['exports', './c'], factory);
          else factory((root.umd = {}), { x: 1 });
        })(typeof globalThis === 'undefined' ? self : globalThis, function (exports, c) { exports.x = c.x; });`,
      'node_modules/umd/c.cjs': plain,
    },
  },
  {
    name: 'a file that declares once more what CommonJS gives is an ES module',
    main: 'main.js',
    files: {
      'main.js': `
        import { all } from './all.js'; import './require.js'; import './exports.js'; import './module.js'; import './mixed.js';
        result(all);`,
      'all.js': 'export const all = (globalThis.all = []);',
      'require.js': "const require = (id) => id; all.push(require('x'), typeof this);",
      'exports.js': 'class exports {} all.push(typeof exports, typeof this);',
      'module.js': 'let { module } = { module: 1 }; all.push(module, typeof this);',
      'mixed.js':
        "import './all.js'; let module = 2, exports = 3; all.push(module, exports); export { exports as x };",
    },
  },
  {
    name: 'the default import of JSON',
    main: 'main.mjs',
    files: {
      'main.mjs': "import data from './data.json' with { type: 'json' }; result(data);",
      'data.json': '{ "a": [1], "__esModule": true, "default": 2 }',
    },
  },
  {
    name: 'CommonJS between two ES modules runs in its turn, once',
    main: 'main.mjs',
    files: {
      'main.mjs': "import './a.mjs'; import './c.cjs'; import './b.mjs'; result(globalThis.order);",
      'a.mjs': '(globalThis.order = []).push("a");',
      'b.mjs': "import './c.cjs'; globalThis.order.push('b');",
      'c.cjs': 'globalThis.order.push("c");',
    },
  },
  {
    name: 'CommonJS requires an ES module that an ES module imports later',
    main: 'main.mjs',
    files: {
      'main.mjs': "import c from './c.cjs'; import { x } from './m.mjs'; result([c, x, globalThis.runs]);",
      'c.cjs': "module.exports = require('./m.mjs').x + 1;",
      'm.mjs': 'globalThis.runs = (globalThis.runs || 0) + 1; export const x = 1;',
    },
  },
  {
    name: 'an ES module throws for everybody who asks',
    main: 'main.cjs',
    files: {
      'main.cjs': `
        const tries = [];
        for (const each of [1, 2]) try { require('./m.mjs'); } catch (error) { tries.push(error.message); }
        import('./m.mjs').catch((error) => result([...tries, error.message, globalThis.runs]));`,
      'm.mjs':
        "globalThis.failures = (globalThis.failures || 0) + 1; throw new Error('run ' + globalThis.failures);",
    },
  },
];

/** The convention of bundlers, for importers that only their syntax makes ES modules. */
const bundlerRows: Row[] = [
  {
    name: 'the default import of marked CommonJS is exports.default',
    main: 'main.js',
    files: { 'main.js': "import c, { x } from './c'; result([c, x]);", 'c.js': marked },
    expected: ['d', 1],
  },
  {
    name: 'the default import of marked CommonJS without one is undefined',
    main: 'main.js',
    files: { 'main.js': "import c from './c'; result([typeof c]);", 'c.js': 'exports.__esModule = true;' },
    expected: ['undefined'],
  },
  {
    name: 'the namespace of marked CommonJS is its exports',
    main: 'main.js',
    files: { 'main.js': "import * as c from './c'; result([Object.keys(c), c.default]);", 'c.js': marked },
    expected: [['default', 'x'], 'd'],
  },
  {
    name: 'import() of marked CommonJS gives its exports',
    main: 'main.js',
    files: { 'main.js': "import('./c').then((c) => result([Object.keys(c), c.default]));", 'c.js': marked },
    expected: [['default', 'x'], 'd'],
  },
  {
    name: 'the default import of other CommonJS is module.exports',
    main: 'main.js',
    files: { 'main.js': "import c from './c'; result(c);", 'c.js': plain },
    expected: { x: 1, y: { z: 2 } },
  },
  {
    name: "the import of CommonJS by the name 'module.exports' is that, as in newer Nodes",
    main: 'main.mjs',
    files: {
      'main.mjs': `
        import d, { 'module.exports' as c, x } from './c.cjs'; import e, { 'module.exports' as seen } from './seen.js';
        import { 'module.exports' as own } from './own.cjs'; import { whole, text } from './m.mjs';
        result([c === d, c.x, x, seen === d, e === d, own.x, whole === d, text]);`,
      'm.mjs':
        "export { 'module.exports' as whole } from './c.cjs'; export { 'module.exports' as text } from './d.cjs';",
      'c.cjs': marked,
      'd.cjs': "module.exports = 'text';",
      'seen.js':
        "import d, { 'module.exports' as c } from './c.cjs'; export { c as 'module.exports', d as default };",
      'own.cjs': "exports.x = 1; exports['module.exports'] = 2;",
    },
    expected: [true, 1, 1, true, false, 1, true, 'text'],
  },
  {
    name: 'names of CommonJS may be inherited, not enumerable, or come late',
    main: 'main.js',
    files: {
      'main.js':
        "import { method, fixed, later } from './c'; import c from './c'; c.come(); result([method(), fixed(), later]);",
      'c.js': `
        class C { method() { return 1; } static fixed() { return 2; } }
        module.exports = Object.assign(new C(), { come() { module.exports.later = 3; } });
        Object.defineProperty(module.exports, 'fixed', { value: C.fixed });`,
    },
    expected: [1, 2, 3],
  },
  {
    name: 'the namespace of CommonJS lists what its exports list',
    main: 'main.js',
    files: {
      'main.js': `
        import * as one from './class'; import * as two from './instance'; import * as three from './hidden';
        result([
          Object.keys(one), typeof one.parse, 'parse' in one, typeof one.call,
          Object.keys(two), typeof two.method, 'method' in two, 'hasOwnProperty' in two,
          Object.keys(three), three.hidden, three.getter, three.__esModule, 'then' in three,
        ]);`,
      'class.js': 'module.exports = class { static parse() {} };',
      'instance.js': 'module.exports = new (class { constructor() { this.own = 1; } method() {} })();',
      'hidden.js': `
        exports.x = 1;
        Object.defineProperty(exports, '__esModule', { value: true });
        Object.defineProperty(exports, 'hidden', { value: 2 });
        Object.defineProperty(exports, 'getter', { get: () => 3 });`,
    },
    expected: [
      ...[['default'], 'function', true, 'function'],
      ...[['default', 'own'], 'function', true, false],
      ...[['x'], 2, 3, true, false],
    ],
  },
  {
    name: 'getters of CommonJS run when their names are read',
    main: 'main.js',
    files: {
      'main.js': `
        import * as c from './c'; import d, { lazy } from './c'; import * as m from './m';
        const before = [Object.keys(c), Object.keys(m), self.runs];
        result([...before, c.lazy, lazy, m.lazy, d.lazy, self.runs]);`,
      'm.js': "export * from './c';",
      'c.js': `
        self.runs = 0;
        Object.defineProperty(exports, 'lazy', { enumerable: true, get: () => ++self.runs });`,
    },
    expected: [['default', 'lazy'], ['lazy'], 0, 1, 2, 3, 4, 4],
  },
  {
    name: 'names of null and undefined are undefined',
    main: 'main.js',
    files: {
      'main.js': `
        import a, { named as a1 } from './null'; import * as a2 from './null';
        import b, { named as b1 } from './undefined'; import * as b2 from './undefined';
        result([a, ...[b, a1, a2.named, b1, b2.named].map((value) => typeof value), Object.keys(a2)]);`,
      'null.js': 'module.exports = null;',
      'undefined.js': 'module.exports = undefined;',
    },
    expected: [null, ...Array(5).fill('undefined'), ['default']],
  },
  {
    name: 'properties of CommonJS stay live',
    main: 'main.js',
    files: {
      'main.js': `
        import { x, add } from './c'; import * as c from './c'; import * as m from './m';
        add();
        result([x, c.x, c.default.x, m.x]);`,
      'm.js': "export * from './c';",
      'c.js': 'exports.x = 1; exports.add = () => { exports.x++; };',
    },
    expected: [2, 2, 2, 2],
  },
  {
    name: 'export * from CommonJS gives all its names, those first that some exports list',
    main: 'main.js',
    files: {
      'main.js': `
        import { parse, name, length, method } from './m'; import * as m from './m';
        result([typeof parse, name, length, typeof method, Object.keys(m), 'default' in m]);`,
      'm.js':
        "export * from './class'; export * from './plain'; export * from './instance'; export const length = 'own';",
      'class.js': 'module.exports = class { static parse() {} };',
      'plain.js': "exports.name = 'listed'; exports.length = 'not taken';",
      'instance.js': 'module.exports = new (class { method() {} })();',
    },
    expected: ['function', 'listed', 'own', 'function', ['length', 'name'], false],
  },
  {
    name: 'names of ES modules come before those of CommonJS, whichever has run first',
    main: 'main.js',
    files: {
      'main.js': `
        import { x as early } from './early'; import './c-star';
        import('./late').then(({ x }) => result([early, x]));`,
      'early.js': "export * from './c'; export * from './m';",
      'late.js': "export * from './c-star'; export * from './m';",
      'c-star.js': "export * from './c';",
      'c.js': "exports.x = 'CommonJS';",
      'm.js': "export const x = 'ES';",
    },
    expected: ['ES', 'ES'],
  },
  {
    name: 'names of JSON',
    main: 'main.js',
    files: {
      'main.js': "import data, { a } from './data.json'; result([data, a]);",
      'data.json': '{ "a": [1] }',
    },
    expected: [{ a: [1] }, [1]],
  },
  {
    name: 'a module that imports and assigns to module.exports is CommonJS',
    main: 'main.js',
    files: {
      'main.js': "import c from './c'; const d = require('./c'); result([c, d === c]);",
      'c.js':
        "import { x } from './m'; module.exports = { x, strict: (function () { return this; })() === undefined };",
      'm.js': 'export const x = 1;',
    },
    expected: [{ x: 1, strict: true }, true],
  },
  {
    name: 'a module may use require beside import',
    main: 'main.js',
    files: {
      'main.js': "import { x } from './m'; const c = require('./c'); result([x, c.x, typeof module]);",
      'm.js': "export const x = require('./c').x + 1;",
      'c.js': plain,
    },
    expected: [2, 1, 'undefined'],
  },
  {
    name: 'an ES module by its syntax may use what CommonJS gives, and declare some of it',
    main: 'main.js',
    files: {
      'main.js': "import { seen } from './m'; import c from './mixed'; result([...seen, c]);",
      'm.js': `
        let exports = 1;
        const x = require('./c').x;
        export const seen = [exports, x, typeof module.exports];`,
      'mixed.js': "const require = () => 5; exports.y = require('./c');",
      'c.js': plain,
    },
    expected: [1, 1, 'object', { y: 5 }],
  },
  {
    name: 'a cycle of both kinds sees what is there so far',
    main: 'main.js',
    files: {
      'main.js': "import { seen, late } from './m'; result([seen, late()]);",
      'm.js':
        "import c from './c'; export function hoisted() { return 'hoisted'; } export const seen = c.seen; export const late = () => c.late();",
      'c.js': `
        const m = require('./m');
        exports.seen = m.hoisted();
        exports.late = () => m.seen + ' later';`,
    },
    expected: ['hoisted', 'hoisted later'],
  },
  {
    name: 'require of an ES module gives its names and the mark, which is not listed',
    main: 'main.js',
    files: {
      'main.js': `
        const m = require('./m'); const d = require('./d.mjs');
        m.add();
        result([Object.keys(m), m.x, m.__esModule, Object.keys(d), d.default, d.__esModule, m === require('./m'), require('./own').__esModule]);`,
      'm.js': 'export let x = 1; export const add = () => x++;',
      'd.mjs': "export default 'd';",
      'own.js': 'export const __esModule = 1;',
    },
    expected: [['add', 'x'], 2, true, ['default'], 'd', true, true, 1],
  },
  {
    name: 'helpers of compilers keep the names of an ES module without a default live',
    main: 'main.js',
    files: {
      'main.js': `
        var star = (mod) => (mod && mod.__esModule ? mod : Object.assign({}, mod, { default: mod }));
        var m = star(require('./m'));
        m.add();
        result([m.x, typeof m.default]);`,
      'm.js': 'export let x = 1; export const add = () => x++;',
    },
    expected: [2, 'undefined'],
  },
  {
    name: "Babel's helpers see an ES module as such",
    main: 'main.js',
    files: {
      'main.js': `
        var esm = interop(require('./m'));
        function interop(obj) { return obj && obj.__esModule ? obj : { default: obj }; }
        result([esm.default, esm.x]);`,
      'm.js': "export default 'd'; export const x = 1;",
    },
    expected: ['d', 1],
  },
];

/** Runs modules in one process of Node's, each in a thread of its own: rows must not share modules or globals. */
const RUNNER = `
  const { once } = require('node:events');
  const { Worker } = require('node:worker_threads');
  const thread = \`
    const { parentPort, workerData } = require('node:worker_threads');
    for (const name of ['module', 'exports', 'require', '__filename', '__dirname']) delete globalThis[name];
    globalThis.result = (value) => parentPort.postMessage(JSON.stringify(value));
    import(workerData);\`;
  (async () => {
    const results = [];
    for (const workerData of process.argv.slice(1)) {
      const worker = new Worker(thread, { eval: true, workerData });
      const [message] = await once(worker, 'message').catch((error) => [JSON.stringify(String(error))]);
      results.push(message);
    }
    console.log('[' + results.join() + ']');
  })();`;

/** What Node makes of each row. */
function runInNode(rows: readonly Row[]): unknown[] {
  const mains = rows.map(({ files, main }) => new Project(files).path(main));
  const options = ['--no-warnings', '--eval', RUNNER, ...mains];
  return JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8' }));
}

async function runBundled(project: Project, main: string): Promise<unknown> {
  const packed = await pack([project.path(main)], { root: project.directory });
  const results: unknown[] = [];
  const name = main.replace(/\.\w+$/, '');
  const { errors } = await packed.visit(name, {
    result: (value: unknown) => results.push(JSON.parse(JSON.stringify(value))),
  });
  expect(errors).to.deep.equal([]);
  expect(results).to.have.length(1);
  return results[0];
}

describe('CommonJS and ES modules', () => {
  describe("by Node's rules", () => {
    let expected: unknown[];
    before(() => {
      expected = runInNode(nodeRows);
    });

    nodeRows.forEach(({ name, main, files }, index) => {
      it(name, async () => {
        expect(await runBundled(new Project(files), main)).to.deep.equal(expected[index]);
      });
    });
  });

  describe('by the convention of bundlers', () => {
    for (const { name, main, files, expected } of bundlerRows) {
      it(name, async () => {
        expect(await runBundled(new Project(files), main)).to.deep.equal(expected);
      });
    }
  });
});
