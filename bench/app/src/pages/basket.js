/** Redux Toolkit and React Redux: a basket. */
import { configureStore, createSelector, createSlice } from '@reduxjs/toolkit';
import { createElement as h } from 'react';
import { Provider, useDispatch, useSelector } from 'react-redux';
import { seeds } from '../data/seeds.js';
import { money } from '../lib/money.js';
import { Page } from '../lib/page.js';

const basket = createSlice({
  name: 'basket',
  initialState: {},
  reducers: {
    added(state, { payload: sku }) {
      state[sku] = (state[sku] ?? 0) + 1;
    },
    emptied: () => ({}),
  },
});

const { added, emptied } = basket.actions;
const store = configureStore({ reducer: { basket: basket.reducer } });

const selectTotal = createSelector([(state) => state.basket], (packets) =>
  seeds.reduce((sum, { sku, cents }) => sum + (packets[sku] ?? 0) * cents, 0),
);

function Offer({ seed: { sku, name, cents } }) {
  const packets = useSelector((state) => state.basket[sku] ?? 0);
  const dispatch = useDispatch();
  return h(
    'li',
    null,
    `${name}, ${money(cents)} `,
    h('button', { type: 'button', id: `add-${sku}`, onClick: () => dispatch(added(sku)) }, 'Add'),
    ` ${packets}`,
  );
}

function Total() {
  const total = useSelector(selectTotal);
  const dispatch = useDispatch();
  return h(
    'p',
    null,
    h('output', { id: 'total' }, money(total)),
    ' ',
    h('button', { type: 'button', id: 'empty', onClick: () => dispatch(emptied()) }, 'Empty'),
  );
}

export default function Basket() {
  return h(
    Provider,
    { store },
    h(
      Page,
      { title: 'Basket', about: 'It remembers what is in it while you look at other pages.' },
      h(
        'ul',
        null,
        seeds.map((seed) => h(Offer, { key: seed.sku, seed })),
      ),
      h(Total),
    ),
  );
}
