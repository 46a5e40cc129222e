const first = import('./part.mjs');
const second = import('./part.mjs');
result([(await second).value, (await first).value]);
