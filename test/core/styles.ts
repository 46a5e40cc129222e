/**
 * Small programs of scripts and styles, and what their files must be by walking every visit and trying every file. Knows nothing of
 * followers and chains: sets of modules, and of styles, are bits of a number.
 */
import { randomNumbers } from '../../bench/generate-graph';
import type { StyleItem } from '../../lib/core/styles/documents';
import type { StyleContradiction, StyleSplit } from '../../lib/core/styles/split';
import type { ModuleGraph } from '../../lib/model';
import { listRequests, membersOf } from './oracle';
import { parseGraph } from './random-graph';

/** Where a style may stand in a file: some at its top only, some alone. */
export type Place = 'any' | 'top' | 'alone';

export interface StyledProgram {
  graph: ModuleGraph;
  /** Module → what evaluating it comes to: modules, and styles as `-1 - style`. */
  steps: readonly (readonly number[])[];
  items: StyleItem[];
  /** By style. */
  places: readonly Place[];
}

export type Orders = ReadonlyMap<number, readonly number[]>;

export function mayFollow({ places }: StyledProgram, style: number, before: number): boolean {
  if (places[style] === 'alone' || places[before] === 'alone') return false;
  return places[style] !== 'top' || places[before] === 'top';
}

/** What a random program is made with. */
interface Draft {
  below: (limit: number) => number;
  scripts: number;
  size: number;
  items: StyleItem[];
  /** How many styles may stand before imports of others. */
  heads: number;
  /** Whether modules may import any others, not only later ones. */
  isCircular: boolean;
  /** How many of ten modules have their imports in an order of their own. */
  disorder: number;
}

/** A program of three to eight modules and one to six styles, the same for the same seed. */
export function randomStyles(seed: number): StyledProgram {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const scripts = 2 + below(4);
  const size = Math.min(8, scripts + 1 + below(6));
  const heads = 6 - (size - scripts);
  const isCircular = below(8) === 0;
  const draft: Draft = { below, scripts, size, items: [], heads, isCircular, disorder: below(3) * 4 };
  const [toScripts, toStyles, later] = [random() * 2.5, 0.25 + random() * 0.65, random() * 2.5];
  const steps = range(size).map((module) => {
    if (module >= scripts) return styleSteps(draft, module);
    const targets = pickTargets(draft, module, 0, scripts, toScripts / scripts);
    return shuffleNowAndThen(draft, [...targets, ...pickTargets(draft, module, scripts, size, toStyles)]);
  });
  const dynamicEdges = range(size).map((module) =>
    module >= scripts ? [] : range(size).filter((to) => random() < (to < scripts ? later / scripts : 0.03)),
  );
  const entries = new Set(range(1 + below(3)).map(() => below(below(12) === 0 ? size : scripts)));
  const isPlain = below(3) > 0;
  const places = draft.items.map(
    (): Place => (isPlain || below(4) > 0 ? 'any' : below(2) === 0 ? 'top' : 'alone'),
  );
  return programOf(
    { size, staticEdges: [], dynamicEdges, entries: [...entries] },
    steps,
    draft.items,
    places,
  );
}

export const range = (length: number): number[] => Array.from({ length }, (_, index) => index);

/** The program with the static edges that its steps say. */
function programOf(
  graph: ModuleGraph,
  steps: number[][],
  items: StyleItem[],
  places: readonly Place[],
): StyledProgram {
  const staticEdges = steps.map((list) => [...new Set(list.filter((step) => step >= 0))]);
  return { graph: { ...graph, staticEdges }, steps, items, places };
}

function pickTargets(draft: Draft, module: number, from: number, to: number, density: number): number[] {
  const { below, isCircular } = draft;
  return range(to)
    .slice(from)
    .filter((target) => target > module || (isCircular && target !== module))
    .filter(() => below(1000) < density * 1000);
}

function shuffleNowAndThen({ below, disorder }: Draft, list: number[]): number[] {
  return below(10) < disorder ? shuffle(list, below) : list;
}

