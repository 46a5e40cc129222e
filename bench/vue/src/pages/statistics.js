import { computed, defineComponent, h, Transition } from 'vue';
import { useThings } from '../store.js';

export default defineComponent(() => {
  const store = useThings();
  const share = computed(() => (store.things.length === 0 ? 1 : 1 - store.left / store.things.length));
  const row = ({ id, text, done }) => h('tr', { key: id }, [h('td', text), h('td', done ? 'done' : 'open')]);
  return () =>
    h('section', null, [
      h('h1', null, 'Statistics'),
      h(Transition, { name: 'fade' }, () => h('progress', { value: share.value })),
      h('table', null, store.things.map(row)),
    ]);
});
