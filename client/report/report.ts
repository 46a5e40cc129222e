/** The data of a report with what is looked up in it. */
import type { ReportBundle, ReportData, ReportModule, ReportPackage, Sizes } from '../../lib/report/data';

export type Measure = 'raw' | 'gzip' | 'brotli';

export const MEASURES: readonly Measure[] = ['raw', 'gzip', 'brotli'];

export interface Report {
  data: ReportData;
  /** What sizes are measured in: all, or what files are as they are. */
  measures: readonly Measure[];
  /** Name → index. */
  modules: ReadonlyMap<string, number>;
  bundles: ReadonlyMap<string, number>;
  pages: ReadonlyMap<string, number>;
  /** Directory → index. */
  packages: ReadonlyMap<string, number>;
  /** By module, who asks for it: in each way. */
  importers: Importers;
  /** Request → the page that it starts. */
  pageOfRequest: ReadonlyMap<number, number>;
}

/** The ways in which a module asks for another one. */
export type Way = 'imports' | 'later' | 'workers';

export const WAYS: readonly Way[] = ['imports', 'later', 'workers'];

export type Importers = Readonly<Record<Way, readonly (readonly number[])[]>>;

const indexBy = <Item>(items: readonly Item[], key: (item: Item) => string): Map<string, number> =>
  new Map(items.map((item, index) => [key(item), index]));

export function makeReport(data: ReportData): Report {
  const isMeasured = [...data.bundles, ...(data.standalone ?? [])].every(
    ({ brotli }) => brotli !== undefined,
  );
  return {
    data,
    measures: isMeasured ? MEASURES : ['raw'],
    modules: indexBy(data.modules, ({ name }) => name),
    bundles: indexBy(data.bundles, ({ name }) => name),
    pages: indexBy(data.pages, ({ name }) => name),
    packages: indexBy(data.packages, ({ directory }) => directory),
    importers: {
      imports: reversed(data.modules, 'imports'),
      later: reversed(data.modules, 'later'),
      workers: reversed(data.modules, 'workers'),
    },
    pageOfRequest: new Map(data.pages.map(({ request }, page) => [request, page])),
  };
}

function reversed(modules: readonly ReportModule[], way: Way): number[][] {
  const from: number[][] = modules.map(() => []);
  modules.forEach((module, index) => {
    for (const to of module[way]) from[to]!.push(index);
  });
  return from;
}

/** The title of what modules have of it. */
export const byShare = (measure: Measure): string => (measure === 'raw' ? 'raw' : `${measure}, by share`);

/** Without the files of loaders, which are no bundles of modules. */
export const bundleCount = ({ data }: Report): number =>
  data.bundles.filter(({ loader }) => loader === undefined).length;

/** In what is measured. */
export const sizeIn = (sizes: Sizes, measure: Measure): number => sizes[measure] as number;

/** The measure that comes nearest to what is downloaded. */
export const bestMeasure = ({ measures }: Pick<Report, 'measures'>): Measure => measures.at(-1) as Measure;

/** Sum of files, each compressed by itself. */
export const sumOf = (report: Report, bundles: readonly number[], measure: Measure): number =>
  bundles.reduce((sum, index) => sum + sizeIn(report.data.bundles[index]!, measure), 0);

/** What a module has in its bundle; compressed, that is its share by bytes. */
export function moduleSize({ data }: Report, module: ReportModule, measure: Measure): number {
  const bundle = data.bundles[module.bundle];
  if (bundle === undefined || bundle.raw === 0) return 0;
  return measure === 'raw' ? module.size : Math.round((module.size * sizeIn(bundle, measure)) / bundle.raw);
}

/** Raw bytes that each module has in its bundle; where it is in none, in a script that stands alone. */
export function rawSizes({ data }: Report): number[] {
  const sizes = data.modules.map(({ size }) => size);
  for (const { modules } of data.standalone ?? [])
    for (const { module, size } of modules) if (data.modules[module]!.bundle === -1) sizes[module] = size;
  return sizes;
}

/** Name and version. */
export const packageTitle = ({ name, version }: ReportPackage): string =>
  version === undefined ? name : `${name}@${version}`;

/** Indices of the modules of a package; those of the project for `undefined`. */
export const modulesOf = ({ data }: Report, index: number | undefined): number[] =>
  data.modules.flatMap((module, at) => (module.package === index ? at : []));

/** Packages that are there more than once, by name. */
export function copies({ data }: Report): Map<string, number[]> {
  const byName = new Map<string, number[]>();
  data.packages.forEach(({ name }, index) => {
    byName.set(name, [...(byName.get(name) ?? []), index]);
  });
  return new Map([...byName].filter(([, indices]) => indices.length > 1));
}

/** What can be requested once a request is there, in the order in which it is found, without the request itself. */
export function requestsAfter({ data }: Report, request: number): number[] {
  const found = new Set([request]);
  for (const each of found) for (const next of data.requests[each]!.next) found.add(next);
  found.delete(request);
  return [...found];
}

/** How a request is called. */
export function requestTitle({ data, pageOfRequest }: Report, request: number): string {
  const page = data.pages[pageOfRequest.get(request) ?? -1];
  if (page?.kind === 'entry') return `page ${page.name}`;
  if (page !== undefined) return `worker ${page.name}`;
  return `request for ${data.modules[data.requests[request]!.module]!.name}`;
}

/** Indices of the bundles that a page may need later, and not at its start. */
export function bundlesLater(report: Report, page: number): Set<number> {
  const { request, bundles } = report.data.pages[page]!;
  const held = new Set(bundles);
  const later = requestsAfter(report, request).flatMap((each) => report.data.requests[each]!.bundles);
  return new Set(later.filter((bundle) => !held.has(bundle)));
}

/** The packages that have modules in a bundle, the project as `undefined`. */
export const packagesIn = ({ data }: Report, bundle: ReportBundle): (number | undefined)[] => [
  ...new Set(bundle.modules.map((module) => data.modules[module]!.package)),
];

/** By package, what its modules have in bundles; that of the project by `undefined`. */
export function packageSizes(
  report: Report,
  measure: Measure,
  isCounted: (module: ReportModule) => boolean = () => true,
): Map<number | undefined, number> {
  const sizes = new Map<number | undefined, number>();
  for (const module of report.data.modules.filter(isCounted))
    sizes.set(module.package, (sizes.get(module.package) ?? 0) + moduleSize(report, module, measure));
  return sizes;
}
