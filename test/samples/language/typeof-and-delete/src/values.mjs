export function f() {}
export let u;
export const object = { a: 1, gone: 2 };
export const list = [1, 2];
