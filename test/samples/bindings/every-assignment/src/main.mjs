import { a, b, run } from './assigned.mjs';
run((name, both) => result([name, both ? [a, b] : a]));
