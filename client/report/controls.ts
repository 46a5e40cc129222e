/** Choices that the fragment keeps. */
import { h } from './dom';
import { MEASURES, type Measure } from './report';
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

export const chooseMeasure = (chosen: Measure): HTMLElement =>
  choose(
    'size',
    'Sizes:',
    MEASURES.map((value) => ({ value, text: TEXTS[value] })),
    chosen,
  );
