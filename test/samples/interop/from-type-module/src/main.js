import marked from './marked.cjs';
import * as all from './marked.cjs';
result([marked.default, marked.__esModule]);
result([typeof all.default, all.default.default]);
