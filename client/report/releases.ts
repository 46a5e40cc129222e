/** What visitors download who have been there before, by the release that they have. */
import type { ReportRelease } from '../../lib/report/data';
import type { Context } from './context';
import { type Child, h, heading, named } from './dom';
import { percent, size } from './format';
import { bundleLink, link, pageLink } from './links';
import { type Report, sizeIn, sumOf } from './report';
import { href } from './route';
import { counts, sizes, table } from './table';

const HOW = { held: 'is there already', patch: 'a patch', whole: 'the whole bundle' };

export function releases({ report, route }: Context): Child[] {
  const all = report.data.releases ?? [];
  const chosen = all.find(({ id }) => id === route.value);
  const page = report.pages.get(route.options.get('page') ?? '');
  const visit = chosen?.visitors.find((visitor) => visitor.page === page);
  if (chosen !== undefined && visit !== undefined) return visitView(report, chosen, visit);
  if (chosen !== undefined) return releaseView(report, chosen);
  return [
    heading('Releases'),
    all.length === 0
      ? h('p', {}, 'This build keeps no releases.')
      : [
          h(
            'p',
            {},
            'What a visitor who has all of a release downloads of the newest one. The newest stands first.',
          ),
          allTable(report, [...all].reverse()),
        ],
  ];
}

function allTable(report: Report, all: readonly ReportRelease[]): HTMLElement {
  return table<number>(
    'Downloads by page and release',
    [
      {
        title: 'Page',
        cell: (page) => pageLink(report, page),
        value: (page) => report.data.pages[page]!.name,
        isName: true,
      },
      sizes('New visitor', (page) => sumOf(report, report.data.pages[page]!.bundles, 'brotli')),
      ...all.map(({ id, visitors }) => {
        const byPage = new Map(visitors.map((visitor) => [visitor.page, visitor.bytes]));
        return {
          title: id,
          cell: (page: number): Child => {
            const bytes = byPage.get(page);
            if (bytes === undefined) return '';
            return h(
              'a',
              { href: href('releases', id, { page: report.data.pages[page]!.name }) },
              size(bytes),
            );
          },
          value: (page: number) => byPage.get(page) ?? -1,
          isNumber: true,
        };
      }),
    ],
    [...report.data.pages.keys()],
  );
}

type Visitor = ReportRelease['visitors'][number];

function releaseView(report: Report, { id, visitors }: ReportRelease): Child[] {
  return [
    heading('Visitors of release ', named(id)),
    back(),
    table<Visitor>(
      'What each page downloads',
      [
        { title: 'Page', cell: ({ page }) => pageLink(report, page), isName: true },
        {
          title: 'Download',
          cell: ({ page, bytes }) =>
            h('a', { href: href('releases', id, { page: report.data.pages[page]!.name }) }, size(bytes)),
          value: ({ bytes }) => bytes,
          isNumber: true,
        },
        ...(['held', 'patch', 'whole'] as const).map((how) =>
          counts<Visitor>(how, ({ bundles }) => bundles.filter((bundle) => bundle.how === how).length),
        ),
      ],
      visitors,
    ),
  ];
}

function visitView(report: Report, { id }: ReportRelease, { page, bytes, bundles }: Visitor): Child[] {
  const whole = sumOf(report, report.data.pages[page]!.bundles, 'brotli');
  return [
    heading('A visitor of release ', named(id), ' opens ', named(report.data.pages[page]!.name)),
    back(),
    h(
      'p',
      {},
      'Downloads ',
      size(bytes),
      ', where a new visitor downloads ',
      size(whole),
      `: ${percent(bytes / (whole || 1))}.`,
    ),
    table<Visitor['bundles'][number]>(
      'Bundle by bundle',
      [
        { title: 'Bundle', cell: ({ bundle }) => bundleLink(report, bundle), isName: true },
        { title: 'What comes', cell: ({ how }) => HOW[how], value: ({ how }) => how },
        {
          title: 'Download',
          cell: (row) => size(row.bytes),
          value: (row) => row.bytes,
          isNumber: true,
        },
        {
          title: 'Whole, brotli',
          cell: ({ bundle }) => size(sizeIn(report.data.bundles[bundle]!, 'brotli')),
          isNumber: true,
        },
      ],
      bundles,
      100,
    ),
  ];
}

const back = (): HTMLElement => h('p', {}, link(href('releases'), 'All releases'));
