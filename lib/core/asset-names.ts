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
    const file = toFile(name);
    const extension = /\.[^./]*$/.exec(file)?.[0] ?? '';
    const stem = file.slice(0, file.length - extension.length);
    // Where a directory of the name would be a file, one name stands for the whole path.
    const apart = taken.needsFileAsDirectory(ASSETS + file) ? stem.replaceAll('/', '-') : stem;
    return taken.take(ASSETS + file, ASSETS + apart + hashSuffix(name, hash), extension);
  });
}
