/** Parses modules as they come: at once, and with the help of threads when it takes long. */
import type { Worker } from 'node:worker_threads';
import { type Draft, factsOptions, parseDraft } from '../draft';
import type { ModuleFacts } from '../facts';
import type { ResolvedOptions } from '../options/resolved';
import { type Results, spareThreads, startThread } from './threads';

/** A module that waits for its turn. */
interface Item {
  draft: Draft;
  onParsed(facts: ModuleFacts): void;
}

/** Milliseconds of parsing before threads are started: about what a thread takes to be as fast as this one. */
const SHORT = 1_000;

/** Characters in one message to a thread. */
const BATCH = 100_000;

/** Modules parsed here before anything else gets its turn. */
const TURN = 8;

/** The parsing of one build. */
export class Parsing {
  /** Milliseconds it took in this thread. */
  milliseconds = 0;
  private readonly line: Item[] = [];
  private readonly threads = new Map<Worker, Item[]>();
  private isTurning = false;

  /** @param onError is told why a module that was not parsed at once is none */
  constructor(
    private readonly options: ResolvedOptions,
    private readonly onError: (error: Error) => void,
  ) {}

  /** Whether everything has been parsed. */
  get isIdle(): boolean {
    return this.line.length === 0 && [...this.threads.values()].every((batch) => batch.length === 0);
  }

  /**
   * Parses the module, now or later.
   * @throws SYNTAX_ERROR when now
   */
  add(draft: Draft, onParsed: Item['onParsed']): void {
    const takesLong = this.milliseconds > SHORT && !this.options.parser && spareThreads() > 0;
    if (draft.format !== 'script' || !takesLong) this.parse({ draft, onParsed });
    else {
      this.line.push({ draft, onParsed });
      this.comeBack();
    }
  }

  /** Lets go of everything. */
  end(): void {
    this.line.length = 0;
    for (const thread of this.threads.keys()) void thread.terminate();
    this.threads.clear();
  }

  private parse({ draft, onParsed }: Item): void {
    const start = performance.now();
    const facts = parseDraft(draft, this.options);
    this.milliseconds += performance.now() - start;
    onParsed(facts);
  }

  private comeBack(): void {
    if (!this.isTurning) setImmediate(() => this.turn());
    this.isTurning = true;
  }

  /** Gives the threads work, and does some here. */
  private turn(): void {
    this.isTurning = false;
    this.employ();
    this.guard(() => {
      for (const item of this.line.splice(0, TURN)) this.parse(item);
    });
    if (this.line.length > 0) this.comeBack();
  }

  private guard(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.onError(error as Error);
    }
  }

  private employ(): void {
    if (this.line.length > TURN && this.threads.size < spareThreads()) this.hire();
    for (const [thread, batch] of this.threads) if (batch.length === 0) this.send(thread, batch);
  }

  private hire(): void {
    const { labels, env, define, provide } = this.options;
    const thread = startThread({ labels, env, define, provide });
    this.threads.set(thread, []);
    thread.on('message', (results: Results) => this.receive(thread, results));
    // Whatever has happened to it: what it was given is parsed here.
    thread.on('error', () => this.receive(thread, []));
  }

  /** From the end of the line: its beginning is next here. */
  private send(thread: Worker, batch: Item[]): void {
    for (let size = 0; size < BATCH && this.line.length > TURN; ) {
      const item = this.line.pop() as Item;
      size += item.draft.source.length;
      batch.push(item);
    }
    const tasks = batch.map(({ draft }) => ({ ...factsOptions(draft), source: draft.source }));
    if (tasks.length > 0) thread.postMessage(tasks);
  }

  private receive(thread: Worker, results: Results): void {
    const batch = this.threads.get(thread)?.splice(0) ?? [];
    if (results.length === 0) this.threads.delete(thread);
    this.employ();
    this.guard(() =>
      batch.forEach((item, index) => {
        const facts = results[index];
        // What has failed there fails here, with its error.
        if (facts) item.onParsed(facts);
        else this.parse(item);
      }),
    );
  }
}
