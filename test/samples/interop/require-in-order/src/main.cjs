result('main');
const { value } = require('./esm.mjs');
result(`required ${value}`);
import('./esm.mjs').then((esm) => result(`imported ${esm.value}`));
