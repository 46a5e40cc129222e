/** Ways through the modules of a report: who leads to what, and which import all ways go through. */
import type { ReportModule } from './data';

/** The graph, as far as ways are concerned. */
export interface Modules {
  modules: readonly Pick<ReportModule, 'imports' | 'later' | 'workers' | 'package'>[];
}

/** An import of a module by another one, by index. */
export interface Edge {
  from: number;
  to: number;
}

/** A step of a chain. */
export interface Step {
  module: number;
  /** How the one before leads there; of the first, nothing. */
  how?: 'at once' | 'later' | 'as a worker';
}

interface Way {
  /** Follows what is requested later, and workers, as well. */
  isLate?: boolean;
  /** An edge that is not there. */
  without?: Edge | undefined;
}

function* stepsFrom(
  { imports, later, workers }: Modules['modules'][number],
  isLate: boolean,
): Generator<Required<Step>> {
  for (const module of imports) yield { module, how: 'at once' };
  if (!isLate) return;
  for (const module of later) yield { module, how: 'later' };
  for (const module of workers) yield { module, how: 'as a worker' };
}

/** All that a module leads to, itself included, with the step before each on the shortest way. */
function search(
  { modules }: Modules,
  start: number,
  { isLate = false, without }: Way,
): Map<number, Step & { before: number }> {
  const found = new Map<number, Step & { before: number }>([[start, { module: start, before: -1 }]]);
  for (const [from] of found)
    for (const step of stepsFrom(modules[from] as Modules['modules'][number], isLate)) {
      const isGone = without?.from === from && without.to === step.module;
      if (!isGone && !found.has(step.module)) found.set(step.module, { ...step, before: from });
    }
  return found;
}

/** The modules that a module needs, itself included: at once, unless it is said otherwise. */
export const reachedFrom = (data: Modules, start: number, way: Way = {}): ReadonlySet<number> =>
  new Set(search(data, start, way).keys());

/**
 * The shortest chain from a module to the nearest of some others; `undefined` where there is none.
 * @param isLate whether it may go through what is requested later, and workers
 */
export function chainTo(
  data: Modules,
  start: number,
  targets: ReadonlySet<number>,
  isLate = false,
): Step[] | undefined {
  const found = search(data, start, { isLate });
  const target = [...found.keys()].find((module) => targets.has(module));
  if (target === undefined) return undefined;
  const chain: Step[] = [];
  for (let module = target; module !== -1; ) {
    const { before, ...step } = found.get(module) as Step & { before: number };
    chain.unshift(step);
    module = before;
  }
  return chain;
}

/** Whether the targets cannot be reached from any of the starts without the edge. */
const cutsAll = (
  data: Modules,
  starts: readonly number[],
  targets: ReadonlySet<number>,
  edge: Edge,
): boolean =>
  starts.every((start) => {
    const reached = reachedFrom(data, start, { without: edge });
    return [...targets].every((target) => !reached.has(target));
  });

/**
 * The import that all static chains go through from some modules to any of the targets: the last of those that stand in a module of the project's own, since
 * others cannot be changed. `undefined` where there is none.
 */
export function findCut(
  data: Modules,
  starts: readonly number[],
  targets: ReadonlySet<number>,
): Edge | undefined {
  const [start] = starts;
  const chain = start === undefined ? undefined : chainTo(data, start, targets);
  const edges = (chain ?? [])
    .slice(1)
    .map(({ module }, index): Edge => ({ from: (chain as Step[])[index]?.module as number, to: module }))
    .filter(({ from }) => data.modules[from]?.package === undefined);
  return edges.reverse().find((edge) => cutsAll(data, starts, targets, edge));
}

/** Static edges into the targets from other modules that the start needs: without all of these it needs none of them. */
export function edgesInto(data: Modules, start: number, targets: ReadonlySet<number>): Edge[] {
  return [...reachedFrom(data, start)]
    .filter((from) => !targets.has(from))
    .flatMap((from) =>
      (data.modules[from] as Modules['modules'][number]).imports
        .filter((to) => targets.has(to))
        .map((to): Edge => ({ from, to })),
    );
}
