/** The random graphs have what they are there for, often enough. */
import { expect } from 'chai';
import { randomGraph } from './random-graphs';
import * as uses from './uses';
import * as waiting from './waiting';

const GRAPHS = 5000;
const LEAST = 20;

const tables: Record<string, uses.Templates> = {
  read: uses.reads,
  shadow: uses.shadows,
  call: uses.calls,
  ...uses.natureUses,
  namespace: uses.namespaces,
  member: uses.members,
  assignment: uses.assignments,
  surroundings: uses.surroundings,
  waiting: { ...waiting.ticks, ...waiting.imports },
  dynamic: waiting.offers,
};

const templates = Object.entries(tables).flatMap(([kind, table]) =>
  Object.keys(table).map((form) => `${kind}: ${form}`),
);

/** Ways to connect modules, to declare and to export, and what graphs may be. */
const others = [
  'import',
  ...['a', 'a as', 'a as default', 'a as string'].map((what) => `export {${what}}`),
  ...['a', 'a as', 'a as default', 'default', 'default as'].map((what) => `export {${what}} from`),
  ...['* from', '* as from', '* as a string from', '{}', 'of an import', 'of an imported namespace'].map(
    (what) => `export ${what}`,
  ),
  ...['{a}', '{a as}', '{default as}', '{string as}', 'd', '* as', 'for its effects', 'of two kinds'].map(
    (what) => `import ${what}`,
  ),
  'import of two kinds, namespace',
  ...['const', 'let', 'var', 'function', 'async', 'generator', 'class'].flatMap((what) => [
    what,
    `export ${what}`,
  ]),
  ...[
    'expression',
    'object',
    'arrow',
    'async arrow',
    'arrow in parentheses',
    'anonymous in parentheses',
    'class in parentheses',
    'not named',
    'named in parentheses',
    'await',
    'anonymous function',
    'anonymous class',
    'named function',
    'named class',
    'before an expression',
  ].map((what) => `export default ${what}`),
  ...[
    'nothing',
    'object',
    'object with default',
    'nested',
    'array',
    'object rest',
    'array rest',
    'several',
  ].map((what) => `declared by: ${what}`),
  ...[
    'ambiguous star name',
    'star name that is hidden',
    'cycle',
    'import of itself',
    'module that throws',
    'module that waits for ticks',
    'module that waits for imports',
    'mjs',
    'cjs',
    'json',
  ].map((what) => `graph: ${what}`),
  ...[
    'require',
    'module.exports =',
    'exports.a =',
    'module.exports.a =',
    "exports['a'] =",
    'defineProperty',
    'assigned twice',
    '__esModule',
  ].map((what) => `commonjs: ${what}`),
  ...['static', 'import()', 'commonjs'].map((what) => `main: ${what}`),
  ...['plain', 'without semicolons', 'strict', 'hashbang', 'carriage returns'].map(
    (what) => `style: ${what}`,
  ),
];

describe('ES modules: forms in random graphs', () => {
  const counts = new Map<string, number>();
  const sizes = new Map<number, number>();

  before(() => {
    for (let seed = 1; seed <= GRAPHS; seed++) {
      const { forms, plans } = randomGraph(seed);
      for (const form of forms) counts.set(form, (counts.get(form) ?? 0) + 1);
      sizes.set(plans.length, (sizes.get(plans.length) ?? 0) + 1);
    }
  });

  for (const form of [...templates, ...others]) {
    it(`have ${form}`, () => {
      expect(counts.get(form) ?? 0).to.be.at.least(LEAST);
    });
  }

  it('have no form that is not expected', () => {
    expect([...counts.keys()].filter((form) => ![...templates, ...others].includes(form))).to.deep.equal([]);
  });

  it('have two to nine modules', () => {
    expect([...sizes.keys()].sort()).to.deep.equal([2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('are the same for the same seed', () => {
    expect(randomGraph(7).modules).to.deep.equal(randomGraph(7).modules);
  });
});
