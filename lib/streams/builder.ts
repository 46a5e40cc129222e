/** Makes the build of one pack: from what an earlier process has left, else from what its cache knows of modules. */
import { join } from 'node:path';
import type { Outcome } from '../build';
import type { Cache } from '../cache/cache';
import type { Destinations } from '../cache/destinations';
import type { Mark } from '../cache/memory';
import { createCanonicalPath, isFile } from '../fs/files';
import { createPackages, manifestsFor, type PackageOf } from '../fs/packages';
import { createMatcher } from '../fs/patterns/match';
import { createResolver, type ResolutionObserver } from '../fs/resolve';
import { isVirtual } from '../fs/virtual';
import type { MinifyMemory } from '../minify/minify';
import { fileOf } from '../module-path';
import { signatureOf } from '../options/pack';
import type { ResolvedOptions } from '../options/resolved';
import { pathFrom } from '../relative-path';
import { type Finished, type LogEvent, run } from '../run';
import { type BuildWarning, droppedEntries, type ModuleWarning } from '../warnings';
import { Discovery } from './discovery';
import { collectEntries, type EntryInput, type WrittenEntry } from './entries';
import { withStandalone } from './standalone';

/** What the pack is told while its build is made. */
export interface BuilderEvents {
  log(event: LogEvent): void;
  onModuleWarning(given: ModuleWarning): void;
  /** @param part what of the build was looked at, with the entries it has */
  onBuildWarnings(part: string, found: readonly BuildWarning[]): void;
  /** A failure before the build is made. */
  onError(error: Error): void;
}

/** Stands for a part of a build of these entries. */
const partOf = (name: string, entries: readonly WrittenEntry[]): string =>
  JSON.stringify([name, ...entries.map(({ path }) => path).sort()]);

export class Builder {
  /** Whether bundles are changed with their modules in view. An earlier process has left none. */
  needsModules = false;
  private isSpliced = false;
  private keepNames: boolean | undefined;
  private readonly signature: string;
  private readonly lookup;
  private readonly discovery: Discovery;
  private observer: ResolutionObserver | undefined;
  private entries: readonly WrittenEntry[] = [];
  private made: Finished | undefined;
  /** When that began. */
  private mark: Mark | undefined;
  /** Paths of the modules that were read, once the build is there. */
  private paths: readonly string[] | undefined;
  private end: () => void = () => undefined;

  constructor(
    private readonly options: ResolvedOptions,
    private readonly cache: Cache | undefined,
    private readonly events: BuilderEvents,
  ) {
    this.signature = signatureOf(options);
    this.lookup = {
      rootPath: join(options.root, 'index.js'),
      resolve: createResolver(options, () => this.observe()),
      packageOf: createPackages(),
      match: createMatcher(options, () => this.observe()),
    };
    this.discovery = this.newDiscovery();
  }

  /** Which builds share what is known: what stands before and behind the pack is known by the time that anything is read. */
  private get kind() {
    const { signature, isSpliced, keepNames = true } = this;
    return { signature, isSpliced, keepNames };
  }

  private observe(): ResolutionObserver | undefined {
    this.observer ??= this.cache?.memoryFor(this.kind).observer(this.options);
    return this.observer;
  }

  private newDiscovery(): Discovery {
    const { options, lookup, events } = this;
    return new Discovery(options, lookup, {
      onProgress: (progress) => events.log({ type: 'module', ...progress }),
      onWarning: events.onModuleWarning,
      onError: events.onError,
    });
  }

  /** The module Files, from now on not connected to where they are taken back. */
  splice() {
    this.isSpliced = true;
    return this.discovery.splice();
  }

  /** Says whether something behind the pack keeps the names of functions. All that stands there has to say so before the build is made. */
  leaveNames(areKept: boolean): void {
    this.keepNames ||= areKept;
  }

  get mods() {
    return this.discovery.mods;
  }

  /** The package of a module. */
  get packageOf(): PackageOf {
    return this.lookup.packageOf;
  }

