import { value } from './esm';
const { name } = require('./common');
result([name, value]);
result([typeof require, typeof module]);
result(Object.keys(require('./esm')).sort());
