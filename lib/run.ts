/** One build from written entries to bundles: discovery, what an engine would refuse, bundling. */
import { refusalError } from './analyse';
import { assertLeftOut, type Build, type BuildOptions, build } from './build';
import { findDuplicates } from './check/duplicates';
import { findEmptyGroups } from './check/groups';
import { checkLinks, type Linked } from './check/link';
import { assertNoWorkers, assertRunAlone, findLost } from './check/standalone';
import { findContradictions } from './check/style-order';
import { changedIn } from './core/again';
import { type NumberedModules, toGraph } from './core/graph';
import { withMains } from './core/halves';
import { isStyle } from './core/kinds';
import type { DemandPropagation } from './core/propagation';
import { prune, pruneLike } from './core/prune';
import { pruneAgain } from './core/prune-again';
import { findReachable, type Modules } from './core/reachable';
import { runtimesOf } from './core/runtime';
import { knowLike, type Left, type Shaken, shake } from './core/shake';
import { isSameShape, isSameText } from './core/shape';
import { sizeOf } from './core/sizes';
import type { Sources } from './core/unchanged';
import { embeddedSource, type Lookup, rereadFacts } from './draft';
import { assetEntry, becomesStyle } from './formats';
import { refusalOf } from './fs/validity';
import { isVirtual, runtimeModule } from './fs/virtual';
import { runtimeSource } from './fs/virtual-sources';
import { sha256 } from './hash';
import { loaderTextsFor, standaloneTexts, workerLoaderFor } from './loaders';
import type { Module } from './model';
import { shownFile } from './module-path';
import type { ResolvedOptions } from './options/resolved';
import { ignoresThis } from './own-this';
import { type EntryPath, makePlan, type Plan } from './plan';
import { replaceStandalone, type StandalonePlan } from './plan-standalone';
import { pathFrom } from './relative-path';
import { styleAlone } from './standalone-failures';
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
  /** Whether all that the earlier build was made of has been come to again. */
  isWhole: boolean;
  /** What the entries ask of them, unless more was asked for while they were found. */
  propagation: DemandPropagation | undefined;
  /** How long it took to parse new ones, and to resolve their references. */
  parseMilliseconds: number;
}

/** What a build needs besides its entries. */
interface Context {
  options: ResolvedOptions;
  /** See `PlanOptions`. */
  keepNames: boolean;
  lookup: Lookup;
  /** Finds the modules. */
  discover(): Promise<Found>;
  /** An earlier build of the same entries with the same options. */
  previous: Finished | undefined;
  log(event: LogEvent): void;
}

/** What a build is planned to be: its modules without what nobody needs, named and split; and where they came from. */
interface Planned {
  plan: Plan;
  sources: Sources;
  /** The same with all statements: imports that nobody needs have to be right, too. */
  linked: Linked;
  /** What is left of these; absent where nothing is left out. */
  shaken?: Shaken;
  /** All that is left, where scripts stand alone: pages may not have all of it. */
  left?: NumberedModules;
  /** What there is to say of packages. */
  warnings: readonly BuildWarning[];
}

/** A build, and what a later one has to know of where it came from. */
export interface Finished extends Build, Omit<Planned, 'plan'> {}

/** Runs the build. Rejects with the first failure. */
export async function run(entries: readonly EntryPath[], context: Context): Promise<Finished> {
  const { previous, log } = context;
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
  assertScripts(entries, found);
  const settings = buildSettings(context);
  const { plan, ...planned } = timed(
    'split',
    () => keepPlan(previous, found, settings) ?? planAnew(found, entries, settings, context),
  );
  return timed('render', () => {
    assertLeftOut(leftOutOf({ plan, ...planned }, previous), settings);
    return { ...build(plan, settings, previous), ...planned };
  });
}

/** Modules of which nothing is left; those that an earlier build has left out are not given again. */
function leftOutOf({ plan, linked, left }: Planned, previous: Finished | undefined): Module[] {
  const { numbers } = left ?? plan;
  const isLeftOut = ({ path, isAccepted }: Module): boolean => !isAccepted && !numbers.has(path);
  const { modules } = linked;
  const areSame =
    previous?.linked.numbers === linked.numbers && (previous.left ?? previous).numbers === numbers;
  const changed = areSame ? changedIn(previous.linked.modules, modules) : undefined;
  return (changed?.map((number) => modules[number] as Module) ?? modules).filter(isLeftOut);
}

/** What a page runs. */
function assertScripts(entries: readonly EntryPath[], found: Modules): void {
  for (const { path, alone } of entries) {
    const module = found.get(path);
    if (module?.asset !== undefined) throw assetEntry(shownFile(path));
    if (alone && module && isStyle(module)) throw styleAlone(shownFile(path));
  }
}

const buildSettings = ({ options, keepNames }: Context): BuildOptions => ({
  ...options,
  keepNames,
  hash: sha256,
  loaderTexts: (hasStyles) => loaderTextsFor(options, hasStyles),
  workerLoader: () => workerLoaderFor(options),
  runtime: runtimeModule,
  isFile: (path) => !isVirtual(path),
  becomesStyle,
  embed: embeddedSource,
  standaloneTexts,
  refusalOf,
  onRefused: (module, question) => {
    throw refusalError(module, question);
  },
});

/**
 * The earlier plan with other texts in it, where no module has another shape: the entries lead to the same modules then, and the same
 * of each is needed. Where bundles are merged, it has the size it had, too.
 */
