/** What options make of names: an alias first, else the tsconfig.json. */
import { aliasFor } from './aliases';
import type { ResolveSettings } from './settings';
import { pathsFor } from './tsconfig';

/** By which option, and what a name may mean by it, best first. */
export interface Renaming {
  by: 'resolve.alias' | 'resolve.tsconfig';
  names: readonly string[];
}

/** @param directory of the importer */
export function renamingOf(
  specifier: string,
  directory: string,
  { alias, tsconfig }: ResolveSettings,
): Renaming | undefined {
  const replacement = aliasFor(specifier, alias);
  if (replacement !== undefined)
    return replacement === false ? undefined : { by: 'resolve.alias', names: [replacement] };
  const names = pathsFor(specifier, directory, tsconfig);
  return names.length === 0 ? undefined : { by: 'resolve.tsconfig', names };
}
