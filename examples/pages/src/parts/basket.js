const ensure = require('node-ensure');
const { createElement: h, useState, useSyncExternalStore } = require('react');
const { createRoot } = require('react-dom/client');
const seeds = require('../data/seeds.json');
const emptyBasket = require('../images/empty-basket.svg');
const flower = require('../images/flower.svg');
const herb = require('../images/herb.svg');
const vegetable = require('../images/vegetable.svg');
const store = require('../lib/basket-store');
const fetched = require('../lib/fetched');
const money = require('../lib/money');

const receipt = './receipt' /*js*/;

const pictures = { flower, herb, vegetable };

/** The basket as lines: seed, how many, and what they cost. */
function linesOf(basket) {
  return seeds
    .filter(({ sku }) => basket.has(sku))
    .map((seed) => ({ seed, count: basket.get(seed.sku), cents: basket.get(seed.sku) * seed.cents }));
}

const totalOf = (lines) => lines.reduce((sum, { cents }) => sum + cents, 0);

function Line({ seed: { sku, name, kind }, count, cents }) {
  const button = (type, text, label) =>
    h('button', { type: 'button', 'aria-label': label, onClick: () => store.dispatch({ type, sku }) }, text);
  return h(
    'tr',
    null,
    h('th', { scope: 'row' }, h('img', { src: pictures[kind], alt: kind, width: 32, height: 32 }), name),
    h(
      'td',
      null,
      button('remove', '−', `One ${name} less`),
      ` ${count} `,
      button('add', '+', `One ${name} more`),
    ),
    h('td', null, money(cents)),
  );
}

const Empty = () =>
  h(
    'figure',
    { className: 'empty-basket' },
    h('img', { src: emptyBasket, alt: '', width: 160, height: 110 }),
    h('figcaption', null, 'Your basket is empty.'),
  );

function Table({ lines }) {
  return h(
    'table',
    null,
    h('tbody', null, ...lines.map((line) => h(Line, { key: line.seed.sku, ...line }))),
    h(
      'tfoot',
      null,
      h('tr', null, h('th', { scope: 'row', colSpan: 2 }, 'Total'), h('td', null, money(totalOf(lines)))),
    ),
  );
}

function Receipt({ lines }) {
  const [text, setText] = useState('');
  const write = (done) =>
    ensure([receipt], (err) => {
      if (!err) setText(require(receipt).write(lines, totalOf(lines)));
      done(err);
    });
  const onClick = () => fetched.during('write-receipt', 'Write a receipt', write);
  return h(
    'div',
    null,
    h('button', { type: 'button', id: 'write-receipt', onClick }, 'Write a receipt'),
    text && h('pre', { id: 'receipt' }, text),
  );
}

function Basket() {
  const lines = linesOf(useSyncExternalStore(store.subscribe, store.getState));
  return h('div', null, lines.length === 0 ? h(Empty) : h(Table, { lines }), h(Receipt, { lines }));
}

const shown = new WeakSet();

/** Shows the basket in an element, and keeps it up to date. */
exports.show = (element) => {
  if (shown.has(element)) return;
  shown.add(element);
  createRoot(element).render(h(Basket));
};
