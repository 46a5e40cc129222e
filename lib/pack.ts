/** The Pack: makes and connects the streams of one build. */
import type { Duplex, Readable, Writable } from 'node:stream';
import type { Transform } from 'readable-stream';
import { objectTransform } from 'through2';
import type { Build, Outcome } from './build';
import type { Product } from './cache/destination';
import { deferred } from './deferred';
import { bundlesNotBuilt, noEntries } from './errors';
import { createCanonicalPath, isFile } from './fs/files';
import { createPackages, manifestsFor } from './fs/packages';
import { createResolver, type ResolutionObserver } from './fs/resolve';
import { isVirtual } from './fs/virtual';
import { loaderTextsFor, worker } from './loaders';
import { type Minify, toMinifier } from './minify/minifier';
import { terserMinifier } from './minify/terser';
import type { BuildMetadata, Bundle } from './model';
import { fileOf } from './module-path';
import {
  type Options,
  type PatchesOptions,
  resolveOptions,
  resolvePatchesOptions,
  resolveScriptsOptions,
  type ScriptsOptions,
  signatureOf,
} from './options';
import { type Finished, type LogEvent, run } from './run';
import { bundleFiles } from './streams/bundles';
import { Delivery } from './streams/delivery';
import { Discovery } from './streams/discovery';
import { Emission } from './streams/emission';
import { type EntryInput, toEntry, type WrittenEntry } from './streams/entries';
import { destroyWith, forwardErrors, hushSources } from './streams/forward-errors';
import { createMinify } from './streams/minify';
import { createPatches } from './streams/patches';
import { createScripts, type Script } from './streams/scripts';
import { BUNDLES, outputId, outputOf } from './streams/tags';
import { Teller } from './streams/tell';
import type { BuildWarning } from './warnings';

export type { LogEvent } from './run';

/**
 * Entries in, bundles out. (`Uint8Array` is in the signatures because the streams of `@types/node` demand it; written, it
 * is an INVALID_ENTRY.)
 */
export interface Pack extends Duplex {
  /** Adds an entry: an absolute path, `{ path, contents }`, or a vinyl File, whose contents win over the disk. */
  write(entry: EntryInput | Uint8Array, callback?: (error?: Error | null) => void): boolean;
  write(
    entry: EntryInput | Uint8Array,
    encoding?: BufferEncoding,
    callback?: (error?: Error | null) => void,
  ): boolean;
  end(callback?: () => void): this;
  end(entry: EntryInput | Uint8Array, callback?: () => void): this;
  end(entry: EntryInput | Uint8Array, encoding?: BufferEncoding, callback?: () => void): this;
  /** The module Files of this build, with contents. Disconnects them from `mods()`: pipe them there again. */
  deps(): Readable;
  /** Takes finished module Files. */
  mods(): Writable;
  /**
   * Takes alias objects, rev manifests or the renamed bundle Files, in any mix; gives `<entry>.html` per entry,
   * `aliases.json` and `manifest.json`.
   * @throws UNKNOWN_OPTION or INVALID_OPTION
   */
  scripts(options?: ScriptsOptions): Duplex;
  /**
   * Absolute paths of the files that the build has read, sorted: modules, and the package.json files that resolution looked at.
   * After a failure those that were read till then, and those that are not there but would have been what was looked for, so that
   * a watcher sees the failure mended.
   */
  files(): string[];
  /**
   * Lets the bundles pass, adds patches from earlier releases, and records the release once all was taken.
   * @throws UNKNOWN_OPTION or INVALID_OPTION
   */
  patches(options: PatchesOptions): Duplex;
  /**
   * Takes the bundle Files and minifies each of their modules by itself, so that an edit changes the bytes of its module only.
   * Everything else passes through.
   * @param minify terser, if not given
   * @throws INVALID_MINIFIER or TERSER_MISSING
   */
  minify(minify?: Minify): Duplex;
  on(event: 'bundled', listener: (metadata: BuildMetadata) => void): this;
  on(event: 'log', listener: (event: LogEvent) => void): this;
  on(event: 'warning', listener: (warning: BuildWarning) => void): this;
  // biome-ignore lint/suspicious/noExplicitAny: the signature of node:events for every other event
  on(event: string | symbol, listener: (...args: any[]) => void): this;
  once(event: 'bundled', listener: (metadata: BuildMetadata) => void): this;
  once(event: 'log', listener: (event: LogEvent) => void): this;
  once(event: 'warning', listener: (warning: BuildWarning) => void): this;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  once(event: string | symbol, listener: (...args: any[]) => void): this;
}

