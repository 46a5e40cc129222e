/** Styles that a page wants in two orders: what there is to say of it. */
import type { NumberedGraph } from '../core/graph';
import type { StyleContradiction } from '../core/styles/split';
import { chainTo, type Styled } from '../core/styles/styled';
import { shownFile } from '../module-path';
import { type BuildWarning, contradictingStyles } from '../warnings';

/** How many warnings there are at most. */
const TOLD = 20;

/** Those of the same two roots together: they are one contradiction, in as many pairs as the roots share. */
function byRoots(contradictions: readonly StyleContradiction[]): StyleContradiction[][] {
  const groups = new Map<string, StyleContradiction[]>();
  for (const each of contradictions) {
    const key = `${each.root} ${each.other ?? ''}`;
    const group = groups.get(key);
    if (group) group.push(each);
    else groups.set(key, [each]);
  }
  return [...groups.values()];
}

/**
 * What contradicts what, with the imports that lead there.
 * @param nameOf how a path is shown in a chain
 */
export function findContradictions(
  { graph, paths }: NumberedGraph,
  { items, contradictions }: Styled,
  nameOf: (path: string) => string,
): BuildWarning[] {
  const moduleOf = (style: number): number => items[style]?.module as number;
  const pathOf = (module: number): string => paths[module] as string;
  const nameOfStyle = (style: number): string => nameOf(pathOf(moduleOf(style)));
  const chain = (root: number, style: number): string =>
    chainTo(graph, root, moduleOf(style))
      .map((module) => nameOf(pathOf(module)))
      .join(' → ');
  const describe = ([told, ...more]: readonly StyleContradiction[]): BuildWarning => {
    const { first, second, root, other } = told as StyleContradiction;
    return contradictingStyles({
      path: shownFile(pathOf(root)),
      first: nameOfStyle(first),
      second: nameOfStyle(second),
      chains: [root, ...(other === undefined ? [] : [other])].map((each) => ({
        root: nameOf(pathOf(each)),
        first: chain(each, first),
        second: chain(each, second),
      })),
      more: more.map((each) => ({ first: nameOfStyle(each.first), second: nameOfStyle(each.second) })),
    });
  };
  return byRoots(contradictions).slice(0, TOLD).map(describe);
}
