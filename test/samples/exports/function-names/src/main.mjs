import anonymous, { a, b, c, assigned } from './functions.mjs';
result([a, b, c, anonymous].map(({ name }) => name));
result(assigned.name);