export function shuffle<Item>(list: readonly Item[], below: (limit: number) => number): Item[] {
  const left = [...list];
  return list.map(() => left.splice(below(left.length), 1)[0] as Item);
}

/** Now and then a style has imports, a style of its own between them, and nothing else. */
function styleSteps(draft: Draft, module: number): number[] {
  const { below, scripts, size, items } = draft;
  const imports = pickTargets(draft, module, scripts, size, below(3) === 0 ? 0.4 : 0.1);
  const isEmpty = imports.length > 0 && below(5) === 0;
  const hasHead = draft.heads > 0 && below(4) === 0;
  if (hasHead) draft.heads--;
  const heads = hasHead ? [addItem(items, module, 0)] : [];
  const before = shuffle([...heads, ...imports], below);
  return isEmpty ? before : [...before, addItem(items, module, heads.length)];
}

const addItem = (items: StyleItem[], module: number, piece: number): number => -items.push({ module, piece });

/** A program in a line, as `parseGraph` has it. Capital letters are styles; those of `tops` may follow each other only. */
export function parseStyles(text: string, entries = 'a', tops = ''): StyledProgram & { names: string[] } {
  const { graph, names } = parseGraph(text, entries);
  const items: StyleItem[] = [];
  const steps = names.map((name, module) => {
    const targets = [...(graph.staticEdges[module] as readonly number[])];
    return name < 'a' ? [...targets, addItem(items, module, 0)] : targets;
  });
  const styles = names.filter((name) => name < 'a');
  const places = styles.map((name): Place => (tops.includes(name) ? 'top' : 'any'));
  return { ...programOf(graph, steps, items, places), names: styles };
}

/** The order in which evaluating a module alone comes to styles. */
export function documentOf({ steps }: StyledProgram, root: number): number[] {
  const evaluated = new Set<number>();
  const evaluate = (module: number): number[] => {
    if (evaluated.has(module)) return [];
    evaluated.add(module);
    return (steps[module] ?? []).flatMap((step) => (step < 0 ? [-1 - step] : evaluate(step)));
  };
  return evaluate(root);
}

/** Entry → the roots that visits from it can request, as found. */
export function pagesOf({ graph }: StyledProgram): Map<number, number[]> {
  const closureOf = (root: number): Set<number> => {
    const found = new Set([root]);
    for (const module of found) for (const target of graph.staticEdges[module] ?? []) found.add(target);
    return found;
  };
  const pages = graph.entries.map((entry): [number, number[]] => {
    const found = new Set([entry]);
    for (const root of found)
      for (const module of closureOf(root))
        for (const later of graph.dynamicEdges[module] ?? []) found.add(later);
    return [entry, [...found]];
  });
  return new Map(pages);
}

/** All that visits come to, in sets of styles. */
export interface Visits {
  /** What arrives with a request, several entries on a page included. */
  arrivals: number[];
  /** Root → what arrives with requests for it alone. */
  arrivalsOf: Map<number, number[]>;
  /** Entry → what visits from it can hold at some time. */
  held: Map<number, number[]>;
}

export function visitsOf({ graph, items }: StyledProgram): Visits {
  const known = new Map<number, number>();
  const stylesIn = (modules: number): number => {
    const styles = known.get(modules) ?? setOf(range(items.length).filter((style) => isIn(style, modules)));
    known.set(modules, styles);
    return styles;
  };
  const isIn = (style: number, modules: number): boolean =>
    ((modules >>> (items[style] as StyleItem).module) & 1) === 1;
  const requests = listRequests(graph);
  const arrivalsOf = new Map<number, number[]>();
  for (const { roots, arriving } of requests) {
    const [root] = roots as [number];
    if (roots.length === 1) arrivalsOf.set(root, [...(arrivalsOf.get(root) ?? []), stylesIn(arriving)]);
  }
  const held = graph.entries.map((entry): [number, number[]] => {
    const states = graph.entries.length === 1 ? requests : listRequests({ ...graph, entries: [entry] });
    return [entry, [...new Set(states.map((state) => stylesIn(state.held | state.arriving)))]];
  });
  const arrivals = [...new Set(requests.map(({ arriving }) => stylesIn(arriving)))];
  return { arrivals, arrivalsOf, held: new Map(held) };
}

