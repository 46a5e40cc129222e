// CommonJS, for a change. So is its way to ask for a part: a declared string, and ensure().
const ensure = require('node-ensure');
const { createElement: h, useState, useSyncExternalStore } = require('react');
const { createRoot } = require('react-dom/client');
const seeds = require('../data/seeds.json');
const emptyBasket = require('../images/empty-basket.svg');
const flower = require('../images/flower.svg');
const herb = require('../images/herb.svg');
const vegetable = require('../images/vegetable.svg');
const { store } = require('../lib/basket-store');
const { during } = require('../lib/fetched');
const { money } = require('../lib/money');
const styles = require('./basket.module.css');

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
    h(
      'button',
      {
        type: 'button',
        className: styles.step,
        'aria-label': label,
        onClick: () => store.dispatch({ type, sku }),
      },
      text,
    );
  return h(
    'tr',
    null,
    h(
      'th',
      { scope: 'row', className: styles.seed },
      h('img', { src: pictures[kind], alt: kind, width: 32, height: 32 }),
      name,
    ),
    h(
      'td',
      { className: styles.count },
      button('remove', '−', `One ${name} less`),
      ` ${count} `,
      button('add', '+', `One ${name} more`),
    ),
    h('td', { className: styles.price }, money(cents)),
  );
}

const Empty = () =>
  h(
    'figure',
    { className: styles.empty },
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
      h(
        'tr',
        { className: styles.total },
        h('th', { scope: 'row', colSpan: 2 }, 'Total'),
        h('td', { className: styles.price }, money(totalOf(lines))),
      ),
    ),
  );
}

function Receipt({ lines }) {
  const [text, setText] = useState('');
  const write = () =>
    new Promise((onWritten, onFailure) =>
      ensure([receipt], (error) => {
        if (error) return onFailure(error);
        setText(require(receipt).write(lines, totalOf(lines)));
        onWritten();
      }),
    );
  const onClick = () => during('write-receipt', 'Write a receipt', write);
  return h(
    'div',
    null,
    h('button', { type: 'button', id: 'write-receipt', onClick }, 'Write a receipt'),
    text && h('pre', { id: 'receipt' }, text),
  );
}

function Basket() {
  const lines = linesOf(useSyncExternalStore(store.subscribe, store.getState));
  return h(
    'div',
    { className: styles.basket },
    lines.length === 0 ? h(Empty) : h(Table, { lines }),
    h(Receipt, { lines }),
  );
}

const shown = new WeakSet();

/** Shows the basket in an element, and keeps it up to date. */
exports.show = (element) => {
  if (shown.has(element)) return;
  shown.add(element);
  createRoot(element).render(h(Basket));
};
