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
    name: 'require of an ES module gives its namespace',
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

/** What Node makes of a row, in a process of its own: rows must not share modules or globals. */
function runInNode(project: Project, main: string): unknown {
  const script = `globalThis.result = (value) => console.log(JSON.stringify(value)); import(${JSON.stringify(project.path(main))});`;
  const options = ['--no-warnings', '--input-type=module', '--eval', script];
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
    for (const { name, main, files } of nodeRows) {
      it(name, async () => {
        const project = new Project(files);
        const expected = runInNode(project, main);
        expect(await runBundled(project, main)).to.deep.equal(expected);
      });
    }
  });

  describe('by the convention of bundlers', () => {
    for (const { name, main, files, expected } of bundlerRows) {
      it(name, async () => {
        expect(await runBundled(new Project(files), main)).to.deep.equal(expected);
      });
    }
  });
});
