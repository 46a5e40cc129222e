/**
 * What a split must be, by walking every possible visit. Knows nothing of cores, signatures or root graphs: sets
 * of modules are bits of a number, and every state a visitor can be in is visited.
 */
import type { ModuleGraph, Split } from '../../lib/model';

/** One request of one visit. */
interface Request {
  /** The roots that are requested together: several only when a page with several entries starts. */
  roots: number[];
  /** Modules there before. */
  held: number;
  /** Modules that must be transferred. */
  arriving: number;
}

/** Everything `module` reaches over static edges, itself included. */
function closureOf(graph: ModuleGraph, module: number): number {
  let found = 1 << module;
  for (let before = 0; before !== found; ) {
    before = found;
    for (const member of membersOf(before))
      for (const target of graph.staticEdges[member] ?? []) found |= 1 << target;
  }
  return found;
}

export function membersOf(set: number): number[] {
  return Array.from({ length: 31 }, (_, module) => module).filter((module) => (set >>> module) & 1);
}

/** All subsets of `items` but the empty one. */
function subsetsOf(items: readonly number[]): number[][] {
  const count = 2 ** items.length;
  return Array.from({ length: count - 1 }, (_, index) =>
    items.filter((_item, bit) => ((index + 1) >>> bit) & 1),
  );
}

/** What a visit may begin with: each entry by itself, unless pages are declared. */
const unitsOf = ({ entries }: ModuleGraph): number[][] => [...new Set(entries)].map((entry) => [entry]);

/** All that visits can begin with: some units, all at once. */
const startsOf = (units: readonly (readonly number[])[]): number[][] =>
  subsetsOf([...units.keys()]).map((chosen) => [
    ...new Set(chosen.flatMap((unit) => units[unit] as number[])),
  ]);

/**
 * Every request that can be made in any state. Entries can be requested together or in turn, but before anything else.
 * @param units entries that are never requested one without the other
 */
export function listRequests(graph: ModuleGraph, units = unitsOf(graph)): Request[] {
  const closures = Array.from({ length: graph.size }, (_, module) => closureOf(graph, module));
  const requests = new Map<string, Request>();
  const states: { held: number; isStart: boolean }[] = [{ held: 0, isStart: true }];
  const seen = new Set<string>();
  const request = (roots: number[], held: number, isStart: boolean): void => {
    const all = roots.reduce((set, root) => set | (closures[root] as number), held);
    requests.set(`${roots} ${held}`, { roots, held, arriving: all & ~held });
    if (seen.has(`${all} ${isStart}`)) return;
    seen.add(`${all} ${isStart}`);
    states.push({ held: all, isStart });
  };
  const starts = startsOf(units);
  for (const { held, isStart } of states) {
    // A worker starts with nothing.
    for (const member of membersOf(held))
      for (const worker of graph.workerEdges?.[member] ?? []) request([worker], 0, false);
    if (isStart) for (const entries of starts) request(entries, held, true);
    for (const member of membersOf(held))
      for (const root of graph.dynamicEdges[member] ?? []) request([root], held, false);
  }
  return [...requests.values()];
}

/** Modules that arrive with the same requests, throughout; only these may share a bundle. */
export function listClasses(graph: ModuleGraph, requests: readonly Request[]): number[][] {
  const classes = new Map<string, number[]>();
  for (let module = 0; module < graph.size; module++) {
    const arrivals = requests.map(({ arriving }) => (arriving >>> module) & 1).join('');
    if (!arrivals.includes('1')) continue;
    classes.set(arrivals, [...(classes.get(arrivals) ?? []), module]);
  }
  return [...classes.values()];
}

/** True when whole bundles can transfer exactly what every request needs, and every module that is ever needed is in one. */
export function isClean(bundles: readonly (readonly number[])[], requests: readonly Request[]): boolean {
  const sets = bundles.map((modules) => modules.reduce((set, module) => set | (1 << module), 0));
  const all = sets.reduce((union, set) => union | set, 0);
  return requests.every(
    ({ arriving }) =>
      (arriving & ~all) === 0 && sets.every((set) => (set & arriving) === 0 || (set & ~arriving) === 0),
  );
}

/** What is wrong with `split`; nothing when it is right. `requests` are all those of `graph`. */
export function findFaults(graph: ModuleGraph, split: Split, requests = listRequests(graph)): string[] {
  const faults: string[] = [];
  const classes = listClasses(graph, requests);
  if (JSON.stringify(split.bundles) !== JSON.stringify(classes)) {
    faults.push(`bundles ${JSON.stringify(split.bundles)}, should be ${JSON.stringify(classes)}`);
  }
  if (!isClean(split.bundles, requests)) faults.push('not clean');
  for (let module = 0; module < graph.size; module++) {
    const expected = split.bundles.findIndex((modules) => modules.includes(module));
    if (split.bundleOf[module] !== expected) faults.push(`module ${module} is not in bundle ${expected}`);
  }
  return [...faults, ...findLoadFaults(split, requests), ...findNextFaults(graph, split, requests)];
}

