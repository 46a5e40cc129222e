/**
 * Modules that exist on no disk. The paths of ours look like those of an installed package, so that they are named
 * and sorted like any other module; modules in `data:` URLs are known by these.
 */
import { isTable } from '../module-path';
import { isDataUrl } from '../urls';

const directory = '/node_modules/dynapack/virtual/';

/** What `"browser": { "x": false }`, an alias to `false` and builtins without a shim mean. */
export const emptyModule = `${directory}empty.js`;

/** The module that links and evaluates ES modules. */
export const runtimeModule = `${directory}runtime.js`;

/** Node's `process`, as far as a browser can have it. */
export const processModule = `${directory}process.js`;

/** The module that stands for an external specifier. */
export const externalModule = (specifier: string): string => `${directory}external/${specifier}.js`;

/** Whether the module is one of ours, which are on no disk. */
export const isOurs = (path: string): boolean => path.startsWith(directory);

/** Whether the module belongs to nobody's files: a table of files is that of a module, where its package is asked for. */
export const isNowhere = (path: string): boolean => isOurs(path) || isDataUrl(path);

export const isVirtual = (path: string): boolean => isNowhere(path) || isTable(path);
