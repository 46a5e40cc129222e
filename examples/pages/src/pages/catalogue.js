import '../styles/base.css';
import '../styles/cards.css';
import '../styles/catalogue.css';
import $ from 'jquery';
import debounce from 'lodash/debounce';
import sortBy from 'lodash/sortBy';
import qs from 'qs';
import seeds from '../data/seeds.json';
import { store } from '../lib/basket-store';
import { toCard } from '../lib/card';
import { onClick } from '../lib/fetched';
import card from '../templates/card.hbs';

const $form = $('#filter');

/** The seeds that the form asks for. */
function found() {
  const { text = '', kind = [] } = qs.parse($form.serialize());
  const kinds = [kind].flat();
  const isWanted = (seed) =>
    seed.name.toLowerCase().includes(text.toLowerCase()) && (kinds.length === 0 || kinds.includes(seed.kind));
  return sortBy(seeds.filter(isWanted), 'name');
}

function show() {
  const cards = found().map((seed) => card(toCard(seed)));
  $('#seeds').html(cards.join('') || '<p>Nothing of that kind.</p>');
  $('#count').text(`${cards.length} of ${seeds.length}`);
  history.replaceState(null, '', `?${$form.serialize()}`);
}

$form.on('input', debounce(show, 150)).on('submit', (event) => {
  event.preventDefault();
  show();
});

$('#seeds').on('click', '.add', ({ currentTarget }) =>
  store.dispatch({ type: 'add', sku: currentTarget.value }),
);

onClick('compare-prices', async () => {
  const prices = await import('../parts/price-chart');
  prices.show(document.getElementById('prices'), found());
});

onClick('open-basket', async () => {
  const basket = await import('../parts/basket');
  basket.show(document.getElementById('basket'));
});

/** Has a worker find out, so that the page stays as quick as it is. */
function fill(cents) {
  const worker = new Worker(new URL('../workers/fill.js', import.meta.url));
  return new Promise((onAnswer, onFailure) => {
    worker.onmessage = ({ data }) => onAnswer(data);
    worker.onerror = ({ message }) => onFailure(new Error(message));
    worker.postMessage({ seeds, cents });
  }).finally(() => worker.terminate());
}

onClick('fill-basket', async () => {
  const chosen = await fill(2000);
  for (const { sku } of chosen) store.dispatch({ type: 'add', sku });
  $('#filled').text(
    `${chosen.length} kinds of seeds, €${chosen.reduce((sum, { cents }) => sum + cents, 0) / 100}`,
  );
});
