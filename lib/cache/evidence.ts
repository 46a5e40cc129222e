/** What shows that a build would give the same again: everything that it has looked at is as it was. */
import { readTextIfFile } from '../fs/files';
import {
  type Content,
  changedListing,
  hasNewContent,
  type Listing,
  mayHaveChanged,
  type Stamp,
} from '../fs/stamps';
import { sha256 } from '../hash';

export interface Evidence {
  /** Modules that were read, with the hash of their text where the stamp says nothing. */
  files: [path: string, stamp: Stamp, hash: string | undefined][];
  /** Modules whose contents were written into the pack, with the hash of these. */
  given: [path: string, hash: string][];
  listings: [path: string, listing: Listing][];
  manifests: [path: string, content: Content][];
}

/** An entry as it was written. */
export interface Written {
  path: string;
  file?: { contents: unknown; sourceMap?: unknown } | undefined;
}

/** Whether a build of the entries would find everything as it was. */
export function holds({ files, given, listings, manifests }: Evidence, entries: readonly Written[]): boolean {
  const hashes = new Map(given);
  const written = entries.filter(({ file }) => file !== undefined);
  return (
    written.length === given.length &&
    written.every(({ path, file }) => hashes.get(path) === sha256(String(file?.contents))) &&
    manifests.every(([path, content]) => !hasNewContent(path, content)) &&
    listings.every(([path, listing]) => changedListing(path, listing) === undefined) &&
    files.every((file) => isAsItWas(...file))
  );
}

function isAsItWas(path: string, stamp: Stamp, hash: string | undefined): boolean {
  if (hash === undefined) return !mayHaveChanged(path, stamp);
  const text = readTextIfFile(path);
  return text !== undefined && sha256(text) === hash;
}
