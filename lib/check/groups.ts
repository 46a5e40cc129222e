/** Groups of the option `split` that no bundle comes of: mostly a pattern that means absolute paths, or a package that is gone. */
import { findGroups } from '../core/groups';
import type { PlanOptions } from '../naming';
import type { Plan } from '../plan';
import { type BuildWarning, emptyGroup } from '../warnings';

export function findEmptyGroups(
  { paths, split: { bundleOf } }: Pick<Plan, 'paths' | 'split'>,
  options: PlanOptions,
): BuildWarning[] {
  const { groups } = options.split;
  if (options.debug || Object.keys(groups).length === 0) return [];
  const found = new Set(findGroups(paths, groups, options).filter((_, module) => bundleOf[module] !== -1));
  return Object.entries(groups).flatMap(([name, pattern], number) =>
    found.has(number) ? [] : emptyGroup(name, pattern, options.root),
  );
}
