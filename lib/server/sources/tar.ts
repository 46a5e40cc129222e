/** Reads a file of a tar archive (POSIX.1-1988 `ustar`, with the paths of POSIX.1-2001). */

const BLOCK = 512;

const field = (tar: Buffer, at: number, length: number): string =>
  tar.toString('latin1', at, at + length).replace(/\0[\s\S]*$/, '');

/** The contents of the file with a path; `undefined` when there is none, or the archive is cut off before. */
export function findInTar(tar: Buffer, path: string): Buffer | undefined {
  let longPath: string | undefined;
  for (let at = 0; at + BLOCK <= tar.length; ) {
    const name = field(tar, at, 100);
    const size = Number.parseInt(field(tar, at + 124, 12), 8) || 0;
    const type = field(tar, at + 156, 1);
    const contents = tar.subarray(at + BLOCK, at + BLOCK + size);
    const prefix = field(tar, at + 345, 155);
    const found = longPath ?? (prefix === '' ? name : `${prefix}/${name}`);
    if (/^[0]?$/.test(type) && found === path) return contents.length === size ? contents : undefined;
    longPath = type === 'x' ? readLongPath(contents) : undefined;
    at += BLOCK * (1 + Math.ceil(size / BLOCK));
  }
  return undefined;
}

/** The path in an extended header, whose records are `<length> <key>=<value>\n`. */
const readLongPath = (records: Buffer): string | undefined =>
  /(?:^|\n)\d+ path=([^\n]*)\n/.exec(records.toString())?.[1];
