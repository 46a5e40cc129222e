import { b } from './b.mjs';
export const a = (await b) + 1;
export function hoisted() {}
result('a');
