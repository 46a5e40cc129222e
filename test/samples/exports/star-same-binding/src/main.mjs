import * as all from './index.mjs';
import { n } from './index.mjs';
result(Object.keys(all));
result(n);
