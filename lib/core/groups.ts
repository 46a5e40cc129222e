/** Named groups of modules, which have bundles of their own: by their paths. */
import { relativeName } from './names';

/** Name of a group → which modules are in it: those whose path matches. */
export type Groups = Readonly<Record<string, RegExp>>;

/**
 * The number of the first group that each path is in, -1 for none. What is matched is the path from `root`, with slashes, so that bundles are the same on every
 * machine: `./src/menu.js`, `./node_modules/lodash/map.js`, `../shared/main.js`. What is on no disk is in none.
 */
export function findGroups(
  paths: readonly string[],
  groups: Groups,
  { root, isFile }: { root: string; isFile(path: string): boolean },
): Int32Array {
  const patterns = Object.values(groups);
  const nameOf = relativeName(root);
  return Int32Array.from(paths, (path) => {
    if (!isFile(path)) return -1;
    const name = nameOf(path);
    // Unlike test(), search() begins at the start whatever flags there are.
    return patterns.findIndex((pattern) => name.search(pattern) !== -1);
  });
}
