/** Where an ES module of Node's uses what Node gives CommonJS modules only. */
import type { Concern } from '../../model';
import { rangeOf } from '../tree/nodes';
import { covers, type Range } from '../tree/ranges';
import { declaringScope, NOT_IN_MODULES, type Scope } from '../tree/scope';
import type { Occurrences } from '../tree-occurrences';
import { probedRanges } from './probed';

interface NamedUse {
  name: string;
  start: number;
  scope: Scope;
  isTested: boolean;
}

/**
 * The first use of each such name. A source that asks with `typeof` whether one of them is there is prepared for the answer, as far as
 * it concerns that name, and what depends on the answer: who finds a `module` may count on a `require`.
 * @param unused where nothing runs, or failures are taken care of; sorted, and apart
 */
export function missingNames(found: Occurrences, unused: readonly Range[]): Concern[] {
  const uses = usesOf(found);
  const tests = uses.filter(({ isTested }) => isTested);
  const asked = new Set(tests.map(({ name }) => name));
  const dependent = probedRanges(
    found,
    tests.map(({ start }) => start),
  );
  const first = new Map<string, number>();
  for (const { name, start } of uses.sort((a, b) => a.start - b.start)) {
    if (asked.has(name) || covers(unused, start) || covers(dependent, start)) continue;
    if (!first.has(name)) first.set(name, start);
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
