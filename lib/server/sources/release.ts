/** Releases that `patches()` has recorded: their bundles are assets without anybody's registering them. */
import { resolve } from 'node:path';
import { nearest } from '../../nearest';
import type { Release, ReleasedBundle } from '../../releases/manifest';
import type { Asset } from '../assets';
import type { Settings } from '../settings';
import { type Source, type SourceText, typeOf } from './source';

/** The side of a release store that is read here. */
export interface ReleaseReader {
  /** All releases, oldest first. */
  list(): Promise<Release[]>;
  /** A text, checked against its version. */
  text(version: string): Promise<string | undefined>;
  /** The same as bytes. */
  bytes(version: string): Promise<Buffer | undefined>;
}

const SHORT = 11;

/** How a bundle's version is called. */
export const nameOf = ({ version }: ReleasedBundle): string => version.slice(0, SHORT);

export class ReleaseSource implements Source {
  constructor(
    private readonly settings: () => Settings,
    private readonly reader: () => ReleaseReader | undefined,
  ) {}

  async read(asset: Asset, reference: string): Promise<SourceText | undefined> {
    const versions = await this.listVersions(bundleOf(asset));
    const found =
      reference === 'HEAD' ? versions.at(-1) : versions.find((bundle) => isCalled(bundle, reference));
    const text = found && (await this.reader()?.text(found.version));
    return found && text !== undefined
      ? { name: nameOf(found), text, type: typeOf(bundleOf(asset)) }
      : undefined;
  }

  async versions(asset: Asset): Promise<readonly string[]> {
    return (await this.listVersions(bundleOf(asset))).map(nameOf);
  }

  /** What there is in place of the bundle or of its version. */
  async explain(asset: Asset): Promise<string> {
    const place = this.place();
    const release = await this.latest();
    if (place === undefined) return 'its source needs globals({ releases })';
    if (release === undefined)
      return `no release is in ${place}: does the directory exist, has the build run?`;
    const bundle = bundleOf(asset);
    const versions = await this.versions(asset);
    if (versions.length > 0) return `the releases in ${place} have ${[...new Set(versions)].join(', ')}`;
    const bundles = Object.keys(release.bundles);
    const near = nearest(bundle, bundles);
    const hint = near === undefined ? '' : ` Did you mean '${near}'?`;
    return `no bundle '${bundle}' is in the releases in ${place}.${hint}`;
  }

  /** Where releases are looked for, in words. */
  place(): string | undefined {
    const { releases } = this.settings();
    return typeof releases === 'string' ? resolve(releases) : releases && 'the storage of releases';
  }

  /** The newest release, if there is any. */
  async latest(): Promise<Release | undefined> {
    return (await this.reader()?.list())?.at(-1);
  }

  /** Oldest first. */
  private async listVersions(bundle: string): Promise<ReleasedBundle[]> {
    const releases = (await this.reader()?.list()) ?? [];
    return releases.flatMap(({ bundles }) =>
      Object.hasOwn(bundles, bundle) ? [bundles[bundle] as ReleasedBundle] : [],
    );
  }
}

const bundleOf = (asset: Asset): string => asset.filename ?? asset.id;

const isCalled = (bundle: ReleasedBundle, reference: string): boolean =>
  reference === bundle.version || reference === nameOf(bundle);
