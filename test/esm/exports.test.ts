/** What exported names mean, in builds and in pages: as ECMA-262 has it. In builds in steps that grow with names and edges. */
import { expect } from 'chai';
import { AMBIGUOUS, Exports, type Meaning } from '../../lib/check/exports';
import type { Module } from '../../lib/model';
import { pack } from '../helpers/pack';
import { Project } from '../helpers/project';
import { countSteps } from '../helpers/steps';
import { Dice } from './dice';
import { type Binding, exportedNames, importable, type ModulePlan, resolveExport, type Target } from './plan';
import { type Shape, shapes, starsOf } from './star-graphs';

const NAMES = ['a', 'b', 'c', 'default'];

/** Modules with names of their own, exports of others, and stars. */
function randomPlans(dice: Dice): ModulePlan[] {
  const stars = starsOf(dice.pick(shapes), 2 + dice.below(7));
  return stars.map((targets, number) => {
    const binding = (local: string) => ({ module: number, local }) as Binding;
    const locals = dice.some(NAMES, dice.below(3)).map((name) => [name, binding(name)] as const);
    const plan = { number, locals: new Map(locals), indirect: new Map(), stars: [...targets] };
    const [first] = locals;
    if (first && dice.chance(0.3)) plan.locals.set('again', first[1]);
    for (const name of dice.some([...NAMES, 'd'], dice.below(3))) {
      const from = dice.below(stars.length);
      if (!plan.locals.has(name))
        plan.indirect.set(name, { from, name: dice.pick([...NAMES, 'again', '*']) });
    }
    if (dice.chance(0.3)) plan.stars.push(dice.below(stars.length));
    return plan as unknown as ModulePlan;
  });
}

function toModule({ number, locals, indirect, stars }: ModulePlan): Module {
  const requests = [...stars, ...[...indirect.values()].map(({ from }) => from)];
  const syntax = {
    requests: [...requests.keys()],
    exports: [...locals].map(([name, { local }]) => ({ name, local })),
    indirectExports: [...indirect].map(([name, each], index) => ({
      name,
      request: stars.length + index,
      imported: each.name === '*' ? undefined : each.name,
    })),
    stars: [...stars.keys()],
    awaits: [],
    commonNames: [],
  };
  return { path: String(number), facts: { syntax }, targets: requests.map(String) } as unknown as Module;
}

const toModules = (plans: readonly ModulePlan[]): Map<string, Module> =>
  new Map(plans.map((plan) => [String(plan.number), toModule(plan)]));

/** The words of the specification for it. */
function wordsOf(target: Target | 'ambiguous' | undefined): Meaning | undefined {
  if (target === 'ambiguous') return AMBIGUOUS;
  if (target === undefined) return undefined;
  return 'binding' in target
    ? `${target.binding.module}\n${target.binding.local}`
    : `${target.namespace}\n*namespace*`;
}

/** The source of a module whose bindings are texts that say whose they are. */
function sourceOf({ number, locals, indirect, stars }: ModulePlan): string {
  const bindings = new Set(locals.values());
  const nameOf = ({ local }: Binding): string => `local_${local}`;
  return [
    ...stars.map((star) => `export * from './m${star}.mjs';`),
    ...[...indirect].map(([name, each]) =>
      each.name === '*'
        ? `export * as ${name} from './m${each.from}.mjs';`
        : `export { ${each.name} as ${name} } from './m${each.from}.mjs';`,
    ),
    ...[...bindings].map((each) => `const ${nameOf(each)} = '${number} ${each.local}';`),
    `export { ${[...locals].map(([name, each]) => `${nameOf(each)} as ${name}`).join(', ')} };`,
  ].join('\n');
}

/** Asks for the namespaces of all modules, and tells the texts in them; of namespaces, whose they are. */
const mainOf = (seed: number, plans: readonly ModulePlan[]): string => `
${plans.map(({ number }) => `import * as m${number} from './m${number}.mjs';`).join('\n')}
const all = [${plans.map(({ number }) => `m${number}`).join()}];
const tell = (value) => (typeof value === 'string' ? value : String(all.indexOf(value)));
self.told${seed} = all.map((each) => Object.keys(each).map((name) => [name, tell(each[name])]));`;

