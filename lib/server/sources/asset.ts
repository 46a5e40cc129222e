/** Files on disk: `<assetsDir>/<id>/<version>.js`, or one file without versions. CSS likewise. */
import { join, relative } from 'node:path';
import { listDirectory } from '../../fs/served';
import type { Asset } from '../assets';
import { invalidAsset } from '../failures';
import { FileTexts } from '../file-texts';
import type { Settings } from '../settings';
import { compareVersions, FileVersion, isVersionName, type Source, type SourceText, typeOf } from './source';

const EXTENSION = /\.(js|css)$/;
const EXTENSIONS = ['', '.js', '.css'];
const SHORT = 11;

export class AssetSource implements Source {
  private readonly texts = new FileTexts();

  constructor(private readonly settings: () => Settings) {}

  async read(asset: Asset, reference: string): Promise<SourceText | undefined> {
    if (asset.filename !== undefined) return this.readSingle(asset, reference);
    const files = await this.listFiles(asset);
    if (files.size === 0) return this.readSingle(asset, reference);
    const name = reference === 'HEAD' ? [...files.keys()].sort(compareVersions).at(-1) : reference;
    const file = files.get(name as string);
    if (file === undefined) return undefined;
    const text = await this.texts.read(this.pathOf(asset, asset.id, file));
    return text && new FileVersion(name as string, text, typeOf(file));
  }

  async versions(asset: Asset): Promise<readonly string[]> {
    return asset.filename === undefined ? [...(await this.listFiles(asset)).keys()] : [];
  }

  async explain(asset: Asset, reference: string): Promise<string> {
    const { assetsDir } = this.settings();
    if ((await listDirectory(assetsDir)).length === 0)
      return `the directory of assets does not exist, or is empty: ${assetsDir}`;
    const files = asset.filename === undefined ? await this.listFiles(asset) : new Map();
    if (files.size > 0)
      return `${this.pathOf(asset, asset.id)} has ${[...files.keys()].sort(compareVersions).join(', ')}`;
    if ((await this.readSingle(asset, 'HEAD')) !== undefined)
      return `it is one file, which has no versions but its head ('${reference}' would be in the directory ${this.pathOf(asset, asset.id)})`;
    const paths = candidatesOf(asset).map((file) => this.pathOf(asset, file));
    const versions =
      asset.filename === undefined ? [this.pathOf(asset, asset.id, '<version>.js or .css')] : [];
    return paths.length === 0
      ? `its file is neither .js nor .css: ${asset.filename}`
      : `no such file: ${[...versions, ...paths].join(', ')}`;
  }

  /** Version → file name in the asset's directory. */
  private async listFiles(asset: Asset): Promise<Map<string, string>> {
    const names = await listDirectory(this.pathOf(asset, asset.id));
    const files = names.filter((name) => EXTENSION.test(name));
    const versions = files.map((name) => [name.replace(EXTENSION, ''), name] as const);
    return new Map(versions.filter(([version]) => isVersionName(version)));
  }

  /** A file without versions has the name that the asset gives it, or one made of its contents. */
  private async readSingle(asset: Asset, reference: string): Promise<SourceText | undefined> {
    if (reference !== 'HEAD' && reference !== asset.head) return undefined;
    for (const file of candidatesOf(asset)) {
      const text = await this.texts.read(this.pathOf(asset, file));
      if (text) return new FileVersion(asset.head ?? text.version.slice(0, SHORT), text, typeOf(file));
    }
    return undefined;
  }

  private pathOf(asset: Asset, ...parts: string[]): string {
    const { assetsDir } = this.settings();
    const path = join(assetsDir, ...parts);
    if (/^\.\.(?:[\\/]|$)/.test(relative(assetsDir, path)))
      throw invalidAsset(asset.id, `is outside of ${assetsDir}`);
    return path;
  }
}

/** Where a file without versions may be, below the directory of assets. */
function candidatesOf({ id, filename }: Asset): string[] {
  const names = filename === undefined ? EXTENSIONS.map((end) => id + end) : [filename];
  return names.filter((name) => EXTENSION.test(name));
}
