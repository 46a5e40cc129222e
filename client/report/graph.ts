/** The graph: all modules of a small build, else what can be requested; and the modules around one. */
import type { Context } from './context';
import { type Child, h, heading } from './dom';
import { drawGraph, type Join, type Node } from './draw';
import { bytes, counted } from './format';
import { requestHref } from './links';
import { bestMeasure, type Report, requestTitle, sumOf, WAYS } from './report';
import { href } from './route';

/** More are a picture that nobody reads. */
const MOST = 150;

/** So many on each side of a module. */
const AROUND = 10;

export function graph({ report }: Context): Child[] {
  const { modules, requests } = report.data;
  const isSmall = modules.length <= MOST;
  return [
    heading('Graph'),
    h(
      'p',
      {},
      isSmall
        ? 'Each module, and what it asks for. The colour is that of its bundle.'
        : 'Pages, workers and all that can be requested later. The view of a module shows what is around it: the search finds it.',
    ),
    !isSmall &&
      requests.length > MOST &&
      h('p', {}, `The ${MOST} nearest to pages are drawn, of ${counted(requests.length, 'request')}.`),
    isSmall
      ? drawModules(report, [...modules.keys()], 'All modules')
      : drawRequests(report, nearest(report), 'Pages and requests'),
  ];
}

/** What pages are, then what they ask for, and so on: as many as can be drawn. */
function nearest({ data }: Report): number[] {
  const found = new Set(data.pages.map(({ request }) => request));
  for (const request of found)
    for (const next of data.requests[request]!.next) if (found.size < MOST) found.add(next);
  return [...found].slice(0, MOST);
}

function drawRequests(report: Report, shown: readonly number[], label: string): HTMLElement {
  const { data, pageOfRequest } = report;
  const place = new Map(shown.map((request, index) => [request, index]));
  const measure = bestMeasure(report);
  const nodes = shown.map((request): Node => {
    const { bundles } = data.requests[request]!;
    const detail = `${counted(bundles.length, 'file')}, ${bytes(sumOf(report, bundles, measure))} ${measure}`;
    const page = data.pages[pageOfRequest.get(request) ?? -1];
    const group = page === undefined ? 2 : page.kind === 'entry' ? 0 : 1;
    return { title: requestTitle(report, request), href: requestHref(report, request), detail, group };
  });
  const joins = shown.flatMap((request, from) =>
    data.requests[request]!.next.flatMap((next): Join[] => {
      const to = place.get(next);
      const page = data.pages[pageOfRequest.get(next) ?? -1];
      return to === undefined
        ? []
        : [{ edge: [from, to], way: page?.kind === 'worker' ? 'workers' : 'later' }];
    }),
  );
  return drawGraph(label, nodes, joins);
}

/** A module, those that ask for it and those it asks for. */
export function neighbourhood(report: Report, index: number): HTMLElement {
  const around = WAYS.flatMap((way) => [
    ...report.importers[way][index]!.slice(0, AROUND),
    ...report.data.modules[index]![way].slice(0, AROUND),
  ]);
  const shown = [...new Set([index, ...around])];
  return drawModules(report, shown, 'The module and those around it', index);
}

function drawModules(report: Report, shown: readonly number[], label: string, chosen?: number): HTMLElement {
  const { data } = report;
  const place = new Map(shown.map((module, index) => [module, index]));
  const nodes = shown.map((index): Node => {
    const { name, bundle, size } = data.modules[index]!;
    const around = { group: bundle, isChosen: index === chosen };
    const place = data.bundles[bundle]?.name ?? 'in no bundle';
    return { title: name, href: href('module', name), detail: bytes(size), place, ...around };
  });
  const joins = shown.flatMap((module, from) =>
    WAYS.flatMap((way) =>
      data.modules[module]![way].flatMap((next): Join[] => {
        const to = place.get(next);
        // Around a module, lines between its neighbours would hide its own.
        const isOwn = chosen === undefined || module === chosen || next === chosen;
        return to === undefined || !isOwn || next === module ? [] : [{ edge: [from, to], way }];
      }),
    ),
  );
  return drawGraph(label, nodes, joins);
}
