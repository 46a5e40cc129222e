/**
 * Modules that exist on no disk. Their paths look like those of an installed package, so that they are named
 * and sorted like any other module.
 */
import { runtime } from '#client';

const directory = '/node_modules/dynapack/virtual/';

/** What `"browser": { "x": false }`, an alias to `false` and builtins without a shim mean. */
export const emptyModule = `${directory}empty.js`;

/** The module that links and evaluates ES modules. */
export const runtimeModule = `${directory}runtime.js`;

/** The module that stands for an external specifier. */
export const externalModule = (specifier: string): string => `${directory}external/${specifier}.js`;

export const isVirtual = (path: string): boolean => path.startsWith(directory);

/**
 * The source of a virtual module, or `undefined` when `path` is a file.
 * @param external the option: specifier → global expression
 */
export function virtualSource(path: string, external: Readonly<Record<string, string>>): string | undefined {
  if (!isVirtual(path)) return undefined;
  if (path === runtimeModule) return runtime;
  const specifier = path.slice(externalModule('').length - '.js'.length, -'.js'.length);
  return path === emptyModule ? '' : `module.exports = ${external[specifier]};`;
}
