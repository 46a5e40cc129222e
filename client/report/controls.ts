/** Choices that the fragment keeps. */
import { h } from './dom';
import type { Measure } from './report';
import { go, withOptions } from './route';

export interface Choice {
  value: string;
  text: string;
}

export function choose(key: string, label: string, choices: readonly Choice[], chosen: string): HTMLElement {
  const select = h(
    'select',
    { id: `choose-${key}`, onchange: () => go(withOptions({ [key]: select.value })) },
    ...choices.map(({ value, text }) => h('option', { value, selected: value === chosen }, text)),
  );
  return h('p', { class: 'choice' }, h('label', { for: `choose-${key}` }, label), ' ', select);
}

const TEXTS: Record<Measure, string> = { raw: 'raw bytes', gzip: 'gzip', brotli: 'brotli' };

/** @param measures those that there are */
export const chooseMeasure = (chosen: Measure, measures: readonly Measure[]): HTMLElement =>
  measures.length === 1
    ? h('p', { class: 'choice' }, 'Sizes are raw bytes: those after gzip and brotli are not measured.')
    : choose(
        'size',
        'Sizes:',
        measures.map((value) => ({ value, text: TEXTS[value] })),
        chosen,
      );
