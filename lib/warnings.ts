/** Every warning dynapack gives, one function each, sorted by name. A build goes on with them; an error ends it. */
import { isMet } from './concerns';
import type { Concern } from './facts';
import { ALONE, COPIED, list, WORKER } from './hints';
import { locateIn } from './located';
import { hintForMember } from './member-hints';
import type { Module } from './model';
import { shownFile } from './module-path';

export interface BuildWarning {
  /** Stable. */
  code: string;
  /** What is wrong. */
  message: string;
  /** The module or the directory of the package it is about. */
  path: string;
  /** 1-based. */
  lineNumber?: number;
  /** 1-based. */
  columnNumber?: number;
  /** What to do. */
  hint: string;
}

/** A warning about a module, and the module's text. */
export interface ModuleWarning {
  warning: BuildWarning;
  source: string;
}

/** In words: where, what, and what to do. */
export function describeWarning({ path, lineNumber, columnNumber, message, hint }: BuildWarning): string {
  const place = lineNumber === undefined ? path : `${path}:${lineNumber}:${columnNumber}`;
  return `${place} ${message}\n  ${hint}`;
}

function at(module: Module, offset: number): Pick<BuildWarning, 'path' | 'lineNumber' | 'columnNumber'> {
  const { lineNumber, columnNumber } = locateIn(module, offset);
  return { path: shownFile(module.path), lineNumber, columnNumber };
}

/** All that there is to say of a module. */
export function concernWarnings(module: Module): ModuleWarning[] {
  const { facts, source } = module;
  return facts.concerns
    .filter((concern) => !isMet(module, concern))
    .map((concern) => ({ warning: concernWarning(module, concern), source }));
}

/** What a build cannot follow in a source, or what fails when it runs. */
function concernWarning(module: Module, { kind, start, name = '' }: Concern): BuildWarning {
  switch (kind) {
    case 'assignment to an import':
      return assignedImport(module, start, name);
    case 'createRequire()':
      return createdRequire(module, start);
    case 'ensure() without label':
      return unlabelled(module, start);
    case 'import() of an expression':
      return unknownImport(module, start);
    case 'member of import.meta':
      return unsupportedMeta(module, start, name);
    case 'member of module':
      return unsupportedModule(module, start, name);
    case 'member of require':
      return unsupportedRequire(module, start, name);
    case 'name of CommonJS':
      return missingName(module, start, name);
    case 'import below rules':
      return lateImport(module, start);
    case 'new URL()':
      return unbundledAsset(module, start);
    case 'pattern without files':
      return noFiles(module, start, name);
    case 'require as a value':
      return indirectRequire(module, start);
    case 'require() of an expression':
      return unknownRequire(module, start);
    case 'text that is not UTF-8':
      return notUtf8(module, start);
    case 'worker of a module':
      return unbundledWorker(module, start);
  }
}

function assignedImport(module: Module, start: number, name: string): BuildWarning {
  return {
    code: 'ASSIGNED_IMPORT',
    message: `'${name}' is an import, which nothing but its own module can change: this throws a TypeError when it runs`,
    ...at(module, start),
    hint: 'Export a function of that module which changes it, and call that.',
  };
}

/** What of two styles contradicts what. */
interface Contradicting {
  path: string;
  /** As the one root has them, … */
  first: string;
  second: string;
  /** … which is told first, and another one that has them the other way round, if one has. */
  chains: { root: string; first: string; second: string }[];
}

export function contradictingStyles({ path, first, second, chains }: Contradicting): BuildWarning {
  const [own, other] = chains as [Contradicting['chains'][number], ...Contradicting['chains']];
  const shown = (chain: string, then: string): string => `${chain}, then ${then}`;
  const others =
    other === undefined
      ? 'other parts of the page have them the other way round, by way of other styles'
      : `${other.root} has ${shown(other.second, other.first)}`;
  return {
    code: 'STYLE_ORDER',
    message: `no order of styles is right for all of a page: ${own.root} has ${shown(own.first, own.second)}; ${others}. '${first}' stands behind '${second}' on that page`,
    path,
    hint: `Import the two in the same order in both places, or have '${second}' import '${first}' by @import.`,
  };
}

function createdRequire(module: Module, start: number): BuildWarning {
  return {
    code: 'CREATED_REQUIRE',
    message: "createRequire() is Node's: a page does not have it, and this throws",
    ...at(module, start),
    hint: 'Import what is required, or use require() itself.',
  };
}

