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

/** Node's `process`, as far as a browser can have it. */
export const processModule = `${directory}process.js`;

/** The shim by itself knows no environment, and nothing of warnings. The environment is what the build replaces it with. */
const processSource = `
var process_ = require(${JSON.stringify(require.resolve('process/browser'))});
process_.env.NODE_ENV = process.env.NODE_ENV;
process_.emitWarning = function (warning) {
  console.warn(String(warning));
};
module.exports = process_;
`;

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
  if (path === processModule) return processSource;
  const specifier = path.slice(externalModule('').length - '.js'.length, -'.js'.length);
  return path === emptyModule ? '' : `module.exports = ${external[specifier]};`;
}
