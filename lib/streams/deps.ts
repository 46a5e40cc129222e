/** Wanted modules → Files with contents, read from the disk unless they were given. */
import { Readable } from 'readable-stream';

import File = require('vinyl');

import { readModuleFile } from '../fs/files';
import { forwardErrors } from './forward-errors';
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
  /** True when the Files go somewhere. */
  isPiped(): boolean;
}

async function toFile({ path, file, importer }: Wanted, root: string): Promise<File> {
  const emitted =
    file ?? new File({ cwd: root, base: root, path, contents: await readModuleFile(path, importer) });
  return setTag(emitted, { module: path });
}

export interface DepsHandlers {
  /** A file cannot be read. */
  onError(error: Error): void;
  /** A file has been read. */
  onRead(): void;
  /** The stream is piped into another one. */
  onPipe(destination: NodeJS.WritableStream): void;
}

/**
 * @param root base of the emitted Files
 */
export function createDeps(root: string, { onError, onRead, onPipe }: DepsHandlers): Deps {
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
  forwardErrors(stream, onPipe);

  return {
    stream,
    want(module) {
      queue.push(module);
      pump();
    },
    end: () => stream.push(null),
    isReading: () => reading > 0,
    isPiped: () => stream.listenerCount('data') > 0 || stream.listenerCount('readable') > 0,
  };
}
