import type { Duplex, Readable } from 'readable-stream';

interface Destroyable {
  destroy(error?: Error): unknown;
}

/** Errors that a stream has given to nobody, which is to Node or gulp. */
const unheard = new WeakSet<Error>();

/** Has an error told only to those that listen for it in what a stream is piped into. */
export function tellListeners(error: Error): void {
  unheard.add(error);
}

const guarded = new WeakSet<object>();

/**
 * Lets an error that nobody listens for go unheard in one of the streams that fail with it, not in each: gulp takes the first
 * for that of the task, and ends its process at the second, also while it watches.
 */
function guard(stream: NodeJS.WritableStream): void {
  if (guarded.has(stream)) return;
  guarded.add(stream);
  // Before all others, since those that listen once are gone when they have heard; behind those of pipes, which go by themselves.
  stream.prependListener('error', function tell(error: Error) {
    if (stream.listenerCount('error') > 1 || unheard.has(error)) return;
    if (error instanceof Error) unheard.add(error);
    guarded.delete(stream);
    stream.off('error', tell);
    stream.emit('error', error);
  });
}

/**
 * Whatever this stream is piped into fails with it, also when it has failed before. gulp 5 would lose the error
 * otherwise: gulp.src is a streamx stream, which adds an error listener to its destination, so that an error after
 * the source has ended is seen by nobody (ARCHITECTURE.md, "Errors follow the data"). If nobody listens, that is told once.
 * @param onPipe told of every stream this one is piped into
 */
export function forwardErrors<T extends Readable>(
  stream: T,
  onPipe?: (destination: NodeJS.WritableStream) => void,
): T {
  const pipe = stream.pipe;
  stream.pipe = function (destination, options) {
    const forward = (error: Error): unknown => (destination as unknown as Destroyable).destroy(error);
    onPipe?.(destination);
    guard(destination);
    if (stream.errored) forward(stream.errored);
    stream.once('error', forward);
    destination.once('unpipe', (source: unknown) => {
      if (source === stream) stream.off('error', forward);
    });
    return pipe.call(this, destination, options) as typeof destination;
  };
  return stream;
}

interface Listened extends Destroyable {
  listenerCount(event: string): number;
}

/** Ends a stream with an error if somebody listens for it, so that an error reported elsewhere crashes nothing. */
export function destroyWith(stream: Listened, error: Error | undefined): void {
  stream.destroy(stream.listenerCount('error') > 0 ? error : undefined);
}

/**
 * Has a listener told when a stream is destroyed, before anybody else is. An 'error' listener would not do: with one, an error that
 * nobody else listens for would go unseen.
 */
export function onDestroy<T extends Readable>(stream: T, listener: (error: Error | undefined) => void): T {
  const destroy = stream._destroy;
  stream._destroy = (error, callback) => {
    listener(error ?? undefined);
    destroy.call(stream, error, callback);
  };
  return stream;
}

const ignore = (): void => undefined;

/**
 * What is piped into this stream may fail with it unheard. A streamx stream, such as gulp.dest, fails with what it is piped
 * into; where a plugin is piped into that, nobody listens to it, and the process would end.
 */
export function hushSources<T extends Duplex>(stream: T): T {
  const sources = new Set<NodeJS.EventEmitter>();
  stream.on('pipe', (source: NodeJS.EventEmitter) => sources.add(source));
  stream.on('unpipe', (source: NodeJS.EventEmitter) => sources.delete(source));
  return onDestroy(stream, (error) => {
    if (error) for (const source of sources) source.on('error', ignore);
  });
}