/** @param root of the build, as below */
export function emptyGroup(name: string, pattern: RegExp, root: string): BuildWarning {
  return {
    code: 'EMPTY_GROUP',
    message: `the option 'split' has a group '${name}', ${pattern}, that no module of a bundle is in`,
    path: root,
    hint: 'What it is to match is the path from the root, with slashes: ./src/menu.js, ./node_modules/lodash/map.js. A module that several groups match is in the first of them.',
  };
}

export function foldedBundles(root: string, name: string, bundles: readonly string[]): BuildWarning {
  return {
    code: 'FOLDED_BUNDLES',
    message: `scripts() was given the bundles ${list(bundles)} as one file, '${name}': only one of them can be there`,
    path: root,
    hint: 'Give each bundle a name of its own.',
  };
}

export function foreignBundles(root: string, names: readonly string[]): BuildWarning {
  return {
    code: 'FOREIGN_BUNDLES',
    message: `scripts() was given bundles of another pack, ${list(names)}, and none of its own: pages ask for these by the names the pack has given them`,
    path: root,
    hint: 'Use the scripts() of the pack that the bundles come from. Each call of dynapack() makes a pack of its own.',
  };
}

function indirectRequire(module: Module, start: number): BuildWarning {
  return {
    code: 'INDIRECT_REQUIRE',
    message: 'require is handed on: what is required through it is not in the bundles, and throws',
    ...at(module, start),
    hint: "Call it by its name, with a string: require('./part'). Packages may have another build, such as one of ES modules.",
  };
}

function lateImport(module: Module, start: number): BuildWarning {
  return {
    code: 'LATE_IMPORT',
    message: 'an @import below rules: browsers ignore it, and so does the build',
    ...at(module, start),
    hint: 'Put it at the top of the style, where only @charset, @layer and other imports stand before it.',
  };
}

export function missingAssets(root: string, names: readonly string[]): BuildWarning {
  return {
    code: 'MISSING_ASSETS',
    message: `scripts() was given bundles, but not the files ${list(names)}: pages and styles ask for them by these names`,
    path: root,
    hint: 'Pass on all Files of the pack, images and fonts as well, with the extensions that they have: what changes formats stands between deps() and mods().',
  };
}

/** @param others scripts that came by and are no bundles */
export function missingBundles(
  root: string,
  bundles: readonly string[],
  others: readonly string[],
): BuildWarning {
  const instead = others.length === 0 ? '' : `, but ${list(others)}, which it does not know`;
  return {
    code: 'MISSING_BUNDLES',
    message: `scripts() was not given the bundles ${list(bundles)}${instead}: pages ask for them by these names`,
    path: root,
    hint: WHOLE,
  };
}

function missingName(module: Module, start: number, name: string): BuildWarning {
  const isPath = name.startsWith('__');
  return {
    code: 'MISSING_NAME',
    message: `'${name}' is not defined: by its name or its package.json this file is an ES module, and only CommonJS has it`,
    ...at(module, start),
    hint: isPath
      ? 'Use import.meta.url.'
      : 'Write import and export, or rename the file so that it ends with .cjs.',
  };
}

export function moduleTwice(path: string, source: string): ModuleWarning {
  const warning = {
    code: 'MODULE_TWICE',
    message: 'came through mods() twice',
    path,
    hint: 'A transform must pass on each File once; a File of its own needs a path of its own.',
  };
  return { warning, source };
}

export function noBundles(root: string): BuildWarning {
  return {
    code: 'NO_BUNDLES',
    message:
      'scripts() was piped into, and given nothing: pages ask for bundles by the names the pack has given them',
    path: root,
    hint: 'A stream before it drops them. Pipe the Files that the pack gives out into scripts(), behind what renames them.',
  };
}

function noFiles(module: Module, start: number, name: string): BuildWarning {
  return {
    code: 'NO_FILES',
    message: `no file is meant by '${name}'`,
    ...at(module, start),
    hint: 'Patterns mean files on the disk, without those in node_modules and those whose names begin with a dot: * stands for one name, ** for directories.',
  };
}

function notUtf8(module: Module, start: number): BuildWarning {
  return {
    code: 'NOT_UTF8',
    message: 'this file is not text in UTF-8: what means nothing there has become the character U+FFFD',
    ...(start < 0 ? { path: shownFile(module.path) } : at(module, start)),
    hint: 'Save it as UTF-8. A file that is no text is imported with ?url.',
  };
}

