import { h, render } from 'preact';
import { recordVisit } from '../lib/visits.js';

const bytes = (count) => `${count.toLocaleString('en')} B`;

function Visit({ release, files, downloaded, withoutPatches }) {
  return h('tr', null, [
    h('td', null, release),
    h(
      'td',
      null,
      h(
        'ul',
        null,
        files.map(({ name, bytes: count }) => h('li', null, `${name}: ${bytes(count)}`)),
      ),
    ),
    h('td', { 'data-bytes': downloaded }, bytes(downloaded)),
    h('td', { 'data-bytes': withoutPatches }, bytes(withoutPatches)),
  ]);
}

function Visits({ visits }) {
  const titles = ['Release', 'Files', 'Downloaded', 'Without patches'];
  return h('table', null, [
    h(
      'thead',
      null,
      h(
        'tr',
        null,
        titles.map((title) => h('th', null, title)),
      ),
    ),
    h(
      'tbody',
      null,
      visits.map((visit) => h(Visit, visit)),
    ),
  ]);
}

async function show() {
  const { createChart } = await import('../parts/chart.js');
  // Everything that the page needs is there by now.
  const visits = recordVisit(JSON.parse(document.querySelector('#release').textContent));
  render(h(Visits, { visits }), document.querySelector('#visits'));
  createChart(document.querySelector('#chart'))(visits);
}

show();
