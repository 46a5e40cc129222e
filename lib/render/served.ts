/** Texts as they are served, and the patches that make them. */

/** A text as it is served. */
export interface ServedText {
  /** base64url of its SHA-256. */
  version: string;
  /** Bytes. */
  size: number;
}

/** A patch as `patches()` has announced it. */
export interface KnownPatch {
  /** Version of the text it makes. */
  to: string;
  /** Versions of the texts it is made of, in order. */
  from: string[];
  /** Bytes after brotli. */
  size: number;
}

/** A version as it stands in names of patches and in snippets: 66 bits. */
export const shortVersion = (version: string): string => version.slice(0, 11);

/** Where a patch is served, relative to the bundles. */
export const patchPath = ({ to, from }: Pick<KnownPatch, 'to' | 'from'>): string =>
  `patches/${[to, ...from].map(shortVersion).join('.')}.txt`;

/** What a browser checks a text of this version against. */
export const integrityOf = (version: string): string =>
  `sha256-${version.replaceAll('-', '+').replaceAll('_', '/')}=`;

/** The patches that make a text, each once, the smallest first. */
export function patchesTo<Patch extends KnownPatch>(version: string, known: readonly Patch[]): Patch[] {
  const byPath = new Map(known.filter(({ to }) => to === version).map((patch) => [patchPath(patch), patch]));
  return [...byPath]
    .sort(([pathA, a], [pathB, b]) => a.size - b.size || (pathA < pathB ? -1 : 1))
    .map(([, patch]) => patch);
}
