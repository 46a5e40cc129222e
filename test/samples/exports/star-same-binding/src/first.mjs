export { a as n } from './binding.mjs';
