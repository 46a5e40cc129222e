/** What is wrong with what modules import of each other, one function each, sorted by name. */
import { DynapackError, type Location } from './dynapack-error';
import { nearest } from './nearest';

/** How many names a message lists. */
const LISTED_NAMES = 20;

export function ambiguousExport(name: string, specifier: string, at: Location): DynapackError {
  return new DynapackError('AMBIGUOUS_EXPORT', `'${name}' of '${specifier}' means more than one thing`, {
    ...at,
    hint: `Two of its modules export that name, and it takes all names of both by "export *". Import it from the one you mean.`,
  });
}

/** @param way files that hand on the name, each to the one before it, up to one of them again */
export function circularExport(
  name: string,
  specifier: string,
  way: readonly string[],
  at: Location,
): DynapackError {
  return new DynapackError('NO_EXPORT', `'${specifier}' has no export '${name}': that leads round a circle`, {
    ...at,
    hint: `It is looked for in ${way.join(', then ')}. One of them has to declare it, or import it from elsewhere.`,
  });
}

function listNames(names: readonly string[]): string {
  if (names.length === 0) return 'It exports nothing.';
  const more = names.length > LISTED_NAMES ? ` and ${names.length - LISTED_NAMES} more` : '';
  return `It exports ${names.slice(0, LISTED_NAMES).join(', ')}${more}.`;
}

function suggestExport(name: string, exports: readonly string[]): string {
  const match = nearest(name, exports);
  if (match !== undefined) return `Did you mean '${match}'? `;
  return name === 'default' && exports.length === 1 ? `Did you mean { ${exports[0]} }, in braces? ` : '';
}

export function noExport(
  name: string,
  specifier: string,
  exports: readonly string[],
  at: Location,
): DynapackError {
  const suggestion = suggestExport(name, exports);
  return new DynapackError('NO_EXPORT', `'${specifier}' has no export '${name}'`, {
    ...at,
    hint: `${suggestion}${listNames(exports)} If it is a type, import it with "import type".`,
  });
}

/** @param free the name for which the option `provide` has the module stand */
export function providedNothing(
  free: string,
  name: string,
  specifier: string,
  exports: readonly string[],
  at: Location,
): DynapackError {
  return new DynapackError(
    'NO_EXPORT',
    `'${specifier}', which the option 'provide' has stand for '${free}', has no export '${name}'`,
    { ...at, hint: `Name one: provide: { ${free}: ['${specifier}', name] }. ${listNames(exports)}` },
  );
}

export function requireOfAsync(specifier: string, at: Location): DynapackError {
  return new DynapackError('REQUIRE_ASYNC', `require('${specifier}') of a module that awaits`, {
    ...at,
    hint: 'It, or a module that it imports, uses await at its top level: ask for it with import(), which gives a promise.',
  });
}
