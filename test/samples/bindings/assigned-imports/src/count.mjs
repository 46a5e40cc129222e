export let count = 1;
export const rest = {};
export default 1;
