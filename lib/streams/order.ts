/** Whether the streams of a pack are put together so that each of them can come to its end. */
import { errorMonitor } from 'node:events';
import type { Readable, Transform } from 'readable-stream';
import type { DynapackError } from '../dynapack-error';
import {
  modulesAsEntries,
  neverGiven,
  outOfOrder,
  packUnended,
  packUnfed,
  sourceUnended,
} from '../order-failures';
import { destroyWith, tellListeners } from './forward-errors';
import { watchInput } from './input';
import { whenIdle } from './stalled';

/** A stream of the pack that has not come to its end. */
interface Part {
  stream: Transform;
  /** How it is called for, such as `scripts()`; `undefined` for the pack itself. */
  call: string | undefined;
  /** Whether something was piped or written into it. */
  isGiven: boolean;
  /** Whether something that is piped into it has failed: of that, its listeners know. */
  hasFailedSource: boolean;
}

/** Whether somebody reads what comes out of a stream. */
const isRead = ({ readableFlowing }: Transform): boolean => readableFlowing !== null;

type Pipe = NodeJS.ReadableStream['pipe'];

const ignore = (): void => undefined;

type Watcher = (destination: NodeJS.WritableStream) => void;

/** By stream, who is told of what it is piped into: a stream may be piped into by many builds. */
const watchers = new WeakMap<object, Set<Watcher>>();

/** @returns the watchers of a stream */
function watchersOf(stream: { pipe: Pipe }): Set<Watcher> {
  const known = watchers.get(stream);
  if (known) return known;
  const all = new Set<Watcher>();
  watchers.set(stream, all);
  const { pipe } = stream;
  stream.pipe = (destination, options) => {
    for (const watcher of [...all]) watcher(destination);
    return pipe.call(stream, destination, options) as typeof destination;
  };
  return all;
}

/** Has a listener told when a stream is piped into another, however many stand between. */
function whenLeadingTo(stream: Readable, target: unknown, onFound: () => void): void {
  const ends: (() => void)[] = [];
  const follow = (from: { pipe?: Pipe }, onArrival: () => void): void => {
    if (typeof from.pipe !== 'function') return;
    const all = watchersOf(from as { pipe: Pipe });
    const watcher: Watcher = (destination) => {
      if (destination === target) onArrival();
      else
        follow(destination as { pipe?: Pipe }, () => {
          // It fails with both, and nobody may listen to it.
          destination.on('error', ignore);
          onArrival();
        });
    };
    all.add(watcher);
    ends.push(() => all.delete(watcher));
  };
  stream.once('close', () => {
    for (const end of ends) end();
  });
  follow(stream as { pipe?: Pipe }, onFound);
}

/** That of one pack. */
export class Order {
  private readonly open = new Set<Part>();
  /** The pack itself. */
  private pack: Part | undefined;
  /** Whether the bundles are known, or will not be. */
  private isSettled = false;
  private stop: (() => void) | undefined;

  /**
   * @param built settles once the bundles are known, or will not be
   * @param fail ends the streams that wait for what will not come any more
   */
  constructor(
    built: Promise<unknown>,
    private readonly fail: (error: Error) => void,
  ) {
    const settle = (): void => {
      this.isSettled = true;
    };
    built.then(settle, settle);
  }

  /** Watches the stream that the pack is. */
  watchPack(stream: Transform): void {
    this.pack = this.watch(stream, undefined);
  }

  /**
   * Watches another stream of the pack.
   * @param call how it was called for, such as `scripts()`
   */
  watchPart(stream: Transform, call: string): void {
    this.watch(stream, call);
    this.keepApart(stream, () => outOfOrder(call));
  }

  /** Watches where the modules go. */
  watchDeps(stream: Readable): void {
    this.keepApart(stream, modulesAsEntries);
  }

  /** Fails the pack when a stream leads into it that waits for it. */
  private keepApart(stream: Readable, failure: () => Error): void {
    const pack = this.pack?.stream as Transform;
    // Later, when all are put together: what the pack is piped into fails with it.
    const refuse = (): void => void process.nextTick(() => pack.destroy(failure()));
    whenLeadingTo(stream, pack, refuse);
  }

  private watch(stream: Transform, call: string | undefined): Part {
    const part: Part = { stream, call, isGiven: false, hasFailedSource: false };
    stream.on('pipe', (source: NodeJS.EventEmitter) => {
      source.once(errorMonitor, () => {
        part.hasFailedSource = true;
      });
    });
    watchInput(stream, {
      name: call === undefined ? 'the pack' : `${call} of the pack`,
      onGiven() {
        part.isGiven = true;
      },
      onLate: this.fail,
    });
    this.open.add(part);
    this.stop ??= whenIdle(() => this.onIdle());
    for (const event of ['finish', 'close']) stream.once(event, () => this.close(part));
    return part;
  }

  private close(part: Part): void {
    this.open.delete(part);
    // Streams that were called for and are not used wait for nothing, and must not keep what they belong to.
    if (part === this.pack && part.stream.closed)
      for (const other of this.open) if (!other.isGiven && !isRead(other.stream)) this.open.delete(other);
    if (this.open.size > 0) return;
    this.stop?.();
    this.stop = undefined;
  }

  /** Fails what waits for what cannot come, since nothing is left to do. @returns whether something does */
  private onIdle(): boolean {
    const waiting = [...this.open].filter(({ stream }) => isRead(stream));
    const error = this.isSettled ? this.findUnended(waiting) : this.findUnfed(waiting);
    if (error === undefined) return false;
    // A failure that was dealt with is no second one, which would end the process where nobody listens.
    const isTold = [...this.open].some(({ hasFailedSource }) => hasFailedSource);
    if (isTold) tellListeners(error);
    for (const { stream } of waiting) {
      if (isTold) destroyWith(stream, error);
      else stream.destroy(error);
    }
    return true;
  }

  /** Why there are no bundles. */
  private findUnfed(waiting: readonly Part[]): DynapackError | undefined {
    const { stream, isGiven } = this.pack as Part;
    if (stream.writableEnded || waiting.length === 0) return undefined;
    const calls = waiting.flatMap(({ call }) => call ?? []);
    return isGiven ? packUnended(calls) : packUnfed(calls);
  }

  /** Why a stream that others are piped into has not come to its end. */
  private findUnended(waiting: readonly Part[]): DynapackError | undefined {
    const part = waiting.find(({ stream }) => !stream.writableEnded);
    if (part?.call === undefined) return undefined;
    return part.isGiven ? sourceUnended(part.call) : neverGiven(part.call);
  }
}
