/** Names of files of styles: like those of bundles, from names alone, so that releases change them as little as can be. */
import { FileNames, type Hash, hashSuffix } from '../file-names';
import { toSlug } from '../names';

/** A file of styles, as its name is made from it. */
export interface StyleFile {
  /** Stable names of what it holds. */
  names: readonly string[];
  /** What all of it is for, if that is one root: the name of an entry, or of a module. */
  owner?: { name: string; isEntry: boolean; isLast: boolean } | undefined;
}

/** What a file is called, and the index of the style that tells it from others. */
export interface NamedStyleFile {
  name: string;
  representative: number;
}

function smallestByHash(names: readonly string[], hash: Hash): number {
  let found = 0;
  let key = hash(names[0] as string);
  names.forEach((name, index) => {
    const other = hash(name);
    if (other < key) [found, key] = [index, other];
  });
  return found;
}

const rankOf = ({ owner }: StyleFile): number => (owner === undefined ? 2 : owner.isEntry ? 0 : 1);

/**
 * Names the files. Of those for one root, the last is called like it; all others have names after the style whose name has the smallest hash.
 * @param reserved names of others in the same directory
 */
export function nameStyleFiles(
  files: readonly StyleFile[],
  reserved: readonly string[],
  hash: Hash,
): NamedStyleFile[] {
  const taken = new FileNames(reserved);
  const named: NamedStyleFile[] = [];
  const chosen = files.map((file, index) => {
    const representative = smallestByHash(file.names, hash);
    const own = file.names[representative] as string;
    const stem = stemOf(file.owner, toSlug(own));
    return { index, representative, own, stem, rank: rankOf(file) };
  });
  chosen.sort((a, b) => a.rank - b.rank || (a.own < b.own ? -1 : 1));
  for (const { index, representative, own, stem } of chosen) {
    const longer = (taken.needsFileAsDirectory(stem) ? toSlug(stem) : stem) + hashSuffix(own, hash);
    named[index] = { name: taken.take(`${stem}.css`, longer, '.css'), representative };
  }
  return named;
}

function stemOf(owner: StyleFile['owner'], slug: string): string {
  if (owner === undefined) return `shared-${slug}`;
  const { name, isEntry, isLast } = owner;
  const stem = isEntry ? name.replace(/\.css$/, '') : toSlug(name);
  return isLast ? stem : `${stem}-${slug}`;
}

/** Whether a file of a build is one of styles. */
export const isStyleName = (name: string): boolean => name.endsWith('.css');
