/** Names of files that can be beside each other on every disk. */

/** Text → base64url of its SHA-256. */
export type Hash = (text: string) => string;

/** How much of a hash tells two names apart. */
export const hashSuffix = (text: string, hash: Hash): string => `-${hash(text).slice(0, 8)}`;

/** What is the same file to the disks of macOS and Windows. */
export function fold(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** The relative file names of one directory that can exist side by side, on every disk. */
export class FileNames {
  private readonly files = new Set<string>();
  private readonly directories = new Set<string>();

  constructor(names: readonly string[]) {
    for (const name of names) this.add(name);
  }

  /** Takes a name, unless it is not to be had. */
  add(name: string): boolean {
    const file = fold(name);
    if (this.files.has(file) || this.directories.has(file) || this.needsFileAsDirectory(name)) return false;
    this.files.add(file);
    for (const directory of parentsOf(file)) this.directories.add(directory);
    return true;
  }

  /** Takes a name; where it is not to be had, the stem with the extension, and a number between them from the second one on. */
  take(name: string, stem: string, extension: string): string {
    let taken = name;
    for (let count = 1; !this.add(taken); count++)
      taken = `${stem}${count === 1 ? '' : `-${count}`}${extension}`;
    return taken;
  }

  needsFileAsDirectory(name: string): boolean {
    return parentsOf(fold(name)).some((directory) => this.files.has(directory));
  }
}

/** `a/b/c` → `a`, `a/b`. */
function parentsOf(name: string): string[] {
  const segments = name.split('/');
  return segments.slice(1).map((_, index) => segments.slice(0, index + 1).join('/'));
}

/** A relative file path of characters that neither file systems nor URLs have a use for. */
export function toFile(path: string): string {
  const segments = path.split('/').filter((segment) => !/^\.*$/.test(segment));
  return segments.map(toSafeSegment).join('/') || 'index';
}

/** Windows has devices in every directory, and drops dots and spaces from the ends of names. */
function toSafeSegment(segment: string): string {
  const safe = segment.replace(/[^\p{L}\p{M}\p{N} ._-]+/gu, '-').replace(/[. ]+$/, '');
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe) ? `_${safe}` : safe || '-';
}
