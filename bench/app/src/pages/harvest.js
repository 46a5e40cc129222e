/** D3 from its main module: a bar chart. */
import * as d3 from 'd3';
import { createElement as h, useEffect, useRef } from 'react';
import { seeds } from '../data/seeds.js';
import { Page } from '../lib/page.js';

const WIDTH = 640;
const HEIGHT = 320;
const MARGIN = { top: 10, right: 10, bottom: 30, left: 40 };

function draw(element, data) {
  const svg = d3.select(element);
  const x = d3
    .scaleBand()
    .domain(data.map(({ name }) => name))
    .range([MARGIN.left, WIDTH - MARGIN.right])
    .padding(0.2);
  const y = d3
    .scaleLinear()
    .domain([0, d3.max(data, ({ kilos }) => kilos)])
    .nice()
    .range([HEIGHT - MARGIN.bottom, MARGIN.top]);
  svg
    .selectAll('rect')
    .data(data)
    .join('rect')
    .attr('fill', ({ kilos }) => d3.interpolateGreens(0.3 + kilos / 40))
    .attr('x', ({ name }) => x(name))
    .attr('y', ({ kilos }) => y(kilos))
    .attr('width', x.bandwidth())
    .attr('height', ({ kilos }) => y(0) - y(kilos));
  svg
    .append('g')
    .attr('transform', `translate(0,${HEIGHT - MARGIN.bottom})`)
    .call(d3.axisBottom(x));
  svg.append('g').attr('transform', `translate(${MARGIN.left},0)`).call(d3.axisLeft(y));
  return () => svg.selectAll('*').remove();
}

const sorted = d3.sort(seeds, ({ kilos }) => -kilos);
const kilosByKind = d3.rollups(
  seeds,
  (list) => d3.sum(list, ({ kilos }) => kilos),
  ({ kind }) => kind,
);
const summary = kilosByKind.map(([kind, kilos]) => `${kind}: ${d3.format('.1f')(kilos)} kg`).join(', ');

export default function Harvest() {
  const chart = useRef(null);
  useEffect(() => draw(chart.current, sorted), []);
  return h(
    Page,
    { title: 'Harvest', about: 'Kilograms, last year.' },
    h('svg', { ref: chart, id: 'chart', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img' }),
    h('p', { id: 'kilos' }, summary),
  );
}
