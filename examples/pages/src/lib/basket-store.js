import { Map as ImmutableMap } from 'immutable';
import { legacy_createStore as createStore } from 'redux';

const key = 'basket';

/** The basket: sku → how many. It outlives the page. */
function reduce(basket = ImmutableMap(), { type, sku }) {
  switch (type) {
    case 'add':
      return basket.update(sku, 0, (count) => count + 1);
    case 'remove':
      return basket.get(sku) > 1 ? basket.update(sku, (count) => count - 1) : basket.delete(sku);
    default:
      return basket;
  }
}

export const store = createStore(reduce, ImmutableMap(JSON.parse(localStorage.getItem(key) || '{}')));
store.subscribe(() => localStorage.setItem(key, JSON.stringify(store.getState())));
