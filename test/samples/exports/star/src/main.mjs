import { a, b, c } from './index.mjs';
import * as all from './index.mjs';
result([a, b, c]);
result(Object.keys(all));
