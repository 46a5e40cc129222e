/** Names of the files that are given out as they are. */
import { FileNames, type Hash, hashSuffix, toFile } from './file-names';

/** Where assets are. */
const ASSETS = 'assets/';

/**
 * Names the files of assets after where they are. Names that are equal where case does not count, or that could not be beside each other,
 * get a piece of hash.
 * @param names stable names of the files, in an order that lasts
 */
export function nameAssets(names: readonly string[], hash: Hash): string[] {
  const taken = new FileNames([]);
  return names.map((name) => {
    const file = ASSETS + toFile(name);
    const [, stem, extension] = /^(.*?)(\.[^./]*)?$/s.exec(file) as unknown as [string, string, string?];
    let found = file;
    for (let count = 1; !taken.add(found); count++)
      found = `${stem}${hashSuffix(name, hash)}${count === 1 ? '' : `-${count}`}${extension ?? ''}`;
    return found;
  });
}
