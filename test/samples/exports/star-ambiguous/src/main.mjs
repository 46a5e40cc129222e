import * as all from './index.mjs';
import { shared } from './index.mjs';
result(Object.keys(all));
result('both' in all);
result(shared);
