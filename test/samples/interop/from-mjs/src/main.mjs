import plain, { x, y } from './plain.cjs';
import marked, { x as markedX } from './marked.cjs';
import * as all from './plain.cjs';
import double, { named } from './function.cjs';
result([x, y]);
result([marked.__esModule, marked.default, markedX]);
result([Object.keys(all).filter((key) => key !== 'module.exports'), all.default === plain]);
result([named, double(2)]);
