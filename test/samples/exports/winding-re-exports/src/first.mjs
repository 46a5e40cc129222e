export { b as a, a as c } from './second.mjs';
