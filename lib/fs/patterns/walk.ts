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

/** Paths relative to the directory, with `/`. None where there is no such directory. */
export function filesBelow(directory: string, { isEntered, onLookedIn }: Walk): string[] {
  const files: string[] = [];
  const pending: { below: string; depth: number }[] = [{ below: '', depth: 0 }];
  for (const { below, depth } of pending) {
    const path = join(directory, below);
    onLookedIn(path);
    for (const entry of entriesIn(path)) {
      const inside = below + entry.name;
      const isLink = entry.isSymbolicLink();
      if (isLink) onLookedIn(join(path, entry.name));
      if (entry.isFile() || (isLink && isFile(join(path, entry.name)))) files.push(inside);
      else if (!isEntered(entry.name, depth)) continue;
      else if (entry.isDirectory() || (isLink && leadsDown(join(path, entry.name), path)))
        pending.push({ below: `${inside}/`, depth: depth + 1 });
    }
  }
  return files;
}

/** Whether a link leads to a directory, and not to one that it is in: that would have no end. */
const leadsDown = (link: string, directory: string): boolean =>
  isDirectory(link) && !isWithin(realpathSync(directory), realpathSync(link));
