import sortBy from 'lodash/sortBy';
import { bars } from '../lib/chart';

/** Draws the prices, the cheapest first. */
export function show(canvas, seeds) {
  const sorted = sortBy(seeds, 'cents');
  bars(canvas, {
    title: 'Price in cents',
    labels: sorted.map(({ name }) => name),
    values: sorted.map(({ cents }) => cents),
  });
}
