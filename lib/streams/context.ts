/** What the streams of one pack share. */
import type { Transform } from 'readable-stream';
import type { Outcome } from '../build';
import type { Product } from '../cache/destination';
import { type Deferred, deferred } from '../deferred';
import type { Asset, Bundle } from '../model';
import type { ResolvedOptions } from '../options/resolved';
import type { ReleaseContent } from '../releases/manifest';
import type { Storage } from '../releases/storage';
import type { LogEvent } from '../run';
import type { Builder } from './builder';
import type { Delivery } from './delivery';
import { Emission } from './emission';
import { destroyWith } from './forward-errors';
import { BUNDLES } from './tags';

/** One build of a pack, as its streams see it. */
export class PackContext {
  /** Settles once the bundles are known, or will not be. */
  readonly built: Deferred<Outcome> = deferred<Outcome>();
  /** Which bundles and assets come out, of the stream that the pack is. */
  readonly bundles: Emission<Bundle | Asset>;
  /** Calls of `scripts()`, each with its options: they make another destination of the same place. */
  readonly calls: string[] = [];
  /** Whether it has a `scripts()`, which sees Files as they are served. */
  hasScripts = false;
  /** Where `patches()` keeps releases. */
  releases: string | Storage | undefined;
  /** What this build will be recorded as, once `patches()` knows it, and how many releases stay besides. */
  release: { content: ReleaseContent; keep: number } | undefined;
  /** Reports that have got Files: each settles once its own is written, or will not be. What a budget fails waits for them, for they tell why. */
  readonly reports = new Set<Promise<void>>();
  private readonly dependents: Transform[] = [];
  /** How many calls of `scripts()` have not given out all. */
  private unfinished = 0;
  /** What is done when all of them have. */
  private readonly afterwards: (() => Promise<void>)[] = [];

  /**
   * @param stream the stream that the pack is, once it is there
   * @param directory the one that everything is sure to be written to, if there is one
   */
  constructor(
    readonly options: ResolvedOptions,
    readonly builder: Builder,
    readonly delivery: Delivery,
    readonly log: (event: LogEvent) => void,
    stream: () => Transform,
    private readonly directory: string | undefined,
  ) {
    this.bundles = this.emissionOf<Bundle | Asset>(BUNDLES, stream);
  }

  /**
   * Which outputs come out of a stream.
   * @param id tells it from the others of the pack
   */
  emissionOf<Output extends Product>(id: string, stream: () => Transform): Emission<Output> {
    const { builder, delivery, directory } = this;
    const settings = () => this.calls.join();
    return new Emission({
      id,
      stream,
      settings,
      delivery,
      destinations: () => builder.destinations,
      directory,
    });
  }

  /** Does something once all is right that `scripts()` looks at: at once where nobody calls it, or where it has looked. */
  async afterScripts(action: () => Promise<void>): Promise<void> {
    if (this.unfinished > 0) this.afterwards.push(action);
    else await action();
  }

  /**
   * Notes a call of `scripts()`.
   * @returns to be called when it has given out all: does what waited for that
   */
  expectScripts(): () => Promise<void> {
    this.hasScripts = true;
    this.unfinished++;
    return async () => {
      this.unfinished--;
      if (this.unfinished === 0) for (const action of this.afterwards.splice(0)) await action();
    };
  }

  /** Notes a stream that waits for what the others give: it fails when they do. */
  addDependent(stream: Transform): void {
    this.dependents.push(stream);
  }

  /** Ends the streams that wait for what will not come any more. */
  failDependents(error: Error): void {
    for (const each of this.dependents) destroyWith(each, error);
  }
}
