/** Numbers as they are read. Each is a `data` element, which keeps the exact value. */
import { h } from './dom';

/** 999 B, 1.2 kB, 3.45 MB. */
export function bytes(count: number): string {
  const size = Math.abs(count);
  if (size < 1000) return `${count} B`;
  if (size < 999_950) return `${(count / 1000).toFixed(1)} kB`;
  return `${(count / 1e6).toFixed(2)} MB`;
}

export const size = (count: number): HTMLElement =>
  h('data', { value: count, title: `${count} bytes` }, bytes(count));

/** A difference of bytes with its sign. */
export const change = (count: number): HTMLElement =>
  h(
    'data',
    { value: count, title: `${count} bytes`, class: count > 0 ? 'more' : 'less' },
    count > 0 ? `+${bytes(count)}` : bytes(count).replace('-', '−'),
  );

export const number = (count: number): HTMLElement =>
  h('data', { value: count }, Number.isInteger(count) ? String(count) : count.toFixed(2));

export const percent = (share: number): string =>
  `${(share * 100).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %`;

export const time = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;

/** 1 file, 2 files. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;

/** The end of a long name, which tells more than its beginning. */
export const shortened = (text: string, length: number): string =>
  text.length <= length ? text : `…${text.slice(1 - length)}`;
