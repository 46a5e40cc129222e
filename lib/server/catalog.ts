/** All assets and all sources: which text a reference of an asset means. */
import type { DynapackError } from '../errors';
import { refusalOf } from '../fs/validity';
import { type Asset, type AssetOptions, Assets } from './assets';
import { duplicateSource, esModuleAsset, unknownSource, unknownVersion } from './failures';
import { Lru } from './lru';
import { rebaseStyle } from './rebase';
import { checkArgument, isRecord, isText } from './rules';
import type { Settings } from './settings';
import { SingleFlight } from './single-flight';
import { AssetSource } from './sources/asset';
import { GitSource } from './sources/git';
import { NpmSource } from './sources/npm';
import { type ReleaseReader, ReleaseSource } from './sources/release';
import type { Source, SourceText } from './sources/source';

/** Units of texts that are known to be fit for pages. */
const CHECKED_LIMIT = 64 * 1024 * 1024;
/** Only texts with this are worth asking the engine whether they are modules. */
const MODULE_SYNTAX = /\bexport\b|\bimport\b\s*[^\s(]/;

export class Catalog {
  readonly assets = new Assets();
  readonly releases: ReleaseSource;
  private readonly sources: Map<string, Source>;
  /** What was read → its text then, and what pages may have of it. */
  private readonly checked = new Lru<{ text: string; fit: string }>(CHECKED_LIMIT);
  private readonly reads = new SingleFlight<SourceText | undefined>();

  constructor(settings: () => Settings, reader: () => ReleaseReader | undefined) {
    this.releases = new ReleaseSource(settings, reader);
    this.sources = new Map<string, Source>([
      ['asset', new AssetSource(settings)],
      ['git', new GitSource(settings)],
      ['npm', new NpmSource(settings)],
      ['release', this.releases],
    ]);
  }

  /** @throws INVALID_ASSET, INVALID_OPTION, UNKNOWN_OPTION or UNKNOWN_SOURCE */
  register(id: string, options: AssetOptions): void {
    this.assets.add(id, options, (asset) => this.sourceOf(asset).check?.(asset));
  }

  /** @throws INVALID_OPTION, UNKNOWN_OPTION or UNKNOWN_SOURCE */
  setDefaults(options: AssetOptions): void {
    this.assets.setDefaults(options, (source) => this.sourceOf({ source }));
  }

  /** @throws SOURCE_DEFINED or INVALID_OPTION */
  defineSource(name: string, source: Source): void {
    checkArgument('defineSource()', 'name', name, ['a string that is not empty', isText]);
    checkArgument('defineSource()', 'source', source, [
      'an object with a function read(asset, reference)',
      (value) => isRecord(value) && typeof value.read === 'function',
    ]);
    if (this.sources.has(name)) throw duplicateSource(name);
    this.sources.set(name, source);
  }

  /**
   * The text that a reference means now, as the asset's source sees it. Who asks for the same at the same time shares.
   * @throws (rejects with) UNKNOWN_SOURCE, and what the source throws
   */
  read(asset: Asset, reference: string): Promise<SourceText | undefined> {
    const named = nameOf(asset, reference);
    const key = JSON.stringify([asset, named]);
    return this.reads.run(key, async () => {
      const found = await this.sourceOf(asset).read(asset, named);
      return found && { ...found, text: this.makeFit(asset, key, found) };
    });
  }

  /** The text for pages: a script that is one, a style that means the same everywhere. */
  private makeFit(asset: Asset, key: string, { name, text, type = 'js' }: SourceText): string {
    const known = this.checked.get(key);
    if (known?.text === text) return known.fit;
    if (type === 'js') assertScript(asset.id, text);
    const fit = type === 'js' ? text : rebaseStyle(asset, name, text);
    this.checked.set(key, { text, fit }, text.length);
    return fit;
  }

  /** What is said of a reference that means nothing. */
  async explain(asset: Asset, reference: string): Promise<DynapackError> {
    const named = nameOf(asset, reference);
    return unknownVersion(asset.id, named, await this.sourceOf(asset).explain?.(asset, named));
  }

  /** Whether visitors may name a version: as far as this depends on what is registered and what is in its source. */
  async isPublic(asset: Asset, version: string): Promise<boolean> {
    if (version === asset.head || asset.versions?.includes(version)) return true;
    return ((await this.sourceOf(asset).versions?.(asset)) ?? []).includes(version);
  }

  private sourceOf({ source }: Pick<Asset, 'source'>): Source {
    const found = this.sources.get(source);
    if (found === undefined) throw unknownSource(source, [...this.sources.keys()]);
    return found;
  }
}

/** Whatever a page runs in a script element must be a script. */
function assertScript(id: string, text: string): void {
  if (!MODULE_SYNTAX.test(text)) return;
  const refusal = refusalOf(text);
  if (refusal !== undefined && /import|export/.test(refusal)) throw esModuleAsset(id, refusal);
}

/** What a source is asked for. */
const nameOf = ({ head = 'HEAD' }: Asset, reference: string): string =>
  reference === 'HEAD' ? head : reference;
