/**
 * Queries and fragments: what follows the first `?` or `#` in a specifier makes another module of the same file, with a state of
 * its own, as in Node's ES modules and in browsers. A file whose very name holds these signs comes first.
 */

import { basename } from 'node:path';
import { isAssetFile, isStyleFile } from '../formats';
import { fileOf, isJson, type ModuleType, queryOf, withQuery, withType, workerTypeOf } from '../module-path';
import { isFile } from './files';
import type { Found, Reason } from './resolution';

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

/** By query, what it asks for of a file; as in Vite. */
const types: Readonly<Record<string, Exclude<ModuleType, 'json' | 'bytes'>>> = {
  worker: 'worker',
  sharedworker: 'sharedworker',
  raw: 'text',
  url: 'url',
  inline: 'inline',
};

/** The first of these names that a query asks for. */
function askedIn(query: string): string | undefined {
  const parameters = new URLSearchParams(query.replace(/^[?#]|#.*$/gs, ''));
  return Object.keys(types).find((name) => parameters.get(name) === '');
}

/** What an instance is whose query asks for something else than the module: another module of the file, or none. */
export function meaningOf(instance: string): Found {
  const query = queryOf(instance);
  if (query.includes('!')) return { reason: loaderReason(query) };
  const asked = askedIn(query);
  if (asked === undefined) return { path: instance };
  const path = asType(fileOf(instance), types[asked] as Asked);
  if (workerTypeOf(path) === undefined) return { path };
  return /[?&]url\b/.test(query) ? { reason: workerUrl(asked) } : ofWorker(path);
}

/** `raw-loader!./a.txt`: of what there is, nothing would be missing. */
export function loaderReason(specifier: string): Reason {
  const rest = specifier.slice(specifier.lastIndexOf('!') + 1);
  return {
    message: "what stands before '!' is a loader of webpack's",
    hint: () =>
      `Name the file alone, '${rest}', and give it to a transform between deps() and mods(). Its text is '${rest}?raw', its URL '${rest}?url'. The option 'provide' makes a module a global name.`,
  };
}

/** What a query may ask for of a file. */
type Asked = (typeof types)[string];

const workerUrl = (asked: string): Reason => ({
  message: `'?${asked}&url' asks for the URL of a worker, which is not one of its own`,
  hint: () =>
    `Start the worker by what '?${asked}' gives, or by new Worker(new URL('./…', import.meta.url)).`,
});

/** What a worker may run. */
export function ofWorker(path: string): Found {
  const file = fileOf(path);
  const isOther = isAssetFile(file) || isStyleFile(file) || isJson(file);
  return isOther
    ? { reason: { message: `a worker runs a script, not '${basename(file)}'`, hint: () => 'Name a script.' } }
    : { path };
}

/** An asset is its URL as it is. */
export const asType = (file: string, type: Asked): string =>
  type === 'url' && isAssetFile(fileOf(file)) ? file : withType(file, type);
