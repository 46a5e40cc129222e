/** The files that patterns of `import.meta.glob()` mean: https://vite.dev/guide/features.html#glob-import */
import { isAbsolute, join, parse, posix, relative, resolve, sep } from 'node:path';
import type { Globs } from '../../facts';
import { renamingOf } from '../renaming';
import type { ResolveSettings } from '../settings';
import { isWithin } from '../watch';
import { filesBelow, type Walk } from './walk';

/** Loaded when a pattern is asked for. */
const picomatch = () => require('picomatch') as typeof import('picomatch');

/** What has a meaning in a pattern. */
const MAGIC = /[*?{}[\]()\\]/;

/** A pattern, and the directory that it begins in. */
interface Placed {
  directory: string;
  glob: string;
}

/** Where patterns are looked for. */
export interface Places {
  /** Of the module. */
  directory: string;
  root: string;
  resolve: ResolveSettings;
}

/** Files by absolute path, sorted, or the pattern that begins nowhere. */
export function globFiles(
  { globs, base, exhaustive }: Globs,
  places: Places,
  onLookedIn: Walk['onLookedIn'],
): string[] | { unplaced: string } {
  const from = base === undefined ? places.directory : baseOf(base, places);
  const meant: Placed[] = [];
  const excluded: Placed[] = [];
  for (const glob of globs) {
    const isNegative = glob.startsWith('!');
    const placed = place(isNegative ? glob.slice(1) : glob, from, places);
    if (placed === undefined) return { unplaced: glob };
    (isNegative ? excluded : meant).push(placed);
  }
  const isExhaustive = exhaustive === true;
  const options = { dot: isExhaustive };
  const isExcluded = excluded.map(({ directory, glob }) => {
    const matches = picomatch()(glob, options);
    return (path: string) => isWithin(path, directory) && matches(pathFrom(directory, path));
  });
  const found = meant.flatMap((each) => filesOf(each, isExhaustive, onLookedIn));
  return [...new Set(found)].filter((path) => !isExcluded.some((test) => test(path))).sort();
}

/** A path in another directory as patterns see it. */
export const pathFrom = (directory: string, path: string): string =>
  relative(directory, path).split(sep).join('/');

/** The directory that `base` means: keys are relative to it. */
export const baseOf = (base: string, { directory, root }: Pick<Places, 'directory' | 'root'>): string =>
  base.startsWith('/') ? join(root, base) : resolve(directory, base);

function place(glob: string, directory: string, { root, resolve: settings }: Places): Placed | undefined {
  if (/^\.\.?\//.test(glob)) return split(directory, glob);
  if (glob.startsWith('/')) return split(root, glob.slice(1));
  if (glob.startsWith('**')) return split(root, glob);
  const [renamed] = renamingOf(glob, directory, settings)?.names ?? [];
  if (renamed === undefined || !isAbsolute(renamed)) return undefined;
  // The root itself may be called like a pattern.
  const top = isWithin(renamed, root) ? root : parse(renamed).root;
  return split(top, pathFrom(top, renamed));
}

/** What is certain of a pattern belongs to the directory. */
function split(directory: string, glob: string): Placed {
  const segments = posix.normalize(glob).split('/');
  const first = segments.findIndex((segment, index) => MAGIC.test(segment) || index === segments.length - 1);
  return {
    directory: resolve(directory, ...segments.slice(0, first)),
    glob: segments.slice(first).join('/'),
  };
}

function filesOf(
  { directory, glob }: Placed,
  isExhaustive: boolean,
  onLookedIn: Walk['onLookedIn'],
): string[] {
  const options = { dot: isExhaustive };
  const matches = picomatch()(glob, options);
  const mayLead = leading(glob, options);
  const namesHidden = /(?:^|[/{(,|])\./.test(glob);
  const isEntered = (name: string, depth: number): boolean => {
    if (!isExhaustive && (name === 'node_modules' || (name.startsWith('.') && !namesHidden))) return false;
    return mayLead(name, depth);
  };
  return filesBelow(directory, { isEntered, onLookedIn })
    .filter((path) => matches(path))
    .map((path) => join(directory, path));
}

/** Whether files that a pattern means may be in a directory of that name. */
function leading(glob: string, options: { dot: boolean }): Walk['isEntered'] {
  // A slash in a group belongs to several levels.
  if (/[{(][^})]*\//.test(glob)) return () => true;
  const segments = glob.split('/');
  const deep = segments.findIndex((segment) => segment.includes('**'));
  const tests = segments.slice(0, -1).map((segment) => picomatch()(segment, options));
  return (name, depth) => (deep >= 0 && depth >= deep) || tests[depth]?.(name) === true;
}
