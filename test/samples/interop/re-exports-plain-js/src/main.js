import d, { x } from './index';
import * as index from './index';
result(d);
result(index.default);
result(x);
result(Object.keys(index));
result(Object.keys(index.whole));
