/** Where an ES module of Node's uses what Node gives CommonJS modules only. */
import type { Concern } from '../../facts';
import { covers, type Range } from '../../ranges';
import type { Conditional } from '../dead-code/from-tree';
import type { NameUse } from '../free-names/from-tree';
import { NOT_IN_MODULES } from '../free-names/names';
import { declaringScope, type Scope } from '../tree/scope';
import { probedRanges } from './probed';

/**
 * The first use of each such name. A source that asks with `typeof` whether one of them is there is prepared for the answer, as far as
 * it concerns that name, and what depends on the answer: who finds a `module` may count on a `require`.
 * @param missing the scope that has the names which are there nowhere
 * @param unused where nothing runs, or failures are taken care of; sorted, and apart
 */
export function missingNames(
  names: readonly NameUse[],
  missing: Scope | undefined,
  conditionals: readonly Conditional[],
  unused: readonly Range[],
): Concern[] {
  const uses = names.filter(
    ({ name, scope }) => NOT_IN_MODULES.has(name) && declaringScope(name, scope) === missing,
  );
  const tests = uses.filter(({ isTested }) => isTested);
  const asked = new Set(tests.map(({ name }) => name));
  const dependent = probedRanges(
    conditionals,
    tests.map(({ start }) => start),
  );
  const first = new Map<string, number>();
  for (const { name, start } of uses.sort((a, b) => a.start - b.start)) {
    if (asked.has(name) || covers(unused, start) || covers(dependent, start)) continue;
    if (!first.has(name)) first.set(name, start);
  }
  return [...first].map(([name, start]) => ({ kind: 'name of CommonJS', start, name }));
}
