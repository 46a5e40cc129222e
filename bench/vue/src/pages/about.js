import { defineComponent, h, KeepAlive, shallowRef } from 'vue';
import { useRoute } from 'vue-router';

const topics = ['What it is', 'Who made it', 'What it does not do'];
const Topic = defineComponent({ props: ['title'], render: (self) => h('p', null, self.title) });

export default defineComponent(() => {
  const route = useRoute();
  const open = shallowRef(Number(route.query.topic ?? 0));
  const link = (topic, index) => h('button', { key: topic, onClick: () => (open.value = index) }, topic);
  return () =>
    h('section', null, [
      h('h1', null, 'About'),
      topics.map(link),
      h(KeepAlive, null, () => h(Topic, { key: open.value, title: topics[open.value] })),
    ]);
});
