/** What `require.context(…)` asks for, by its arguments: those of webpack (Guides, "Dependency Management"). */
import type { CallExpression, Node } from 'estree';
import type { Context } from '../../facts';
import { stringValue } from '../tree/nodes';
import { booleanValue, refuse } from './literals';

const LITERALS =
  "The files are found when the page is built: write the arguments out, as in require.context('./pages', true, /\\.js$/).";

const MODES = "The modes are 'sync', 'eager' and 'lazy'.";

const DEFAULT = ['^\\.\\/.*$', ''] as const;

/** @throws NoPattern */
export function contextOf(call: CallExpression): Context {
  const [directory, deep, filter, mode] = call.arguments;
  return {
    by: 'context',
    directory: directoryIn(directory ?? call),
    isDeep: isUndefined(deep) || isDeepIn(deep as Node),
    filter: isUndefined(filter) ? DEFAULT : filterIn(filter as Node),
    mode: isUndefined(mode) ? 'sync' : modeIn(mode as Node),
  };
}

const isUndefined = (node: Node | undefined): boolean =>
  node === undefined || (node.type === 'Identifier' && node.name === 'undefined');

const directoryIn = (node: Node): string =>
  stringValue(node) ?? refuse(node, 'the directory of require.context() is no literal string', LITERALS);

const isDeepIn = (node: Node): boolean =>
  booleanValue(node) ??
  refuse(node, 'the second argument of require.context() is neither true nor false', LITERALS);

function filterIn(node: Node): Context['filter'] {
  if (node.type !== 'Literal' || !('regex' in node))
    refuse(node, 'the filter of require.context() is no literal regular expression', LITERALS);
  const { pattern, flags } = node.regex;
  // With these it would remember where it was.
  return [pattern, flags.replace(/[gy]/g, '')];
}

function modeIn(node: Node): Context['mode'] {
  const mode =
    stringValue(node) ?? refuse(node, 'the mode of require.context() is no literal string', LITERALS);
  return mode === 'sync' || mode === 'eager' || mode === 'lazy'
    ? mode
    : refuse(node, `require.context() has no mode '${mode}' here`, MODES);
}
