import * as a from './a.mjs';
import * as b from './b.mjs';
import { a as one, b as two, c as three } from './c.mjs';
result(Object.keys(a));
result(Object.keys(b));
result([one, two, three]);