/** Follows `loads` request by request as the loader does, and looks for bundles that are listed but never needed. */
function findLoadFaults({ bundles, loads }: Split, requests: readonly Request[]): string[] {
  const faults: string[] = [];
  const sets = bundles.map((modules) => modules.reduce((set, module) => set | (1 << module), 0));
  const used = new Map<number, Set<number>>();
  for (const { roots, held, arriving } of requests) {
    const listed = [...new Set(roots.flatMap((root) => loads.get(root) ?? []))];
    const fetched = listed.filter((bundle) => ((sets[bundle] as number) & ~held) !== 0);
    const transferred = fetched.reduce((set, bundle) => set | (sets[bundle] as number), 0);
    if (transferred !== arriving)
      faults.push(`a request for ${roots} with ${held} transfers ${transferred}, not ${arriving}`);
    if (roots.length === 1)
      used.set(roots[0] as number, new Set([...(used.get(roots[0] as number) ?? []), ...fetched]));
  }
  const expected = [...used]
    .sort(([a], [b]) => a - b)
    .map(([root, set]) => [root, [...set].sort((a, b) => a - b)]);
  if (JSON.stringify([...loads]) !== JSON.stringify(expected))
    faults.push('loads lists other bundles than those fetched');
  return faults;
}

/** `next` must be what can be requested right after a root, because of what the root needs. */
function findNextFaults(graph: ModuleGraph, { next }: Split, requests: readonly Request[]): string[] {
  const requested = [...new Set(requests.flatMap(({ roots }) => roots))].sort((a, b) => a - b);
  const expected = requested.map((root) => {
    const targets = membersOf(closureOf(graph, root)).flatMap((module) => graph.dynamicEdges[module] ?? []);
    return [root, [...new Set(targets)].sort((a, b) => a - b)];
  });
  return JSON.stringify([...next]) === JSON.stringify(expected) ? [] : ['next differs'];
}

/** What requests for a root fetch, over all visits. */
interface Fetched {
  /** Bundles that some request fetches. */
  bundles: Set<number>;
  /** Modules in them that the root does not need, as bits. */
  early: number;
}

/** What visits come to with a split: what is missing in some, and for each root that is requested alone, or page, what it fetches. */
export interface Walked {
  faults: string[];
  fetched: Map<string, Fetched>;
}

/** Follows `loads` as the loader does through every visit there is, with whole bundles, whatever these hold. */
export function walkVisits(graph: ModuleGraph, { bundles, loads }: Split, units = unitsOf(graph)): Walked {
  const closures = Array.from({ length: graph.size }, (_, module) => closureOf(graph, module));
  const sets = bundles.map((modules) => modules.reduce((set, module) => set | (1 << module), 0));
  const faults: string[] = [];
  const fetched = new Map<string, Fetched>();
  const pages = new Set(units.map(String));
  const states = [{ needed: 0, there: 0, isStart: true }];
  const seen = new Set<string>();
  const request = (roots: number[], needed: number, there: number, isStart: boolean): void => {
    const own = roots.reduce((set, root) => set | (closures[root] as number), 0);
    const listed = [...new Set(roots.flatMap((root) => loads.get(root) ?? []))];
    const fetching = listed.filter((bundle) => ((sets[bundle] as number) & ~there) !== 0);
    const arriving = fetching.reduce((set, bundle) => set | (sets[bundle] as number), 0);
    if ((arriving & there) !== 0) faults.push(`${roots} fetches ${arriving & there} again`);
    if ((own & ~(there | arriving)) !== 0) faults.push(`${roots} lacks ${own & ~(there | arriving)}`);
    const asked = String(roots);
    if (roots.length === 1 || pages.has(asked)) {
      const known = fetched.get(asked) ?? { bundles: new Set(), early: 0 };
      for (const bundle of fetching) known.bundles.add(bundle);
      known.early |= arriving & ~own;
      fetched.set(asked, known);
    }
    const state = { needed: needed | own, there: there | arriving, isStart };
    const key = `${state.needed} ${state.there} ${isStart}`;
    if (seen.has(key)) return;
    seen.add(key);
    states.push(state);
  };
  const starts = startsOf(units);
  for (const { needed, there, isStart } of states) {
    for (const member of membersOf(needed))
      for (const worker of graph.workerEdges?.[member] ?? []) request([worker], 0, 0, false);
    if (isStart) for (const entries of starts) request(entries, needed, there, true);
    for (const member of membersOf(needed))
      for (const root of graph.dynamicEdges[member] ?? []) request([root], needed, there, false);
  }
  return { faults, fetched };
}
