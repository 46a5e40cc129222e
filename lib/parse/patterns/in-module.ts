/**
 * `import.meta.glob(…)` in the terms of ECMA-262: the table of its files is a module with a function as its default export, which is imported and
 * called where the expression stands. So what is eager runs before the module, and all that holds for imports holds for it.
 */
import type { ImportUse, ModuleSyntax, Reference } from '../../facts';
import type { Declarations } from '../declarations/declarations';

/** What the import is called: no name, so that nothing else means it. */
const localOf = ({ start, end }: Reference, source: string): string => source.slice(start, end);

/** Imports of tables, behind all others: with these they run. */
export function addGlobs(globs: readonly Reference[], source: string, found: Declarations): void {
  for (const reference of globs) {
    const request = found.references.push(reference) - 1;
    const { start } = reference;
    found.imports.push({ request, name: 'default', local: localOf(reference, source), start });
  }
}

/** The uses of imports, with those of tables. */
export function withGlobs(
  globs: readonly Reference[],
  source: string,
  { uses, imports }: ModuleSyntax,
): ImportUse[] {
  const made = globs.map((reference): ImportUse => {
    const { start, end } = reference;
    const local = localOf(reference, source);
    return { entry: imports.findLastIndex((each) => each.local === local), form: 'made', start, end };
  });
  return made.length === 0 ? uses : [...uses, ...made].sort((a, b) => a.start - b.start);
}
