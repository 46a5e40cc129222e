/** What changed since an earlier report. */
import type { ReportData } from '../../lib/report/data';
import type { Context } from './context';
import { chooseMeasure } from './controls';
import { type Difference, differences } from './difference';
import { type Child, h, heading, named } from './dom';
import { change, counted, number, size } from './format';
import { link } from './links';
import { terms } from './lists';
import {
  bestMeasure,
  bundleCount,
  type Measure,
  makeReport,
  packageTitle,
  type Report,
  rawSizes,
  sizeIn,
  sumOf,
} from './report';
import { href } from './route';
import { table } from './table';

export function compare(context: Context): Child[] {
  const { report, before } = context;
  if (before === undefined)
    return [
      heading('Compare'),
      h('p', {}, 'With an earlier report, this shows what changed.'),
      chooseFile(context),
    ];
  // Where one of them has not measured what is chosen, sizes as they are are compared.
  const measures = report.measures.filter((each) => before.measures.includes(each));
  const measure = measures.includes(context.measure) ? context.measure : bestMeasure({ measures });
  const sumOfAll = (each: Report): number => sumOf(each, [...each.data.bundles.keys()], measure);
  return [
    heading('Compare'),
    terms([
      ['Bundles', [number(bundleCount(before)), ' → ', number(bundleCount(report))]],
      ['Modules', [number(before.data.modules.length), ' → ', number(report.data.modules.length)]],
      ['Download of all bundles', [size(sumOfAll(before)), ' → ', size(sumOfAll(report))]],
      ['Change', change(sumOfAll(report) - sumOfAll(before))],
    ]),
    h('div', { class: 'choices' }, chooseMeasure(measure, measures)),
    part('Pages', 'page', report.pages, differences(pageSizes(before, measure), pageSizes(report, measure))),
    part('Packages, raw', 'package', directories(report), packagesChanged(before, report)),
    part(
      'Bundles',
      'bundle',
      report.bundles,
      differences(bundleSizes(before, measure), bundleSizes(report, measure)),
    ),
    part('Modules, raw', 'module', report.modules, differences(moduleSizes(before), moduleSizes(report))),
    chooseFile(context),
  ];
}

type Sizes = Iterable<readonly [string, number]>;

/** Those of scripts that stand alone, by the names of their entries, are among these, … */
const pageSizes = (report: Report, measure: Measure): Sizes => [
  ...report.data.pages.map(({ name, bundles }) => [name, sumOf(report, bundles, measure)] as const),
  ...(report.data.standalone ?? []).map((script) => [script.entry, sizeIn(script, measure)] as const),
];

/** … and by those of their files among these. */
const bundleSizes = ({ data }: Report, measure: Measure): Sizes =>
  [...data.bundles, ...(data.standalone ?? [])].map((each) => [each.name, sizeIn(each, measure)]);

/** As they are: compressed, the share of a module changes with those beside it. */
const moduleSizes = (report: Report): Sizes =>
  rawSizes(report).map((size, index) => [report.data.modules[index]!.name, size]);

const packageNameAt = ({ data }: Report, index: number | undefined): string =>
  index === undefined ? OWN : packageTitle(data.packages[index]!);

const OWN = 'own modules';

/** By name and version, so that a new version is one that came and one that went. */
const packagesChanged = (before: Report, after: Report): Difference[] => {
  const sizes = (report: Report): Sizes =>
    rawSizes(report).map((size, index) => [packageNameAt(report, report.data.modules[index]!.package), size]);
  return differences(sizes(before), sizes(after));
};

/** Name and version → directory. */
const directories = ({ data }: Report): Map<string, string> =>
  new Map([[OWN, ''], ...data.packages.map((each) => [packageTitle(each), each.directory] as const)]);

/** @param known names that have a view, or what the view calls them by */
function part(
  title: string,
  view: string,
  known: ReadonlyMap<string, string | number>,
  rows: readonly Difference[],
): Child {
  if (rows.length === 0) return [h('h3', {}, title), h('p', {}, 'Nothing changed.')];
  const name = (row: Difference): Child => {
    const value = known.get(row.name);
    if (value === undefined || row.after === undefined) return named(row.name);
    return link(href(view, typeof value === 'string' ? value : row.name), row.name);
  };
  const columns = [
    { title: 'Name', cell: name, value: (row: Difference) => row.name, isName: true },
    {
      title: 'What',
      cell: (row: Difference) => whatOf(row),
      value: (row: Difference) => whatOf(row),
    },
    {
      title: 'Before',
      cell: ({ before }: Difference) => before !== undefined && size(before),
      isNumber: true,
    },
    { title: 'After', cell: ({ after }: Difference) => after !== undefined && size(after), isNumber: true },
    {
      title: 'Change',
      cell: (row: Difference) => change(row.change),
      value: (row: Difference) => row.change,
      isNumber: true,
    },
  ];
  return [
    h('h3', {}, title),
    table(`${counted(rows.length, 'change')}, the largest first`, columns, rows, 20),
  ];
}

const whatOf = ({ before, after, change: by }: Difference): string =>
  before === undefined ? 'added' : after === undefined ? 'removed' : by > 0 ? 'grew' : 'shrank';

/** Reads the data out of another report's file. Nothing of that file is run. */
function chooseFile({ setBefore }: Context): HTMLElement {
  const status = h('span', { role: 'status' });
  const input = h('input', {
    type: 'file',
    id: 'earlier',
    accept: '.html,.json',
    onchange: () => {
      const file = input.files?.[0];
      file?.text().then(
        (text) => {
          const data = dataIn(text);
          if (data === undefined) status.textContent = 'This file is no report.';
          else setBefore(makeReport(data));
        },
        () => {
          status.textContent = 'This file cannot be read.';
        },
      );
    },
  });
  return h(
    'p',
    { class: 'choice' },
    h('label', { for: 'earlier' }, 'Earlier report:'),
    ' ',
    input,
    ' ',
    status,
  );
}

/** JSON as it is, or that of a page. */
function dataIn(text: string): ReportData | undefined {
  const json = /<script type="application\/json" id="data">(.*)<\/script>/.exec(text)?.[1] ?? text;
  try {
    const data = JSON.parse(json) as ReportData;
    return data.version === 1 ? data : undefined;
  } catch {
    return undefined;
  }
}
