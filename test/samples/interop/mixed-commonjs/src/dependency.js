result('dependency');
export let value = 1;
export const set = (given) => (value = given);
