/**
 * Finds every module the entries need. Files go through the loop, which users may splice transforms into; the way back, from a
 * module's references to the files wanted next, is here and only here.
 */
import type { Readable, Writable } from 'readable-stream';
import { type Analysis, candidatesFor, complete, resolveModule } from '../analyse';
import type { Known } from '../cache/known';
import type { Memory } from '../cache/memory';
import { type Missing, settleMissing } from '../check/missing';
import { concernWarnings } from '../concern-warnings';
import { type Demands, isNeeded } from '../core/demand';
import { DemandPropagation } from '../core/propagation';
import type { Modules } from '../core/reachable';
import { isSameShape } from '../core/shape';
import { Unchanged } from '../core/unchanged';
import { type Deferred, deferred } from '../deferred';
import { draft, type Lookup, type ModuleText } from '../draft';
import { dependsOnUnread, modsEnded, modulesLost } from '../errors';
import { tableSource } from '../fs/patterns/tables';
import { isVirtual } from '../fs/virtual';
import { virtualSource } from '../fs/virtual-sources';
import type { Module } from '../model';
import { fileOf, isContents, isTable, shownFile, shownPath } from '../module-path';
import type { ResolvedOptions } from '../options/resolved';
import { Parsing } from '../parsing/parsing';
import type { Found } from '../run';
import { type ModuleWarning, moduleTwice } from '../warnings';
import { Arrivals } from './arrivals';
import { type Earlier, findChanged } from './changed';
import { readContents, type Wanted } from './deps';
import { Loop } from './loop';
import { guardAgainstStall, type StallGuard } from './stalled';

export interface DiscoveryHandlers {
  /** A module is ready. */
  onProgress(progress: { path: string; ready: number; found: number }): void;
  onWarning(given: ModuleWarning): void;
  /** A failure before the discovery runs. */
  onError(error: Error): void;
}

/** That of one build. */
export class Discovery {
  private readonly modules = new Map<string, Module>();
  /** These, and those of an earlier build that are taken as they were. */
  private readonly found: Modules = {
    get: (path) => this.modules.get(path) ?? this.unchanged?.get(path),
  };
  /** Modules wanted that have not come through. */
  private readonly waiting = new Set<string>();
  private readonly arrivals = new Arrivals();
  /** Modules that came through before the discovery ran: the memory has yet to learn them. */
  private readonly early: Known[] = [];
  private missing: Missing[] = [];
  /** Paths of files that would be what references without a meaning name. */
  readonly candidates = () => this.missing.flatMap((each) => candidatesFor(each, this.options));
  private propagation: DemandPropagation;
  /** Whether no module was asked for anything but what the entries lead to. */
  private isExact = true;
  private memory: Memory | undefined;
  /** What is taken from an earlier build. */
  private unchanged: Unchanged | undefined;
  private earlier: Earlier | undefined;
  private readonly parsing: Parsing;
  private readonly loop: Loop;
  private toFetch: Wanted[] = [];
  /** Contents that were written into the pack, by path. */
  private readonly given = new Map<string, Buffer>();
  /** Files that were written into the pack, by path. */
  private readonly written = new Map<string, NonNullable<Wanted['file']>>();
  private entries: readonly string[] = [];
  private hasEnded = false;
  private guard: StallGuard | undefined;
  private running: Deferred<Found> | undefined;

  constructor(
    private readonly options: ResolvedOptions,
    private readonly lookup: Lookup,
    private readonly handlers: DiscoveryHandlers,
  ) {
    const fail = (error: Error): void => this.fail(error);
    this.propagation = this.newPropagation();
    this.parsing = new Parsing(options, fail);
    this.loop = new Loop(options.root, {
      onRead: () => this.guard?.progress(),
      onText: (text) => this.receive(text),
      onEnd: () => this.finish(),
      onError: fail,
    });
  }

  /** See `Loop`. */
  splice(): Readable {
    return this.loop.splice();
  }

  get mods(): Writable {
    return this.loop.mods;
  }

