import type { Writable } from 'readable-stream';

interface Pipeable {
  once(event: 'error', listener: (error: Error) => void): unknown;
  pipe<T extends NodeJS.WritableStream>(destination: T, options?: { end?: boolean }): T;
}

/**
 * Whatever this stream is piped into fails with it. gulp 5 would lose the error otherwise: gulp.src is a streamx
 * stream, which adds an error listener to its destination, so that an error after the source has ended is
 * seen by nobody (ARCHITECTURE.md, "Errors follow the data").
 */
export function forwardErrors<T extends Pipeable>(stream: T): T {
  const pipe = stream.pipe;
  const piped: Pipeable['pipe'] = function (this: T, destination, options) {
    stream.once('error', (error) => (destination as unknown as Writable).destroy(error));
    return pipe.call(this, destination, options) as typeof destination;
  };
  stream.pipe = piped;
  return stream;
}
