export const both = 2;
export const second = 2;
export { shared } from './shared.mjs';