  /** Where the outputs of such builds have gone. */
  get destinations(): Destinations | undefined {
    return this.cache?.destinationsFor(this.kind);
  }

  /** What is known of minified modules; see `Cache.minifiedFor`. */
  async minified(
    minifier: string,
    isKept: boolean,
  ): Promise<(MinifyMemory & { close(ids: ReadonlySet<string>): unknown }) | undefined> {
    return this.cache?.minifiedFor(this.kind, minifier, isKept);
  }

  /** Makes the build of the entries, all of them. Rejects with the first failure. */
  async build(source: AsyncIterable<EntryInput>): Promise<Outcome> {
    const canonicalPath = createCanonicalPath(this.options.resolve.symlinks);
    const written = await collectEntries(source, canonicalPath);
    this.entries = withStandalone(written, this.options, canonicalPath);
    const kept = this.needsModules ? undefined : await this.cache?.storedBuild(this.kind, this.entries);
    if (kept === undefined) {
      this.made = await this.make(this.discovery);
      this.paths = this.made.sources.paths;
      return this.made;
    }
    this.paths = kept.paths;
    kept.moduleWarnings.forEach(this.events.onModuleWarning);
    this.warn('packages', kept.warnings);
    return kept;
  }

  /** The build with its modules, which one that was kept has to be made again for. */
  async whole(): Promise<Finished> {
    return this.made ?? this.make(this.newDiscovery());
  }

  /** Makes the build, from what the cache knows. */
  private async make(discovery: Discovery): Promise<Finished> {
    const { cache, kind, entries, options, lookup } = this;
    const memory = cache?.memoryFor(kind);
    this.end = cache?.begin(kind, options) ?? this.end;
    const { end } = this;
    await cache?.open(kind);
    await memory?.refresh();
    const mark = memory?.mark();
    this.mark = mark;
    const program = cache?.programFor(kind, entries);
    const last = program?.last;
    const began = Date.now();
    const paths = entries.map(({ path }) => path);
    const dropped = cache?.droppedFrom(kind, paths) ?? [];
    try {
      const discover = () => discovery.run(entries, memory, last);
      const made = await run(entries, {
        options,
        keepNames: kind.keepNames,
        lookup,
        discover,
        previous: last?.build,
        log: this.events.log,
      });
      this.warn('packages', made.warnings);
      this.warnOfDropped(dropped);
      if (program && mark) program.last = { build: made, mark, entries: paths, began };
      if (program) program.tried = undefined;
      return made;
    } catch (error) {
      if (program) program.tried = discovery.fresh();
      throw error;
    } finally {
      memory?.rest();
      end();
    }
  }

  /** Tells of a part of the build. */
  warn(part: string, found: readonly BuildWarning[]): void {
    this.events.onBuildWarnings(partOf(part, this.entries), found);
  }

  private warnOfDropped(paths: readonly string[]): void {
    const { root } = this.options;
    const names = paths.map((path) => pathFrom(root, path));
    this.warn('entries', names.length > 0 ? [droppedEntries(root, names)] : []);
  }

  /** Leaves what was learned to later builds. Nobody waits for it; the process does not end before it is done. */
  async save(): Promise<void> {
    if (this.made === undefined) return;
    await this.cache?.close(this.kind);
    if (this.mark) await this.cache?.storeBuild(this.kind, this.entries, this.made, this.mark);
  }

  /** Lets go of everything: nothing of the build is needed any more. */
  destroy(error: Error | undefined): void {
    this.discovery.destroy(error);
    this.end();
  }

  /** See `Pack.files`. */
  files(): string[] {
    const paths = this.paths ?? this.discovery.paths();
    const besides = this.made?.sources.modules.flatMap(({ dependencies = [] }) => dependencies) ?? [];
    const files = [
      ...paths.filter((path) => !isVirtual(path)).map(fileOf),
      ...besides,
      ...this.options.files,
    ];
    const missing = this.paths ? [] : this.discovery.candidates().filter((path) => !isFile(path));
    return [...new Set([...files, ...manifestsFor(files), ...missing])].sort();
  }
}
