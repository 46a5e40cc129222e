/** Finished module Files → module texts. */
import { Writable } from 'readable-stream';

import File = require('vinyl');

import type { ModuleText } from '../draft';
import { noContents, noFile, streamContents } from '../errors';
import { encodingOf } from '../formats';
import { isDamaged } from '../fs/files';
import { tagOf } from './tags';

/** The writable end of the discovery loop tells its owner what happens to it. */
export interface ModsHandlers {
  /** A module has come through. May throw: the stream then fails with that error. */
  onModule(module: ModuleText): void;
  /** The chain of transforms has ended. */
  onEnd(): void;
}

/**
 * A module is known by the path it left `deps()` with, whatever a transform renamed it to. A File that was
 * never there is known by its own path.
 */
export function toModule(file: File): ModuleText {
  if (!File.isVinyl(file)) throw noFile(file);
  if (file.isStream()) throw streamContents(file.path);
  if (!file.isBuffer()) throw noContents(file.path);
  const { module, source } = tagOf(file);
  const path = module ?? file.history[0] ?? file.path;
  const map = file.sourceMap ? { map: file.sourceMap as unknown, base: file.base } : undefined;
  const encoding = encodingOf(path, file.path);
  const bytes = file.contents;
  const text = bytes.toString(encoding);
  const { dependencies } = file as { dependencies?: unknown };
  const isList = Array.isArray(dependencies) && dependencies.every((each) => typeof each === 'string');
  return {
    path,
    fileName: file.path,
    text,
    map,
    ...(encoding === 'utf8' && isDamaged(text, () => bytes) && { isDamaged: true }),
    ...(isList && { dependencies: dependencies.toSorted() }),
    ...(!isList && source?.equals(bytes) === false && { isOpen: true }),
  };
}

export function createMods({ onModule, onEnd }: ModsHandlers): Writable {
  return new Writable({
    objectMode: true,
    write(file: File, _encoding, callback) {
      try {
        onModule(toModule(file));
        callback();
      } catch (error) {
        callback(error as Error);
      }
    },
    final(callback) {
      onEnd();
      callback();
    },
  });
}
