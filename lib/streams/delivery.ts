type Stream = NodeJS.ReadableStream | NodeJS.WritableStream;

const isReadable = (stream: Stream): stream is NodeJS.ReadableStream =>
  (stream as NodeJS.ReadableStream).readable;

/**
 * Whether what came out of a build has arrived: every stream it was piped into, and on from there, has come to its end. A stream
 * that fails never does, nor does whatever stands behind it.
 */
export class Delivery {
  private readonly followed = new WeakSet<Stream>();
  private underWay = 0;

  get isComplete(): boolean {
    return this.underWay === 0;
  }

  /** Follows a stream to its end, and all streams that it is piped into from now on. */
  follow(stream: Stream): void {
    if (this.followed.has(stream)) return;
    this.followed.add(stream);
    this.underWay++;
    // Not an 'error' listener: with one, an error that nobody else listens for would go unseen.
    stream.once(isReadable(stream) ? 'end' : 'finish', () => this.underWay--);
    if (!isReadable(stream)) return;
    const { pipe } = stream;
    stream.pipe = (destination, options) => {
      this.follow(destination);
      return pipe.call(stream, destination, options) as typeof destination;
    };
  }
}
