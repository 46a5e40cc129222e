/**
 * Entries that a filter before the pack has dropped, because they have not changed: gulp's `since`, gulp-changed and others. They are entries all
 * the same, and without them the bundles are those of another program.
 */
import { isFile, statOf } from '../fs/files';

/** What an earlier build was made of. */
export interface Earlier {
  /** Paths of its entries. */
  entries: readonly string[];
  /** Milliseconds since the epoch, when it began. */
  began: number;
}

/**
 * The entries of an earlier build that are missing, though their files are there, where all that a build has is a part of them that has changed since.
 * A program that has less for another reason has something that has not changed, too.
 */
export function findDropped(entries: readonly string[], builds: readonly Earlier[]): string[] {
  const given = new Set(entries);
  for (const earlier of builds) {
    const others = earlier.entries.filter((path) => !given.has(path));
    // Mostly it has the same entries: then nothing is asked of the disk.
    const isPart = others.length > 0 && others.length + given.size === earlier.entries.length;
    if (!isPart || !entries.every((path) => changeOf(path) > earlier.began)) continue;
    const missing = others.filter(isFile);
    if (missing.length > 0) return missing;
  }
  return [];
}

/** When a file was changed last, or came to where it is; 0 of what is no file. */
function changeOf(path: string): number {
  const stat = statOf(path);
  return stat === undefined ? 0 : Math.max(stat.mtimeMs, stat.ctimeMs);
}
