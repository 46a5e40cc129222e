/** Where an ES module of Node's uses what Node gives CommonJS modules only. */
import type { Concern } from '../model';
import type { Occurrences } from './occurrences';
import { covers, type Range } from './ranges';
import { declaringScope, NOT_IN_MODULES, type Scope } from './scope';
import { rangeOf } from './tree';

interface NamedUse {
  name: string;
  start: number;
  scope: Scope;
  isTested: boolean;
}

/**
 * The first use of each such name. A source that asks with `typeof` which of them are there is prepared for the answer.
 * @param unused where nothing runs, or failures are taken care of; sorted, and apart
 */
export function missingNames(found: Occurrences, unused: readonly Range[]): Concern[] {
  const uses = usesOf(found);
  if (uses.some(({ isTested }) => isTested)) return [];
  const first = new Map<string, number>();
  for (const { name, start } of uses.sort((a, b) => a.start - b.start)) {
    if (!first.has(name) && !covers(unused, start)) first.set(name, start);
  }
  return [...first].map(([name, start]) => ({ kind: 'name of CommonJS', start, name }));
}

function usesOf({ uses, module, root }: Occurrences): NamedUse[] {
  const others = (module?.names ?? []).map(({ node, ...use }) => ({
    ...use,
    name: node.name,
    start: rangeOf(node).start,
  }));
  return [...uses, ...others].filter(
    ({ name, scope }) => NOT_IN_MODULES.has(name) && declaringScope(name, scope) === root.parent,
  );
}
