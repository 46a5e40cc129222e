/** Graphs in which one name leads nowhere, so that nothing of them may run. */
import { Dice } from './dice';
import type { Program } from './files';
import { spell } from './names';
import { closureOf, exportedNames, type ModulePlan, resolveExport } from './plan';
import { type Graph, randomGraph } from './random-graphs';

export interface BrokenGraph extends Program {
  kind: string;
  /** What the build's error is called. */
  code: string;
  /** What is asked for in vain. */
  name: string;
  /** The files that ask for it. */
  importers: readonly string[];
}

/** What is wrong: statements to add, by the number of the module they are added to. */
interface Fault {
  name: string;
  additions: ReadonlyMap<number, string>;
}

/** Makes a fault in the module `from`; gives nothing where the graph has no occasion for it. */
type Breaking = (graph: Graph, from: number, to: ModulePlan) => Fault | undefined;

const fault = (name: string, ...additions: [number: number, statement: string][]): Fault => ({
  name,
  additions: new Map(additions),
});

const hasDefault = ({ plans }: Graph, { number }: ModulePlan): boolean =>
  resolveExport(plans, number, 'default') !== undefined;

function ambiguousName({ plans }: Graph, { number }: ModulePlan): string | undefined {
  return [...exportedNames(plans, number)].find((name) => resolveExport(plans, number, name) === 'ambiguous');
}

const breakings: Record<string, Breaking> = {
  'missing name': (_, from, { file }) => fault('gone', [from, `import { gone as lost } from './${file}';`]),
  'missing name exported on': (_, from, { file }) =>
    fault('gone', [from, `export { gone } from './${file}';`]),
  'missing name imported and exported': (_, from, { file }) =>
    fault('gone', [from, `import { gone as lost } from './${file}'; export { lost };`]),
  'missing string': (_, from, { file }) =>
    fault('gone for good', [from, `import { 'gone for good' as lost } from './${file}';`]),
  'missing default': (graph, from, to) =>
    hasDefault(graph, to) ? undefined : fault('default', [from, `import lost from './${to.file}';`]),
  'missing default exported on': (graph, from, to) =>
    hasDefault(graph, to)
      ? undefined
      : fault('default', [from, `export { default as lost } from './${to.file}';`]),
  'ambiguous name': (graph, from, to) => {
    const name = ambiguousName(graph, to);
    return name === undefined
      ? undefined
      : fault(name, [from, `import { ${spell(name)} as lost } from './${to.file}';`]);
  },
  'ambiguous name exported on': (graph, from, to) => {
    const name = ambiguousName(graph, to);
    return name === undefined
      ? undefined
      : fault(name, [from, `export { ${spell(name)} as lost } from './${to.file}';`]);
  },
  'circle of exports': ({ plans }, from, { file, number }) =>
    number === from
      ? fault('loop', [from, `export { loop } from './${file}';`])
      : fault(
          'loop',
          [from, `export { loop } from './${file}';`],
          [number, `export { loop } from './${plans[from]?.file}';`],
        ),
};

export const KINDS = Object.keys(breakings);

/** A broken graph of the kind, the same for the same seed; none where the seed's graph has no occasion for it. */
export function brokenGraph(seed: number, kind: string): BrokenGraph | undefined {
  const graph = randomGraph(seed);
  const dice = new Dice(seed);
  const isModern = (plan: ModulePlan): boolean => plan.language === 'mjs';
  const evaluated = [...closureOf(graph.plans, 0)].map((number) => graph.plans[number] as ModulePlan);
  const { number: from } = dice.pick(evaluated.filter(isModern));
  for (const to of dice.shuffled(graph.plans.filter(isModern))) {
    const found = breakings[kind]?.(graph, from, to);
    if (found)
      return {
        kind,
        code: kind.startsWith('ambiguous') ? 'AMBIGUOUS_EXPORT' : 'NO_EXPORT',
        ...broken(graph, found),
      };
  }
  return undefined;
}

function broken(
  { seed, modules, plans }: Graph,
  { name, additions }: Fault,
): Omit<BrokenGraph, 'kind' | 'code'> {
  const fileOf = (number: number): string => plans[number]?.file as string;
  const importers = [...additions.keys()].map(fileOf);
  const added = new Map([...additions].map(([number, statement]) => [fileOf(number), statement]));
  return {
    seed,
    name,
    importers,
    modules: modules.map(({ file, statements }) => ({
      file,
      statements: added.has(file) ? [...statements, added.get(file) as string] : statements,
    })),
  };
}
