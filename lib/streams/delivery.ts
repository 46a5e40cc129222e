/** What comes out of a pack, on its way: through every stream it is piped into, and on from there. */
import { basename } from 'node:path';

import File = require('vinyl');

type Stream = NodeJS.ReadableStream | NodeJS.WritableStream;

/** What is known of one of our own streams that others do not tell. */
interface Known {
  /** Stands for what it does. */
  label: string;
  /** Files end here, others come out: those of `scripts()`. */
  isEnd?: boolean;
  /** It gives out what it is given, however long it takes, and without being told of the end. */
  isSteady?: boolean;
}

/** What has happened to a stream. */
interface Stage extends Known {
  stream: Stream;
  next: Stage[];
  hasEnded: boolean;
  hasFinished: boolean;
  hasClosed: boolean;
  /** Outputs of which something has come out. */
  passed: Set<string>;
  /** Relative paths of their Files, with the output, by the last part of the path. */
  files: Map<string, [path: string, output: string][]>;
}

/** @param from the stream that it came out of */
type OnPassed = (output: string, file: File, from: Stream) => void;

interface Pushing {
  push(chunk: unknown, ...rest: unknown[]): boolean;
}

const isReadable = (stream: Stream): stream is NodeJS.ReadableStream =>
  (stream as NodeJS.ReadableStream).readable;

/** Whether it can be seen what comes out of a stream: plain ones of the oldest kind have nothing to see it by. */
const isPushing = (stream: Stream): boolean => typeof (stream as Partial<Pushing>).push === 'function';

/**
 * Whether a stream has given all it had. A last one that nobody reads never ends, and gulp pipes what a task returns into a
 * sink that may have to catch up when the next task begins: when these fail after they have been told of the end, they close.
 */
function hasArrived({ stream, hasEnded, hasFinished, hasClosed, next }: Stage): boolean {
  if (hasEnded || next.length > 0 || hasClosed) return hasEnded;
  return hasFinished || (stream as { writableEnded?: boolean }).writableEnded === true;
}

/** Milliseconds of a look at the streams. Time counts in these: streams that get no processor time have none to move in. */
const LOOK = 10;

/** Looks without any movement after which a stream that does nothing is taken to keep what it was given; others after many. */
const FEW = 5;
const MANY = 1_000;

/** Whether the stream waits for more, or for the end, before it gives out what it was given; as far as it tells. */
function keeps({ stream, isSteady }: Stage, silence: number): boolean {
  const isIdle = (stream as { writableLength?: number }).writableLength === 0;
  return !isSteady && silence >= (isIdle ? FEW : MANY);
}

const relativePath = (file: File): string => file.relative.replaceAll('\\', '/');

function notePassed(output: string, file: File, { passed, files }: Stage): void {
  passed.add(output);
  const path = relativePath(file);
  const known = files.get(basename(path)) ?? [];
  files.set(basename(path), [...known, [path, output]]);
}

/** The output that a stream has made another File of, `a.js.map` or `a.js.gz` of `a.js`, in whatever directory. */
function originOf(file: File, { files }: Stage): string | undefined {
  const path = relativePath(file).replace(/\.[^./]*$/, '');
  const known = files.get(basename(path)) ?? [];
  return known.find(([of]) => path === of || path.endsWith(`/${of}`))?.[1];
}

/** Follows what comes out of a build. A stream that fails never comes to its end, nor does what stands behind it. */
export class Delivery {
  private readonly stages = new Map<Stream, Stage>();
  private readonly known = new WeakMap<Stream, Known>();
  private readonly listeners: OnPassed[] = [];
  private onMoved: () => void = () => undefined;

  /** @param outputOf which output of the build a File belongs to, if any */
  constructor(private readonly outputOf: (file: File) => string | undefined) {}

  /** Whether what came out has arrived: every stream has come to its end. */
  get isComplete(): boolean {
    return [...this.stages.values()].every(hasArrived);
  }

  /** Has a listener told of each File of an output that comes out of a stream. */
  onPassed(listener: OnPassed): void {
    this.listeners.push(listener);
  }

  /** Says what is not seen of a stream, before it is followed. */
  describe(stream: Stream, known: Known): void {
    this.known.set(stream, known);
  }

  /** Follows a stream to its end, and all streams that it is piped into from now on. */
  follow(stream: Stream): Stage {
    const followed = this.stages.get(stream);
    if (followed) return followed;
    const known = this.known.get(stream) ?? { label: stream.constructor.name };
    const state = { hasEnded: false, hasFinished: false, hasClosed: false };
    const stage: Stage = { ...known, ...state, stream, next: [], passed: new Set(), files: new Map() };
    this.stages.set(stream, stage);
    // Not an 'error' listener: with one, an error that nobody else listens for would go unseen.
    stream.once(isReadable(stream) ? 'end' : 'finish', () => (stage.hasEnded = true));
    stream.once('finish', () => (stage.hasFinished = true));
    stream.once('close', () => {
      stage.hasClosed = true;
      this.onMoved();
    });
    if (isReadable(stream)) this.followPipes(stream, stage);
    if (isPushing(stream)) this.followFiles(stream as unknown as Pushing, stage);
    return stage;
  }

  private followPipes(stream: NodeJS.ReadableStream, stage: Stage): void {
    const { pipe } = stream;
    stream.pipe = (destination, options) => {
      stage.next.push(this.follow(destination));
      return pipe.call(stream, destination, options) as typeof destination;
    };
  }

  private followFiles(stream: Pushing, stage: Stage): void {
    const { push } = stream;
    stream.push = (chunk, ...rest) => {
      // Before it goes on: the next stream may change it.
      if (File.isVinyl(chunk)) this.pass(stage, chunk);
      return push.call(stream, chunk, ...rest);
    };
  }

  private pass(stage: Stage, file: File): void {
    const own = this.outputOf(file);
    const output = own ?? originOf(file, stage);
    if (output === undefined) return;
    if (own !== undefined) notePassed(own, file, stage);
    for (const listener of this.listeners) listener(output, file, stage.stream);
    this.onMoved();
  }

  /** Stands for the streams that a stream is piped into by now, and on from there; nothing if it is piped into none. */
  wayFrom(stream: Stream): string | undefined {
    const { next } = this.follow(stream);
    const way = ({ label, next: following }: Stage): unknown => [label, ...following.map(way)];
    return next.length === 0 ? undefined : JSON.stringify(next.map(way));
  }

  /**
   * Waits for an output that has come out of a stream to come out of all that follow.
   * @returns false when one of them keeps it, until it is told of the end or for ever
   */
  async reachesEnd(stream: Stream, output: string): Promise<boolean> {
    for (let silence = 0; ; ) {
      const pending = this.pendingBehind(this.follow(stream), output);
      if (pending.length === 0) return true;
      if (pending.some((stage) => stage.hasClosed || keeps(stage, silence))) return false;
      silence = (await this.movement()) ? 0 : silence + 1;
    }
  }

  /** The streams that the output has gone into and not come out of. */
  private pendingBehind({ next, passed }: Stage, output: string): Stage[] {
    if (!passed.has(output)) return [];
    return next
      .filter(({ stream, isEnd }) => !isEnd && isPushing(stream))
      .flatMap((stage) => (stage.passed.has(output) ? this.pendingBehind(stage, output) : [stage]));
  }

  /** Resolves with true at the next movement, with false after a look without any. */
  private movement(): Promise<boolean> {
    return new Promise((resolve) => {
      // What has come meanwhile is handled between the two.
      const timer = setTimeout(() => setImmediate(resolve, false), LOOK);
      this.onMoved = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }
}
