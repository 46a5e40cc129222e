import { type Use, use } from '../use';

/** Stores, signals and what observes them. */
export const state: Use[] = [
  use('redux', 'both')`
    const { createStore } = require('redux');
    const reducer = (state = 0, action) => (action.type === 'add' ? state + action.by : state);
    module.exports = import('redux').then(({ combineReducers }) => {
      const store = createStore(combineReducers({ count: reducer }));
      store.dispatch({ type: 'add', by: 4 });
      return store.getState();
    });
  `,
  use('@reduxjs/toolkit', 'import')`
    import { configureStore, createSelector, createSlice } from '@reduxjs/toolkit';
    const todos = createSlice({
      name: 'todos',
      initialState: [],
      reducers: { added: (state, action) => void state.push(action.payload) },
    });
    const store = configureStore({ reducer: { todos: todos.reducer } });
    store.dispatch(todos.actions.added('write'));
    const count = createSelector((state) => state.todos, (list) => list.length);
    export default [store.getState(), count(store.getState()), todos.actions.added.type];
  `,
  use('@reduxjs/toolkit', 'require')`
    const { createAction, createReducer, isAnyOf } = require('@reduxjs/toolkit');
    const [up, down] = [createAction('up'), createAction('down')];
    const reducer = createReducer(5, (builder) => builder.addMatcher(isAnyOf(up, down), (state) => state * 2));
    module.exports = [reducer(undefined, { type: 'other' }), reducer(4, up()), reducer(7, down())];
  `,
  use('reselect', 'require')`
    const { createSelector } = require('reselect');
    const total = createSelector([({ items }) => items], (items) => items.reduce((sum, item) => sum + item, 0));
    const state = { items: [1, 2, 3] };
    module.exports = [total(state), total(state), total.recomputations()];
  `,
  use('mobx', 'require')`
    const { autorun, computed, observable, runInAction } = require('mobx');
    const seen = [];
    const cart = observable({ prices: [1, 2] });
    const total = computed(() => cart.prices.reduce((sum, price) => sum + price, 0));
    autorun(() => seen.push(total.get()));
    runInAction(() => cart.prices.push(4));
    module.exports = seen;
  `,
  use('mobx', 'import')`
    import { makeAutoObservable, reaction } from 'mobx';
    class Timer {
      seconds = 0;
      constructor() { makeAutoObservable(this); }
      tick() { this.seconds++; }
      get text() { return this.seconds + ' s'; }
    }
    const timer = new Timer();
    const seen = [];
    reaction(() => timer.text, (text) => seen.push(text));
    timer.tick();
    timer.tick();
    export default seen;
  `,
  use('zustand', 'import')`
    import { createStore } from 'zustand/vanilla';
    import { combine } from 'zustand/middleware';
    const store = createStore(combine({ bears: 0 }, (set) => ({ add: () => set(({ bears }) => ({ bears: bears + 1 })) })));
    store.getState().add();
    export default store.getState().bears;
  `,
  use('zustand', 'require')`
    const { createElement } = require('react');
    const { renderToStaticMarkup } = require('react-dom/server');
    const { create } = require('zustand');
    const useBears = create(() => ({ bears: 7 }));
    module.exports = renderToStaticMarkup(createElement(() => createElement('p', null, useBears().bears)));
  `,
  use('jotai', 'import')`
    import { atom, createStore } from 'jotai/vanilla';
    const price = atom(10);
    const discounted = atom((get) => get(price) * 0.5, (get, set, value) => set(price, value));
    const store = createStore();
    store.set(discounted, 30);
    export default [store.get(price), store.get(discounted)];
  `,
  use('immer', 'both')`
    const { produce } = require('immer');
    const base = { list: [1, { deep: true }] };
    const next = produce(base, (draft) => { draft.list[1].deep = false; });
    module.exports = import('immer').then(({ applyPatches, enablePatches, produceWithPatches }) => {
      enablePatches();
      const [, patches] = produceWithPatches(base, (draft) => void draft.list.push(3));
      return [base, next, patches, applyPatches(base, patches)];
    });
  `,
  use('immutable', 'require')`
    const { fromJS, Map, Set } = require('immutable');
    const nested = fromJS({ a: { b: [1, 2] } }).updateIn(['a', 'b'], (list) => list.push(3));
    module.exports = [nested, Map({ a: 1 }).equals(Map({ a: 1 })), Set([1, 2, 2]).size];
  `,
  use('immutable', 'import')`
    import { List, OrderedMap, Range } from 'immutable';
    export default [Range(0, 10).filter((n) => n % 3 === 0), List([3, 1, 2]).sort(), OrderedMap([['b', 1], ['a', 2]])];
  `,
  use('seamless-immutable', 'require')`
    const Immutable = require('seamless-immutable');
    module.exports = Immutable({ a: { b: 1 } }).merge({ c: [2] }).setIn(['a', 'b'], 5);
  `,
  use('nanostores', 'import')`
    import { atom, computed, map } from 'nanostores';
    const user = map({ name: 'Ada' });
    const greeting = computed(user, ({ name }) => 'Hello ' + name);
    const seen = [];
    greeting.subscribe((text) => seen.push(text));
    user.setKey('name', 'Grace');
    export default [seen, atom(4).get()];
  `,
  use('nanostores', 'require')`
    const { atom } = require('nanostores');
    const count = atom(1);
    const seen = [];
    count.listen((value, before) => seen.push([before, value]));
    count.set(2);
    module.exports = seen;
  `,
  use('xstate', 'import')`
    import { assign, createActor, createMachine } from 'xstate';
    const machine = createMachine({
      initial: 'green',
      context: { changes: 0 },
      states: {
        green: { on: { next: { target: 'red', actions: assign({ changes: ({ context }) => context.changes + 1 }) } } },
        red: { on: { next: 'green' } },
      },
    });
    const actor = createActor(machine).start();
    actor.send({ type: 'next' });
    const { value, context } = actor.getSnapshot();
    export default { value, context };
  `,
  use('rxjs', 'import')`
    import { concat, firstValueFrom, from, of } from 'rxjs';
    import { filter, map, toArray } from 'rxjs/operators';
    const numbers = concat(from([1, 2, 3, 4]), of(6)).pipe(filter((n) => n % 2 === 0), map((n) => n * n), toArray());
    export default firstValueFrom(numbers);
  `,
  use('rxjs', 'require')`
    const { BehaviorSubject, combineLatest } = require('rxjs');
    const [a, b] = [new BehaviorSubject(1), new BehaviorSubject('x')];
    const seen = [];
    combineLatest([a, b]).subscribe((pair) => seen.push(pair));
    a.next(2);
    module.exports = seen;
  `,
  use('rxjs', 'import()')`
    export default Promise.all([import('rxjs'), import('rxjs/ajax')]).then(async ([{ lastValueFrom, range, scan }, { ajax }]) => [
      await lastValueFrom(range(1, 5).pipe(scan((sum, n) => sum + n))),
      typeof ajax.getJSON,
    ]);
  `,
  use('valtio', 'import')`
    import { proxy, snapshot } from 'valtio/vanilla';
    const state = proxy({ items: [{ done: false }] });
    const before = snapshot(state);
    state.items[0].done = true;
    export default [before, snapshot(state)];
  `,
  use('@preact/signals-core', 'require')`
    const { batch, computed, effect, signal } = require('@preact/signals-core');
    const [a, b] = [signal(1), signal(2)];
    const sum = computed(() => a.value + b.value);
    const seen = [];
    effect(() => void seen.push(sum.value));
    batch(() => { a.value = 10; b.value = 20; });
    module.exports = seen;
  `,
  use('@tanstack/query-core', 'import')`
    import { hashKey, QueryClient } from '@tanstack/query-core';
    const client = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } });
    export default client
      .fetchQuery({ queryKey: ['todos', { page: 1 }], queryFn: async ({ queryKey }) => queryKey[1].page + 1 })
      .then((data) => [data, client.getQueryData(['todos', { page: 1 }]), hashKey([{ b: 1, a: 2 }])]);
  `,
  use('effector', 'import')`
    import { combine, createEvent, createStore } from 'effector';
    const added = createEvent();
    const total = createStore(0).on(added, (sum, value) => sum + value);
    const shown = combine({ total });
    added(3);
    added(4);
    export default shown.getState();
  `,
  use('pinia', 'import')`
    import { createPinia, defineStore, setActivePinia } from 'pinia';
    setActivePinia(createPinia());
    const useCart = defineStore('cart', {
      state: () => ({ items: [] }),
      getters: { count: (state) => state.items.length },
      actions: { add(item) { this.items.push(item); } },
    });
    const cart = useCart();
    cart.add('tea');
    export default [cart.count, cart.$state];
  `,
];
