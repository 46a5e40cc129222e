/** The files that a specifier would mean if they were there: one of them mends a resolution that has failed. */
import { dirname, extname, join, resolve } from 'node:path';
import { isDirectory } from './files';
import { readManifest } from './packages';
import { splitQuery } from './queries';
import { renamingOf } from './renaming';
import type { ResolveSettings } from './settings';

/** Whether a specifier is a path, relative or absolute. */
export const isPath = (specifier: string): boolean => /^(\.{0,2}[\\/]|\.\.?$|[a-z]:[\\/])/i.test(specifier);

const hasScheme = (specifier: string): boolean => /^[a-z][a-z\d+.-]+:/i.test(specifier);

/** The directory, and all above it. */
export function* upwards(directory: string): Generator<string> {
  for (let at = directory; ; at = dirname(at)) {
    yield at;
    if (at === dirname(at)) return;
  }
}

/** `@scope/name/sub/path` → `@scope/name`. */
export const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

/** The directories in which a package of the name may be installed. */
export function* installations(name: string, directory: string): Generator<string> {
  for (const at of upwards(directory)) if (!at.endsWith('node_modules')) yield join(at, 'node_modules', name);
}

/** What `exports` or `imports` name for a key of theirs, under any condition. (Node's documentation, "Package entry points".) */
function* targetsOf(field: unknown, key: string, matched = ''): Generator<string> {
  if (typeof field === 'string') yield field.replaceAll('*', matched);
  if (typeof field !== 'object' || field === null) return;
  for (const [name, value] of Object.entries(field)) {
    const isKey = !Array.isArray(field) && /^[.#]/.test(name);
    const match = isKey ? matchOf(name, key) : matched;
    if (match !== undefined) yield* targetsOf(value, key, match);
  }
}

/** What stands for the star of a pattern; empty when it has none. */
export function matchOf(pattern: string, key: string): string | undefined {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return pattern === key ? '' : undefined;
  return key.startsWith(before) && key.endsWith(after) && key.length >= pattern.length - 1
    ? key.slice(before.length, key.length - after.length)
    : undefined;
}

const stringsIn = (value: unknown): string[] =>
  Object.values({ ...(typeof value === 'object' ? value : [value]) }).filter(
    (each) => typeof each === 'string',
  );

/** Files of the path, whatever their extension, and index files. */
function filesAt(path: string, { extensions, extensionAlias }: ResolveSettings): string[] {
  const written = extname(path);
  const stem = path.slice(0, path.length - written.length);
  return [
    path,
    ...extensions.map((extension) => path + extension),
    ...(extensionAlias[written] ?? []).map((extension) => stem + extension),
    ...extensions.map((extension) => join(path, `index${extension}`)),
  ];
}

/** What a package.json names as the file of its directory. */
function mainFiles(directory: string, settings: ResolveSettings): string[] {
  const manifest = readManifest(directory) ?? {};
  const fields = new Set([...settings.mainFields.import, ...settings.mainFields.require]);
  return [...fields].flatMap((field) =>
    stringsIn(manifest[field]).flatMap((name) => filesAt(join(directory, name), settings)),
  );
}

function filesOrPackage(path: string, settings: ResolveSettings): string[] {
  return [...filesAt(path, settings), join(path, 'package.json'), ...mainFiles(path, settings)];
}

/** What the package of the importer makes of specifiers: `imports`, and the map `browser`. */
function mapped(specifier: string, directory: string, settings: ResolveSettings): string[] {
  const owner = [...upwards(directory)].find((at) => readManifest(at) !== undefined);
  if (owner === undefined) return [];
  const { imports, browser } = readManifest(owner) as Record<string, unknown>;
  const names = [...targetsOf(imports, specifier), ...stringsIn(browser)];
  return names.flatMap((name) => unmapped(name, owner, settings));
}

function inPackages(specifier: string, directory: string, settings: ResolveSettings): string[] {
  const name = packageName(specifier);
  const subpath = `.${specifier.slice(name.length)}`;
  return [...installations(name, directory)].flatMap((installed) => {
    const manifest = join(installed, 'package.json');
    if (!isDirectory(installed)) return [manifest];
    const targets = [...targetsOf(readManifest(installed)?.exports, subpath)];
    return [
      manifest,
      ...filesOrPackage(join(installed, subpath), settings),
      ...targets.map((target) => join(installed, target)),
    ];
  });
}

function unmapped(specifier: string, directory: string, settings: ResolveSettings): string[] {
  const plain = specifier.replace(/^node:/, '');
  if (isPath(plain)) return filesOrPackage(resolve(directory, plain), settings);
  return plain.startsWith('#') || hasScheme(plain) ? [] : inPackages(plain, directory, settings);
}

/**
 * Some of the files that are there may be among them, since packages may forbid what they have.
 * @param directory of the importer
 */
export function candidatesOf(specifier: string, directory: string, settings: ResolveSettings): string[] {
  const [name] = splitQuery(specifier);
  const paths = [...(renamingOf(name, directory, settings)?.names ?? []), specifier, name].flatMap((each) => [
    ...mapped(each, directory, settings),
    ...unmapped(each, directory, settings),
  ]);
  return [...new Set(paths)];
}
