import { defineStore } from 'pinia';
import { computed, ref } from 'vue';

export const useThings = defineStore('things', () => {
  const things = ref([
    { id: 1, text: 'Water the beans', done: true },
    { id: 2, text: 'Sow carrots', done: false },
    { id: 3, text: 'Mend the fence', done: false },
  ]);
  const left = computed(() => things.value.filter(({ done }) => !done).length);
  const add = (text) =>
    things.value.push({ id: Math.max(0, ...things.value.map(({ id }) => id)) + 1, text, done: false });
  const remove = (id) => {
    things.value = things.value.filter((thing) => thing.id !== id);
  };
  return { things, left, add, remove };
});
