type Stream = NodeJS.ReadableStream | NodeJS.WritableStream;

/** What has happened to a stream. */
interface Passed {
  stream: Stream;
  hasEnded: boolean;
  hasFinished: boolean;
  hasClosed: boolean;
  isPiped: boolean;
}

const isReadable = (stream: Stream): stream is NodeJS.ReadableStream =>
  (stream as NodeJS.ReadableStream).readable;

/**
 * Whether a stream has given all it had. A last one that nobody reads never ends, and gulp pipes what a task returns into a
 * sink that may have to catch up when the next task begins: when these fail after they have been told of the end, they close.
 */
function hasArrived({ stream, hasEnded, hasFinished, hasClosed, isPiped }: Passed): boolean {
  if (hasEnded || isPiped || hasClosed) return hasEnded;
  return hasFinished || (stream as { writableEnded?: boolean }).writableEnded === true;
}

/**
 * Whether what came out of a build has arrived: every stream it was piped into, and on from there, has come to its end. A stream
 * that fails never does, nor does what stands behind it.
 */
export class Delivery {
  private readonly followed = new Map<Stream, Passed>();

  get isComplete(): boolean {
    return [...this.followed.values()].every(hasArrived);
  }

  /** Follows a stream to its end, and all streams that it is piped into from now on. */
  follow(stream: Stream): void {
    if (this.followed.has(stream)) return;
    const passed = { stream, hasEnded: false, hasFinished: false, hasClosed: false, isPiped: false };
    this.followed.set(stream, passed);
    // Not an 'error' listener: with one, an error that nobody else listens for would go unseen.
    stream.once(isReadable(stream) ? 'end' : 'finish', () => (passed.hasEnded = true));
    stream.once('finish', () => (passed.hasFinished = true));
    stream.once('close', () => (passed.hasClosed = true));
    if (isReadable(stream)) this.followPipes(stream, passed);
  }

  private followPipes(stream: NodeJS.ReadableStream, passed: Passed): void {
    const { pipe } = stream;
    stream.pipe = (destination, options) => {
      passed.isPiped = true;
      this.follow(destination);
      return pipe.call(stream, destination, options) as typeof destination;
    };
  }
}
