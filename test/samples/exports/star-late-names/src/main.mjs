import * as all from './index.mjs';
import { early, own } from './index.mjs';
result(Object.keys(all).filter((name) => name !== 'module.exports'));
result([early, own]);
