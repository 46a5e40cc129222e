/** What a page loads: its start as a waterfall, then what each later request adds. */
import type { ReportBundle } from '../../lib/report/data';
import { requestChains } from './chains';
import type { Context } from './context';
import { choose, chooseMeasure } from './controls';
import { type Child, h, heading, named } from './dom';
import { counted, number, time } from './format';
import { bundleLink, packageLink, requestLink } from './links';
import { sizeTerms, terms } from './lists';
import {
  byShare,
  type Measure,
  packageSizes,
  packagesIn,
  type Report,
  requestsAfter,
  sizeIn,
  sumOf,
} from './report';
import { type Column, counts, sizes, table } from './table';
import { arrivals, bar, LINES, type Line, lineOf } from './waterfall';

export function page(context: Context): Child[] {
  const { report, route, measure } = context;
  const index = report.pages.get(route.value);
  if (index === undefined) return [heading('There is no such page'), h('p', {}, named(route.value))];
  const { name, kind, bundles, request } = report.data.pages[index]!;
  const line = lineOf(route.options.get('link'));
  const later = requestsAfter(report, request);
  return [
    heading(kind === 'entry' ? 'Page ' : 'Worker ', named(name)),
    terms([
      ['Files at the start', number(bundles.length)],
      ...sizeTerms(report, bundles),
      ['Requests that may follow', number(later.length)],
    ]),
    h(
      'div',
      { class: 'choices' },
      chooseMeasure(measure, report.measures),
      choose('link', 'Line:', LINES, line.value),
    ),
    h('h3', {}, 'At the start'),
    waterfall(report, bundles, measure, line),
    h('h3', {}, 'What it is made of'),
    packagesTable(report, bundles, measure),
    h('h3', {}, 'Later'),
    later.length === 0 ? h('p', {}, 'Nothing is loaded later.') : laterTable(context, index, later),
  ];
}

interface Loaded {
  bundle: ReportBundle;
  index: number;
  end: number;
}

function waterfall(report: Report, bundles: readonly number[], measure: Measure, line: Line): HTMLElement {
  const found = bundles.map((index) => report.data.bundles[index]!);
  const ends = arrivals(
    found.map((bundle) => sizeIn(bundle, measure)),
    line,
  );
  const last = Math.max(...ends, line.latency);
  const columns: Column<Loaded>[] = [
    { title: 'Bundle', cell: ({ index }) => bundleLink(report, index), isName: true },
    {
      title: 'Holds',
      cell: ({ bundle }) =>
        `${counted(bundle.modules.length, 'module')}, ${counted(packagesIn(report, bundle).filter((each) => each !== undefined).length, 'package')}`,
    },
    sizes(measure, ({ bundle }) => sizeIn(bundle, measure)),
    { title: 'There after', cell: ({ end }) => time(end), isNumber: true },
    { title: 'Line', cell: ({ end }) => bar(end, last, line) },
  ];
  const caption = `All start together, in one round trip behind the page; all are there after ${time(last)}`;
  const rows = found.map((bundle, at) => ({
    bundle,
    index: bundles[at] as number,
    end: ends[at] as number,
  }));
  return table(bundles.length === 0 ? 'Nothing is loaded' : caption, columns, rows, 100);
}

/** What the start of a page holds of each package, and of the project. */
function packagesTable(report: Report, bundles: readonly number[], measure: Measure): HTMLElement {
  const held = new Set(bundles);
  const weights = packageSizes(report, measure, ({ bundle }) => held.has(bundle));
  const rows = [...weights].sort((a, b) => b[1] - a[1]);
  return table<[number | undefined, number]>(
    'Packages at the start, the largest first',
    [
      { title: 'Package', cell: ([index]) => packageLink(report, index), isName: true },
      sizes(byShare(measure), ([, weight]) => weight),
    ],
    rows,
    10,
  );
}

interface Request {
  index: number;
  /** Bundles that the page has not got by its start. */
  added: readonly number[];
  sum: number;
  ends: readonly number[];
}

/** What requests fetch on a page that has only what it starts with. */
function laterTable(
  { report, measure, route }: Context,
  page: number,
  later: readonly number[],
): HTMLElement {
  const { bundles, request } = report.data.pages[page]!;
  const held = new Set(bundles);
  const line = lineOf(route.options.get('link'));
  const rows = later.map((index) => {
    const added = report.data.requests[index]!.bundles.filter((bundle) => !held.has(bundle));
    const ends = arrivals(
      added.map((bundle) => sizeIn(report.data.bundles[bundle]!, measure)),
      line,
    );
    return { index, added, sum: sumOf(report, added, measure), ends };
  });
  const before = requestChains(report, request);
  return table<Request>(
    'What each request adds to what the page starts with',
    [
      { title: 'Request', cell: ({ index }) => requestLink(report, index), isName: true },
      {
        title: 'Asked for by',
        cell: ({ index }) => requestLink(report, before.get(index) ?? request),
      },
      counts('Files', ({ added }) => added.length),
      sizes(measure, ({ sum }) => sum),
      {
        title: 'There after',
        cell: ({ ends }) => (ends.length === 0 ? 'at once' : time(Math.max(...ends))),
        isNumber: true,
      },
      {
        title: 'Bundles',
        cell: ({ added }) =>
          added.length === 0
            ? 'all are there'
            : h(
                'details',
                {},
                h('summary', {}, counted(added.length, 'file')),
                waterfall(report, added, measure, line),
              ),
      },
    ],
    rows,
  );
}
