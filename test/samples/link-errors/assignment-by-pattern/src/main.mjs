import * as all from './count.mjs';
const own = { count: 1 };
for ({ count: all } of [own]);
