/** All assets and all sources: which text a reference of an asset means. */
import type { DynapackError } from '../errors';
import { type Asset, type AssetOptions, Assets } from './assets';
import { duplicateSource, esModuleAsset, unknownSource, unknownVersion } from './failures';
import { Lru } from './lru';
import { moduleRefusalOf } from './module-refusal';
import { rebaseStyle } from './rebase';
import { checkArgument, isRecord, isText } from './rules';
import type { Settings } from './settings';
import { SingleFlight } from './single-flight';
import { AssetSource } from './sources/asset';
import { GitSource } from './sources/git';
import { NpmSource } from './sources/npm';
import { type ReleaseReader, ReleaseSource } from './sources/release';
import { longBytesOf, markOf, type Source, type SourceText } from './sources/source';
import { refusalInThread } from './threads';

/** Bytes that are looked through at a time, and those of the longest word. */
const PART = 1 << 18;
const WORD = 6;
/** Units of texts that are known to be fit for pages. */
const CHECKED_LIMIT = 64 * 1024 * 1024;

export class Catalog {
  readonly assets = new Assets();
  readonly releases: ReleaseSource;
  private readonly sources: Map<string, Source>;
  /** What was read → its text then, as `markOf` says it, and the style that was made of it. */
  private readonly checked = new Lru<{ mark: string; style?: string }>(CHECKED_LIMIT);
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
      return found && this.makeFit(asset, key, found);
    });
  }

  /** What pages may have of a text: a script that is one, a style that means the same everywhere. */
  private async makeFit(asset: Asset, key: string, found: SourceText): Promise<SourceText> {
    const { name, type = 'js' } = found;
    const mark = markOf(found);
    const known = this.checked.get(key);
    if (type === 'js') {
      if (known?.mark !== mark) await assertScript(asset.id, found);
      this.checked.set(key, { mark }, mark.length);
      return found;
    }
    const style = (known?.mark === mark ? known.style : undefined) ?? rebaseStyle(asset, name, found.text);
    this.checked.set(key, { mark, style }, mark.length + style.length);
    return style === found.text ? found : { name, text: style, type };
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
async function assertScript(id: string, found: SourceText): Promise<void> {
  const bytes = longBytesOf(found);
  const refusal = bytes ? await refusalOfLong(bytes) : moduleRefusalOf(found.text);
  if (refusal !== undefined) throw esModuleAsset(id, refusal);
}

/** The same of a long text, which is only looked through for words here: in parts, each with the beginning of the next one. */
async function refusalOfLong(bytes: Buffer): Promise<string | undefined> {
  for (let at = 0; at < bytes.length; at += PART) {
    await new Promise(setImmediate);
    const part = bytes.subarray(at, at + PART + WORD);
    if (part.includes('export') || part.includes('import')) return refusalInThread(bytes);
  }
  return undefined;
}

/** What a source is asked for. */
const nameOf = ({ head = 'HEAD' }: Asset, reference: string): string =>
  reference === 'HEAD' ? head : reference;
