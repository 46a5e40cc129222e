/** One build from written entries to bundles: discovery, what an engine would refuse, bundling. */
import { loader } from '#client';
import { explainRefusal, type Surroundings } from './analyse';
import { type Build, type BuildOptions, build, type EntryPath, type Plan, planBuild, rebuild } from './build';
import { findDuplicates } from './check/duplicates';
import { checkLinks } from './check/link';
import { findReachable, type Modules } from './core/reachable';
import { isSameShape, isSameText } from './core/shape';
import { refusalOf } from './fs/validity';
import { isVirtual, runtimeModule } from './fs/virtual';
import { sha256 } from './hash';
import type { Module } from './model';
import type { ResolvedOptions } from './options';
import type { BuildWarning } from './warnings';

/** Parts of a build that take time; `parse` is part of `discover`. */
export type Phase = 'discover' | 'parse' | 'split' | 'render';

/** What `log` tells: a module that is ready, or how long a phase took. */
export type LogEvent =
  | { type: 'module'; path: string; ready: number; found: number }
  | { type: 'timing'; phase: Phase; milliseconds: number };

/** All modules that the entries lead to, perhaps among others. */
export interface Found extends Modules {
  /** Those that are not taken as they were from an earlier build. */
  fresh: ReadonlyMap<string, Module>;
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
  previous: Build | undefined;
  log(event: LogEvent): void;
  warn(warning: BuildWarning): void;
}

/** Runs the build. Rejects with the first failure. */
export async function run(entries: readonly EntryPath[], context: Context): Promise<Build> {
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
    if (changed) return () => rebuild(previous, changed, settings);
    const plan = planAll(found, entries, settings, context);
    return () => build(plan, settings, previous);
  });
  return timed('render', render);
}

const buildSettings = (options: ResolvedOptions): BuildOptions => ({
  ...options,
  hash: sha256,
  loaderText: loader,
  runtime: runtimeModule,
  isFile: (path) => !isVirtual(path),
  refusalOf,
  onRefused: (module, code) => explainRefusal(module, code, options),
});

/** What has another text than before, if nothing has another shape: the entries then lead to the same modules. */
function changedModules(previous: Build, { fresh }: Found): Module[] | undefined {
  const changed: Module[] = [];
  for (const [path, module] of fresh) {
    const before = previous.modules[previous.numbers.get(path) ?? -1];
    if (before === undefined) continue;
    if (!isSameShape(before, module)) return undefined;
    if (!isSameText(before, module)) changed.push(module);
  }
  return changed;
}

function planAll(
  found: Found,
  entries: readonly EntryPath[],
  settings: BuildOptions,
  { around, warn }: Context,
): Plan {
  const reached = findReachable(
    found,
    entries.map(({ path }) => path),
  );
  checkLinks(reached);
  findDuplicates(reached, around.packageOf, around.resolve).forEach(warn);
  return planBuild(reached, entries, settings);
}
