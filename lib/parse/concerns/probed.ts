/** What a source does only if something is there, or is not. */

import { outermost, type Range } from '../../ranges';
import { countUpTo } from '../ascending';
import type { Conditional } from '../dead-code/from-tree';
import { rangeOf } from '../tree/nodes';

/**
 * Conditions that ask, with all that depends on them.
 * @param tests where it is asked, in any order
 */
export function probedRanges(conditionals: readonly Conditional[], tests: readonly number[]): Range[] {
  if (tests.length === 0) return [];
  const sorted = [...tests].sort((a, b) => a - b);
  const isProbe = ({ start, end }: Range): boolean => countUpTo(sorted, end) > countUpTo(sorted, start);
  const asking = conditionals.filter((each) => isProbe(rangeOf('test' in each ? each.test : each.left)));
  return outermost(asking.map(rangeOf));
}
