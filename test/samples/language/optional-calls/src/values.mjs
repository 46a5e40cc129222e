export let missing;
export const one = () => 1;
export const object = { two: () => 2, deep: { value: 'deep' } };
