/** The shortest chains of pages in words. */
import { chainsAlone, chainsTo, type Step } from './chains';
import { type Child, h, named } from './dom';
import { moduleLink, pageLink } from './links';
import { list } from './lists';
import type { Report, Way } from './report';

/** How a step of a chain asks for the next one. */
const STEP: Record<Way, string> = { imports: 'imports', later: 'loads later', workers: 'starts the worker' };

/** How pages come to a module, or to one of several, and scripts that stand alone. */
export function chains(report: Report, targets: readonly number[]): HTMLElement {
  const found = [
    ...chainsTo(report, targets).map(
      ({ page, steps, isAtStart }) =>
        (): Child => [
          pageLink(report, page),
          isAtStart ? ' has it at its start: ' : ' may load it later: ',
          drawSteps(report, steps),
        ],
    ),
    ...chainsAlone(report, targets).map(
      ({ entry, steps }) =>
        (): Child => [named(entry), ', which stands alone, has it: ', drawSteps(report, steps)],
    ),
  ];
  return found.length === 0 ? h('p', {}, 'No page comes to it.') : list(found, 6);
}

const drawSteps = (report: Report, steps: readonly Step[]): Child =>
  h(
    'span',
    { class: 'chain' },
    steps.map(({ module, way }) => [
      way !== undefined && h('span', { class: `way ${way}` }, ` ${STEP[way]} `),
      moduleLink(report, module),
    ]),
  );
