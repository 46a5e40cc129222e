const $ = require('jquery');
const debounce = require('lodash/debounce');
const sortBy = require('lodash/sortBy');
const ensure = require('node-ensure');
const qs = require('qs');
const seeds = require('../data/seeds.json');
const store = require('../lib/basket-store');
const toCard = require('../lib/card');
const fetched = require('../lib/fetched');
const card = require('../templates/card.hbs');

const priceChart = '../parts/price-chart' /*js*/;
const basket = '../parts/basket' /*js*/;

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

fetched.onClick('compare-prices', (done) => {
  ensure([priceChart], (err) => {
    if (err) return done(err);
    require(priceChart).show(document.getElementById('prices'), found());
    done();
  });
});

fetched.onClick('open-basket', (done) => {
  ensure([basket], (err) => {
    if (err) return done(err);
    require(basket).show(document.getElementById('basket'));
    done();
  });
});
