export { 'a-b', '' } from './names.mjs';
export * from './names.mjs';
export * as 'star name' from './names.mjs';
