import d, { renamed, all, x } from './index.mjs';
import * as index from './index.mjs';
result([typeof d, renamed, all.x, x]);
result(Object.keys(index).filter((key) => key !== 'module.exports'));
result(index.y);
