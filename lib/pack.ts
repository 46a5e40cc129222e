/** The Pack: the streams of one build, connected. */
import type { Duplex, Readable, Writable } from 'node:stream';
import type { Transform } from 'readable-stream';
import type { Minify } from './minify/minifier';
import type { BuildMetadata } from './model';
import type { MinifyOptions } from './options/minify';
import { type Options, resolveOptions } from './options/pack';
import type { PatchesOptions } from './options/patches';
import type { ReportOptions } from './options/report';
import type { ScriptsOptions } from './options/scripts';
import { type BuildGraph, graphOf } from './report/graph';
import type { LogEvent } from './run';
import { Builder } from './streams/builder';
import { createBundling } from './streams/bundling';
import { PackContext } from './streams/context';
import { Delivery } from './streams/delivery';
import type { EntryInput } from './streams/entries';
import { destroyWith, forwardErrors, hushSources } from './streams/forward-errors';
import { createMinify } from './streams/minify';
import { Order } from './streams/order';
import { createPatches } from './streams/patches';
import { createReport } from './streams/report';
import { createScripts } from './streams/scripts';
import { outputOf } from './streams/tags';
import { Teller } from './streams/tell';
import type { BuildWarning } from './warnings';

export type { BuildGraph } from './report/graph';
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
   * Takes the finished Files, behind everything that changes them, and gives a page that shows what each page loads, and why; or the data of it.
   * @throws UNKNOWN_OPTION or INVALID_OPTION
   */
  report(options?: ReportOptions): Duplex;
  /**
   * Takes the bundle Files and minifies each of their functions by itself, of a module or several, so that an edit changes the bytes of its function only.
   * Everything else passes through.
   * @param minify oxc-minify, if not given; where that does not load, the stream fails with MINIFIER_UNAVAILABLE
   * @throws INVALID_MINIFIER, UNKNOWN_OPTION or INVALID_OPTION
   */
  minify(minify?: Minify, options?: MinifyOptions): Duplex;
  minify(options: MinifyOptions): Duplex;
  on(event: 'bundled', listener: (metadata: BuildMetadata) => void): this;
  /** The modules of the build, and what leads where. */
  on(event: 'graph', listener: (graph: BuildGraph) => void): this;
  on(event: 'log', listener: (event: LogEvent) => void): this;
  on(event: 'warning', listener: (warning: BuildWarning) => void): this;
  // biome-ignore lint/suspicious/noExplicitAny: the signature of node:events for every other event
  on(event: string | symbol, listener: (...args: any[]) => void): this;
  once(event: 'bundled', listener: (metadata: BuildMetadata) => void): this;
  once(event: 'graph', listener: (graph: BuildGraph) => void): this;
  once(event: 'log', listener: (event: LogEvent) => void): this;
  once(event: 'warning', listener: (warning: BuildWarning) => void): this;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  once(event: string | symbol, listener: (...args: any[]) => void): this;
}

/** Parts listen to the pack, and `stream.pipeline()` does so to each of its streams several times: above 10, Node would warn of a leak. */
const LISTENERS = 30;

/**
 * Makes the streams of one build.
 * @param directory the one that everything is sure to be written to, if there is one
 * @throws UNKNOWN_OPTION or INVALID_OPTION; every other failure is an `error` of the stream, and of what it is piped into
 */
export function createPack(userOptions?: Options, directory?: string): Pack {
  const options = resolveOptions(userOptions);
  const cache = userOptions?.cache;
  const log = (event: LogEvent): unknown => stream.emit('log', event);
  const teller = new Teller((warning) => stream.emit('warning', warning), cache?.told);
  const builder = new Builder(options, cache, {
    log,
    onModuleWarning: (given) => teller.ofModule(given),
    onBuildWarnings: (part, found) => teller.ofBuild(part, found),
    onError: (error) => stream.destroy(error),
  });
  const delivery = new Delivery((file) => outputOf(file, options.id));
  const context = new PackContext(options, builder, delivery, log, () => stream, directory);
  const stream: Transform = createBundling(context, async (metadata) => {
    stream.emit('bundled', metadata);
    if (stream.listenerCount('graph') > 0) stream.emit('graph', graphOf(await builder.whole()));
  });
  const minifies = new Set<Transform>();
  const order = new Order(context.built.promise, (error) => {
    context.failDependents(error);
    for (const part of minifies) destroyWith(part, error);
  });
  order.watchPack(stream);
  stream.setMaxListeners(LISTENERS);
  /** What a part of the pack is to those who use it: its sources and those it is piped into fail with it. */
  const asPart = (part: Transform, call: string): Duplex => {
    part.setMaxListeners(LISTENERS);
    order.watchPart(forwardErrors(hushSources(part)), call);
    return part as unknown as Duplex;
  };
  if (cache) delivery.follow(stream);
  return Object.assign(stream as unknown as Pack, {
    deps() {
      const modules = builder.splice();
      order.watchDeps(modules);
      return modules as unknown as Readable;
    },
    mods: () => builder.mods as unknown as Writable,
    files: () => builder.files(),
    minify(minify?: Minify | MinifyOptions, minifyOptions?: MinifyOptions) {
      const part = createMinify(context, minify, minifyOptions);
      // After the error: to be unpiped before would leave it unheard.
      stream.once('close', () => stream.errored && destroyWith(part, stream.errored));
      minifies.add(part);
      return asPart(part, 'minify()');
    },
    scripts(scriptsOptions?: ScriptsOptions) {
      const part = createScripts(context, scriptsOptions);
      if (cache) delivery.follow(part);
      return asPart(part, 'scripts()');
    },
    report: (reportOptions?: ReportOptions) => asPart(createReport(context, reportOptions), 'report()'),
    patches: (patchesOptions: PatchesOptions) => asPart(createPatches(context, patchesOptions), 'patches()'),
  });
}
