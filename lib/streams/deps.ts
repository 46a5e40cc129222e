/** Wanted modules → Files with contents, read from the disk unless they were given. */
import { Readable } from 'readable-stream';

import File = require('vinyl');

import { readModuleFile } from '../fs/files';
import { setTag } from './tags';

/** Files that may be open at once: enough to keep the disk busy, far below any limit of the system. */
const CONCURRENT_READS = 16;

/** A module to be read. */
export interface Wanted {
  path: string;
  /** The File to emit in place of what is on disk. */
  file?: File | undefined;
  /** Module that names it, for errors. */
  importer?: string;
}

/** The readable end of the discovery loop, and the way to ask for modules. */
export interface Deps {
  stream: Readable;
  want(module: Wanted): void;
  /** Ends the stream: nothing more will be wanted. */
  end(): void;
  /** True while the disk is being read. */
  isReading(): boolean;
}

async function toFile({ path, file, importer }: Wanted, root: string): Promise<File> {
  const emitted =
    file ?? new File({ cwd: root, base: root, path, contents: await readModuleFile(path, importer) });
  return setTag(emitted, { module: path });
}

/** Calls back when a stream that `source` is piped into fails: the first of the user's transforms. */
function tellErrorsOf(source: Readable, onError: (error: Error) => void): void {
  const pipe = source.pipe;
  source.pipe = (destination, options) => {
    destination.on('error', onError);
    return pipe.call(source, destination, options) as typeof destination;
  };
}

export interface DepsHandlers {
  /** A file cannot be read, or the stream that Files are piped into has failed. */
  onError(error: Error): void;
  /** A file has been read. */
  onRead(): void;
}

/**
 * @param root base of the emitted Files
 */
export function createDeps(root: string, { onError, onRead }: DepsHandlers): Deps {
  const queue: Wanted[] = [];
  let reading = 0;
  let hasDemand = false;

  /** Reads only what somebody downstream is ready for, a few files at a time. */
  function pump(): void {
    while (hasDemand && reading < CONCURRENT_READS && !stream.destroyed) {
      const module = queue.shift();
      if (module === undefined) return;
      reading++;
      toFile(module, root).then(deliver, onError);
    }
  }

  function deliver(file: File): void {
    reading--;
    onRead();
    if (stream.destroyed) return;
    hasDemand = stream.push(file);
    pump();
  }

  const stream = new Readable({
    objectMode: true,
    read() {
      hasDemand = true;
      pump();
    },
  });
  tellErrorsOf(stream, onError);

  return {
    stream,
    want(module) {
      queue.push(module);
      pump();
    },
    end: () => stream.push(null),
    isReading: () => reading > 0,
  };
}
