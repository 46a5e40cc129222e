export const list = ['a', 'b'];
export let suffix = 1;
export const change = () => void suffix++;