  /**
   * Reads the entries and all they need. Called once.
   * @param memory has what earlier builds know of modules
   * @param earlier modules of it that have not changed are not looked at
   * @returns all modules that the entries lead to, perhaps among others; rejects with the first failure
   */
  run(entries: readonly Wanted[], memory?: Memory, earlier?: Earlier): Promise<Found> {
    this.running = deferred();
    if (this.hasEnded) return this.running.promise;
    this.entries = entries.map(({ path }) => path);
    for (const { path, file } of entries) if (file) this.written.set(path, file);
    this.guard = guardAgainstStall(this.options.timeout, () => this.onStalled());
    this.memory = memory;
    this.earlier = earlier;
    for (const known of this.early.splice(0)) memory?.learn(known, true);
    this.unchanged = memory && earlier && this.compare(entries, memory, earlier);
    const changed = this.unchanged?.only().map((path) => ({ path })) ?? [];
    for (const path of this.entries) this.propagation.demands.add(path, 'all');
    // All at once: contents that were written win over what another entry makes wanted.
    this.want(...entries, ...changed);
    for (const extra of memory?.extras() ?? [])
      if (this.found.get(extra.module.path) === undefined) {
        this.adopt(extra);
        this.arrivals.expect(extra.module.path);
      }
    setImmediate(() => this.endWhenDone());
    return this.running.promise;
  }

  /** Paths of the modules found so far, of those under way, too. */
  paths(): string[] {
    return [...new Set([...(this.unchanged?.paths() ?? []), ...this.fresh()])];
  }

  /** Those of these modules that are not taken as they were from an earlier build. */
  readonly fresh = () => new Set([...this.modules.keys(), ...this.waiting]);

  /** Lets go of everything. A `run` under way fails with the error, or, without one, never settles. */
  destroy(error?: Error): void {
    this.guard?.stop();
    this.parsing.end();
    this.hasEnded = true;
    this.loop.destroy(error);
    if (error) this.running?.reject(error);
  }

  private fail(error: Error): void {
    const { running } = this;
    this.destroy(error);
    if (!running) this.handlers.onError(error);
  }

  /** What of an earlier build has not changed; nothing when there is no telling. */
  private compare(entries: readonly Wanted[], memory: Memory, earlier: Earlier): Unchanged | undefined {
    const changed = findChanged(entries, memory, earlier, this.lookup);
    if (changed === undefined) return undefined;
    const { sources } = earlier.build;
    this.propagation = this.newPropagation(sources.demands);
    this.isExact = false;
    return new Unchanged(sources, changed);
  }

  private newPropagation(earlier?: Demands): DemandPropagation {
    return new DemandPropagation(this.found, (path, importer) => this.want({ path, importer }), earlier);
  }

  /** In one loop, however deep it goes: what is fetched may make more wanted before the call comes back. */
  private want(...wanted: Wanted[]): void {
    const isFetching = this.toFetch.length > 0;
    this.toFetch.push(...wanted);
    if (isFetching) return;
    for (const next of this.toFetch) this.fetch(next);
    this.toFetch = [];
  }

  private fetch(wanted: Wanted): void {
    const { path } = wanted;
    if (this.modules.has(path) || this.waiting.has(path)) return;
    if (this.unchanged?.get(path) !== undefined) {
      for (const changed of this.unchanged.behind(path)) this.want({ path: changed });
      return;
    }
    if (!isNeeded(this.isPure(path), this.propagation.demands.of(path))) return;
    if (isTable(path)) {
      this.addTable(path);
      return;
    }
    const asked = { ...wanted, file: wanted.file ?? this.written.get(fileOf(path)) };
    const known = this.memory?.recall(asked);
    const virtual = virtualSource(path, this.options);
    if (known) this.adopt(known);
    else if (virtual !== undefined) this.add({ path, fileName: shownFile(path), text: virtual });
    else if (isContents(path)) this.take(asked);
    else this.request(asked);
  }

  /** A table of files is made anew where directories may have others than before. */
  private addTable(path: string): void {
    const { memory, lookup } = this;
    const known = memory?.recall({ path });
    const isSure = known !== undefined && memory?.isResolved(known) === true;
    const text = isSure ? known.text.text : tableSource(path, lookup.match);
    if (known?.text.text === text) this.adopt(known);
    else this.add({ path, fileName: `${fileOf(path)}.js`, text });
  }

  /** No transform is shown what is no script: it would take the text of a `.ts` for one. */
  private take(wanted: Wanted): void {
    this.noteRead(wanted);
    this.add(readContents(wanted));
  }

  private noteRead({ path, file }: Wanted): void {
    if (file) this.given.set(path, file.contents as Buffer);
    else this.memory?.willRead(path);
  }

  /** Sends the module through the loop. */
  private request(wanted: Wanted): void {
    const { path } = wanted;
    if (this.hasEnded) throw dependsOnUnread([shownPath(path)], wanted.importer as string);
    this.waiting.add(path);
    this.noteRead(wanted);
    this.loop.want(wanted);
  }