function keepPlan(
  previous: Finished | undefined,
  { fresh, isWhole }: Found,
  settings: BuildOptions,
): Planned | undefined {
  if (previous === undefined || !isWhole) return undefined;
  const { sources, linked, shaken, warnings } = previous;
  const left = previous.left ?? previous;
  const modules = sources.modules.slice();
  const whole = linked.modules.slice();
  const needed = left.modules.slice();
  const now = new Map<string, Module>();
  const learned = new Map(shaken?.learned);
  for (const [path, module] of fresh) {
    const place = sources.numbers.get(path);
    // Its package may have promised that nobody needs it, and does no more.
    if (place === undefined && sources.demands.has(path)) return undefined;
    if (place === undefined) continue;
    const before = modules[place] as Module;
    if (!isSameShape(before, module)) return undefined;
    if (isSameText(before, module)) continue;
    modules[place] = module;
    const turned = replaceAt(whole, linked.numbers.get(path), withMains(module, sources.mains));
    // The runtime follows from the shapes of all others.
    if (turned === undefined || path === runtimeModule) continue;
    const knowing = learned.get(path);
    const learnt = knowing ? knowLike(knowing, turned) : turned;
    if (knowing && !isSameShape(knowing, learnt)) return undefined;
    if (knowing) learned.set(path, learnt);
    const callees = shaken?.callees?.get(path) ?? [];
    if ([...callees].some(([local, before]) => ignoresThis(learnt, local) !== before)) return undefined;
    const kept = replaceAt(needed, left.numbers.get(path), learnt);
    if (kept === undefined) continue;
    now.set(path, kept);
    const size = previous.sizes[previous.numbers.get(path) ?? -1];
    if (size !== undefined && size !== sizeOf(kept)) return undefined;
  }
  const ofPages = left === previous ? needed : previous.modules.map((each) => now.get(each.path) ?? each);
  const alone = replaceStandalone(previous.alone, now, settings);
  // What there is to say of them hangs on sizes.
  if (alone.some((each, index) => isWarnedOf(each) !== isWarnedOf(previous.alone[index]))) return undefined;
  return {
    plan: { ...previous, modules: ofPages, alone },
    sources: { ...sources, modules },
    linked: { ...linked, modules: whole },
    ...(shaken && { shaken: { ...shaken, learned } }),
    ...(left !== previous && { left: { ...left, modules: needed } }),
    warnings,
  };
}

const isWarnedOf = (plan: StandalonePlan | undefined): string =>
  plan === undefined ? '' : JSON.stringify(findLost(plan, String));

/** Puts a module where another one of its shape is, without what that is without. @returns what is there now */
function replaceAt(modules: Module[], number: number | undefined, module: Module): Module | undefined {
  if (number === undefined) return undefined;
  modules[number] = pruneLike(modules[number] as Module, module);
  return modules[number];
}

/** A plan for modules that may lead anywhere. */
function planAnew(
  found: Found,
  entries: readonly EntryPath[],
  settings: BuildOptions,
  { options, lookup, previous }: Context,
): Planned {
  const paths = entries.map(({ path }) => path);
  const isOnePackage = (importer: string, target: string): boolean =>
    lookup.packageOf(importer)?.directory === lookup.packageOf(target)?.directory;
  const { needed, sources } =
    (previous && pruneAgain(found, found.fresh, { ...previous.linked, sources: previous.sources })) ??
    prune(found, paths, isOnePackage, found.propagation);
  const awaiting = checkLinks(needed, found, previous?.linked);
  assertRunAlone(entries, needed, awaiting);
  const linked = { ...toGraph(needed, entries, String, sameModules(previous?.linked, needed)), awaiting };
  const left: Left = options.shake
    ? shake(
        needed,
        linked,
        paths,
        !settings.keepNames,
        (module, known) => rereadFacts(module, known, options),
        ignoresThis,
        previous?.shaken && {
          linked: previous.linked,
          left: { ...(previous.left ?? previous), ...previous.shaken },
        },
      )
    : { needed };
  const pages = entries.filter(({ alone }) => alone === undefined);
  const isShared = pages.length < entries.length;
  const ofPages = isShared
    ? findReachable(
        left.needed,
        pages.map(({ path }) => path),
      )
    : left.needed;
  const runtimes = runtimesOf(ofPages, runtimeModule, runtimeSource, previous?.runtimes);
  // The smaller one: which it is follows from texts, and what is planned is the same for all texts.
  const all = runtimes ? new Map(ofPages).set(runtimeModule, runtimes.acyclic) : ofPages;
  const plan = { ...makePlan(all, left.needed, entries, settings, previous), ...(runtimes && { runtimes }) };
  assertNoWorkers(plan.alone);
  const shownIn = (path: string): string => pathFrom(options.root, shownFile(path));
  const programs = [
    all,
    ...plan.alone.map(({ modules }) => new Map(modules.map((each) => [each.path, each]))),
  ];
  const warnings = [
    ...programs.flatMap((modules) => findDuplicates(modules, lookup.packageOf, lookup.resolve)),
    ...findContradictions(plan, plan.styled, shownIn),
    ...plan.alone.flatMap((each) => findLost(each, shownIn)),
    ...findEmptyGroups(plan, settings),
  ];
  return {
    plan,
    sources,
    linked,
    ...(left.shaken && { shaken: left.shaken }),
    ...(isShared && { left: toGraph(left.needed, entries, String) }),
    warnings: uniqueOf(warnings),
  };
}

/** Several scripts of a pack may have the same fault. */
const uniqueOf = (warnings: readonly BuildWarning[]): BuildWarning[] => [
  ...new Map(warnings.map((each) => [JSON.stringify(each), each])).values(),
];

/** Numbers follow from paths. */
const sameModules = (before: Linked | undefined, modules: ReadonlyMap<string, Module>): Linked | undefined =>
  before?.paths.length === modules.size && before.paths.every((path) => modules.has(path))
    ? before
    : undefined;
