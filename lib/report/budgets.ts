/**
 * What budgets hold for. The *start* of a page is all that it fetches before its entry runs: the styles and scripts of the entry, with the loader where that is a file.
 * That of a worker is likewise. A *request* is what is asked for later, by `import()` and the like: it counts the bundles that no page has for sure by then, which are those
 * that its root is in the core of. A script that stands alone is one file. A budget by name goes before that of `*`, which holds for each of these.
 */
import type { Outcome } from '../build';
import { stableNames } from '../core/names';
import { type Excess, unknownBudget } from './failures';
import { showBytes } from './sizes';
import { chainTo, type Modules, reachedFrom } from './ways';
import { listWords, showChain, showName } from './words';

/** What a budget may be for. */
export interface Load {
  name: string;
  kind: 'start' | 'request' | 'alone';
  /** Id of its root; none of a script that stands alone. */
  root: string;
  /** Names of its bundles. */
  bundles: readonly string[];
}

/** All starts, then the other requests. */
export function loadsOf(
  { metadata, entryIds, workers, alone, loaderName, workerLoaderName }: Outcome,
  root: string,
): Load[] {
  const names = stableNames(Object.values(metadata.modules), root);
  const nameOf = (id: string): string => names.get(metadata.modules[id] as string) as string;
  const withLoader = (bundles: readonly string[], loader: string | undefined): string[] =>
    loader !== undefined && bundles.some((name) => name.endsWith('.js'))
      ? [loader, ...bundles]
      : [...bundles];
  const entries = Object.entries(metadata.entries).map(([name, bundles]): Load => {
    return {
      name,
      kind: 'start',
      root: entryIds.get(name) as string,
      bundles: withLoader(bundles, loaderName),
    };
  });
  const started = workers.map(({ id }): Load => {
    const bundles = withLoader(metadata.roots[id] ?? [], workerLoaderName);
    return { name: nameOf(id), kind: 'start', root: id, bundles };
  });
  const known = new Set([...entries, ...started].map((load) => load.root));
  const later = Object.entries(metadata.roots)
    .filter(([id]) => !known.has(id))
    .map(([id, bundles]): Load => ({ name: nameOf(id), kind: 'request', root: id, bundles }));
  const apart = alone.map(
    ({ name, entry }): Load => ({ name: entry, kind: 'alone', root: '', bundles: [name] }),
  );
  return [...entries, ...started, ...later, ...apart];
}

/** @throws INVALID_OPTION for a budget of what is not there */
export function assertKnown(loads: readonly Load[], budgets: ReadonlyMap<string, number>): void {
  const known = loads.map(({ name }) => name);
  const unknown = [...budgets.keys()].find((name) => name !== '*' && !known.includes(name));
  if (unknown !== undefined) throw unknownBudget(unknown, [...new Set(known)]);
}

/** The loads with a budget, and what that is. */
export function budgeted(
  loads: readonly Load[],
  budgets: ReadonlyMap<string, number>,
): { load: Load; budget: number }[] {
  return loads.flatMap((load) => {
    const budget = budgets.get(load.name) ?? budgets.get('*');
    return budget === undefined ? [] : [{ load, budget }];
  });
}

/** A bundle as it is served. */
export interface WeighedBundle {
  name: string;
  raw: number;
  brotli: number;
  /** Its modules, by number, with their bytes. */
  modules: readonly { number: number; bytes: number }[];
  /** What the bytes are that no module has. */
  rest: string;
}

/** What is known of modules by number. */
export interface Explained extends Modules {
  /** Whether all is there at once that comes later elsewhere, as in a script that stands alone. */
  isLate: boolean;
  nameOf(number: number): string;
  /** Name of the package that it belongs to, if that is an installed one. */
  packageOf(number: number): string | undefined;
}

const MOST_REASONS = 3;

/** What the bytes of a bundle are that no module has: the file of a loader has none. */
export function restOf(
  name: string,
  { alone, loaderName, workerLoaderName }: Pick<Outcome, 'alone' | 'loaderName' | 'workerLoaderName'>,
): string {
  if (name === loaderName) return `${name}, which loads bundles`;
  if (name === workerLoaderName) return `${name}, which starts workers`;
  const isAlone = alone.some((script) => script.name === name);
  return isAlone ? `what ${name} runs its modules by` : 'what stands around the modules of bundles';
}

/** A module of the project, or the modules of a package, or what is no module. */
interface Part {
  name: string;
  /** About what it is of the bundle after brotli. */
  bytes: number;
  numbers: Set<number>;
  /** The bundles that bring it where nothing asks for it yet. */
  early: Set<string>;
}

/** What brings a part, behind its name. */
function wayTo({ numbers, early }: Part, root: number, graph: Explained, mergedBy: string): string {
  if (early.size > 0) return `: too early, in ${listWords([...early].map(showName))}, merged by ${mergedBy}`;
  const chain = chainTo(graph, root, numbers, graph.isLate);
  return chain === undefined ? '' : `: ${showChain(chain, graph.nameOf)}`;
}

/**
 * What is largest in some bundles: packages, and modules of the project's own, with the chains that bring them, and what is no module.
 * @param mergedBy the options by which bundles hold what comes too early
 */
export function largestIn(
  bundles: readonly WeighedBundle[],
  root: number,
  graph: Explained,
  mergedBy: string,
): string[] {
  const needed = reachedFrom(graph, root, { isLate: graph.isLate });
  const parts = new Map<string, Part>();
  for (const { name: bundle, raw, brotli, modules, rest } of bundles) {
    const add = (name: string, bytes: number, isEarly = false): Part => {
      const key = `${isEarly} ${name}`;
      const part = parts.get(key) ?? { name, bytes: 0, numbers: new Set(), early: new Set() };
      part.bytes += (brotli * bytes) / Math.max(1, raw);
      if (isEarly) part.early.add(bundle);
      parts.set(key, part);
      return part;
    };
    for (const { number, bytes } of modules)
      add(graph.packageOf(number) ?? graph.nameOf(number), bytes, !needed.has(number)).numbers.add(number);
    add(rest, raw - modules.reduce((sum, { bytes }) => sum + bytes, 0));
  }
  const largest = [...parts.values()]
    .filter(({ bytes }) => Math.round(bytes) > 0)
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
  return largest
    .slice(0, MOST_REASONS)
    .map(
      (part) =>
        `${showName(part.name)}, about ${showBytes(Math.round(part.bytes))}${wayTo(part, root, graph, mergedBy)}`,
    );
}

const SUBJECTS = {
  start: (name: string) => `'${name}' starts with`,
  request: (name: string) => `a request for '${name}' brings`,
  alone: (name: string) => `'${name}', which stands alone, has`,
} as const;

export const subjectOf = ({ name, kind }: Load): Excess['subject'] => SUBJECTS[kind](name);
