import { defineComponent, h, ref, TransitionGroup, vModelCheckbox, vModelText, withDirectives } from 'vue';
import { useThings } from './store.js';

export const Things = defineComponent(() => {
  const store = useThings();
  const text = ref('');
  const add = (event) => {
    event.preventDefault();
    if (text.value.trim() !== '') store.add(text.value.trim());
    text.value = '';
  };
  const item = (thing) =>
    h('li', { key: thing.id }, [
      withDirectives(h('input', { type: 'checkbox', 'onUpdate:modelValue': (done) => (thing.done = done) }), [
        [vModelCheckbox, thing.done],
      ]),
      thing.text,
      h('button', { onClick: () => store.remove(thing.id) }, 'remove'),
    ]);
  const input = () =>
    withDirectives(
      h('input', {
        placeholder: 'What is to be done?',
        'onUpdate:modelValue': (value) => (text.value = value),
      }),
      [[vModelText, text.value]],
    );
  return () =>
    h('section', null, [
      h('h1', null, 'Things to do'),
      h('form', { onSubmit: add }, input()),
      h(TransitionGroup, { tag: 'ul', name: 'list' }, () => store.things.map(item)),
      h('p', null, `${store.left} left.`),
    ]);
});
