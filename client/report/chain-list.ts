/** The shortest chains of pages in words. */
import { type Chain, chainsTo } from './chains';
import { type Child, h } from './dom';
import { moduleLink, pageLink } from './links';
import { list } from './lists';
import type { Report, Way } from './report';

/** How a step of a chain asks for the next one. */
const STEP: Record<Way, string> = { imports: 'imports', later: 'loads later', workers: 'starts the worker' };

/** How pages come to a module, or to one of several. */
export function chains(report: Report, targets: readonly number[]): HTMLElement {
  const found = chainsTo(report, targets);
  if (found.length === 0) return h('p', {}, 'No page comes to it.');
  return list(
    found.map((chain) => () => drawChain(report, chain)),
    6,
  );
}

const drawChain = (report: Report, { page, steps, isAtStart }: Chain): Child => [
  pageLink(report, page),
  isAtStart ? ' has it at its start: ' : ' may load it later: ',
  h(
    'span',
    { class: 'chain' },
    steps.map(({ module, way }) => [
      way !== undefined && h('span', { class: `way ${way}` }, ` ${STEP[way]} `),
      moduleLink(report, module),
    ]),
  ),
];
