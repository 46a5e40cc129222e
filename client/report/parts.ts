/** The views of a bundle and of a package, with what they hold. */

import { aroundBundle } from './bundle-graph';
import { chains } from './chain-list';
import type { Context } from './context';
import { coreInWords } from './core';
import { type Child, h, heading, joined, named } from './dom';
import { number, percent, size } from './format';
import { bundleLink, link, moduleLink, packageLink, pageLink } from './links';
import { listOf, sizeTerms, terms } from './lists';
import {
  bundlesLater,
  byShare,
  copies,
  type Measure,
  moduleSize,
  modulesOf,
  packageSizes,
  packagesIn,
  packageTitle,
  type Report,
} from './report';
import { href } from './route';
import { sizes, table } from './table';

export function bundle({ report, route, measure }: Context): Child[] {
  const { data } = report;
  const index = report.bundles.get(route.value);
  if (index === undefined) return [heading('There is no such bundle'), h('p', {}, named(route.value))];
  const found = data.bundles[index]!;
  const pages = [...data.pages.keys()];
  const starting = pages.filter((page) => data.pages[page]!.bundles.includes(index));
  const later = pages.filter((page) => bundlesLater(report, page).has(index));
  return [
    heading('Bundle ', named(found.name)),
    terms([
      ['Served as', named(found.served)],
      ['Kind', found.kind],
      ...sizeTerms(report, [index]),
      ['Packages', joined(packagesIn(report, found).map((each) => packageLink(report, each)))],
    ]),
    h('p', {}, link(href('treemap', found.name), 'Show it in the treemap')),
    h('h3', {}, 'Pages that start with it'),
    starting.length > 0 ? listOf(starting, (page) => pageLink(report, page)) : h('p', {}, 'None.'),
    h('h3', {}, 'Pages that may load it later'),
    later.length > 0 ? listOf(later, (page) => pageLink(report, page)) : h('p', {}, 'None.'),
    coreInWords(report, index),
    h('h3', {}, 'What is around it'),
    aroundBundle(report, index),
    h('h3', {}, 'Modules'),
    modulesTable(report, found.modules, measure, false),
  ];
}

export function packages({ report, route, measure }: Context): Child[] {
  const { data } = report;
  const isOwn = route.value === '';
  const index = report.packages.get(route.value);
  if (index === undefined && !isOwn)
    return [heading('There is no such package'), h('p', {}, named(route.value))];
  const found = index === undefined ? undefined : data.packages[index]!;
  const modules = modulesOf(report, index);
  const others = found && copies(report).get(found.name);
  const held = new Set(modules.map((module) => data.modules[module]!.bundle));
  const pages = [...data.pages.keys()].filter((page) =>
    data.pages[page]!.bundles.some((each) => held.has(each)),
  );
  return [
    found === undefined ? heading('Own modules') : heading('Package ', named(packageTitle(found))),
    terms([
      ['Directory', found && named(found.directory)],
      [
        'Other copies',
        others && joined(others.filter((each) => each !== index).map((each) => packageLink(report, each))),
      ],
      ['Modules', number(modules.length)],
      [byShare(measure), size(packageSizes(report, measure).get(index) ?? 0)],
    ]),
    h('h3', {}, 'Pages that have some of it at their start'),
    pages.length > 0 ? listOf(pages, (page) => pageLink(report, page)) : h('p', {}, 'None.'),
    found !== undefined && [h('h3', {}, 'How pages come to it'), chains(report, modules)],
    h('h3', {}, 'Modules'),
    modulesTable(report, modules, measure, true),
  ];
}

function modulesTable(
  report: Report,
  modules: readonly number[],
  measure: Measure,
  hasBundles: boolean,
): HTMLElement {
  const weights = new Map(
    modules.map((index) => [index, moduleSize(report, report.data.modules[index]!, measure)]),
  );
  const sizeAt = (index: number): number => weights.get(index) as number;
  const sum = modules.reduce((total, index) => total + sizeAt(index), 0);
  const rows = [...modules].sort((a, b) => sizeAt(b) - sizeAt(a) || a - b);
  return table<number>(
    'Modules, the largest first',
    [
      {
        title: 'Module',
        cell: (index) => moduleLink(report, index),
        value: (index) => report.data.modules[index]!.name,
        isName: true,
      },
      sizes(byShare(measure), sizeAt),
      { title: 'Share', cell: (index) => percent(sizeAt(index) / (sum || 1)), isNumber: true },
      hasBundles
        ? {
            title: 'Bundle',
            cell: (index) => {
              const { bundle: held } = report.data.modules[index]!;
              return held === -1 ? 'none' : bundleLink(report, held);
            },
          }
        : {
            title: 'Package',
            cell: (index) => packageLink(report, report.data.modules[index]!.package),
          },
    ],
    rows,
  );
}
