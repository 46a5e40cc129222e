/** Wanted modules → Files with contents, read from the disk unless they were given; where nobody sees the Files, their texts. */
import { Readable } from 'readable-stream';

import File = require('vinyl');

import type { ModuleText } from '../draft';
import { encodingOf, mayReadOthers } from '../formats';
import { isDamaged, readModuleFile, readModuleText } from '../fs/files';
import { fileOf } from '../module-path';
import { forwardErrors } from './forward-errors';
import { toModule } from './mods';
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
  /** From now on modules go through the stream. Until then nobody can see them there, and they take a shorter way. */
  splice(): void;
  want(module: Wanted): void;
  /** Ends the stream: nothing more will be wanted. */
  end(): void;
  /** True while Files stand in line to be read. */
  isReading(): boolean;
  /** True when the Files go somewhere. */
  isPiped(): boolean;
}

/** The File that was written, for the module it was written for; of other modules that are made from it, a copy. */
const ownFile = (path: string, file: File | undefined): File | undefined =>
  fileOf(path) === path ? file : file?.clone();

function toFile({ path, file, importer }: Wanted, root: string): File {
  const emitted =
    ownFile(path, file) ??
    new File({ cwd: root, base: root, path: fileOf(path), contents: readModuleFile(fileOf(path), importer) });
  const { contents } = emitted;
  const isSource = Buffer.isBuffer(contents) && mayReadOthers(emitted.path, contents);
  return setTag(emitted, { module: path, ...(isSource && { source: contents }) });
}

/** What comes out of the loop when nobody changes it there. */
const toText = (wanted: Wanted): ModuleText =>
  wanted.file
    ? toModule(setTag(ownFile(wanted.path, wanted.file) as File, { module: wanted.path }))
    : readContents(wanted);

/** A module as its file is on the disk or was written. */
export function readContents({ path, file, importer }: Wanted): ModuleText {
  const fileName = fileOf(path);
  const encoding = encodingOf(path, fileName);
  const readBytes = (): Buffer => (file ? (file.contents as Buffer) : readModuleFile(fileName, importer));
  if (encoding !== 'utf8') return { path, fileName, text: readBytes().toString(encoding) };
  const text = file ? readBytes().toString() : readModuleText(fileName, importer);
  return { path, fileName, text, ...(isDamaged(text, readBytes) && { isDamaged: true }) };
}

export interface DepsHandlers {
  /** A file has been read. */
  onRead(): void;
  /** Takes what does not go through the stream. May throw: the stream fails with that error, as when a file cannot be read. */
  onText(text: ModuleText): void;
  /** The stream is piped into another one. */
  onPipe(destination: NodeJS.WritableStream): void;
}

/**
 * @param root base of the emitted Files
 */
export function createDeps(root: string, { onRead, onText, onPipe }: DepsHandlers): Deps {
  const queue: Wanted[] = [];
  let isPumping = false;
  let hasDemand = false;
  let isSpliced = false;
  const isReading = (): boolean => (hasDemand || !isSpliced) && queue.length > 0 && !stream.destroyed;

  /**
   * Into the stream goes only what somebody downstream is ready for. What that makes wanted comes in the same loop, however deep
   * it goes.
   */
  function pump(): void {
    if (isPumping) return;
    isPumping = true;
    for (let reads = 0; isReading() && reads < READS_PER_TURN; reads++) {
      deliver(queue.shift() as Wanted);
    }
    isPumping = false;
    if (isReading()) setImmediate(pump);
  }

  function deliver(wanted: Wanted): void {
    try {
      if (isSpliced) push(toFile(wanted, root));
      else onText(toText(wanted));
    } catch (error) {
      stream.destroy(error as Error);
    }
  }

  function push(file: File): void {
    onRead();
    hasDemand = stream.push(file);
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
    splice() {
      isSpliced = true;
    },
    want(module) {
      queue.push(module);
      pump();
    },
    end: () => stream.push(null),
    isReading,
    isPiped: () => stream.listenerCount('data') > 0 || stream.listenerCount('readable') > 0,
  };
}