function unbundledAsset(module: Module, start: number): BuildWarning {
  const [, url = '…'] = /['"`](.*?)['"`]/.exec(module.source.slice(start)) ?? [];
  return {
    code: 'UNBUNDLED_ASSET',
    message: `new URL('${url}', import.meta.url) names a file that is not part of the build`,
    ...at(module, start),
    hint: /\.[cm]?[jt]s$/.test(url) ? `${WORKER} ${ALONE}` : COPIED,
  };
}

function unbundledWorker(module: Module, start: number): BuildWarning {
  return {
    code: 'UNBUNDLED_WORKER',
    message: 'a worker is started from the URL of a module, where there is nothing: its code is in a bundle',
    ...at(module, start),
    hint: `${WORKER} ${ALONE}`,
  };
}

function unlabelled(module: Module, start: number): BuildWarning {
  return {
    code: 'UNLABELLED',
    message:
      'ensure() is given a string that is no declared dynamic dependency: nothing will be loaded for it',
    ...at(module, start),
    hint: "Write the label behind the string, './part' /*js*/. Transforms may drop comments: in TypeScript, use import().",
  };
}

export function unknownFiles(root: string, names: readonly string[]): BuildWarning {
  return {
    code: 'UNKNOWN_FILES',
    message: `scripts() was given ${list(names)}, and none of the bundles of its pack: pages ask for these by the names the pack has given them`,
    path: root,
    hint: WHOLE,
  };
}

/** What no file is, of an expression that is known in part. */
const meantInVain = ({ facts }: Module, start: number): string | undefined =>
  facts.references.find(({ pattern, doubt }) => pattern !== undefined && doubt === start)?.specifier;

function unknownImport(module: Module, start: number): BuildWarning {
  const pattern = meantInVain(module, start);
  return {
    code: 'UNKNOWN_IMPORT',
    message:
      pattern === undefined
        ? 'import() of an expression is left to the browser: which module it means is not known before it runs'
        : `import() is left to the browser: no file is meant by '${pattern}'`,
    ...at(module, start),
    hint: 'Write the specifiers as strings, such as cond ? import("./a.js") : import("./b.js"), or begin with a directory that has such files: import("./pages/" + name + ".js").',
  };
}

function unknownRequire(module: Module, start: number): BuildWarning {
  const pattern = meantInVain(module, start);
  return {
    code: 'UNKNOWN_REQUIRE',
    message:
      pattern === undefined
        ? 'require() of an expression cannot be followed: what it names is not in the bundles, and it throws'
        : `require() throws: no file is meant by '${pattern}'`,
    ...at(module, start),
    hint: "Write the specifiers as strings, such as cond ? require('./a') : require('./b'), or begin with a directory that has such files: require('./pages/' + name). What may fail belongs in a try block with a catch.",
  };
}

function unsupportedMeta(module: Module, start: number, name: string): BuildWarning {
  return {
    code: 'UNSUPPORTED_META',
    message: `import.meta.${name} is undefined in a page`,
    ...at(module, start),
    hint: hintForMember(name) ?? askFirst(`import.meta.${name}`),
  };
}

function unsupportedModule(module: Module, start: number, name: string): BuildWarning {
  const isList = name.startsWith('paths.');
  return {
    code: 'UNSUPPORTED_MODULE',
    message: isList
      ? `module.${name}() changes nothing: modules are found when the page is built, and nowhere else`
      : `module.${name} is undefined in a page`,
    ...at(module, start),
    hint: isList
      ? "Say where modules are by the option 'resolve', such as resolve: { alias: { name: '/a/directory' } }."
      : askFirst(`module.${name}`),
  };
}

function unsupportedRequire(module: Module, start: number, name: string): BuildWarning {
  return {
    code: 'UNSUPPORTED_REQUIRE',
    message: `require.${name} is undefined in a page`,
    ...at(module, start),
    hint: hintForMember(name) ?? askFirst(`require.${name}`),
  };
}

/** What is said of bundles that are lost. */
const WHOLE =
  'Bundles are known by their Files, also renamed ones and clones, but not by Files that a plugin makes anew or gulp reads from the disk. Do not join bundles: pages load them at the same time.';

const askFirst = (member: string): string => `Where there may be none, ask before using it: if (${member}) …`;
