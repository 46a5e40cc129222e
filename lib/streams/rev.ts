/** Names with hashes, so that releases lie beside each other and pages of older ones find what is theirs. */
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { sha256 } from '../hash';

/** Characters of the hash in a name, as gulp-rev has them. */
const LENGTH = 10;

const hashOf = ({ contents }: File): string =>
  Buffer.from(sha256(contents as Buffer), 'base64url')
    .toString('hex')
    .slice(0, LENGTH);

/**
 * Bundle Files in, the same Files out, `a.js` as `a-<hash>.js`.
 * @param isNamed whether a File keeps its name
 */
export function createRev(isNamed: (file: File) => boolean = () => false) {
  return objectTransform(async (file: File) => {
    if (isNamed(file)) return file;
    file.stem = `${file.stem}-${hashOf(file)}`;
    if (file.sourceMap) file.sourceMap.file = file.relative;
    return file;
  });
}