function expectedOf(plans: readonly ModulePlan[]): unknown {
  const told = (target: Target): string =>
    'binding' in target ? `${target.binding.module} ${target.binding.local}` : String(target.namespace);
  return plans.map(({ number }) =>
    [...importable(plans, number)].map(([name, to]) => [name, told(to)]).sort(),
  );
}

describe('exported names in pages', () => {
  it('mean what ECMA-262 says', async () => {
    const graphs = Array.from({ length: 100 }, (_, index) => {
      const plans = randomPlans(new Dice(5000 + index));
      // Whoever exports a name that means nothing, or two things, cannot be linked.
      for (const plan of plans) {
        for (const name of plan.indirect.keys()) {
          if (typeof resolveExport(plans, plan.number, name) !== 'object') plan.indirect.delete(name);
        }
      }
      return plans;
    }).filter((plans) =>
      plans.every(({ number, indirect }) =>
        [...indirect.keys()].every((name) => typeof resolveExport(plans, number, name) === 'object'),
      ),
    );
    const files = graphs.flatMap((plans, seed) => [
      [`g${seed}/main${seed}.mjs`, mainOf(seed, plans)],
      ...plans.map((plan) => [`g${seed}/m${plan.number}.mjs`, sourceOf(plan)]),
    ]);
    const project = new Project(Object.fromEntries(files));
    const entries = graphs.map((_, seed) => project.path(`g${seed}/main${seed}.mjs`));
    const packed = await pack(entries, { root: project.directory });
    for (const [seed, plans] of graphs.entries()) {
      const { page, errors } = await packed.visit(`main${seed}`);
      expect(errors, `seed ${seed}`).to.deep.equal([]);
      expect(page[`told${seed}`], `seed ${seed}`).to.deep.equal(expectedOf(plans));
    }
    expect(graphs.length).to.be.greaterThan(60);
  });
});

describe('exported names, when the program is built', () => {
  it('mean what ECMA-262 says, whichever module is asked first', () => {
    const met = new Set<string>();
    for (let seed = 1; seed <= 1000; seed++) {
      const dice = new Dice(seed);
      const plans = randomPlans(dice);
      const exports = new Exports(toModules(plans));
      for (const { number } of dice.shuffled(plans)) {
        for (const name of [...NAMES, 'd', 'again', 'nothing']) {
          const expected = resolveExport(plans, number, name);
          expect(exports.meaningOf(String(number), name), `seed ${seed}: ${name} of ${number}`).to.equal(
            wordsOf(expected),
          );
          met.add(typeof expected === 'object' ? Object.keys(expected).join() : String(expected));
        }
        const names = [...exportedNames(plans, number)].filter((name) => resolveExport(plans, number, name));
        expect(exports.namesOf(String(number))).to.deep.equal(names.sort());
      }
    }
    expect([...met].sort()).to.deep.equal(['ambiguous', 'binding', 'namespace', 'undefined']);
  });

  const grow = (shape: Shape, size: number): Map<string, Module> => {
    const plans = starsOf(shape, size).map((stars, number): unknown => {
      const isLeaf = stars.length === 0 || (shape === 'circle' && number === 0);
      const names = isLeaf ? NAMES.map((name) => `${name}${shape === 'wide' ? number : ''}`) : [];
      const locals = new Map(names.map((local) => [local, { module: number, local }]));
      return { number, locals, indirect: new Map(), stars };
    });
    return toModules(plans as ModulePlan[]);
  };

  for (const shape of shapes) {
    it(`take steps that grow with the graph: ${shape}`, async () => {
      const steps = (size: number): Promise<number> =>
        countSteps(/check\/exports\.ts$/, () => {
          const modules = grow(shape, size);
          const exports = new Exports(modules);
          for (const path of modules.keys()) exports.meaningOf(path, 'a');
        });
      const ratios: number[] = [];
      // V8 does not count all steps while it replaces code by quicker code. What grows with the square has 4, whenever it is counted.
      while (ratios.length < 3 && !ratios.some((ratio) => ratio < 2.5)) {
        const [once, twice] = [await steps(200), await steps(400)];
        expect(once).to.be.greaterThan(200);
        ratios.push(twice / once);
      }
      expect(Math.min(...ratios)).to.be.lessThan(2.5);
    });
  }
});
