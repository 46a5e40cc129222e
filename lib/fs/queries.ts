/**
 * Queries and fragments: what follows the first `?` or `#` in a specifier makes another module of the same file, with a state of
 * its own, as in Node's ES modules and in browsers. A file whose very name holds these signs comes first.
 */

import { isAssetFile } from '../formats';
import { fileOf, type ModuleType, queryOf, withQuery, withType } from '../module-path';
import { isFile } from './files';
import type { Found } from './resolution';

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
  worker: 'Make the worker an entry of its own, and name the URL that its bundle has.',
  sharedworker: 'Make the worker an entry of its own, and name the URL that its bundle has.',
};

/** What a query may ask for of a file. */
type Asked = Extract<ModuleType, 'text' | 'url' | 'inline'>;

/** By query, as in Vite. */
const types: Record<string, Asked> = { raw: 'text', url: 'url', inline: 'inline' };

/** The name among these that a query asks for. */
function askedIn(query: string, names: object): string | undefined {
  const parameters = new URLSearchParams(query.replace(/^[?#]|#.*$/gs, ''));
  return Object.keys(names).find((name) => parameters.get(name) === '');
}

/** What an instance is whose query asks for something else than the module: another module of the file, or none. */
export function meaningOf(instance: string): Found {
  const query = queryOf(instance);
  const type = askedIn(query, types);
  if (type !== undefined) return { path: asType(fileOf(instance), types[type] as Asked) };
  const asked = askedIn(query, meanings);
  if (asked === undefined) return { path: instance };
  const message = `a query means another instance of the module, and '?${asked}' asks for something else than the module`;
  return { reason: { message, hint: () => meanings[asked] as string } };
}

/** An asset is its URL as it is. */
export const asType = (file: string, type: Asked): string =>
  type === 'url' && isAssetFile(fileOf(file)) ? file : withType(file, type);