export const setOf = (styles: readonly number[]): number =>
  styles.reduce((set, style) => set | (1 << style), 0);

/** What each state that a visit can be in has to look like: the orders of pages, restricted to what is loaded. */
export function cascadesOf({ held }: Visits, orders: Orders): number[][] {
  const cascades = new Map<string, number[]>();
  for (const [entry, sets] of held)
    for (const set of sets) {
      const cascade = (orders.get(entry) ?? []).filter((style) => (set >>> style) & 1);
      cascades.set(`${cascade}`, cascade);
    }
  return [...cascades.values()];
}

/** Whether a file arrives as a whole, as soon as and whenever it is needed, and can have its place in each state. */
export function isRight(
  file: readonly number[],
  program: StyledProgram,
  { arrivals }: Visits,
  cascades: readonly (readonly number[])[],
): boolean {
  const set = setOf(file);
  const isRun = (cascade: readonly number[]): boolean => {
    const start = cascade.indexOf(file[0] as number);
    if (start === -1) return file.every((style) => !cascade.includes(style));
    return file.every((style, index) => cascade[start + index] === style);
  };
  return (
    file.every((style, index) => index === 0 || mayFollow(program, style, file[index - 1] as number)) &&
    arrivals.every((arriving) => (arriving & set) === 0 || (set & ~arriving) === 0) &&
    cascades.every(isRun)
  );
}

/** All sequences of `styles` that are right files: what begins one is one. */
export function listRightFiles(
  styles: readonly number[],
  program: StyledProgram,
  visits: Visits,
  cascades: readonly (readonly number[])[],
): number[][] {
  const files = styles.map((style) => [style]);
  for (const file of files)
    for (const style of styles) {
      const longer = [...file, style];
      if (!file.includes(style) && isRight(longer, program, visits, cascades)) files.push(longer);
    }
  return files.filter((file) => isRight(file, program, visits, cascades));
}

/** The partitions of `styles`, a set, into the fewest of `files`. */
export function fewestFiles(
  styles: number,
  files: readonly number[][],
): { count: number; best: number[][][] } {
  if (styles === 0) return { count: 0, best: [[]] };
  const [first] = membersOf(styles) as [number];
  let found: { count: number; best: number[][][] } = { count: Number.POSITIVE_INFINITY, best: [] };
  for (const file of files) {
    if (!file.includes(first) || (setOf(file) & ~styles) !== 0) continue;
    const rest = fewestFiles(styles & ~setOf(file), files);
    const best = rest.best.map((others) => [file, ...others]);
    const count = rest.count + 1;
    if (count < found.count) found = { count, best };
    else if (count === found.count) found.best.push(...best);
  }
  return found;
}

export interface BrokenPair {
  list: number;
  first: number;
  second: number;
}

/** The pairs of lists that stand in `order` the other way round. */
export function listBroken(lists: readonly (readonly number[])[], order: readonly number[]): BrokenPair[] {
  const places = new Map(order.map((item, place) => [item, place]));
  const isBroken = (first: number, second: number): boolean =>
    (places.get(first) as number) > (places.get(second) as number);
  return lists.flatMap((all, list) =>
    all.flatMap((second, index) =>
      all.slice(0, index).flatMap((first) => (isBroken(first, second) ? [{ list, first, second }] : [])),
    ),
  );
}

