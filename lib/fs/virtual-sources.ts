/** The sources of modules that exist on no disk. */
import { runtime } from '#client';
import type { RuntimePart } from '../model';
import { isDataUrl } from '../urls';
import { dataText } from './data-urls';
import { emptyModule, externalModule, isNowhere, processModule, runtimeModule } from './virtual';

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

/** A runtime with some parts. */
export const runtimeSource = (parts: readonly RuntimePart[]): string =>
  parts.map((part) => runtime[part]).join('\n');

/** What stands for the runtime while modules are found: which parts of it a program uses is known at the end. */
export const wholeRuntime = runtime.base;

/** The options that virtual modules are made of. */
interface Settings {
  /** Specifier → global expression. */
  external: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string>>;
}

/** The source of a virtual module, or `undefined` when `path` is a file. */
export function virtualSource(path: string, { external, env }: Settings): string | undefined {
  if (!isNowhere(path)) return undefined;
  if (isDataUrl(path)) return dataText(path);
  if (path === runtimeModule) return wholeRuntime;
  if (path === processModule) return processSource(env);
  const specifier = path.slice(externalModule('').length - '.js'.length, -'.js'.length);
  return path === emptyModule ? '' : `module.exports = ${external[specifier]};`;
}
