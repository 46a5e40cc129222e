/** Packages: the installed one, and tarballs of others as `npm pack` writes them. */
import { basename, dirname, join, posix } from 'node:path';
import { listDirectory, readGzip } from '../../fs/served';
import type { Asset } from '../assets';
import { unreadableAsset } from '../failures';
import { type FileText, FileTexts, textOfBytes } from '../file-texts';
import { isRecord } from '../rules';
import type { Settings } from '../settings';
import { compareVersions, FileVersion, isVersionName, type Source, type SourceText, typeOf } from './source';
import { findInTar } from './tar';

interface Manifest {
  version?: unknown;
  unpkg?: unknown;
  jsdelivr?: unknown;
  browser?: unknown;
  main?: unknown;
}

/** Reads a file of a package by its path in it. */
type ReadFile = (path: string) => Promise<FileText | undefined>;

export class NpmSource implements Source {
  private readonly texts = new FileTexts();

  constructor(private readonly settings: () => Settings) {}

  async read(asset: Asset, reference: string): Promise<SourceText | undefined> {
    const installed = await this.readInstalled(asset);
    if (reference === 'HEAD' && installed) return installed;
    if (installed?.name === reference) return installed;
    const path = await this.findTarball(asset, reference);
    return path === undefined ? undefined : this.readTarball(asset, path);
  }

  async versions(asset: Asset): Promise<readonly string[]> {
    const installed = await this.readInstalled(asset);
    const packed = [...(await this.listTarballs(asset)).keys()];
    return installed ? [installed.name, ...packed] : packed;
  }

  async explain(asset: Asset, reference: string): Promise<string> {
    const name = packageOf(asset);
    const tarball = await this.findTarball(asset, reference);
    if (tarball !== undefined)
      return `${tarball} has no file ${asset.filename ?? 'that is named as its main one'}`;
    const versions = await this.versions(asset);
    if (versions.length > 0) return `of the package ${name}, there is ${versions.join(', ')}`;
    const json = await this.findManifest(asset);
    if (json === undefined) {
      const vain = `the package ${name} is not installed in any node_modules from ${this.settings().assetsDir} upwards`;
      return `${vain}; npm install ${name}`;
    }
    const [file = ''] = filesOf(asset, parseManifest(asset, json.path, json.text));
    const path = join(dirname(json.path), file);
    return `the installed package ${name} has no file ${path}, or its package.json has no version`;
  }

  /** Looks where Node looks, from the directory of assets upwards. */
  private directories(asset: Asset): string[] {
    const found: string[] = [];
    for (let at = this.settings().assetsDir; ; at = dirname(at)) {
      found.push(join(at, 'node_modules', packageOf(asset)));
      if (at === dirname(at)) return found;
    }
  }

  private async readInstalled(asset: Asset): Promise<SourceText | undefined> {
    for (const directory of this.directories(asset)) {
      const found = await readPackage(asset, directory, (path) => this.texts.read(join(directory, path)));
      if (found) return found;
    }
    return undefined;
  }

  private async findManifest(asset: Asset): Promise<{ path: string; text: string } | undefined> {
    for (const directory of this.directories(asset)) {
      const path = join(directory, 'package.json');
      const file = await this.texts.read(path);
      if (file) return { path, text: file.text };
    }
    return undefined;
  }

  /** The path of a version's tarball. */
  private async findTarball(asset: Asset, reference: string): Promise<string | undefined> {
    const tarballs = await this.listTarballs(asset);
    const version = reference === 'HEAD' ? [...tarballs.keys()].sort(compareVersions).at(-1) : reference;
    return tarballs.get(version as string);
  }

  /** Version → path of a tarball. */
  private async listTarballs(asset: Asset): Promise<Map<string, string>> {
    if (asset.tarballs === undefined) return new Map();
    const directory = join(this.settings().assetsDir, asset.tarballs);
    const start = `${packageOf(asset).replace(/^@/, '').replace('/', '-')}-`;
    const names = (await listDirectory(directory)).filter(
      (name) => name.startsWith(start) && /\.tgz$/.test(name),
    );
    const versions = names.map(
      (name) => [name.slice(start.length, -'.tgz'.length), join(directory, name)] as const,
    );
    return new Map(versions.filter(([version]) => /^\d/.test(version) && isVersionName(version)));
  }

  private async readTarball(asset: Asset, path: string): Promise<SourceText | undefined> {
    const tar = await readGzip(path).catch((cause: Error) => {
      throw unreadableAsset(asset.id, path, cause);
    });
    if (tar === undefined) return undefined;
    return readPackage(asset, path, async (file) => {
      const bytes = findInTar(tar, posix.join('package', file));
      return bytes && (await textOfBytes(bytes, `${basename(path)}/${file}`));
    });
  }
}

const packageOf = (asset: Asset): string => asset.package ?? asset.id;

/** @param place of the package's files, for messages */
async function readPackage(asset: Asset, place: string, readFile: ReadFile): Promise<SourceText | undefined> {
  const json = await readFile('package.json');
  if (json === undefined) return undefined;
  const manifest = parseManifest(asset, `${place}/package.json`, json.text);
  if (typeof manifest.version !== 'string') return undefined;
  for (const file of filesOf(asset, manifest)) {
    const text = await readFile(file);
    if (text) return new FileVersion(manifest.version, text, typeOf(file));
  }
  return undefined;
}

/** @throws UNREADABLE_ASSET when it is no object in JSON */
function parseManifest(asset: Asset, path: string, json: string): Manifest {
  try {
    const manifest: unknown = JSON.parse(json);
    if (isRecord(manifest)) return manifest;
    throw new SyntaxError(`it holds ${json.trim().slice(0, 20)}, which is no object`);
  } catch (cause) {
    throw unreadableAsset(asset.id, path, cause as Error);
  }
}

/** Where the file may be, as Node would look for it; nowhere outside of the package. */
function filesOf({ filename }: Asset, manifest: Manifest): string[] {
  if (filename !== undefined) return [posix.join('.', filename)].filter(isInside);
  const main = posix.join('.', mainFile(manifest));
  return [main, `${main}.js`, posix.join(main, 'index.js')].filter(isInside);
}

const isInside = (file: string): boolean => !/^\.\.(?:\/|$)/.test(file);

/** The file that content delivery networks would serve. */
function mainFile({ unpkg, jsdelivr, browser, main }: Manifest): string {
  const named = [unpkg, jsdelivr, browser, main].find((field) => typeof field === 'string' && field !== '');
  return (named as string | undefined) ?? 'index.js';
}
