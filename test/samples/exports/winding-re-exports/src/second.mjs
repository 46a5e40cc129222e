export { c as b } from './first.mjs';
export const a = 'A';
