/** What `require` has in a page, and what Node's has besides. */
import type { Reference } from '../../facts';

/** What the loader's `require` has, and what every function has. */
export const MEMBERS_OF_REQUIRE: ReadonlySet<string> = new Set([
  ...['resolve', 'ensure', 'cache', 'modules', 'load', 'main'],
  ...['name', 'length', 'prototype', 'constructor', 'toString', 'hasOwnProperty'],
]);

/** Whether it asks for the builtin that has `createRequire`. */
export const isOfNode = ({ kind, specifier, optional }: Reference): boolean =>
  (kind === 'require' || kind === 'import') && !optional && /^(?:node:)?module$/.test(specifier);
