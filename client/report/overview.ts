/** The first view: pages and their sizes, whether the build is minimal, warnings, packages that are there twice. */
import type { ReportPage } from '../../lib/report/data';
import type { Context } from './context';
import { chooseMeasure } from './controls';
import { type Child, h, heading, joined, named } from './dom';
import { counted, number, percent, size } from './format';
import { bundleLink, link, packageLink, pageLink } from './links';
import { list, terms } from './lists';
import {
  bundleCount,
  byShare,
  copies,
  packageSizes,
  type Report,
  requestsAfter,
  sizeIn,
  sumOf,
} from './report';
import { href } from './route';
import { counts, sizes, table } from './table';

export function overview(context: Context): Child[] {
  const { report, measure } = context;
  const { data } = report;
  return [
    heading('Overview'),
    terms([
      ['Bundles', [number(bundleCount(report)), ', ', minimality(report)]],
      ['Pages and workers', number(data.pages.length)],
      ['Modules', number(data.modules.length)],
      ['Packages', number(data.packages.length)],
      ['Download of all bundles', size(sumOf(report, [...data.bundles.keys()], measure))],
      ['dynapack', data.dynapack],
    ]),
    price(report),
    pagesTable(report),
    standalone(report),
    warnings(report),
    chooseMeasure(measure, report.measures),
    packagesTable(context),
    assets(report),
  ];
}

const minimality = ({ data }: Report): string =>
  data.minimal
    ? 'the fewest possible, checked'
    : data.price === undefined
      ? 'more than the fewest possible'
      : 'joined by the option split';

/** What `split` costs and saves. */
function price({ data }: Report): Child {
  if (data.price === undefined) return undefined;
  const { before, after, filesBefore, filesAfter, overfetch } = data.price;
  return h(
    'section',
    { 'aria-labelledby': 'price' },
    h('h3', { id: 'price' }, 'What split costs and saves'),
    terms([
      ['Bundles', [number(before), ' → ', number(after)]],
      ['Files of a first load, on average', [number(filesBefore.mean), ' → ', number(filesAfter.mean)]],
      ['Files of a first load, at most', [number(filesBefore.most), ' → ', number(filesAfter.most)]],
      ['Bytes of sources that come too early, on average', size(overfetch.mean)],
      ['Bytes of sources that come too early, at most', size(overfetch.most)],
      ['Their share of first loads', h('data', { value: overfetch.share }, percent(overfetch.share))],
    ]),
  );
}

const pagesTable = (report: Report): HTMLElement =>
  table<[ReportPage, number]>(
    'What each page starts with',
    [
      {
        title: 'Page',
        cell: ([, index]) => pageLink(report, index),
        value: ([{ name }]) => name,
        isName: true,
      },
      { title: 'Kind', cell: ([{ kind }]) => kind, value: ([{ kind }]) => kind },
      counts('Files', ([{ bundles }]) => bundles.length),
      ...report.measures.map((measure) =>
        sizes<[ReportPage, number]>(measure, ([{ bundles }]) => sumOf(report, bundles, measure)),
      ),
      counts('Later requests', ([{ request }]) => requestsAfter(report, request).length),
    ],
    report.data.pages.map((page, index) => [page, index]),
  );

/** Scripts that hold all that they reach: no page loads them. */
const standalone = ({ data: { standalone: scripts = [] }, measures }: Report): Child =>
  scripts.length > 0 &&
  table<(typeof scripts)[number]>(
    'Scripts that stand alone',
    [
      { title: 'Script', cell: ({ served }) => named(served), value: ({ served }) => served, isName: true },
      counts('Modules', ({ modules }) => modules.length),
      ...measures.map((measure) =>
        sizes<(typeof scripts)[number]>(measure, (script) => sizeIn(script, measure)),
      ),
    ],
    scripts,
  );

function warnings({ data, modules }: Report): Child {
  const title = h('h3', { id: 'warnings' }, counted(data.warnings.length, 'warning'));
  const items = data.warnings.map(({ code, message, path, line, column, hint }) => () => [
    h('code', {}, code),
    ' ',
    named(message),
    path !== undefined && [
      ' ',
      modules.has(path) ? link(href('module', path), path) : named(path),
      line !== undefined && `:${line}`,
      column !== undefined && `:${column}`,
    ],
    hint !== undefined && [' ', h('em', {}, named(hint))],
  ]);
  return h('section', { 'aria-labelledby': 'warnings' }, title, items.length > 0 && list(items));
}

/** Those that are there more than once come first. */
function packagesTable({ report, measure }: Context): Child {
  const { data } = report;
  const twice = copies(report);
  const rows = [...data.packages.keys()].sort(
    (a, b) => Number(twice.has(data.packages[b]!.name)) - Number(twice.has(data.packages[a]!.name)),
  );
  const weights = packageSizes(report, measure);
  const title = h('h3', { id: 'packages' }, 'Packages');
  const several = [...twice].map(([name, indices]) => () => [
    named(name),
    ': ',
    joined(indices.map((index) => packageLink(report, index))),
  ]);
  return h(
    'section',
    { 'aria-labelledby': 'packages' },
    title,
    several.length > 0 && [
      h('p', {}, `${counted(several.length, 'package is', 'packages are')} there more than once:`),
      list(several),
    ],
    table<number>(
      'Packages and what their modules weigh in bundles',
      [
        {
          title: 'Package',
          cell: (index) => packageLink(report, index),
          value: (index) => data.packages[index]!.name,
          isName: true,
        },
        sizes(byShare(measure), (index) => weights.get(index) ?? 0),
        counts('Copies', (index) => twice.get(data.packages[index]!.name)?.length ?? 1),
      ],
      rows,
      20,
    ),
  );
}

function assets(report: Report): Child {
  const { data } = report;
  if (data.assets.length === 0) return undefined;
  return h(
    'section',
    { 'aria-labelledby': 'assets' },
    h('h3', { id: 'assets' }, 'Images, fonts and other files'),
    table<ReportAsset>(
      'Files beside the bundles',
      [
        { title: 'File', cell: ({ name }) => named(name), value: ({ name }) => name, isName: true },
        { title: 'Served as', cell: ({ served }) => named(served) },
        sizes('raw', ({ raw }) => raw),
        {
          title: 'Named by',
          cell: ({ bundles }) => joined(bundles.map((bundle) => bundleLink(report, bundle))),
        },
      ],
      data.assets,
      20,
    ),
  );
}

type ReportAsset = Report['data']['assets'][number];
