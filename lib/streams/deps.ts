/** Wanted modules → Files with contents, read from the disk unless they were given. */
import { Readable } from 'readable-stream';

import File = require('vinyl');

import { readModuleFile } from '../fs/files';
import { forwardErrors } from './forward-errors';
import { setTag } from './tags';

/** Files read in one turn of the event loop: so many that turns cost nothing, so few that nobody waits for long. */
const READS_PER_TURN = 64;

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
  /** True while Files stand in line to be read. */
  isReading(): boolean;
  /** True when the Files go somewhere. */
  isPiped(): boolean;
}

function toFile({ path, file, importer }: Wanted, root: string): File {
  const emitted = file ?? new File({ cwd: root, base: root, path, contents: readModuleFile(path, importer) });
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
  let isPumping = false;
  let hasDemand = false;

  /** Reads only what somebody downstream is ready for. What that makes wanted comes in the same loop, however deep it goes. */
  function pump(): void {
    if (isPumping) return;
    isPumping = true;
    for (
      let reads = 0;
      hasDemand && queue.length > 0 && !stream.destroyed && reads < READS_PER_TURN;
      reads++
    ) {
      deliver(queue.shift() as Wanted);
    }
    isPumping = false;
    if (hasDemand && queue.length > 0) setImmediate(pump);
  }

  function deliver(wanted: Wanted): void {
    try {
      const file = toFile(wanted, root);
      onRead();
      hasDemand = stream.push(file);
    } catch (error) {
      hasDemand = false;
      onError(error as Error);
    }
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
    isReading: () => hasDemand && queue.length > 0,
    isPiped: () => stream.listenerCount('data') > 0 || stream.listenerCount('readable') > 0,
  };
}