  /** Takes a module as it was in an earlier build. */
  private adopt(known: Known): void {
    const memory = this.memory as Memory;
    if (memory.isNews(known)) this.warnOf(known.module);
    if (memory.isResolved(known)) {
      this.place(known);
      return;
    }
    const { module, missing } = resolveModule(known.module, this.lookup);
    // The same object, if it can be: what was made from it is still right then.
    const kept = isSameShape(module, known.module) ? known.module : module;
    // What it names may be gone.
    if (kept !== known.module) this.warnOf(kept);
    const resolved = { ...known, module: kept, missing: missing.map((each) => ({ ...each, module: kept })) };
    memory.learn(resolved, false);
    this.place(resolved);
  }

  private add(text: ModuleText, isExtra = false): void {
    this.arrivals.note(text.path, text);
    const known = this.memory?.recallText(text);
    if (known) {
      if (this.memory?.isNews(known)) this.warnOf(known.module);
      this.learn(known, text, isExtra, false);
      return;
    }
    const drafted = draft(text, this.options, this.lookup);
    this.parsing.add(drafted, (facts) => {
      const analysis = complete(drafted, facts, this.options, this.lookup);
      this.learn(analysis, text, isExtra, true);
      this.warnOf(analysis.module);
    });
  }

  private warnOf(module: Module): void {
    if (!isVirtual(module.path)) concernWarnings(module).forEach(this.handlers.onWarning);
  }

  private learn({ module, missing }: Analysis, text: ModuleText, isExtra: boolean, isNew: boolean): void {
    this.waiting.delete(text.path);
    const given = this.given.get(text.path);
    const learned = { module, missing, text, isExtra, ...(given && { given }) };
    this.memory?.learn(learned, isNew);
    this.place(learned);
    if (this.waiting.size === 0) setImmediate(() => this.endWhenDone());
  }

  private place(known: Known): void {
    const { module, missing } = known;
    const { path } = module;
    // Nobody has asked for it so far, or what had been asked for was another one.
    if (!this.propagation.demands.has(path) || this.modules.has(path)) this.isExact = false;
    if (this.modules.has(path)) this.missing = this.missing.filter(({ module: each }) => each.path !== path);
    this.modules.set(path, module);
    if (!this.running) this.early.push(known);
    this.arrivals.note(path, known.text);
    this.missing.push(...missing);
    this.propagation.from(module);
    const ready = this.modules.size;
    this.handlers.onProgress({ path: shownPath(path), ready, found: ready + this.waiting.size });
  }

  private isPure(path: string): boolean {
    return this.lookup.packageOf(path)?.hasEffects(path) === false;
  }

  private receive(text: ModuleText): void {
    this.guard?.progress();
    const arrived = this.arrivals.take(text, this.waiting);
    if (arrived === undefined) this.handlers.onWarning(moduleTwice(shownPath(text.path), text.text));
    else for (const each of arrived) this.add(each.text, each.isExtra);
  }

  /** Ends the loop once nothing is on its way; a turn later than it seems, for what a transform pushes at once. */
  private endWhenDone(): void {
    if (this.waiting.size > 0 || !this.parsing.isIdle || this.hasEnded || !this.running) return;
    this.hasEnded = true;
    this.loop.end();
  }

  private finish(): void {
    if (this.waiting.size > 0) throw modsEnded([...this.waiting].map(shownPath));
    this.settle();
    this.guard?.stop();
    const { modules: fresh, found, parsing } = this;
    parsing.end();
    this.running?.resolve({
      ...found,
      fresh,
      isWhole: this.isWhole(),
      propagation: this.isExact ? this.propagation : undefined,
      parseMilliseconds: parsing.milliseconds,
    });
  }

  /** Whether all modules of the earlier build are there. One that is not may be one that nobody needs now, as its package says. */
  private isWhole(): boolean {
    const paths = this.unchanged?.changed ?? this.earlier?.build.sources.paths ?? [];
    return [...paths].every((path) => this.found.get(path) !== undefined);
  }

  /** Missing modules may have been added by transforms, or be added no more. */
  private settle(): void {
    const missing = [...this.missing];
    for (const known of this.memory?.incompletes() ?? []) {
      const module = this.unchanged?.get(known.module.path);
      if (module && !this.modules.has(module.path))
        missing.push(...known.missing.map((each) => ({ ...each, module })));
    }
    const settled = settleMissing(missing, this.found, this.entries, this.options);
    if (settled.size > 0) this.isExact = false;
    for (const module of settled.values()) this.modules.set(module.path, module);
  }

  private onStalled(): void {
    if (this.loop.isReading || !this.parsing.isIdle) this.guard?.progress();
    else this.fail(modulesLost([...this.waiting].map(shownPath), this.loop.isPiped));
  }
}
