export let count = 0, type = 'counter';
export function bump() { count++ }
export { count as default };
