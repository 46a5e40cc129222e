/** What users write into a pack → entries. */
import { basename, isAbsolute, resolve } from 'node:path';

import File = require('vinyl');

import { isStyleName } from '../core/styles/names';
import { invalidEntry, noEntries, streamContents, unreadable } from '../errors';
import { bundleEntry } from '../order-failures';
import type { EntryPath } from '../plan';
import { tagOf } from './tags';

/** An entry as written: a path, optionally with its text and the File it came as. */
export interface WrittenEntry extends EntryPath {
  /** The File with its contents; `undefined` means: read the disk. */
  file: File | undefined;
}

/** An absolute path, `{ path, contents }` or a vinyl File. */
export type EntryInput = string | { path: string; contents?: string | Uint8Array } | File;

function fromFile(file: File): WrittenEntry {
  if (!file.path) throw invalidEntry(file);
  const { bundle, isAlone } = tagOf(file);
  if (bundle !== undefined && !isStyleName(bundle) && !isAlone) throw bundleEntry(bundle);
  if (file.isStream()) throw streamContents(file.path);
  if (file.isDirectory()) {
    throw unreadable(file.path, Object.assign(new Error('is a directory'), { code: 'EISDIR' }));
  }
  return { path: file.path, relative: file.relative, file: file.isNull() ? undefined : file };
}

function fromRecord(path: string, contents: string | Uint8Array | undefined): WrittenEntry {
  if (!isAbsolute(path)) throw invalidEntry(path);
  const absolute = resolve(path);
  const file =
    contents === undefined
      ? undefined
      : new File({ path: absolute, contents: Buffer.from(contents as string) });
  return { path: absolute, relative: basename(absolute), file };
}

/**
 * @throws BUNDLE_ENTRY, INVALID_ENTRY, STREAM_CONTENTS or NOT_A_FILE
 */
export function toEntry(input: EntryInput): WrittenEntry {
  if (typeof input === 'string') return fromRecord(input, undefined);
  if (File.isVinyl(input)) return fromFile(input);
  const record = input as { path?: unknown; contents?: unknown } | null;
  const { path, contents } = record ?? {};
  const isText = contents === undefined || typeof contents === 'string' || contents instanceof Uint8Array;
  if (typeof path !== 'string' || !isText) throw invalidEntry(input);
  return fromRecord(path, contents);
}

/**
 * Entries by canonical path. Written twice is once, and contents win over the disk.
 * @throws NO_ENTRIES, and whatever `toEntry` throws
 */
export async function collectEntries(
  source: AsyncIterable<EntryInput>,
  canonicalPath: (path: string) => string,
): Promise<WrittenEntry[]> {
  const entries = new Map<string, WrittenEntry>();
  for await (const input of source) {
    const entry = toEntry(input);
    const path = canonicalPath(entry.path);
    const known = entries.get(path);
    // Two links to one file: which name wins must not depend on the order.
    const relative = known && known.relative < entry.relative ? known.relative : entry.relative;
    entries.set(path, { path, relative, file: entry.file ?? known?.file });
  }
  if (entries.size === 0) throw noEntries();
  return [...entries.values()];
}
