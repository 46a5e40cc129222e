/** Pages × bundles: which page starts with which bundle, and which may load it later. */
import type { Context } from './context';
import { type Child, h, heading, named, spoken } from './dom';
import { counted } from './format';
import { bundleLink, pageLink } from './links';
import { bundlesLater, sizeIn } from './report';
import { href, withOptions } from './route';
import { type Column, sizes, table } from './table';

/** So many pages beside each other. */
const ACROSS = 24;

const ROWS = 40;

export function matrix({ report, route, measure }: Context): Child[] {
  const { data } = report;
  const first = Math.max(0, Number(route.options.get('from') ?? 0) || 0);
  const pages = [...data.pages.keys()].slice(first, first + ACROSS);
  const columns = pages.map((page): Column<number> => {
    const start = new Set(data.pages[page]!.bundles);
    const later = bundlesLater(report, page);
    return {
      title: data.pages[page]!.name,
      cell: (bundle) => (start.has(bundle) ? mark('●', 'start') : later.has(bundle) && mark('○', 'later')),
    };
  });
  const shared = data.bundles.map(() => 0);
  for (const { bundles } of data.pages) for (const bundle of bundles) shared[bundle]!++;
  const rows = [...data.bundles.keys()].sort((a, b) => shared[b]! - shared[a]! || a - b);
  const drawn = table<number>(
    'Bundles, those of most pages first. ● at the start, ○ later',
    [
      {
        title: 'Bundle',
        cell: (bundle) => bundleLink(report, bundle),
        value: (bundle) => data.bundles[bundle]!.name,
        isName: true,
      },
      sizes(measure, (bundle) => sizeIn(data.bundles[bundle]!, measure)),
      ...columns,
    ],
    rows,
    ROWS,
  );
  // Titles of pages lead to them.
  const titles = [...drawn.querySelectorAll('thead th')].slice(2);
  titles.forEach((title, index) => {
    title.className = 'across';
    title.replaceChildren(pageLink(report, pages[index]!));
  });
  drawn.classList.add('matrix');
  return [heading('Pages × bundles'), others(data.pages.length, first), drawn];
}

const mark = (sign: string, meaning: string): Child => [
  h('span', { 'aria-hidden': 'true' }, sign),
  spoken(meaning),
];

/** Links to the pages that are not shown. */
function others(count: number, first: number): Child {
  if (count <= ACROSS) return undefined;
  const parts = Array.from({ length: Math.ceil(count / ACROSS) }, (_, index) => index * ACROSS);
  return h(
    'nav',
    { 'aria-label': 'Other pages', class: 'crumbs' },
    `${counted(count, 'page')}: `,
    parts.map((from) => {
      const text = `${from + 1}–${Math.min(count, from + ACROSS)}`;
      if (from === first) return h('span', { 'aria-current': 'page' }, named(text), ' ');
      return [h('a', { href: from === 0 ? href('matrix') : withOptions({ from: String(from) }) }, text), ' '];
    }),
  );
}
