/** The runtime has what a program uses, and nothing else; programs run with what it has. */
import { expect } from 'chai';
import dynapack from 'dynapack';
import { runtime } from '#client';
import { pack } from '../helpers/pack';
import { Project } from '../helpers/project';

const FILES = {
  'common.js': "exports.a = 'common';",
  'module.js': "export const a = 'module'; export default function () {}",
  'star.js': "export * from './module.js';",
  'self.js':
    "import { c as own } from './self.js'; export function c() { return 'self'; } export const a = [1].map(() => own())[0];",
  'back.js': "import { c } from './cycle.js'; import './common.js'; export const b = [1].map(c)[0];",
  'cycle.js': "import { b } from './back.js'; export const a = b; export function c() { return 'cycle'; }",
  'wait.js': "export const a = await 'waited';",
  'for.js': "export let a = ''; for await (const each of ['f', 'o', 'r']) a += each;",
};

const partsIn = (bundles: Record<string, string>): string[] => {
  const text = Object.values(bundles).join('\n');
  return Object.entries(runtime).flatMap(([part, own]) => (text.includes(own) ? [part] : []));
};

async function run(project: Project, cache?: dynapack.Cache) {
  const packed = await pack([project.path('main.js')], { root: project.directory, ...(cache && { cache }) });
  const { page, errors } = await packed.visit('main');
  expect(errors).to.deep.equal([]);
  return { bundles: packed.bundles, parts: partsIn(packed.bundles), result: page.result };
}

/** Sources, what they give, and the parts of the runtime that they need. */
const programs: [source: string, result: string, ...parts: string[]][] = [
  ["self.result = require('./common.js').a;", 'common'],
  ["import('./common.js').then(({ a }) => { self.result = a; });", 'common', 'onlyCommon'],
  ["import('./module.js').then(({ a }) => { self.result = a; });", 'module', 'acyclic'],
  ["import { a } from './module.js'; self.result = a;", 'module', 'acyclic'],
  ["self.result = require('./module.js').a;", 'module', 'base', 'modules'],
  ["require.ensure([], () => { self.result = require('./module.js').a; });", 'module', 'base', 'modules'],
  ["import * as all from './module.js'; self.result = all.a;", 'module', 'acyclic'],
  ["import { a } from './common.js'; self.result = a;", 'common', 'acyclicMixed'],
  ["import * as all from './common.js'; self.result = all[`a`];", 'common', 'acyclicMixed'],
  [
    "export { a } from './common.js'; import('./main.js').then(({ a }) => { self.result = a; });",
    'common',
    'acyclicMixed',
  ],
  ["import('./gone.js').catch(() => { self.result = 'gone'; });", 'gone', 'onlyCommon'],
  ["import { a } from './star.js'; self.result = a;", 'module', 'acyclic'],
  ["import * as all from './star.js'; self.result = all[`a`];", 'module', 'acyclic'],
  ["import { a } from './wait.js'; self.result = a;", 'waited', 'base', 'modules', 'waiting'],
  ["import { a } from './for.js'; self.result = a;", 'for', 'base', 'modules', 'waiting'],
  ["import { a } from './module.js'; module.exports = 1; self.result = a;", 'module', 'base', 'modules'],
  ["import { a } from './module.js'; self.result = a; require('./common.js');", 'module', 'base', 'modules'],
  ["export * from './common.js'; self.result = 'own';", 'own', 'base', 'common', 'modules', 'stars'],
  ["import { a } from './self.js'; self.result = a;", 'self', 'simple'],
  ["import { a } from './cycle.js'; self.result = a;", 'cycle', 'simpleMixed'],
  ["import('./main.js').then(() => { self.result = 'later'; }); export {};", 'later', 'acyclic'],
  ["import './module.js'; self.result = `${typeof import.meta.url}`;", 'string', 'acyclic', 'page'],
  ["import './module.js'; self.result = `${global === self}`;", 'true', 'acyclic', 'page'],
  ["import './module.js'; self.result = Buffer.from('b').toString();", 'b', 'acyclic'],
];

describe('the runtime', () => {
  for (const [source, result, ...parts] of programs) {
    it(`has ${parts.join(', ') || 'nothing'}: ${source}`, async () => {
      const made = await run(new Project({ ...FILES, 'main.js': source }));
      expect(made.result).to.equal(result);
      expect(made.parts).to.deep.equal(parts);
    });
  }

  it('is that of a clean build after every edit', async () => {
    const project = new Project({ ...FILES, 'main.js': '' });
    const cache = dynapack.cache();
    for (const source of [...programs, ...programs.toReversed()].map(([text]) => text)) {
      project.write({ 'main.js': source });
      const [edited, clean] = [await run(project, cache), await run(project)];
      expect(edited.bundles, source).to.deep.equal(clean.bundles);
    }
  });

  it('follows what other modules become', async () => {
    const project = new Project({ ...FILES, 'main.js': "import { a } from './module.js'; self.result = a;" });
    const cache = dynapack.cache();
    for (const own of [
      FILES['module.js'],
      FILES['common.js'],
      FILES['wait.js'],
      FILES['star.js'].replace('module', 'for'),
    ]) {
      project.write({ 'module.js': own });
      const [edited, clean] = [await run(project, cache), await run(project)];
      expect(edited.bundles, own).to.deep.equal(clean.bundles);
    }
  });
});
