/** Names with hashes, so that releases lie beside each other and pages of older ones find what is theirs. */
import { objectTransform } from 'through2';
import type File from 'vinyl';
import { sha256 } from '../hash';
import { urlPath } from '../render/escape';
import { renameFiles } from '../render/renamed';
import { tagOf } from './tags';

/** Characters of the hash in a name, as gulp-rev has them. */
const LENGTH = 10;

const hashOf = ({ contents }: File): string =>
  Buffer.from(sha256(contents as Buffer), 'base64url')
    .toString('hex')
    .slice(0, LENGTH);

function rename(file: File): void {
  file.stem = `${file.stem}-${hashOf(file)}`;
  if (file.sourceMap) file.sourceMap.file = file.relative;
}

/** Puts the names that files have now into a style. */
function rewrite(style: File, names: ReadonlyMap<string, string>): void {
  const { contents, sourceMap } = style;
  const { text, mappings } = renameFiles({ text: String(contents), mappings: sourceMap?.mappings }, names);
  style.contents = Buffer.from(text);
  if (sourceMap) sourceMap.mappings = mappings;
}

const pathIn = ({ relative }: File): string => urlPath(relative.replaceAll('\\', '/'));

/**
 * Files of a pack in, the same Files out, `a.js` as `a-<hash>.js`, in styles as well. All have come before the first one goes.
 * @param isNamed whether a File keeps its name
 */
export function createRev(isNamed: (file: File) => boolean = () => false) {
  return objectTransform(async function* (source: AsyncIterable<File>) {
    const files: File[] = [];
    const names = new Map<string, string>();
    for await (const file of source) {
      files.push(file);
      if (tagOf(file).asset === undefined || isNamed(file)) continue;
      const before = pathIn(file);
      rename(file);
      names.set(before, pathIn(file));
    }
    for (const file of files) {
      if (tagOf(file).asset === undefined && !isNamed(file)) {
        if (file.extname === '.css') rewrite(file, names);
        rename(file);
      }
      yield file;
    }
  });
}