/** What is wrong with an order of lists: all that lists say has to count, unless what comes first says otherwise. */
export function findOrderFaults(lists: readonly (readonly number[])[], order: readonly number[]): string[] {
  const all = new Set(lists.flat());
  if (order.length !== all.size || order.some((item) => !all.delete(item))) return [`${order} are not all`];
  const broken = listBroken(lists, order);
  return broken
    .filter(({ list, first, second }) => !leads(lists.slice(0, list + 1), broken, second, first))
    .map(({ list, first, second }) => `nothing up to list ${list} has ${second} before ${first}`);
}

/** Whether pairs of lists that are not broken lead from one item to another. */
function leads(
  lists: readonly (readonly number[])[],
  broken: readonly BrokenPair[],
  from: number,
  to: number,
): boolean {
  const lost = new Set(broken.map(({ list, first, second }) => `${list} ${first} ${second}`));
  const found = new Set([from]);
  for (const item of found)
    lists.forEach((all, list) => {
      const behind = all.includes(item) ? all.slice(all.indexOf(item) + 1) : [];
      for (const later of behind) if (!lost.has(`${list} ${item} ${later}`)) found.add(later);
    });
  return found.has(to);
}

/** What is reported of orders: each pair that is broken, where it first is. */
export function contradictionsIn(program: StyledProgram, orders: Orders): StyleContradiction[] {
  const found = new Map<string, StyleContradiction>();
  for (const [entry, roots] of pagesOf(program)) {
    const lists = roots.map((root) => documentOf(program, root));
    for (const { list, first, second } of listBroken(lists, orders.get(entry) ?? [])) {
      if (found.has(`${first} ${second}`)) continue;
      const has = (all: readonly number[]): boolean =>
        all.includes(second) && all.indexOf(second) < all.indexOf(first);
      const root = roots[list] as number;
      found.set(`${first} ${second}`, { entry, first, second, root, other: roots[lists.findIndex(has)] });
    }
  }
  return [...found.values()];
}

/** Root → the files that arrive with requests for it. */
function expectLoads({ arrivalsOf }: Visits, files: readonly (readonly number[])[]): string {
  const roots = [...arrivalsOf].sort(([a], [b]) => a - b);
  const lists = roots.map(([root, arrivals]) => {
    const isLoaded = (file: readonly number[]): boolean =>
      arrivals.some((arriving) => (arriving & setOf(file)) !== 0);
    return [root, range(files.length).filter((file) => isLoaded(files[file] as number[]))];
  });
  return JSON.stringify(lists);
}

/** What is wrong with files and orders; nothing when they are right, and no others are fewer for these orders. */
export function findFaults(
  program: StyledProgram,
  { files, orders }: Pick<StyleSplit, 'files' | 'orders'>,
  loads: ReadonlyMap<number, number[]>,
  visits = visitsOf(program),
): string[] {
  const faults: string[] = [];
  const needed = visits.arrivals.reduce((all, arriving) => all | arriving, 0);
  const listed = files.flat();
  if (setOf(listed) !== needed || new Set(listed).size !== listed.length) return ['not all styles once'];
  const flat = new Map<number, number[]>();
  for (const [entry, roots] of pagesOf(program)) {
    const order = (orders.get(entry) ?? []).flatMap((file) => files[file] ?? []);
    const lists = roots.map((root) => documentOf(program, root));
    faults.push(...findOrderFaults(lists, order).map((fault) => `page ${entry}: ${fault}`));
    flat.set(entry, order);
  }
  if (faults.length > 0) return faults;
  const cascades = cascadesOf(visits, flat);
  for (const file of files)
    if (!isRight(file, program, visits, cascades)) faults.push(`file ${file} is wrong`);
  const { count, best } = fewestFiles(needed, listRightFiles(membersOf(needed), program, visits, cascades));
  if (files.length !== count) faults.push(`${files.length} files where ${count} do`);
  if (best.length > 1) faults.push(`there are ${best.length} ways to have ${count} files`);
  if (JSON.stringify([...loads]) !== expectLoads(visits, files)) faults.push('loads differ');
  return faults;
}
