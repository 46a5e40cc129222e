/** Bundles and what their modules ask for in others. */
import { drawGraph, type Join, type Node } from './draw';
import { bytes, counted } from './format';
import { bestMeasure, type Report, sizeIn, WAYS } from './report';
import { href } from './route';

/** So many on each side of a bundle. */
const AROUND = 12;

/** A bundle, those whose modules ask for modules of it, and those that its modules ask for. */
export function aroundBundle(report: Report, index: number): HTMLElement {
  const joined = [...joinsOf(report)].filter(({ edge }) => edge.includes(index));
  const before = joined.filter(({ edge }) => edge[1] === index).map(({ edge }) => edge[0]);
  const after = joined.filter(({ edge }) => edge[0] === index).map(({ edge }) => edge[1]);
  const measure = bestMeasure(report);
  const shown = [
    ...new Set([index, ...[...new Set(before)].slice(0, AROUND), ...[...new Set(after)].slice(0, AROUND)]),
  ];
  const place = new Map(shown.map((bundle, at) => [bundle, at]));
  const nodes = shown.map((bundle): Node => {
    const found = report.data.bundles[bundle]!;
    const { name, modules } = found;
    const detail = `${counted(modules.length, 'module')}, ${bytes(sizeIn(found, measure))} ${measure}`;
    return { title: name, href: href('bundle', name), detail, group: bundle, isChosen: bundle === index };
  });
  const joins = joined.flatMap(({ edge: [from, to], way }): Join[] => {
    const [start, end] = [place.get(from), place.get(to)];
    return start === undefined || end === undefined ? [] : [{ edge: [start, end], way }];
  });
  return drawGraph('The bundle and those around it', nodes, joins);
}

/** Each pair of bundles once in each way. */
function* joinsOf({ data }: Report): Iterable<Join> {
  const seen = new Set<string>();
  for (const module of data.modules)
    for (const way of WAYS)
      for (const to of module[way]) {
        const edge = [module.bundle, data.modules[to]!.bundle] as const;
        const key = `${edge} ${way}`;
        if (edge[0] === edge[1] || edge.includes(-1) || seen.has(key)) continue;
        seen.add(key);
        yield { edge, way };
      }
}
