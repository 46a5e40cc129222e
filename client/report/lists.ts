/** Lists, of which the first items are shown. */
import { type Child, h } from './dom';
import { counted, size } from './format';
import { MEASURES, type Report, sumOf } from './report';

const FIRST = 12;

/** @param tag `ol` where the order tells something */
export function list(items: readonly (() => Child)[], first = FIRST, tag: 'ul' | 'ol' = 'ul'): HTMLElement {
  const element = h(tag, {}, ...items.slice(0, first).map((item) => h('li', {}, item())));
  if (items.length <= first) return element;
  const more = h('button', { type: 'button' }, `Show ${counted(items.length - first, 'more', 'more')}`);
  more.onclick = () => {
    const rest = items.slice(first).map((item) => h('li', {}, item()));
    element.append(...rest);
    more.remove();
    rest[0]?.querySelector<HTMLElement>('a, button')?.focus();
  };
  return h('div', {}, element, more);
}

/** Links to modules, bundles or others by their indices. */
export const listOf = (indices: readonly number[], draw: (index: number) => Child): HTMLElement =>
  list(indices.map((index) => () => draw(index)));

/** What some bundles are in each measure, as rows of terms. */
export const sizeTerms = (report: Report, bundles: readonly number[]): (readonly [string, Child])[] =>
  MEASURES.map((measure) => [
    measure,
    report.measures.includes(measure) ? size(sumOf(report, bundles, measure)) : 'not measured',
  ]);

/** Terms and what they mean; rows without a meaning are left out. */
export const terms = (rows: readonly (readonly [string, Child])[]): HTMLElement =>
  h(
    'dl',
    {},
    ...rows.flatMap(([term, meaning]) =>
      meaning === undefined ? [] : [h('div', {}, h('dt', {}, term), h('dd', {}, meaning))],
    ),
  );
