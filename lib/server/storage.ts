/** Where an instance keeps what it has made: in a directory of its own, or in a storage that it shares. */
import { join } from 'node:path';
import { Directory } from '../fs/directory';
import { removeOlderFiles } from '../fs/served';
import type { Storage } from '../releases/storage';
import type { Settings } from './settings';

const PREFIX = 'server';
/** Milliseconds after which nobody is still writing a file. */
const ABANDONED = 60 * 60_000;

/** The storage of some settings. In a storage of the user, all keys begin with `server:`. */
export function openStorage({ store, outputDir }: Settings): Storage {
  if (store !== undefined) return withPrefix(store, PREFIX);
  // Left by processes that were ended while they wrote.
  removeOlderFiles(join(outputDir, 'unfinished'), ABANDONED).catch(() => {});
  return new Directory(outputDir);
}

function withPrefix(storage: Storage, prefix: string): Storage {
  const start = `${prefix}:`;
  return {
    getItemRaw: (key) => storage.getItemRaw(start + key),
    setItemRaw: (key, value) => storage.setItemRaw(start + key, value),
    removeItem: (key) => storage.removeItem(start + key),
    getKeys: async (base) => (await storage.getKeys(start + base)).map((key) => key.slice(start.length)),
  };
}
