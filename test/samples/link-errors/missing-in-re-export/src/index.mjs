export { a } from './a.mjs';
export { b as c } from './a.mjs';
