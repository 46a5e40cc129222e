/** Files that builds have written: whether they are there, and as they were left. */
import { readFileSync, type Stats, statSync } from 'node:fs';

/** What a file was: with one of these, it is another file, or was written since. */
export type Left = Pick<Stats, 'mtimeMs' | 'ctimeMs' | 'size' | 'ino'>;

/** Milliseconds that the clock of a file system may be behind: some tick every two seconds, on the second. */
const behind = ({ ctimeMs }: Stats): number => (ctimeMs % 1000 === 0 ? 2000 : 20);

/** What the file is, if it was written since then, and holds exactly these contents. */
export function findWritten(path: string, contents: Buffer, since: number): Left | undefined {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat?.isFile() || stat.size !== contents.length || stat.ctimeMs + behind(stat) < since)
      return undefined;
    const { mtimeMs, ctimeMs, size, ino } = stat;
    return readFileSync(path).equals(contents) ? { mtimeMs, ctimeMs, size, ino } : undefined;
  } catch {
    // What cannot be read is not known to be there.
    return undefined;
  }
}

/** Whether the file is still what it was. */
export function isAsLeft(path: string, { mtimeMs, ctimeMs, size, ino }: Left): boolean {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    return (
      stat !== undefined &&
      stat.ctimeMs === ctimeMs &&
      stat.mtimeMs === mtimeMs &&
      stat.size === size &&
      stat.ino === ino
    );
  } catch {
    return false;
  }
}
