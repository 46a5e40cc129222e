export { b as n } from './binding.mjs';
