/** The shortest ways by which a page comes to a module. */
import { type Report, WAYS, type Way } from './report';

export interface Step {
  module: number;
  /** How the module before asks for it; none for the first one. */
  way?: Way;
}

/** For each module, the one that follows it on the shortest way to the nearest target, a target itself: −1 where there is no way. */
function nextToward(
  { data, importers }: Report,
  targets: readonly number[],
  ways: readonly Way[],
): Int32Array {
  const next = new Int32Array(data.modules.length).fill(-1);
  for (const target of targets) next[target] = target;
  const queue = [...targets];
  for (const module of queue)
    for (const way of ways)
      for (const from of importers[way][module]!) {
        if (next[from] !== -1) continue;
        next[from] = module;
        queue.push(from);
      }
  return next;
}

export interface Chain {
  page: number;
  steps: Step[];
  /** It is there when the page starts: by imports alone. */
  isAtStart: boolean;
}

/** For each page that comes to one of the modules, its shortest chain: those that have it at their start come first, the shortest of them first. */
export function chainsTo(report: Report, targets: readonly number[]): Chain[] {
  const atStart = nextToward(report, targets, ['imports']);
  const anyway = nextToward(report, targets, WAYS);
  const chains = report.data.pages.flatMap(({ request }, page) => {
    const root = report.data.requests[request]!.module;
    const isAtStart = atStart[root] !== -1;
    if (anyway[root] === -1) return [];
    return { page, isAtStart, steps: stepsFrom(report, root, isAtStart ? atStart : anyway) };
  });
  return chains.sort(
    (a, b) => Number(b.isAtStart) - Number(a.isAtStart) || a.steps.length - b.steps.length || a.page - b.page,
  );
}

/** For each script that stands alone and holds one of the modules, the shortest chain in it. */
export function chainsAlone(report: Report, targets: readonly number[]): { entry: string; steps: Step[] }[] {
  const next = nextToward(report, targets, WAYS);
  return (report.data.standalone ?? []).flatMap(({ entry, module, modules }) => {
    const isHeld = modules.some((held) => targets.includes(held.module));
    return isHeld && next[module] !== -1 ? [{ entry, steps: stepsFrom(report, module, next) }] : [];
  });
}

function stepsFrom({ data }: Report, root: number, next: Int32Array): Step[] {
  const steps: Step[] = [{ module: root }];
  for (let module = root; next[module] !== module; ) {
    const following = next[module] as number;
    const way = WAYS.find((each) => data.modules[module]![each].includes(following));
    steps.push({ module: following, ...(way && { way }) });
    module = following;
  }
  return steps;
}

/** For each request that may follow one, the request that first brings it. */
export function requestChains({ data }: Report, request: number): Map<number, number> {
  const before = new Map([[request, request]]);
  for (const [each] of before)
    for (const next of data.requests[each]!.next) if (!before.has(next)) before.set(next, each);
  return before;
}
