/** Runs a suite once for each stream implementation that gulp users meet. */
import * as nodeStream from 'node:stream';
import * as readableStream from 'readable-stream';
import * as streamx from 'streamx';
import type File from 'vinyl';

type Callback = (error?: Error | null, file?: File) => void;

export interface Streams {
  /** An object stream that gives the items and ends. */
  from(items: readonly unknown[]): NodeJS.ReadableStream;
  /** An object-mode transform. */
  transform(
    transform: (file: File, callback: Callback) => void,
    flush?: (push: (file: File) => void, callback: Callback) => void,
  ): NodeJS.ReadWriteStream;
  /** An object-mode sink that takes everything. */
  sink(): NodeJS.WritableStream;
}

interface Implementation {
  // biome-ignore lint/suspicious/noExplicitAny: three implementations with three sets of types
  Readable: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  Transform: any;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  Writable: any;
}

function streamsOf({ Readable, Transform, Writable }: Implementation): Streams {
  return {
    from: (items) => Readable.from(items, { objectMode: true }),
    transform: (transform, flush) =>
      new Transform({
        objectMode: true,
        transform: (file: File, ...rest: unknown[]) => transform(file, rest.at(-1) as Callback),
        ...(flush && {
          flush(this: { push(file: File): void }, callback: Callback) {
            flush((file) => this.push(file), callback);
          },
        }),
      }),
    sink: () =>
      new Writable({ objectMode: true, write: (...args: unknown[]) => (args.at(-1) as Callback)() }),
  };
}

/** Defines the suite for `stream`, `streamx` and `readable-stream`. */
export function eachStream(name: string, define: (streams: Streams) => void): void {
  const implementations = { stream: nodeStream, streamx, 'readable-stream': readableStream };
  for (const [implementation, module] of Object.entries(implementations)) {
    describe(`${name}, with ${implementation}`, () => define(streamsOf(module as unknown as Implementation)));
  }
}
