/** One build from written entries to bundles: discovery, what an engine would refuse, bundling. */
import { loader } from '#client';
import { explainRefusal, type Surroundings } from './analyse';
import { type Build, build, type EntryPath, isSameGraph } from './build';
import { findDuplicates } from './check/duplicates';
import { checkLinks } from './check/link';
import { findReachable } from './core/reachable';
import { refusalOf } from './fs/validity';
import { runtimeModule } from './fs/virtual';
import { sha256 } from './hash';
import type { Module } from './model';
import type { ResolvedOptions } from './options';
import type { BuildWarning } from './warnings';

/** What `log` tells: a module that is ready, or how long a phase took. */
export type LogEvent =
  | { type: 'module'; path: string; ready: number; found: number }
  | { type: 'timing'; phase: 'discover' | 'bundle'; milliseconds: number };

/** What a build needs besides its entries. */
interface Context {
  options: ResolvedOptions;
  around: Surroundings;
  /** Finds the modules. */
  discover(previous: ReadonlyMap<string, Module> | undefined): Promise<ReadonlyMap<string, Module>>;
  /** An earlier build of the same entries with the same options. */
  previous: Build | undefined;
  log(event: LogEvent): void;
  warn(warning: BuildWarning): void;
}

/** Runs the build. Rejects with the first failure. */
export async function run(entries: readonly EntryPath[], context: Context): Promise<Build> {
  const timed = async <T>(phase: 'discover' | 'bundle', work: () => T | Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    context.log({ type: 'timing', phase, milliseconds: performance.now() - start });
    return result;
  };
  const modules = await timed('discover', () => context.discover(context.previous?.reached));
  return timed('bundle', () => bundle(modules, entries, context));
}

function bundle(
  modules: ReadonlyMap<string, Module>,
  entries: readonly EntryPath[],
  { options, around, previous, warn }: Context,
): Build {
  const paths = entries.map(({ path }) => path);
  const reached = findReachable(modules, paths);
  const isSame = previous !== undefined && isSameGraph(previous.reached, reached);
  if (!isSame) {
    checkLinks(reached);
    findDuplicates(reached, around.packageOf, around.resolve).forEach(warn);
  }
  const settings = {
    ...options,
    hash: sha256,
    loaderText: loader,
    runtime: runtimeModule,
    refusalOf,
    onRefused: (module: Module, code: string) => explainRefusal(module, code, options),
  };
  return build(reached, entries, settings, previous, isSame);
}
