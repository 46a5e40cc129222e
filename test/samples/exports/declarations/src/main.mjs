import { a, b, c, d, e, rest, nested, plain, asynchronous, generator, asyncGenerator, Class } from './all.mjs';
result([a, b, c, d, e, rest, nested]);
result([plain, asynchronous, generator, asyncGenerator, Class].map(({ name }) => name));
