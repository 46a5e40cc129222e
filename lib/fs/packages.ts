/** Which package a module belongs to, and what its package.json says of it. */
import { dirname, join } from 'node:path';
import { becomesStyle } from '../formats';
import { fileOf } from '../module-path';
import { pathFrom } from '../relative-path';
import { isFile, readTextIfFile } from './files';
import { isNowhere } from './virtual';

/** Loaded when the globs of a package.json are asked. */
const picomatch = () => require('picomatch') as typeof import('picomatch');

/** The package of a module. */
export interface PackageInfo {
  /** Of an installed package the directory in `node_modules`, of others that of the nearest package.json with a name. */
  directory: string;
  /** Of an installed package the name it is installed under: what specifiers call it. */
  name: string | undefined;
  version: string | undefined;
  /** What the nearest package.json says of the package's `.js` files; it may be one without a name. */
  type: 'module' | 'commonjs' | undefined;
  /** Names of the packages it expects its user to have, so that both use the same copy. */
  peers: readonly string[];
  /** Whether a file has side effects, as the nearest package.json says. */
  hasEffects(path: string): boolean;
}

/** Path of a module → its package; none for a virtual module, and where there is no package.json. */
export type PackageOf = (path: string) => PackageInfo | undefined;

/** The name a directory is installed under, when it is an installed package's own. */
const INSTALLED = /[\\/]node_modules[\\/](@[^\\/]+[\\/][^\\/]+|[^@.\\/][^\\/]*)$/;

const installedName = (directory: string): string | undefined =>
  INSTALLED.exec(directory)?.[1]?.replace('\\', '/');

/** The fields of a package.json; none when it cannot be read, which is for whoever resolves by it to report. */
export function readManifest(directory: string): Record<string, unknown> | undefined {
  try {
    const text = readTextIfFile(`${directory}/package.json`);
    return text === undefined ? undefined : { ...JSON.parse(text.replace(/^\uFEFF/, '')) };
  } catch {
    return {};
  }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function typeOf({ type }: Record<string, unknown>): PackageInfo['type'] {
  return type === 'module' || type === 'commonjs' ? type : undefined;
}

/**
 * The field `sideEffects`: `false`, or a list of globs of the files that have some, relative to the package.json; one without
 * a slash means files of that name anywhere. (webpack's documentation, "Tree Shaking".) Styles are there for nothing else.
 */
function effectsOf({ sideEffects }: Record<string, unknown>, directory: string): PackageInfo['hasEffects'] {
  if (sideEffects === false) return (path) => becomesStyle(fileOf(path));
  if (!Array.isArray(sideEffects) || !sideEffects.every((glob) => typeof glob === 'string'))
    return () => true;
  const globs = sideEffects.map((glob) => (glob.includes('/') ? glob.replace(/^\.?\//, '') : `**/${glob}`));
  let matches: ((path: string) => boolean) | undefined;
  return (path) => {
    if (becomesStyle(fileOf(path))) return true;
    matches ??= picomatch()(globs, { dot: true });
    return matches(pathFrom(directory, fileOf(path)));
  };
}

/** A package with a package.json of its own. */
function describe(
  directory: string,
  name: string | undefined,
  manifest: Record<string, unknown>,
): PackageInfo {
  return {
    directory,
    name,
    version: textOf(manifest.version),
    type: typeOf(manifest),
    peers: Object.keys(manifest.peerDependencies ?? {}),
    hasEffects: effectsOf(manifest, directory),
  };
}

/**
 * Makes the look-up of one build. It reads each directory once, and upwards only as far as Node does: to the directory in
 * `node_modules`. It remembers what it has read: make another one for the next build.
 */
export function createPackages(): PackageOf {
  const known = new Map<string, PackageInfo | undefined>();

  function find(directory: string): PackageInfo | undefined {
    if (known.has(directory)) return known.get(directory);
    const found = look(directory);
    known.set(directory, found);
    return found;
  }

  function look(directory: string): PackageInfo | undefined {
    if (/[\\/]node_modules$/.test(directory)) return undefined;
    const installed = installedName(directory);
    const manifest = readManifest(directory);
    if (installed !== undefined) return describe(directory, installed, manifest ?? {});
    const above = dirname(directory);
    const outer = above === directory ? undefined : find(above);
    if (manifest === undefined) return outer;
    const name = textOf(manifest.name);
    // A package.json deeper in a package speaks of its files, not of another package.
    const isNested = outer !== undefined && (name === undefined || isInstalled(outer));
    return isNested
      ? { ...outer, type: typeOf(manifest), hasEffects: effectsOf(manifest, directory) }
      : describe(directory, name, manifest);
  }

  return (path) => (isNowhere(path) ? undefined : find(dirname(fileOf(path))));
}

/** The package.json files that count for modules, or that packages were looked for beside. */
export function manifestsFor(paths: Iterable<string>): string[] {
  const directories = new Set<string>();
  for (const path of paths) {
    for (let directory = dirname(path); !directories.has(directory); directory = dirname(directory))
      directories.add(directory);
  }
  return [...directories].map((directory) => join(directory, 'package.json')).filter(isFile);
}

const isInstalled = ({ directory }: PackageInfo): boolean => installedName(directory) !== undefined;
