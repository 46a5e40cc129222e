/**
 * Queries and fragments: what follows the first `?` or `#` in a specifier makes another module of the same file, with a state of
 * its own, as in Node's ES modules and in browsers. A file whose very name holds these signs comes first.
 */
import { withQuery } from '../module-path';
import { isFile } from './files';
import type { Reason } from './resolution';

/** The module at a path that ends with a query behind the name of a file; `undefined` where there is no such file. */
export function instanceAt(path: string): string | undefined {
  for (const { index } of path.matchAll(/[?#]/g)) {
    const file = path.slice(0, index);
    if (isFile(file)) return withQuery(file, path.slice(index));
  }
  return undefined;
}

/** A specifier without its query, and the query. Names that begin with `#` are those of `imports` in package.json. */
export function splitQuery(specifier: string): [name: string, query: string] {
  const [, name = specifier, query = ''] = /^(.[^?#]*)(.*)$/s.exec(specifier) ?? [];
  return [name, query];
}

/** Queries that mean something else elsewhere → how to get that here. */
const meanings: Record<string, string> = {
  raw: "Import the text of the file: import text from './file' with { type: 'text' }.",
  url: 'Copy the file to the site with gulp, and name the URL it has there.',
  inline: 'Splice in a transform that makes the file a script that exports what you need.',
  worker: 'Make the worker an entry of its own, and name the URL that its bundle has.',
  sharedworker: 'Make the worker an entry of its own, and name the URL that its bundle has.',
};

/** Why a query makes no instance: it asks for something else than the module. */
export function queryReason(query: string): Reason | undefined {
  const parameters = new URLSearchParams(query.replace(/^[?#]|#.*$/gs, ''));
  const asked = Object.keys(meanings).find((name) => parameters.get(name) === '');
  if (asked === undefined) return undefined;
  return {
    message: `a query means another instance of the module, and '?${asked}' asks for something else than the module`,
    hint: () => meanings[asked] as string,
  };
}
