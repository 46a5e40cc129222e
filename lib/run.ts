/** One build from written entries to bundles: discovery, what an engine would refuse, bundling. */
import { refusalError, type Surroundings } from './analyse';
import { type Build, type BuildOptions, build, type EntryPath, planBuild, rebuild } from './build';
import { findDuplicates } from './check/duplicates';
import { checkLinks, type Linked } from './check/link';
import { prune, pruneLike } from './core/prune';
import { pruneAgain } from './core/prune-again';
import type { Modules } from './core/reachable';
import { isSameShape, isSameText } from './core/shape';
import type { Spread } from './core/spread';
import type { Sources } from './core/unchanged';
import { refusalOf } from './fs/validity';
import { isVirtual, runtimeModule } from './fs/virtual';
import { sha256 } from './hash';
import { loaderTextsFor } from './loaders';
import type { Module } from './model';
import type { ResolvedOptions } from './options/resolved';
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
  spread: Spread | undefined;
  /** How long it took to parse new ones, and to resolve their references. */
  parseMilliseconds: number;
}

/** What a build needs besides its entries. */
interface Context {
  options: ResolvedOptions;
  around: Surroundings;
  /** Finds the modules. */
  discover(): Promise<Found>;
  /** An earlier build of the same entries with the same options. */
  previous: Finished | undefined;
  log(event: LogEvent): void;
}

/** A build, and what a later one has to know of where it came from. */
export interface Finished extends Build, Linked {
  sources: Sources;
  /** What there is to say of packages. */
  warnings: readonly BuildWarning[];
}

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
  const render = timed('split', () => {
    const changed = previous && changedModules(previous, found);
    return changed
      ? () => renderAgain(previous, changed, settings)
      : renderNew(found, entries, settings, context);
  });
  return timed('render', render);
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

/** What has another text than before, if nothing has another shape: the entries then lead to the same modules. */
function changedModules({ sources }: Finished, { fresh }: Found): Module[] | undefined {
  const changed: Module[] = [];
  for (const [path, module] of fresh) {
    const before = sources.modules[sources.numbers.get(path) ?? -1];
    if (before === undefined) continue;
    if (!isSameShape(before, module)) return undefined;
    if (!isSameText(before, module)) changed.push(module);
  }
  return changed;
}

/** Of these modules, others have not changed, and what is needed of them has not either. */
function renderAgain(previous: Finished, changed: readonly Module[], settings: BuildOptions): Finished {
  const modules = previous.sources.modules.slice();
  for (const module of changed) modules[previous.sources.numbers.get(module.path) as number] = module;
  const pruned = changed.flatMap((module) => {
    const before = previous.modules[previous.numbers.get(module.path) ?? -1];
    return before ? [pruneLike(before, module, previous.sources.mains)] : [];
  });
  return {
    ...rebuild(previous, pruned, settings),
    sources: { ...previous.sources, modules },
    awaiting: previous.awaiting,
    warnings: previous.warnings,
  };
}

/** Plans a build; what is given does it. */
function renderNew(
  found: Found,
  entries: readonly EntryPath[],
  settings: BuildOptions,
  { around, previous }: Context,
): () => Finished {
  const paths = entries.map(({ path }) => path);
  const again = previous && pruneAgain(found, found.fresh, previous);
  const isOnePackage = (importer: string, target: string): boolean =>
    around.packageOf(importer)?.directory === around.packageOf(target)?.directory;
  const { needed, sources } = again ?? prune(found, paths, isOnePackage, found.spread);
  const { awaiting } = checkLinks(needed, found, previous);
  const warnings = findDuplicates(needed, around.packageOf, around.resolve);
  const plan = planBuild(needed, entries, settings, previous);
  return () => ({ ...build(plan, settings, previous), sources, awaiting, warnings });
}
