/** What comes into a stream of a pack, and whether that is after its end: such streams are for one build. */
import { errorMonitor } from 'node:events';
import type { Transform } from 'readable-stream';
import { packEnded } from '../order-failures';

interface InputHandlers {
  /** What the stream is called. */
  name: string;
  /** It is given something for the first time, or told of the end. */
  onGiven?(): void;
  /** It is piped into, or written to, though it has ended before, and is about to fail. */
  onLate?(error: Error): void;
}

const ignore = (): void => undefined;

/** Watches what is piped into a stream, and written to it. What comes after its end fails it, and whatever it is piped into by then. */
export function watchInput<T extends Transform>(stream: T, { name, onGiven, onLate }: InputHandlers): T {
  let isGiven = false;
  let isRefused = false;
  const refuse = (): void => {
    isRefused = false;
    const error = packEnded(name);
    if (!stream.destroyed) {
      stream.destroy(error);
      return;
    }
    onLate?.(error);
    stream.emit('error', error);
  };
  /** What is piped in and has neither ended nor failed. */
  const sources = new Set<unknown>();
  const note = (isLate: boolean): void => {
    // Later, when the streams of this run are put together: they have to fail.
    if (isLate && !isRefused) process.nextTick(refuse);
    isRefused ||= isLate;
    if (!isGiven) onGiven?.();
    isGiven = true;
  };
  stream.on('pipe', (source: NodeJS.EventEmitter) => {
    // What was destroyed before it was given anything has an error of its own to tell, or is given up.
    const isLate = isGiven && (stream.writableEnded || stream.destroyed);
    // The source fails with this stream, and nobody may listen to it.
    if (isLate) source.on('error', ignore);
    note(isLate);
    sources.add(source);
    // By a listener, an error that nobody else hears of would be heard.
    for (const event of ['end', errorMonitor, 'close']) source.once(event, () => sources.delete(source));
  });
  stream.on('unpipe', (source: unknown) => {
    if (!stream.writableEnded) sources.delete(source);
  });
  /** Where the first of several has ended, and with it the stream, what the others have yet to give would be lost. */
  const expectEnds = (): void => {
    if (sources.size > 0) note(true);
  };
  const { write, end } = stream;
  const isLateNow = (): boolean => stream.writableEnded && !stream.errored;
  stream.write = (...args: unknown[]) => {
    const isLate = isLateNow();
    note(isLate);
    return isLate ? false : Reflect.apply(write, stream, args);
  };
  stream.end = (...args: unknown[]) => {
    const [chunk] = args;
    const isWritten = chunk !== undefined && chunk !== null && typeof chunk !== 'function';
    const isLate = isWritten && isLateNow();
    note(isLate);
    // The one that has ended says so after this.
    process.nextTick(expectEnds);
    return isLate ? stream : Reflect.apply(end, stream, args);
  };
  return stream;
}
