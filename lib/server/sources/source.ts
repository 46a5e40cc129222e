/** Where the versions of an asset come from. */
import type { Asset } from '../assets';
import type { FileText } from '../file-texts';

/** A version of an asset. */
export interface SourceText {
  /** The name of the version, for people: `3.7.1`, a commit. The same name should always mean the same text. */
  name: string;
  /** The script or the style itself. */
  text: string;
  /** How a page runs it. Default `js`. */
  type?: 'js' | 'css';
}

/** A version that was read from a file. The text of a long one is only made when it is asked for. */
export class FileVersion implements SourceText {
  constructor(
    readonly name: string,
    readonly file: FileText,
    readonly type: 'js' | 'css',
  ) {}

  get text(): string {
    return this.file.text;
  }
}

/** The bytes of a long text, where they are known. */
export const longBytesOf = (found: SourceText): Buffer | undefined =>
  found instanceof FileVersion ? found.file.bytes : undefined;

/** What is the same as long as the text is. */
export const markOf = (found: SourceText): string =>
  found instanceof FileVersion ? found.file.version : found.text;

/** One kind of place. `defineSource()` takes others. */
export interface Source {
  /**
   * The version that a reference means now: the name of a version, or what stands for one. `HEAD` comes only when the
   * asset has no `head` of its own.
   * @returns undefined when there is none
   */
  read(asset: Asset, reference: string): Promise<SourceText | undefined>;
  /** Names of versions that visitors may ask for, besides those that pages have had and those that the asset lists. */
  versions?(asset: Asset): Promise<readonly string[]>;
  /** Throws when an asset that is being registered lacks an option that the source needs. */
  check?(asset: Asset): void;
  /** Why `read` has found nothing, for the message: which paths were tried, which versions there are. */
  explain?(asset: Asset, reference: string): Promise<string>;
}

export const typeOf = (filename: string): 'js' | 'css' => (/\.css$/i.test(filename) ? 'css' : 'js');

/** What is part of a file name in all places, and of no path. */
export const isVersionName = (name: string): boolean => /^\w[\w.+~-]{0,99}$/.test(name);

/** Orders `1.10.0` behind `1.9.0`, and a final version behind its candidates. */
export function compareVersions(a: string, b: string): number {
  const [[coreA, restA], [coreB, restB]] = [splitVersion(a), splitVersion(b)];
  const byCore = collator.compare(coreA, coreB);
  if (byCore !== 0) return byCore;
  if ((restA === '') !== (restB === '')) return restA === '' ? 1 : -1;
  return collator.compare(restA, restB);
}

const collator = new Intl.Collator('en', { numeric: true });

function splitVersion(version: string): [core: string, rest: string] {
  const at = version.indexOf('-');
  return at < 0 ? [version, ''] : [version.slice(0, at), version.slice(at + 1)];
}
