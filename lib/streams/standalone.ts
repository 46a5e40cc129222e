/** Which of the written entries stand alone: options name them. */
import { resolve } from 'node:path';
import type { ResolvedOptions, StandaloneOption } from '../options/resolved';
import { pathFrom } from '../relative-path';
import { unknownStandalone } from '../standalone-failures';
import type { WrittenEntry } from './entries';

/** With slashes. */
const portable = (path: string): string => path.replaceAll('\\', '/');

/** The entry at the path, else those that are called so relative to the base of their File. */
function findNamed(
  { entry }: StandaloneOption,
  entries: readonly WrittenEntry[],
  pathOf: (name: string) => string,
): WrittenEntry[] {
  const path = pathOf(entry);
  const atPath = entries.filter((each) => each.path === path);
  const name = portable(entry).replace(/^\.\//, '');
  return atPath.length > 0 ? atPath : entries.filter((each) => portable(each.relative) === name);
}

/**
 * The entries, those that stand alone as such.
 * @throws UNKNOWN_STANDALONE
 */
export function withStandalone(
  entries: readonly WrittenEntry[],
  { root, standalone }: Pick<ResolvedOptions, 'root' | 'standalone'>,
  canonicalPath: (path: string) => string,
): readonly WrittenEntry[] {
  const found = new Map<WrittenEntry, StandaloneOption>();
  for (const option of standalone) {
    const named = findNamed(option, entries, (name) => canonicalPath(resolve(root, name)));
    if (named.length === 0) {
      const known = entries.map(({ path }) => pathFrom(root, path)).sort();
      throw unknownStandalone(option.library === undefined ? 'standalone' : 'library', option.entry, known);
    }
    // One that is named by two names may be a library by one of them.
    for (const each of named) if (found.get(each)?.library === undefined) found.set(each, option);
  }
  return entries.map((each) => {
    const option = found.get(each);
    return option === undefined ? each : { ...each, alone: { library: option.library } };
  });
}
