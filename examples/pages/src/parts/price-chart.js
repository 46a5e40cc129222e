const sortBy = require('lodash/sortBy');
const { bars } = require('../lib/chart');

/** Draws the prices, the cheapest first. */
exports.show = (canvas, seeds) => {
  const sorted = sortBy(seeds, 'cents');
  bars(canvas, {
    title: 'Price in cents',
    labels: sorted.map(({ name }) => name),
    values: sorted.map(({ cents }) => cents),
  });
};
