/** The files below a directory, as far as a pattern may mean them. */
import { join } from 'node:path';
import { entriesIn, isDirectory, isFile, realpathSync } from '../files';
import { isWithin } from '../watch';

export interface Walk {
  /** Whether to look into a directory, `depth` below the first one. */
  isEntered(name: string, depth: number): boolean;
  /** Is told of each directory before it is read, and of each link in one. */
  onLookedIn(path: string): void;
}

/** A directory to be read. */
interface Pending {
  /** Its path below the first one, with a slash at the end. */
  below: string;
  depth: number;
  /** Where the links on the way to it lead. */
  ways: readonly string[];
}

/** Paths relative to the directory, with `/`. None where there is no such directory. */
export function filesBelow(directory: string, { isEntered, onLookedIn }: Walk): string[] {
  const files: string[] = [];
  const pending: Pending[] = [{ below: '', depth: 0, ways: [] }];
  // What is added while it is walked is walked, too.
  for (const { below, depth, ways } of pending) {
    const path = join(directory, below);
    onLookedIn(path);
    for (const entry of entriesIn(path)) {
      const inside = below + entry.name;
      const next = { below: `${inside}/`, depth: depth + 1, ways };
      if (entry.isSymbolicLink()) {
        const link = join(path, entry.name);
        onLookedIn(link);
        const way = wayOf(link, path, ways);
        if (way === 'file') files.push(inside);
        else if (way && isEntered(entry.name, depth)) pending.push({ ...next, ways: [...ways, way.to] });
      } else if (entry.isFile()) files.push(inside);
      else if (entry.isDirectory() && isEntered(entry.name, depth)) pending.push(next);
    }
  }
  return files;
}

/** What a link leads to: a file, or a directory, but none that the way has led through, which would have no end. */
function wayOf(
  link: string,
  directory: string,
  ways: readonly string[],
): 'file' | { to: string } | undefined {
  try {
    if (isFile(link)) return 'file';
    if (!isDirectory(link)) return undefined;
    const to = realpathSync(link);
    return ways.includes(to) || isWithin(realpathSync(directory), to) ? undefined : { to };
  } catch {
    // It leads in a circle, or may not be followed.
    return undefined;
  }
}
