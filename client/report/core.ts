/** A bundle's core in words: who may be the first to need it, and so why it shares no file with others. */
import type { ReportMerged } from '../../lib/report/data';
import { type Child, h, joined, named } from './dom';
import { counted, size } from './format';
import { bundleLink, requestLink } from './links';
import { list, listOf } from './lists';
import type { Report } from './report';

const NAMED = 4;

/** `page home, request for ./map.js and 3 more` */
const requests = (report: Report, indices: readonly number[]): Child[] => [
  joined(indices.slice(0, NAMED).map((index) => requestLink(report, index))),
  indices.length > NAMED && ` and ${indices.length - NAMED} more`,
];

/** Other bundles of its kind, those with the most similar cores first. */
function neighbours({ data }: Report, index: number): number[] {
  const { core, kind } = data.bundles[index]!;
  const own = new Set(core);
  const distances = data.bundles.map((bundle) => {
    const shared = bundle.core.filter((request) => own.has(request)).length;
    return core.length + bundle.core.length - 2 * shared;
  });
  return [...data.bundles.keys()]
    .filter((other) => other !== index && data.bundles[other]!.kind === kind && !data.bundles[other]!.loader)
    .sort((a, b) => distances[a]! - distances[b]! || a - b);
}

/** What two bundles' cores do not have in common, as a reason. */
function reason(report: Report, index: number, other: number): Child {
  const { core } = report.data.bundles[index]!;
  const theirs = report.data.bundles[other]!.core;
  const only = core.filter((request) => !theirs.includes(request));
  const onlyTheirs = theirs.filter((request) => !core.includes(request));
  return [
    bundleLink(report, other),
    ': ',
    only.length > 0 && [requests(report, only), ' may need this one without it'],
    only.length > 0 && onlyTheirs.length > 0 && '; ',
    onlyTheirs.length > 0 && [requests(report, onlyTheirs), ' may need it without this one'],
    only.length + onlyTheirs.length === 0 &&
      `has the same core; ${report.data.price === undefined ? 'its order' : 'the option split, or its order,'} keeps it apart`,
  ];
}

export function coreInWords(report: Report, index: number): HTMLElement {
  return h(
    'section',
    { 'aria-labelledby': 'core' },
    h('h3', { id: 'core' }, 'Why it is a bundle of its own'),
    ...why(report, index),
  );
}

function why(report: Report, index: number): Child[] {
  const { core, group, loader, merged } = report.data.bundles[index]!;
  if (loader !== undefined) return [h('p', {}, LOADERS[loader])];
  if (group !== undefined)
    return [h('p', {}, 'It is the group ', h('code', {}, named(group)), ' of the option split.')];
  if (merged !== undefined) return mergedInWords(report, merged);
  const others = neighbours(report, index);
  return [
    h('p', {}, 'It is first needed by:'),
    listOf(core, (request) => requestLink(report, request)),
    others.length > 0 && [
      h('p', {}, 'So it cannot share a bundle with what others need first. The nearest are:'),
      list(
        others.map((other) => () => reason(report, index, other)),
        5,
      ),
    ],
  ];
}

const LOADERS = {
  page: 'It has no modules: it loads bundles, and pages ask for it before these.',
  worker: 'It has no modules: workers start with it, and it loads their bundles.',
};

/** What is merged, and at what price. */
function mergedInWords(report: Report, { bundles, saved, early }: ReportMerged): Child[] {
  const count = counted(bundles, 'bundle');
  return [
    h('p', {}, `The option split has merged ${count}: requests fetch ${counted(saved, 'file')} less.`),
    early.length === 0
      ? h('p', {}, 'Nothing of it comes too early.')
      : [
          h('p', {}, 'Raw bytes of it that come before they are needed, by request:'),
          list(
            early.map(({ request, bytes }) => () => [requestLink(report, request), ': ', size(bytes)]),
          ),
        ],
  ];
}
