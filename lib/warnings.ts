/** Warnings: a build goes on with them; an error ends it. Here are those of builds and streams, one function each, sorted by name; those of a kind are in files of their own. */
import { list } from './hints';

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

/** What of two styles contradicts what. */
interface Contradicting {
  path: string;
  /** As the one root has them, … */
  first: string;
  second: string;
  /** … which is told first, and another one that has them the other way round, if one has. */
  chains: { root: string; first: string; second: string }[];
  /** Further pairs for which these two are what contradicts each other. */
  more: { first: string; second: string }[];
}

/** How many further pairs are named. */
const NAMED = 3;

/** Further pairs, in the order that their page has. */
function alsoPairs(more: Contradicting['more']): string {
  if (more.length === 0) return '';
  const pairs = more.slice(0, NAMED).map(({ first, second }) => `'${first}' behind '${second}'`);
  const rest = more.length - pairs.length;
  return `; the same two have ${pairs.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}

export function contradictingStyles({ path, first, second, chains, more }: Contradicting): BuildWarning {
  const [own, other] = chains as [Contradicting['chains'][number], ...Contradicting['chains']];
  const shown = (chain: string, then: string): string => `${chain}, then ${then}`;
  const others =
    other === undefined
      ? 'other parts of the page have them the other way round, by way of other styles'
      : `${other.root} has ${shown(other.second, other.first)}`;
  return {
    code: 'STYLE_ORDER',
    message: `no order of styles is right for all of a page: ${own.root} has ${shown(own.first, own.second)}; ${others}. '${first}' stands behind '${second}' on that page${alsoPairs(more)}`,
    path,
    hint: `Import the two in the same order in both places, or have '${second}' import '${first}' by @import.`,
  };
}

/** @param files of releases, as they are called where these are kept */
export function damagedReleases(path: string, files: readonly string[]): BuildWarning {
  return {
    code: 'DAMAGED_RELEASES',
    message: `patches() finds ${list(files)} not as it has written them, or not at all: visitors of these releases are given no patches of them`,
    path,
    hint: "Keep all files of 'releases' as they are. In git, '/releases/** -text' in .gitattributes leaves line ends alone, and LFS has to fetch what it keeps.",
  };
}

/**
 * @param root of the build, as below
 * @param names of the entries, from there
 */
export function droppedEntries(root: string, names: readonly string[]): BuildWarning {
  return {
    code: 'DROPPED_ENTRIES',
    message: `the pack was given only entries that have changed, without ${list(names)}, which it had before: pages of these may ask for bundles that are no more`,
    path: root,
    hint: 'Entries that have not changed are entries all the same. Leave out what drops them before the pack: since: lastRun(…), gulp-changed, gulp-newer. With its cache, the pack reads only what has changed.',
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

export function unknownFiles(root: string, names: readonly string[]): BuildWarning {
  return {
    code: 'UNKNOWN_FILES',
    message: `scripts() was given ${list(names)}, and none of the bundles of its pack: pages ask for these by the names the pack has given them`,
    path: root,
    hint: WHOLE,
  };
}

/**
 * @param reason what the minifier of styles says
 * @param place where in the file, if that is known
 */
export function unreadStyle(
  path: string,
  reason: string,
  place: Pick<BuildWarning, 'lineNumber' | 'columnNumber'>,
): BuildWarning {
  return {
    code: 'UNREAD_STYLE',
    message: `minify() leaves this style as it is: ${reason}`,
    path,
    ...place,
    hint: 'Browsers leave out what they do not know, which may be meant. What is not plain CSS, such as Sass, is transformed between pack.deps() and pack.mods().',
  };
}

/** What is said of bundles that are lost. */
const WHOLE =
  'Bundles are known by their Files, also renamed ones and clones, but not by Files that a plugin makes anew or gulp reads from the disk. Do not join bundles: pages load them at the same time.';