/** Entries by canonical path. Written twice is once, and contents win over the disk. */
async function collectEntries(source: AsyncIterable<EntryInput>, symlinks: boolean) {
  const entries = new Map<string, WrittenEntry>();
  const canonicalPath = createCanonicalPath(symlinks);
  for await (const input of source) {
    const entry = toEntry(input);
    const path = canonicalPath(entry.path);
    const known = entries.get(path);
    // Two links to one file: which name wins must not depend on the order.
    const relative = known && known.relative < entry.relative ? known.relative : entry.relative;
    entries.set(path, { path, relative, file: entry.file ?? known?.file });
  }
  if (entries.size === 0) throw noEntries();
  return [...entries.values()];
}

/**
 * Makes the streams of one build.
 * @param directory the one that everything is sure to be written to, if there is one
 * @throws UNKNOWN_OPTION or INVALID_OPTION; every other failure is an `error` of the stream, and of what it is piped into
 */
export function createPack(userOptions?: Options, directory?: string): Pack {
  const options = resolveOptions(userOptions);
  const built = deferred<Outcome>();
  let modules: readonly string[] | undefined;
  let written: readonly WrittenEntry[] = [];
  let isSpliced = false;
  let isMinified = false;
  /** The build with its modules, which one that was kept has to be made again for. */
  let whole: (() => Promise<Build>) | undefined;
  const delivery = new Delivery((file) => outputOf(file, options.id));
  /** Calls of `scripts()`, each with its options. */
  const calls: string[] = [];
  const log = (event: LogEvent): unknown => stream.emit('log', event);
  const teller = new Teller((warning) => stream.emit('warning', warning), options.cache?.told);
  const signature = signatureOf(options);
  const kindOfBuild = () => ({ signature, isSpliced });
  let observer: ResolutionObserver | undefined;
  const observe = (): typeof observer => {
    observer ??= options.cache?.memoryFor(kindOfBuild()).observer(options);
    return observer;
  };
  const around = { resolve: createResolver(options, observe), packageOf: createPackages() };
  const tellOfBuild = (part: string, found: readonly BuildWarning[]): void =>
    teller.ofBuild(JSON.stringify([part, ...written.map(({ path }) => path).sort()]), found);
  const tellOfPackages = (found: readonly BuildWarning[]): void => tellOfBuild('packages', found);
  const newDiscovery = (): Discovery =>
    new Discovery(options, around, {
      onProgress: (progress) => log({ type: 'module', ...progress }),
      onWarning: (given) => teller.ofModule(given),
      onError: (error) => stream.destroy(error),
    });
  const discovery = newDiscovery();

  /** Makes the build, from what the cache knows. */
  async function make(by: Discovery): Promise<Finished> {
    const { cache } = options;
    const kind = kindOfBuild();
    const memory = cache?.memoryFor(kind);
    const end = cache?.begin(kind, options);
    stream.once('close', () => end?.());
    await cache?.open(kind);
    await memory?.refresh();
    const mark = memory?.mark();
    const program = cache?.programFor(kind, written);
    const last = program?.last;
    const discover = () => by.run(written, memory, last);
    try {
      const made = await run(written, { options, around, discover, previous: last?.build, log });
      tellOfPackages(made.warnings);
      if (program && mark) program.last = { build: made, mark };
      if (program) program.tried = undefined;
      return made;
    } catch (error) {
      if (program) program.tried = by.fresh();
      throw error;
    } finally {
      memory?.rest();
      end?.();
    }
  }

  /** Leaves what is known to later builds. Nobody waits for it; the process does not end before it is done. */
  async function leave(build: Finished): Promise<void> {
    const kind = kindOfBuild();
    await options.cache?.close(kind);
    await options.cache?.keepBuild(kind, written, build);
  }

  const newEmission = <Output extends Product>(id: string, stream: () => Transform) => {
    const destinations = () => options.cache?.destinationsFor(kindOfBuild());
    const settings = () => calls.join();
    return new Emission<Output>({ id, stream, settings, delivery, destinations, directory });
  };
  const emission = newEmission<Bundle>(BUNDLES, () => stream);

  const stream: Transform = forwardErrors(
    objectTransform(async function* (source: AsyncIterable<EntryInput>) {
      const entries = await collectEntries(source, options.resolve.symlinks);
      written = entries;
      const { cache } = options;
      const kept = isMinified ? undefined : await cache?.keptBuild(kindOfBuild(), entries);
      const made = kept ? undefined : await make(discovery);
      const result = (kept ?? made) as Outcome;
      for (const given of kept?.moduleWarnings ?? []) teller.ofModule(given);
      if (kept) tellOfPackages(kept.warnings);
      whole = () => (made ? Promise.resolve(made) : make(newDiscovery()));
      built.resolve(result);
      modules = kept?.paths ?? made?.sources.paths;
      stream.emit('bundled', { ...result.metadata });
      yield* bundleFiles(emission.emit(result.bundles), options);
      if (made) void leave(made);
    }),
  );
  if (options.cache) delivery.follow(stream);
  const dependents: Parameters<typeof destroyWith>[0][] = [];
  const destroyDependents = (error: Error): void => {
    for (const dependent of dependents) destroyWith(dependent, error);
  };
  // Not an 'error' listener: with one, an error that nobody else listens for would go unseen.
  const destroy = stream._destroy;
  stream._destroy = (error, callback) => {
    built.reject(error ?? bundlesNotBuilt());
    emission.abandon(error ?? bundlesNotBuilt());
    discovery.destroy(error ?? undefined);
    if (error) destroyDependents(error);
    destroy.call(stream, error, callback);
  };

  /** What fails behind the pack fails what waits for it. */
  function failTogether(part: ReturnType<typeof createMinify>): void {
    const destroyPart = part._destroy;
    part._destroy = (error, callback) => {
      if (error) destroyDependents(error);
      destroyPart.call(part, error, callback);
    };
  }

  return Object.assign(stream as unknown as Pack, {
    deps() {
      isSpliced = true;
      return discovery.splice() as unknown as Readable;
    },
    mods: () => discovery.mods as unknown as Writable,
    files() {
      const files = (modules ?? discovery.paths()).filter((path) => !isVirtual(path)).map(fileOf);
      const missing = modules ? [] : discovery.candidates().filter((path) => !isFile(path));
      return [...new Set([...files, ...manifestsFor(files), ...missing])].sort();
    },
    minify(minify?: Minify) {
      const minifier = minify === undefined ? terserMinifier(options.root) : toMinifier(minify);
      isMinified = true;
      const wholeBuild = () => built.promise.then(() => (whole as () => Promise<Build>)());
      const part = createMinify(wholeBuild, {
        pack: options,
        minifier,
        recall: async (hasMap) =>
          options.cache?.minifiedFor(kindOfBuild(), `${minifier.key} ${hasMap}`, minifier.isKnown),
        announced: () => emission.announced,
        onTime: (milliseconds) => log({ type: 'timing', phase: 'minify', milliseconds }),
      });
      failTogether(part);
      delivery.describe(part, { label: `minify ${minifier.key}`, isSteady: true });
      // After the error: to be unpiped before would leave it unheard.
      stream.once('close', () => stream.errored && destroyWith(part, stream.errored));
      return forwardErrors(hushSources(part)) as unknown as Duplex;
    },
    scripts(scriptsOptions?: ScriptsOptions) {
      const resolved = resolveScriptsOptions(options, scriptsOptions);
      const call = JSON.stringify([calls.length, resolved]);
      calls.push(call);
      const snippets: Emission<Script> = newEmission(call, () => scripts);
      const scripts = createScripts(
        {
          pack: options,
          built: built.promise,
          recall: async () => (await emission.destination).scriptsOf(call),
          texts: { loader: loaderTextsFor(options), worker },
          emission: snippets,
          outputOf: (name) => outputId(call, name),
          tell: (found) => tellOfBuild(call, found),
        },
        resolved,
      );
      dependents.push(scripts);
      delivery.describe(scripts, { label: call, isEnd: true });
      if (options.cache) delivery.follow(scripts);
      return forwardErrors(hushSources(scripts)) as unknown as Duplex;
    },
    patches(patchesOptions: PatchesOptions) {
      const settings = resolvePatchesOptions(patchesOptions, false);
      const recall = async () => (await emission.destination).texts;
      const patches = createPatches(settings, built.promise, options.id, recall);
      dependents.push(patches);
      delivery.describe(patches, { label: 'patches', isSteady: true });
      return forwardErrors(hushSources(patches)) as unknown as Duplex;
    },
  });
}
