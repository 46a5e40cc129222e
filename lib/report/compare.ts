/** What has changed from one report to another, in words. */
import type { ReportBundle, ReportData, ReportModule, ReportPackage } from './data';
import { showBytes } from './sizes';
import { listWords, plural, showName } from './words';

type Named<Item> = ReadonlyMap<string, Item>;

const byName = <Item extends { name: string }>(items: readonly Item[]): Named<Item> =>
  new Map(items.map((item) => [item.name, item]));

type Measure = 'raw' | 'brotli';

/** That in which both are measured. */
const measureOf = (...all: readonly ReportData[]): Measure =>
  all.some(({ bundles, standalone = [] }) =>
    [...bundles, ...standalone].some(({ brotli }) => brotli === undefined),
  )
    ? 'raw'
    : 'brotli';

/** Bytes that each page starts with, and those of scripts that stand alone. */
const startsOf = (data: ReportData, measure: Measure): { name: string; bytes: number }[] => [
  ...data.pages.map(({ name, bundles }) => {
    const sizes = bundles.map((index) => (data.bundles[index] as ReportBundle)[measure] as number);
    return { name, bytes: sizes.reduce((sum, each) => sum + each, 0) };
  }),
  ...(data.standalone ?? []).map((script) => ({ name: script.entry, bytes: script[measure] as number })),
];

const showDifference = (bytes: number): string =>
  bytes === 0 ? 'the same' : `${bytes > 0 ? '+' : '-'}${showBytes(Math.abs(bytes))}`;

function comparePages(before: ReportData, now: ReportData, measure: Measure): string[] {
  const old = byName(startsOf(before, measure));
  const starts = startsOf(now, measure);
  const width = Math.max(24, ...starts.map(({ name }) => name.length));
  const lines = starts.map(({ name, bytes }) => {
    const known = old.get(name);
    const title = `  ${showName(name).padEnd(width)} `;
    if (known === undefined) return `${title}${showBytes(bytes)}, new`;
    return `${title}${showBytes(known.bytes)} → ${showBytes(bytes)} (${showDifference(bytes - known.bytes)})`;
  });
  const current = byName(starts);
  const gone = startsOf(before, measure)
    .filter(({ name }) => !current.has(name))
    .map(({ name }) => showName(name));
  return gone.length === 0 ? lines : [...lines, `  gone: ${listWords(gone)}`];
}

/** A module, and the bytes that it has where it is. */
type Held = Pick<ReportModule, 'name' | 'size'>;

/** The modules of bundles, and those that only scripts have that stand alone. */
function heldIn({ modules, standalone = [] }: ReportData): Held[] {
  const held = new Map<number, Held>();
  modules.forEach((module, index) => {
    if (module.bundle !== -1) held.set(index, module);
  });
  for (const { module, size } of standalone.flatMap((script) => script.modules))
    if (!held.has(module)) held.set(module, { name: (modules[module] as ReportModule).name, size });
  return [...held.values()];
}

/** Modules of one that the other one has not, the largest first. */
function onlyIn(here: ReportData, there: ReportData): Held[] {
  const others = byName(heldIn(there));
  return heldIn(here)
    .filter(({ name }) => !others.has(name))
    .sort((a, b) => b.size - a.size || (a.name < b.name ? -1 : 1));
}

function listModules(title: string, modules: readonly Held[]): string[] {
  if (modules.length === 0) return [];
  const bytes = modules.reduce((sum, { size }) => sum + size, 0);
  const names = modules.map(({ name, size }) => `${showName(name)} (${showBytes(size)})`);
  return [`  ${plural(modules.length, 'module')} ${title}, ${showBytes(bytes)}: ${listWords(names, 5)}`];
}

/** Modules of other sizes, those with the largest difference first. */
function changedModules(before: ReportData, now: ReportData): string[] {
  const old = byName(heldIn(before));
  const changed = heldIn(now)
    .map(({ name, size }) => ({ name, difference: size - (old.get(name)?.size ?? size) }))
    .filter(({ difference }) => difference !== 0)
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  if (changed.length === 0) return [];
  const names = changed.map(({ name, difference }) => `${showName(name)} (${showDifference(difference)})`);
  return [`  ${plural(changed.length, 'module')} of another size: ${listWords(names, 5)}`];
}

function comparePackages(before: ReportData, now: ReportData): string[] {
  const show = ({ name, version }: ReportPackage): string => showName(`${name} ${version ?? ''}`.trim());
  const [old, current] = [before, now].map(({ packages }) => new Set(packages.map(show))) as [
    Set<string>,
    Set<string>,
  ];
  const added = [...current].filter((each) => !old.has(each));
  const gone = [...old].filter((each) => !current.has(each));
  return [
    ...(added.length > 0 ? [`  packages added: ${listWords(added)}`] : []),
    ...(gone.length > 0 ? [`  packages gone: ${listWords(gone)}`] : []),
  ];
}

/** What has changed, for people: each page's start, after brotli where both have measured that, and what that comes of. */
export function describeChange(before: ReportData, now: ReportData): string {
  const measure = measureOf(before, now);
  const lines = [
    '',
    `Since the report before, what pages start with${measure === 'raw' ? '' : ', after brotli'}:`,
    ...comparePages(before, now, measure),
    ...comparePackages(before, now),
    ...listModules('added', onlyIn(now, before)),
    ...listModules('gone', onlyIn(before, now)),
    ...changedModules(before, now),
  ];
  return `${lines.join('\n')}\n`;
}
