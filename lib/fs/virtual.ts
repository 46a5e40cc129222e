/**
 * Modules that exist on no disk. The paths of ours look like those of an installed package, so that they are named
 * and sorted like any other module; modules in `data:` URLs are known by these.
 */
import { runtime } from '#client';
import { isDataUrl } from '../urls';
import { dataText } from './data-urls';

const directory = '/node_modules/dynapack/virtual/';

/** What `"browser": { "x": false }`, an alias to `false` and builtins without a shim mean. */
export const emptyModule = `${directory}empty.js`;

/** The module that links and evaluates ES modules. */
export const runtimeModule = `${directory}runtime.js`;

/** Node's `process`, as far as a browser can have it. */
export const processModule = `${directory}process.js`;

/**
 * The shim by itself knows no environment, and nothing of warnings. Here, too, each `process.env.X` is replaced by its value: however
 * a module asks for one, it gets the same.
 */
const processSource = (env: Readonly<Record<string, string>>): string => `
var process_ = require(${JSON.stringify(require.resolve('process/browser'))});
${Object.keys(env)
  .map(memberText)
  .map((member) => `process_.env${member} = process.env${member};`)
  .join('\n')}
process_.emitWarning = function (warning) {
  console.warn(String(warning));
};
module.exports = process_;
`;

const memberText = (name: string): string =>
  /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;

/** The module that stands for an external specifier. */
export const externalModule = (specifier: string): string => `${directory}external/${specifier}.js`;

export const isVirtual = (path: string): boolean => path.startsWith(directory) || isDataUrl(path);

/** The options that virtual modules are made of. */
interface Settings {
  /** Specifier → global expression. */
  external: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string>>;
}

/** The source of a virtual module, or `undefined` when `path` is a file. */
export function virtualSource(path: string, { external, env }: Settings): string | undefined {
  if (!isVirtual(path)) return undefined;
  if (isDataUrl(path)) return dataText(path);
  if (path === runtimeModule) return runtime;
  if (path === processModule) return processSource(env);
  const specifier = path.slice(externalModule('').length - '.js'.length, -'.js'.length);
  return path === emptyModule ? '' : `module.exports = ${external[specifier]};`;
}
