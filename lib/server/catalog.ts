/** All assets and all sources: which text a reference of an asset means. */
import { type Asset, Assets } from './assets';
import { duplicateSource, unknownSource } from './failures';
import type { Settings } from './settings';
import { SingleFlight } from './single-flight';
import { AssetSource } from './sources/asset';
import { GitSource } from './sources/git';
import { NpmSource } from './sources/npm';
import { type ReleaseReader, ReleaseSource } from './sources/release';
import type { Source, SourceText } from './sources/source';

export class Catalog {
  readonly assets = new Assets();
  readonly releases: ReleaseSource;
  private readonly sources: Map<string, Source>;
  private readonly reads = new SingleFlight<SourceText | undefined>();

  constructor(settings: () => Settings, reader: () => ReleaseReader | undefined) {
    this.releases = new ReleaseSource(reader);
    this.sources = new Map<string, Source>([
      ['asset', new AssetSource(settings)],
      ['git', new GitSource(settings)],
      ['npm', new NpmSource(settings)],
      ['release', this.releases],
    ]);
  }

  /** @throws SOURCE_DEFINED */
  defineSource(name: string, source: Source): void {
    if (this.sources.has(name)) throw duplicateSource(name);
    this.sources.set(name, source);
  }

  /**
   * The text that a reference means now, as the asset's source sees it. Who asks for the same at the same time shares.
   * @throws (rejects with) UNKNOWN_SOURCE, and what the source throws
   */
  read(asset: Asset, reference: string): Promise<SourceText | undefined> {
    const named = reference === 'HEAD' ? (asset.head ?? 'HEAD') : reference;
    return this.reads.run(JSON.stringify([asset, named]), async () =>
      this.sourceOf(asset).read(asset, named),
    );
  }

  /** Whether visitors may name a version: as far as this depends on what is registered and what is in its source. */
  async isPublic(asset: Asset, version: string): Promise<boolean> {
    if (version === asset.head || asset.versions?.includes(version)) return true;
    return ((await this.sourceOf(asset).versions?.(asset)) ?? []).includes(version);
  }

  private sourceOf({ source }: Asset): Source {
    const found = this.sources.get(source);
    if (found === undefined) throw unknownSource(source, [...this.sources.keys()]);
    return found;
  }
}
