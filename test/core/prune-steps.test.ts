/** What is needed of a library of stars is found in steps that grow with names and edges, however many names are asked of it. */
import { expect } from 'chai';
import { wholeModules } from '../../lib/core/demand';
import { prune } from '../../lib/core/prune';
import type { Module } from '../../lib/model';

/** How often the name of an export was looked at. */
let looks = 0;

/** A module of a package without side effects. */
function moduleOf(
  path: string,
  { stars = [], exports = [] }: { stars?: string[]; exports?: string[] },
): Module {
  const syntax = {
    requests: stars.map((_, index) => index),
    exports: exports.map((name) => ({
      local: name,
      get name() {
        looks++;
        return name;
      },
    })),
    stars: stars.map((_, index) => index),
    imports: [],
    uses: [],
    indirectExports: [],
    declarations: [],
    awaits: [],
    commonNames: [],
  };
  const references = stars.map(() => ({ kind: 'import' }));
  const facts = { references, replacements: [], nodeGlobals: [], concerns: [], syntax };
  return { path, isPure: true, source: '', shims: {}, targets: stars, facts } as unknown as Module;
}

/** A program that asks a hub of stars of stars for one name of each. */
function program(size: number): Map<string, Module> {
  const numbers = [...Array(size).keys()];
  const names = numbers.map((number) => `a${number}`);
  const main = moduleOf('main', { stars: ['hub'] });
  const syntax = {
    ...main.facts.syntax,
    stars: [],
    imports: names.map((name) => ({ request: 0, name, local: name })),
    uses: names.map((_, entry) => ({ entry, start: 0, end: 0, form: 'value' })),
  };
  const entry = { ...main, isPure: false, facts: { ...main.facts, syntax } } as unknown as Module;
  const modules = [
    entry,
    moduleOf('hub', { stars: [...numbers.map((number) => `star${number}`), 'unused'] }),
    moduleOf('unused', { exports: ['b'] }),
    ...numbers.map((number) => moduleOf(`star${number}`, { stars: [`part${number}`] })),
    ...numbers.map((number) => moduleOf(`part${number}`, { exports: [`a${number}`, `b${number}`] })),
  ];
  return new Map(modules.map((module) => [module.path, module]));
}

describe('what is needed of a library of stars', () => {
  it('is found in steps that grow with the graph', () => {
    const steps = (size: number): number => {
      looks = 0;
      const { needed } = prune(program(size), ['main'], () => false);
      expect(needed.size).to.equal(2 * size + 2);
      return looks;
    };
    const [once, twice] = [steps(100), steps(200)];
    expect(once).to.be.greaterThan(100);
    expect(twice / once).to.be.lessThan(2.2);
  });

  it('is asked of all stars by one list of names', () => {
    const hub = program(100).get('hub') as Module;
    const names = new Set(['a1', 'a2', 'a3']);
    const { references } = wholeModules.find(hub, names);
    expect(references.size).to.equal(101);
    expect([...new Set(references.values())])
      .to.deep.equal([names])
      .and.have.property('0', names);
  });
});
