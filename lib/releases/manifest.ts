/** Which texts make a release, and which of them a visitor of it holds. */
import { sha256 } from '../hash';

/** A bundle of a release, or another file of it. */
export interface ReleasedBundle {
  /** base64url of the SHA-256 of the text's UTF-8 bytes. */
  version: string;
  /** File name as served, without the prefix. */
  served: string;
  /** Bytes of the text. */
  size: number;
}

/** A text as it is served. */
export interface ServedText {
  text: string;
  version: string;
  served: string;
}

/** What a build has made. */
export interface ReleaseContent {
  /** By bundle name. */
  bundles: Record<string, ReleasedBundle>;
  /** Root id → names of the bundles that a request for it must have. Empty when no pack has made the files. */
  roots: Record<string, string[]>;
  /** Entry name → names of the bundles its page starts with. Empty likewise. */
  entries: Record<string, string[]>;
}

/** A release that has been recorded. */
export interface Release extends ReleaseContent {
  /** `<number>-<6 characters of a hash>`: two builders at once may give the same number. */
  id: string;
  /** One more than the highest that its builder knew. */
  number: number;
}

/** Changes when manifests have another form; what has another format is not read. */
const FORMAT = 1;

const KEY = /:((\d{1,9})-([\w-]{6}))$/;
const HASH_LENGTH = 6;

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1);
const sorted = <Value>(record: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(byName));

/** The same for the same content, whatever the order of its names. */
export function canonical({ bundles, roots, entries }: ReleaseContent): ReleaseContent {
  return { bundles: sorted(bundles), roots: sorted(roots), entries: sorted(entries) };
}

export const isSameContent = (a: ReleaseContent, b: ReleaseContent): boolean =>
  JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));

/** A manifest's bytes, and the id that ends its key: it holds a hash of the bytes, which tells whether they are whole. */
export function writeManifest(number: number, content: ReleaseContent): { id: string; bytes: Buffer } {
  const bytes = Buffer.from(JSON.stringify({ format: FORMAT, number, ...canonical(content) }));
  return { id: `${number}-${sha256(bytes).slice(0, HASH_LENGTH)}`, bytes };
}

/** Whether a manifest is as it was written; what has no key of a manifest is none. */
export function isWhole(key: string, bytes: Buffer): boolean {
  const [, , , hash] = KEY.exec(key) ?? [];
  return hash === undefined || sha256(bytes).slice(0, HASH_LENGTH) === hash;
}

/** The release of a manifest; `undefined` when it is damaged, or of another format. */
export function readManifest(key: string, bytes: Buffer): Release | undefined {
  const [, id, number] = KEY.exec(key) ?? [];
  if (id === undefined || !isWhole(key, bytes)) return undefined;
  const { format, bundles, roots, entries } = JSON.parse(String(bytes)) as ReleaseContent & {
    format: number;
  };
  return format === FORMAT ? { id, number: Number(number), bundles, roots, entries } : undefined;
}

/** Oldest first. */
export const byAge = (a: Release, b: Release): number => a.number - b.number || (a.id < b.id ? -1 : 1);

/** The versions of all texts of some releases. */
export const versionsOf = (releases: readonly ReleaseContent[]): Set<string> =>
  new Set(releases.flatMap(({ bundles }) => Object.values(bundles).map(({ version }) => version)));
