/** What `import()` gives of CommonJS is the same in all programs, though runtimes differ by what else these have. */
import { expect } from 'chai';
import { runtime } from '#client';
import { pack } from '../helpers/pack';
import { Project } from '../helpers/project';

const COMMON = {
  'plain.cjs': 'exports.x = 1; exports.add = () => { exports.x++; exports.late = 1; };',
  'marked.cjs':
    "Object.defineProperty(exports, '__esModule', { value: true }); exports.default = 'd'; exports.x = 1;",
  'listed.cjs': "exports.__esModule = true; exports.x = 1; exports['module.exports'] = 2;",
  'null.cjs': 'module.exports = null;',
  'nothing.cjs': 'module.exports = undefined;',
  'zero.cjs': 'module.exports = 0;',
  'text.cjs': "module.exports = 'text';",
  'function.cjs': 'module.exports = function named() {}; module.exports.x = 1;',
  'class.cjs': 'module.exports = class { static parse() {} };',
  'instance.cjs': 'module.exports = new (class { own = 1; method() {} })();',
  'promise.cjs': 'module.exports = Promise.resolve(1);',
  'thenable.cjs': "exports.then = (done) => { done('of then'); };",
  'bare.cjs': 'module.exports = Object.assign(Object.create(null), { z: 1, a: 2 });',
  'getter.cjs': "Object.defineProperty(exports, 'x', { enumerable: true, get: () => ++self.reads });",
  'replaced.cjs': 'exports.x = 1; setTimeout(() => { module.exports = { x: 2 }; });',
  'fails.cjs': "throw Object.assign(Error('fails'), { run: ++self.runs });",
  'data.json': '{ "a": [1], "__esModule": true, "default": 2 }',
};

/** Describes everything that is asked for, twice: names, whether they are listed, values; and whether it is the same again. */
const MAIN = `
self.reads = self.runs = 0;
function shown(space, name) {
  try {
    const value = space[name];
    return Object(value) === value ? typeof value + ' ' + Object.keys(value) : String(value);
  } catch ({ name }) {
    return name;
  }
}
function describe(space) {
  if (typeof space === 'string') return space;
  const names = Object.getOwnPropertyNames(space).map((name) => {
    const { enumerable, configurable } = Object.getOwnPropertyDescriptor(space, name);
    return [name, enumerable, configurable, shown(space, name)].join();
  });
  return [names, Object.prototype.toString.call(space), Object.getPrototypeOf(space), Object.isExtensible(space)];
}
const ask = () => [${Object.keys(COMMON)
  .map((file) => `import('./${file}')`)
  .join(', ')}];
async function tell() {
  const first = await Promise.allSettled(ask());
  const before = first.map(({ value, reason }) => (reason ? [String(reason), reason.run] : describe(value)));
  first[0].value.add();
  await new Promise((resolve) => setTimeout(resolve, 5));
  const again = await Promise.allSettled(ask());
  const after = again.map(({ value, reason }) => (reason ? reason.run : describe(value)));
  const required = [1, 2].map(() => { try { require('./fails.cjs'); } catch ({ run }) { return run; } });
  const same = again.map(({ value, reason }, index) => value === first[index].value && reason === first[index].reason);
  return JSON.stringify([before, after, required, same, self.runs]);
}
tell().then(report, report);
`;

/** What programs have besides, and which runtime they then have. */
const PROGRAMS: [also: string, ...parts: (keyof typeof runtime)[]][] = [
  ['', 'onlyCommon'],
  ["self.later = () => import('./module.mjs');", 'acyclicMixed'],
  ["self.later = () => import('./cycle.mjs');", 'simpleMixed'],
];

/** With this, programs have the runtime that can do most. */
const MOST = "self.later = () => import('./waits.mjs');";

const OTHERS = {
  'module.mjs': 'export const a = 1;',
  'cycle.mjs': "import { b } from './back.mjs'; import './plain.cjs'; export const a = () => b;",
  'back.mjs': "import { a } from './cycle.mjs'; import './text.cjs'; export const b = () => a;",
  'waits.mjs': 'export const a = await 1;',
};

async function tell(main: string, also: string): Promise<{ told: unknown; parts: string[] }> {
  const project = new Project({ ...COMMON, ...OTHERS, [main]: `${MAIN}${also}` });
  const packed = await pack([project.path(main)], { root: project.directory });
  const text = Object.values(packed.bundles).join('\n');
  const parts = Object.entries(runtime).flatMap(([part, own]) => (text.includes(own) ? [part] : []));
  const told = await new Promise((report, onFailure) => {
    packed.visit('main', { report }).then(({ errors }) => {
      if (errors.length > 0) onFailure(errors[0]);
    }, onFailure);
  });
  return { told: JSON.parse(String(told)), parts };
}

describe('CommonJS by import()', () => {
  for (const main of ['main.cjs', 'main.js']) {
    const most = tell(main, MOST);
    for (const [also, ...parts] of PROGRAMS) {
      it(`is the same in ${main} with ${parts.join()}`, async () => {
        const made = await tell(main, also);
        expect(made.parts).to.deep.equal(parts);
        expect(made.told).to.deep.equal((await most).told);
      });
    }
  }
});
