/** Comments by which an author says that a specifier is not for bundlers. */

import type { Node } from 'estree';
import { rangeOf } from './tree/nodes';

/** Left alone, to mean something at run time; or followed where that is possible, and nothing said where it is not. */
export type OptOut = 'left' | 'silent';

const LEFT = /\bwebpackIgnore\s*:\s*true\b/;
const SILENT = /@vite-ignore\b/;

/** What the comments around the first argument of a call say. `from` is where its callee ends. */
export function optOutOf(source: string, from: number, argument: Node, call: Node): OptOut | undefined {
  const { start, end } = rangeOf(argument);
  const before = source.slice(from, start);
  if (LEFT.test(before)) return 'left';
  const isSilent = SILENT.test(before) || SILENT.test(source.slice(end, rangeOf(call).end));
  return isSilent ? 'silent' : undefined;
}
