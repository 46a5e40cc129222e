/** A pattern + the module that asks for it → files, by what the source calls them. */
import { dirname } from 'node:path';
import type { Globs, Pattern } from '../../facts';
import { fileOf, shownPattern, withPattern } from '../../module-path';
import { isDataUrl } from '../../urls';
import type { Reason } from '../resolution';
import type { ResolutionObserver } from '../resolve';
import type { ResolveSettings } from '../settings';
import { baseOf, globFiles, type Places, pathFrom } from './globs';
import { contextFiles, textFiles } from './texts';

/** The files of a pattern. */
export interface Matched {
  /** Sorted: what the source calls each, and a specifier that means it. */
  files: [key: string, specifier: string][];
  /** Absolute paths of directories that were looked at, and of links in them. */
  directories: string[];
}

/** Reads the disk; once for each pattern of a module. @param importer path of the module */
export type Match = (importer: string, pattern: Pattern) => Matched | { reason: Reason };

export interface MatchSettings {
  root: string;
  resolve: ResolveSettings;
}

/**
 * Makes the matcher of one build. It remembers what it has read: make another one for the next build.
 * @param observer gives who is told, if anybody
 */
export function createMatcher(
  settings: MatchSettings,
  observer: () => ResolutionObserver | undefined = () => undefined,
): Match {
  const known = new Map<string, ReturnType<Match>>();
  return (importer, pattern) => {
    const key = withPattern(importer, pattern);
    const before = known.get(key);
    if (before) return before;
    const found = look(fileOf(importer), pattern, settings, observer());
    known.set(key, found);
    return found;
  };
}

function look(
  importer: string,
  pattern: Pattern,
  settings: MatchSettings,
  observer: ResolutionObserver | undefined,
): ReturnType<Match> {
  // What is nowhere has nothing beside it.
  if (isDataUrl(importer)) return { files: [], directories: [] };
  const directories = new Set<string>();
  const directory = dirname(importer);
  const onLookedIn = (path: string): void => {
    observer?.onLookedIn(path);
    directories.add(path);
  };
  const files = filesByKey(importer, pattern, { ...settings, directory }, onLookedIn);
  if ('reason' in files) return files;
  const specified = files.map(([key, path]): [string, string] => [key, specifierOf(directory, path)]);
  return { files: specified, directories: [...directories] };
}

const byKey = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);

function filesByKey(
  importer: string,
  pattern: Pattern,
  places: Places,
  onLookedIn: (path: string) => void,
): [key: string, path: string][] | { reason: Reason } {
  const { directory, resolve } = places;
  if (pattern.by === 'glob') {
    const files = globFiles(pattern, places, onLookedIn);
    return 'unplaced' in files
      ? nowhere(files.unplaced)
      : files.filter((path) => path !== importer).map((path) => [keyOf(path, pattern, places), path]);
  }
  if (pattern.by === 'context') {
    const files = contextFiles(pattern, directory, resolve, onLookedIn);
    return files === undefined ? nowhere(shownPattern(pattern)) : [...files].sort(byKey);
  }
  const files = [...textFiles(pattern, directory, resolve, onLookedIn)];
  return files.filter(([, path]) => path !== importer).sort(byKey);
}

/** As in Vite: relative to the module or `base`, or, where a pattern is not relative, to the root. */
function keyOf(path: string, { globs, base }: Globs, places: Places): string {
  if (base !== undefined) return asRelative(pathFrom(baseOf(base, places), path));
  if (globs.every((glob) => /^[.!]/.test(glob))) return specifierOf(places.directory, path);
  const key = pathFrom(places.root, path);
  return key.startsWith('.') ? key : `/${key}`;
}

const asRelative = (path: string): string => (path.startsWith('.') ? path : `./${path}`);

const specifierOf = (directory: string, path: string): string => {
  const found = pathFrom(directory, path);
  // A name may begin with a dot, too.
  return found.startsWith('../') ? found : `./${found}`;
};

const nowhere = (glob: string): { reason: Reason } => ({
  reason: {
    problem: { code: 'INVALID_PATTERN', verb: 'cannot place the pattern' },
    message: `'${glob}' is neither a path nor begins with a name that options give a meaning`,
    hint: () =>
      "Begin with ./ or ../, with / for the root, or with a name that the option 'resolve.alias' has, or the tsconfig.json of 'resolve.tsconfig'.",
  },
});
