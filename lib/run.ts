/** One build from written entries to bundles: discovery, what an engine would refuse, bundling. */
import { type Lookup, refusalError } from './analyse';
import { type Build, type BuildOptions, build } from './build';
import { findDuplicates } from './check/duplicates';
import { checkLinks, type Linked } from './check/link';
import type { DemandPropagation } from './core/propagation';
import { prune, pruneLike } from './core/prune';
import { pruneAgain } from './core/prune-again';
import type { Modules } from './core/reachable';
import { withRuntime } from './core/runtime';
import { isSameShape, isSameText } from './core/shape';
import type { Sources } from './core/unchanged';
import { refusalOf } from './fs/validity';
import { isVirtual, runtimeModule } from './fs/virtual';
import { runtimeSource } from './fs/virtual-sources';
import { sha256 } from './hash';
import { loaderTextsFor } from './loaders';
import type { Module } from './model';
import type { ResolvedOptions } from './options/resolved';
import { type EntryPath, makePlan, type Plan } from './plan';
import type { BuildWarning } from './warnings';

/** Parts of a build that take time; `parse` is part of `discover`. */
export type Phase = 'discover' | 'parse' | 'split' | 'render' | 'minify';

/** What `log` tells: a module that is ready, or how long a phase took. */
export type LogEvent =
  | { type: 'module'; path: string; ready: number; found: number }
  | { type: 'timing'; phase: Phase; milliseconds: number };

/** All modules that the entries lead to, perhaps among others. */
export interface Found extends Modules {
  /** Those that are not taken as they were from an earlier build. */
  fresh: ReadonlyMap<string, Module>;
  /** What the entries ask of them, unless more was asked for while they were found. */
  propagation: DemandPropagation | undefined;
  /** How long it took to parse new ones, and to resolve their references. */
  parseMilliseconds: number;
}

/** What a build needs besides its entries. */
interface Context {
  options: ResolvedOptions;
  lookup: Lookup;
  /** Finds the modules. */
  discover(): Promise<Found>;
  /** An earlier build of the same entries with the same options. */
  previous: Finished | undefined;
  log(event: LogEvent): void;
}

/** What a build is planned to be: its modules without what nobody needs, named and split; and where they came from. */
interface Planned extends Linked {
  plan: Plan;
  sources: Sources;
  /** What there is to say of packages. */
  warnings: readonly BuildWarning[];
}

/** A build, and what a later one has to know of where it came from. */
export interface Finished extends Build, Omit<Planned, 'plan'> {}

/** Runs the build. Rejects with the first failure. */
export async function run(entries: readonly EntryPath[], context: Context): Promise<Finished> {
  const { options, previous, log } = context;
  const tell = (phase: Phase, milliseconds: number): void => log({ type: 'timing', phase, milliseconds });
  const timed = <T>(phase: Phase, work: () => T): T => {
    const start = performance.now();
    const result = work();
    tell(phase, performance.now() - start);
    return result;
  };
  const start = performance.now();
  const found = await context.discover();
  tell('discover', performance.now() - start);
  tell('parse', found.parseMilliseconds);
  const settings = buildSettings(options);
  const { plan, ...planned } = timed(
    'split',
    () => keepPlan(previous, found) ?? planAnew(found, entries, settings, context),
  );
  return timed('render', () => ({ ...build(plan, settings, previous), ...planned }));
}

const buildSettings = (options: ResolvedOptions): BuildOptions => ({
  ...options,
  hash: sha256,
  loaderTexts: loaderTextsFor(options),
  runtime: runtimeModule,
  isFile: (path) => !isVirtual(path),
  refusalOf,
  onRefused: (module, question) => {
    throw refusalError(module, question);
  },
});

/**
 * The earlier plan with other texts in it, where no module has another shape: the entries lead to the same modules then, and the same
 * of each is needed.
 */
function keepPlan(previous: Finished | undefined, { fresh }: Found): Planned | undefined {
  if (previous === undefined) return undefined;
  const { sources, awaiting, warnings } = previous;
  const modules = sources.modules.slice();
  const needed = previous.modules.slice();
  for (const [path, module] of fresh) {
    const place = sources.numbers.get(path);
    if (place === undefined) continue;
    const before = modules[place] as Module;
    if (!isSameShape(before, module)) return undefined;
    if (isSameText(before, module)) continue;
    modules[place] = module;
    const number = previous.numbers.get(path);
    // The runtime follows from the shapes of all others.
    if (number !== undefined && path !== runtimeModule)
      needed[number] = pruneLike(needed[number] as Module, module, sources.mains);
  }
  return { plan: { ...previous, modules: needed }, sources: { ...sources, modules }, awaiting, warnings };
}

/** A plan for modules that may lead anywhere. */
function planAnew(
  found: Found,
  entries: readonly EntryPath[],
  settings: BuildOptions,
  { lookup, previous }: Context,
): Planned {
  const paths = entries.map(({ path }) => path);
  const isOnePackage = (importer: string, target: string): boolean =>
    lookup.packageOf(importer)?.directory === lookup.packageOf(target)?.directory;
  const { needed: whole, sources } =
    (previous && pruneAgain(found, found.fresh, previous)) ??
    prune(found, paths, isOnePackage, found.propagation);
  const runtime = previous?.modules[previous.numbers.get(runtimeModule) ?? -1];
  const needed = withRuntime(whole, runtimeModule, runtimeSource, runtime);
  const { awaiting } = checkLinks(needed, found, previous);
  const warnings = findDuplicates(needed, lookup.packageOf, lookup.resolve);
  return { plan: makePlan(needed, entries, settings, previous), sources, awaiting, warnings };
}
