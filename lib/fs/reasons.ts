/** Why a specifier means no file, and what to do about it. */
import { basename, dirname, join, resolve as resolvePath } from 'node:path';
import { nearest } from '../nearest';
import { installations, isPath, packageName } from './candidates';
import { isDirectory, isFile, namesIn, statOf } from './files';
import { loaderReason } from './queries';
import type { Renaming } from './renaming';
import type { Reason } from './resolution';
import type { ResolveKind } from './settings';

/** A specifier that the resolver refused. */
export interface Refused {
  specifier: string;
  /** Of the importer. */
  directory: string;
  kind: ResolveKind;
  /** The resolver's own words. */
  error: string;
  extensions: readonly string[];
  /** What an option makes of it, if one does. */
  meant: Renaming | undefined;
  /** The file the specifier would mean if the other kind of reference named it. */
  byOtherKind(): string | undefined;
}

/** Schemes have two letters at least: `C:` is a drive. */
const URL_START = /^(?:([a-z][a-z\d+.-]+:)|\/\/)/i;

const PACKAGE_NAME = /^(@[\w-][\w.-]*\/)?[\w-][\w.-]*$/;

/** The reason for a builtin that nothing stands in for. */
export function noShim(name: string, specifier: string): Reason {
  return {
    message: `Node's builtin module '${name}' has no browser shim`,
    hint: () =>
      `Give it one: builtins: { …, '${specifier}': file }, or resolve: { alias: { '${specifier}': false } } for an empty module.`,
  };
}

/** Finds out what is behind a refusal. */
export function reasonFor(refused: Refused): Reason {
  const { specifier, error } = refused;
  const broken = /^JSONError \{ path: "(.*?)", message: "(.*?)"/.exec(error);
  if (broken) return brokenManifest(broken[1] as string, broken[2] as string);
  if (specifier === '')
    return { message: 'it is empty', hint: () => 'Write a path or the name of a package.' };
  if (specifier.includes('!')) return loaderReason(specifier);
  if (error.includes('is not exported')) return { message: error, hint: () => notExportedHint(refused) };
  if (specifier.startsWith('#')) {
    return {
      message: error,
      hint: () => 'Names with # are listed in "imports" of the nearest package.json.',
    };
  }
  const url = refused.meant ? undefined : URL_START.exec(specifier);
  if (url) return urlReason(specifier, url[0]);
  if (!error.startsWith('Cannot find module')) return { message: error, hint: () => 'Correct that package.' };
  if (isPath(specifier)) return { message: 'no such file', hint: () => pathHint(refused) };
  return { message: 'no such package, or no such file in it', hint: () => packageHint(refused) };
}

function brokenManifest(path: string, problem: string): Reason {
  const cure = path.includes('node_modules') ? 'Install the package again.' : 'Correct it.';
  return {
    message: `${path} is not valid JSON: ${problem}`,
    hint: () => `That package.json is not valid JSON. ${cure}`,
  };
}

/** URLs are for the browser to load: an `import()` of one is left to it. */
function urlReason(specifier: string, scheme: string): Reason {
  const shown = specifier.length > 60 ? `${specifier.slice(0, 60)}…` : specifier;
  const absolute = scheme === '//' ? `https:${shown}` : shown;
  return {
    message: `what begins with '${scheme}' is a URL, and bundles hold files`,
    hint: () =>
      `Name the global that provides it: external: { '${shown}': 'expression' }. Or load it when the page runs: ` +
      (/^https?:/i.test(absolute)
        ? `import('${absolute}') is left to the browser.`
        : 'import(url), where url is a variable, is left to the browser.'),
  };
}

/** The reason for what a module in a `data:` URL may not ask for. */
export const unplaced = (specifier: string): Reason => ({
  message: `a module in a 'data:' URL has no place from which '${specifier}' could be looked for`,
  hint: () =>
    "It may import Node's builtins, what the option 'external' names, and 'data:' and 'file:' URLs.",
});

function notExportedHint({ kind, byOtherKind }: Refused): string {
  const other = kind === 'import' ? 'require' : 'import';
  return byOtherKind() === undefined
    ? 'The package allows only the paths its "exports" field lists.'
    : `The package has it for ${other} only: use that, or name the file with resolve.alias, or give resolve.conditions with '${other}'.`;
}

function pathHint({ specifier, directory, extensions }: Refused): string {
  const path = resolvePath(directory, specifier);
  const parent = dirname(path);
  const names = namesIn(parent);
  if (names === undefined) return `There is no directory ${parent}.`;
  if (isDirectory(path)) return `${path} is a directory without an index file (resolve.extensions).`;
  const similar = similarName(basename(path), names, extensions);
  if (similar !== undefined) {
    const there = join(parent, similar);
    return statOf(there) === undefined
      ? `${there} is a link that leads nowhere.`
      : `There is ${there}: check the name, its case and its extension.`;
  }
  return 'Check the path, its case and its extension (resolve.extensions).';
}

const stemOf = (name: string): string => name.toLowerCase().replace(/\.[^.]+$/, '');

/** The name that was probably meant: in another case, with another extension, or misspelt. */
function similarName(
  wanted: string,
  names: readonly string[],
  extensions: readonly string[],
): string | undefined {
  const lower = wanted.toLowerCase();
  const inOtherCase = (name: string): boolean =>
    ['', ...extensions].some((extension) => name.toLowerCase() === lower + extension);
  const stem = /\.\w+$/.test(wanted) ? stemOf(wanted) : lower;
  const misspelt = stem.length < 4 ? undefined : nearest(stem, names.map(stemOf));
  return (
    names.find(inOtherCase) ??
    names.find((name) => stemOf(name) === lower) ??
    names.find((name) => stemOf(name) === stem) ??
    names.find((name) => stemOf(name) === misspelt)
  );
}

function packageHint({ specifier, directory, extensions, meant }: Refused): string {
  if (meant) return `By ${meant.by} it would be '${meant.names.join("' or '")}': there is none.`;
  const name = packageName(specifier);
  if (!PACKAGE_NAME.test(name)) {
    const prefix = specifier.split('/')[0] as string;
    return `'${name}' is no name of a package. If '${prefix}' stands for a directory: resolve: { alias: { '${prefix}': directory } }.`;
  }
  const installed = findInstalled(name, directory);
  if (installed !== undefined) {
    const part = specifier === name ? 'the file it names as its main one' : 'that file';
    return `The package is there, in ${installed}, but not ${part}: is it built? Or install it again.`;
  }
  const beside = ['', ...extensions].find((extension) => isFile(join(directory, specifier + extension)));
  if (beside !== undefined) return `The file beside it is called './${specifier}'.`;
  return `Is it installed? npm install ${name}`;
}

/** Whether there is a package of which the specifier names something. */
export const hasPackage = (specifier: string, directory: string): boolean =>
  findInstalled(packageName(specifier), directory) !== undefined;

/** The nearest directory a package is installed in. */
const findInstalled = (name: string, directory: string): string | undefined =>
  [...installations(name, directory)].find(isDirectory);
