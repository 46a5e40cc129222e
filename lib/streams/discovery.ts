/**
 * Finds every module the entries need. `deps` and `mods` are the two ends of a loop that users may splice
 * transforms into; the way back, from a module's references to the files wanted next, is here and only here.
 */
import type { Readable, Writable } from 'readable-stream';
import { analyse, type ModuleText, type Surroundings } from '../analyse';
import { type Deferred, deferred } from '../deferred';
import { dependsOnUnread, modsEnded, modulesLost } from '../errors';
import { virtualSource } from '../fs/virtual';
import { type Missing, settleMissing } from '../missing';
import type { Module } from '../model';
import type { ResolvedOptions } from '../options';
import { type BuildWarning, concernWarning, moduleTwice } from '../warnings';
import { createDeps, type Deps, type Wanted } from './deps';
import { destroyWith } from './forward-errors';
import { createMods } from './mods';
import { guardAgainstStall, type StallGuard } from './stalled';

export interface DiscoveryHandlers {
  /** A module is ready. */
  onProgress(progress: { path: string; ready: number; found: number }): void;
  onWarning(warning: BuildWarning): void;
  /** A failure before the discovery runs. */
  onError(error: Error): void;
}

type Neighbour = NodeJS.EventEmitter & { destroy(error?: Error): unknown };

/** The loop of one build, connected directly until somebody splices into it. */
export class Discovery {
  private readonly modules = new Map<string, Module>();
  /** Modules wanted that have not come through. */
  private readonly waiting = new Set<string>();
  /** Module → its text as it came through, to tell a clone from the same File again. */
  private readonly texts = new Map<string, ModuleText>();
  private readonly missing: Missing[] = [];
  private readonly source: Deps;
  private readonly sink: Writable;
  /** Streams of the user's that are piped from deps() or into mods(): they fail with the build, and it with them. */
  private readonly neighbours = new Set<Neighbour>();
  private entries: readonly string[] = [];
  private hasEnded = false;
  private guard: StallGuard | undefined;
  private running: Deferred<ReadonlyMap<string, Module>> | undefined;

  constructor(
    private readonly options: ResolvedOptions,
    private readonly around: Surroundings,
    private readonly handlers: DiscoveryHandlers,
  ) {
    const fail = (error: Error): void => this.fail(error);
    this.source = createDeps(options.root, {
      onError: fail,
      onRead: () => this.guard?.progress(),
      onPipe: (destination) => this.adopt(destination as unknown as Neighbour),
    });
    this.sink = createMods({ onModule: (text) => this.receive(text), onEnd: () => this.finish() });
    // Both ends fail with the build only, and the build is who reports it.
    this.source.stream.on('error', fail);
    this.sink.on('error', fail);
    this.sink.on('pipe', (stream) => this.adopt(stream as unknown as Neighbour));
    this.source.stream.pipe(this.sink);
  }

  get deps(): Readable {
    return this.source.stream;
  }

  get mods(): Writable {
    return this.sink;
  }

  /**
   * Reads the entries and all they need. Called once.
   * @returns path → module, in order of arrival; rejects with the first failure
   */
  run(entries: readonly Wanted[]): Promise<ReadonlyMap<string, Module>> {
    this.running = deferred();
    this.entries = entries.map(({ path }) => path);
    this.guard = guardAgainstStall(this.options.timeout, () => this.onStalled());
    for (const entry of entries) this.want(entry);
    setImmediate(() => this.endWhenDone());
    return this.running.promise;
  }

  /** Lets go of everything. A `run` under way fails with the error, or, without one, never settles. */
  destroy(error?: Error): void {
    this.guard?.stop();
    for (const stream of [this.deps, this.mods, ...this.neighbours]) destroyWith(stream, error);
    if (error) this.running?.reject(error);
  }

  private fail(error: Error): void {
    const { running } = this;
    this.destroy(error);
    if (!running) this.handlers.onError(error);
  }

  private adopt(stream: Neighbour): void {
    if (stream === (this.deps as unknown) || stream === (this.sink as unknown) || this.neighbours.has(stream))
      return;
    this.neighbours.add(stream);
    stream.on('error', (error: Error) => this.fail(error));
  }

  private want(wanted: Wanted): void {
    if (this.modules.has(wanted.path) || this.waiting.has(wanted.path)) return;
    const virtual = virtualSource(wanted.path, this.options.external);
    if (virtual !== undefined) {
      this.add({ path: wanted.path, fileName: wanted.path, text: virtual });
      return;
    }
    if (this.hasEnded) throw dependsOnUnread([wanted.path], wanted.importer as string);
    this.waiting.add(wanted.path);
    this.source.want(wanted);
  }

  private add(text: ModuleText): void {
    this.waiting.delete(text.path);
    const { module, missing } = analyse(text, this.options, this.around);
    this.modules.set(text.path, module);
    this.texts.set(text.path, text);
    this.missing.push(...missing);
    for (const concern of module.facts.concerns) this.handlers.onWarning(concernWarning(module, concern));
    const needed = [...module.targets, ...Object.values(module.shims), module.runtime];
    for (const path of needed) if (path !== undefined) this.want({ path, importer: text.path });
    const ready = this.modules.size;
    this.handlers.onProgress({ path: text.path, ready, found: ready + this.waiting.size });
  }

  /** A File known already is the same module again, or one of the two is a clone under a path of its own. */
  private receive(text: ModuleText): void {
    this.guard?.progress();
    const known = this.texts.get(text.path);
    if (!known) this.add(text);
    else if (known.fileName === text.fileName) this.handlers.onWarning(moduleTwice(text.path));
    else if (text.fileName === text.path) this.swap(text, known);
    else this.addExtra(text);
    if (this.waiting.size === 0) setImmediate(() => this.endWhenDone());
  }

  /** The File under its own path is the module, whatever clone came before it. */
  private swap(text: ModuleText, clone: ModuleText): void {
    this.add(text);
    this.addExtra(clone);
  }

  private addExtra(text: ModuleText): void {
    if (!this.modules.has(text.fileName)) this.add({ ...text, path: text.fileName });
  }

  /** Ends the loop once nothing is on its way; a turn later than it seems, for what a transform pushes at once. */
  private endWhenDone(): void {
    if (this.waiting.size > 0 || this.hasEnded || !this.running) return;
    this.hasEnded = true;
    this.source.end();
  }

  private finish(): void {
    if (this.waiting.size > 0) throw modsEnded([...this.waiting]);
    settleMissing(this.missing, this.modules, this.entries, this.options);
    this.guard?.stop();
    this.running?.resolve(this.modules);
  }

  private onStalled(): void {
    if (this.source.isReading()) this.guard?.progress();
    else this.fail(modulesLost([...this.waiting], this.source.isPiped()));
  }
}
