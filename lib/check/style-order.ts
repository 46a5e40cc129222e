/** Styles that a page wants in two orders: what there is to say of it. */
import type { NumberedGraph } from '../core/graph';
import type { StyleContradiction } from '../core/styles/split';
import { chainTo, type Styled } from '../core/styles/styled';
import { shownFile } from '../module-path';
import { type BuildWarning, contradictingStyles } from '../warnings';

/** How many of them are told one by one. */
const TOLD = 20;

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
  const chain = (root: number, style: number): string =>
    chainTo(graph, root, moduleOf(style))
      .map((module) => nameOf(pathOf(module)))
      .join(' → ');
  const describe = ({ first, second, root, other }: StyleContradiction): BuildWarning =>
    contradictingStyles({
      path: shownFile(pathOf(root)),
      first: nameOf(pathOf(moduleOf(first))),
      second: nameOf(pathOf(moduleOf(second))),
      chains: [root, ...(other === undefined ? [] : [other])].map((each) => ({
        root: nameOf(pathOf(each)),
        first: chain(each, first),
        second: chain(each, second),
      })),
    });
  return contradictions.slice(0, TOLD).map(describe);
}
