export let x = 1;
export const add = () => x++;
