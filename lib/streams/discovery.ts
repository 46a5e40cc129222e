/**
 * Finds every module the entries need. `deps` and `mods` are the two ends of a loop that users may splice
 * transforms into; the way back, from a module's references to the files wanted next, is here and only here.
 */
import type { Readable, Writable } from 'readable-stream';
import { type Analysis, analyse, type ModuleText } from '../analyse';
import { dependsOnUnread, modsEnded, modulesLost } from '../errors';
import type { Resolve } from '../fs/resolve';
import { virtualSource } from '../fs/virtual';
import { type Missing, settleMissing } from '../missing';
import type { Module } from '../model';
import type { ResolvedOptions } from '../options';
import { createDeps, type Wanted } from './deps';
import { createMods } from './mods';
import { guardAgainstStall, type StallGuard } from './stalled';

/** Told about each module as it is found and as it is ready. */
export type OnProgress = (progress: { path: string; ready: number; found: number }) => void;

export interface Discovery {
  deps: Readable;
  mods: Writable;
  /**
   * Reads the entries and all they need. Called once.
   * @returns path → module, in order of arrival; rejects with the first failure
   */
  run(entries: readonly Wanted[]): Promise<ReadonlyMap<string, Module>>;
  /** Lets go of everything; a `run` under way never settles. */
  destroy(): void;
}

export interface DiscoveryHandlers {
  onProgress: OnProgress;
  onWarning(message: string, path: string): void;
  /** A failure while no `run` is under way. */
  onError(error: Error): void;
}

/** Makes the loop, connected directly until somebody splices into it. */
export function createDiscovery(
  options: ResolvedOptions,
  resolve: Resolve,
  handlers: DiscoveryHandlers,
): Discovery {
  const modules = new Map<string, Module>();
  const waiting = new Set<string>();
  const missing: Missing[] = [];
  /** Path each module had when it came through, to tell a clone from the same File again. */
  const fileNames = new Map<string, string>();
  let depsEnded = false;
  let guard: StallGuard | undefined;
  let settle: { resolve(modules: ReadonlyMap<string, Module>): void; reject(error: Error): void } | undefined;

  function fail(error: Error): void {
    stop();
    if (settle) settle.reject(error);
    else handlers.onError(error);
  }

  function stop(): void {
    guard?.stop();
    deps.stream.destroy();
    mods.destroy();
  }

  function want(wanted: Wanted): void {
    if (modules.has(wanted.path) || waiting.has(wanted.path)) return;
    const virtual = virtualSource(wanted.path, options.external);
    if (virtual !== undefined) {
      add({ path: wanted.path, fileName: wanted.path, text: virtual });
      return;
    }
    if (depsEnded) throw dependsOnUnread([wanted.path], wanted.importer as string);
    waiting.add(wanted.path);
    deps.want(wanted);
  }

  function add(text: ModuleText): void {
    waiting.delete(text.path);
    const analysis: Analysis = analyse(text, options, resolve);
    modules.set(text.path, analysis.module);
    fileNames.set(text.path, text.fileName);
    missing.push(...analysis.missing);
    for (const path of analysis.module.targets) if (path !== undefined) want({ path, importer: text.path });
    for (const path of Object.values(analysis.module.shims)) want({ path, importer: text.path });
    handlers.onProgress({ path: text.path, ready: modules.size, found: modules.size + waiting.size });
  }

  /** A File seen before is either the same module twice, or a clone that a transform gave a path of its own. */
  function onModule(text: ModuleText): void {
    guard?.progress();
    if (!modules.has(text.path)) add(text);
    else if (fileNames.get(text.path) === text.fileName)
      handlers.onWarning('came through mods() twice', text.path);
    else if (!modules.has(text.fileName)) add({ ...text, path: text.fileName });
    endWhenDone();
  }

  function endWhenDone(): void {
    if (waiting.size > 0 || depsEnded || !settle) return;
    depsEnded = true;
    deps.end();
  }

  function onEnd(): void {
    if (waiting.size > 0) throw modsEnded([...waiting]);
    settleMissing(missing, modules, options);
    guard?.stop();
    settle?.resolve(modules);
  }

  function onStalled(): void {
    if (deps.isReading()) guard?.progress();
    else fail(modulesLost([...waiting]));
  }

  const deps = createDeps(options.root, { onError: fail, onRead: () => guard?.progress() });
  const mods = createMods({ onModule, onEnd });
  mods.on('error', fail);
  mods.on('pipe', (source: NodeJS.ReadableStream) => source.on('error', fail));
  deps.stream.pipe(mods);

  return {
    deps: deps.stream,
    mods,
    run: (entries) =>
      new Promise((onResolve, reject) => {
        settle = { resolve: onResolve, reject };
        guard = guardAgainstStall(options.timeout, onStalled);
        for (const entry of entries) want(entry);
        endWhenDone();
      }),
    destroy: stop,
  };
}
