export let a = 1,
  b = 2;
export const { c, x: d, e = 5 } = { c: 3, x: 4 };
export var [, ...rest] = [5, 6, 7];
export const {
  deep: [{ nested }],
} = { deep: [{ nested: 8 }] };
export function plain() {}
export async function asynchronous() {}
export function* generator() {}
export async function* asyncGenerator() {}
export class Class {}
