/** When bundles arrive: the loader asks for all at once, so they share the line from the first byte on. */
import { h, spoken } from './dom';
import { time } from './format';

export interface Line {
  value: string;
  text: string;
  /** Bits per millisecond. */
  rate: number;
  /** Milliseconds from a request to the first byte of its answer. */
  latency: number;
}

/** The first one is what is assumed unless something else is chosen: a slow phone. */
export const LINES: readonly [Line, ...Line[]] = [
  { value: '1.6', text: '1.6 Mbit/s, 150 ms', rate: 1600, latency: 150 },
  { value: '0.4', text: '0.4 Mbit/s, 400 ms', rate: 400, latency: 400 },
  { value: '9', text: '9 Mbit/s, 60 ms', rate: 9000, latency: 60 },
  { value: '50', text: '50 Mbit/s, 20 ms', rate: 50_000, latency: 20 },
];

export const lineOf = (value: string | undefined): Line =>
  LINES.find((line) => line.value === value) ?? LINES[0];

/**
 * Milliseconds until each file is there. While n files are under way, each gets an n-th of the line: a smaller one is done when each has
 * got as many bytes as it has.
 */
export function arrivals(sizes: readonly number[], { rate, latency }: Line): number[] {
  const order = [...sizes.keys()].sort((a, b) => (sizes[a] as number) - (sizes[b] as number));
  const ends: number[] = sizes.map(() => latency);
  let now = latency;
  let got = 0;
  order.forEach((file, done) => {
    const size = sizes[file] as number;
    now += ((size - got) * (sizes.length - done) * 8) / rate;
    got = size;
    ends[file] = now;
  });
  return ends;
}

/** A bar: pale while it waits, full while bytes arrive. */
export function bar(end: number, last: number, { latency }: Line): HTMLElement {
  const wait = h('span', { class: 'wait' });
  const load = h('span', { class: 'load' });
  // Not by the attribute `style`, which the policy of the page refuses.
  wait.style.width = `${(latency / last) * 100}%`;
  load.style.width = `${((end - latency) / last) * 100}%`;
  return h('div', { class: 'bar' }, wait, load, spoken(`there after ${time(end)}`));
}
