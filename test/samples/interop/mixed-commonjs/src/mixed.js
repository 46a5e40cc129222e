result('mixed');
import { value, set } from './dependency';
module.exports = { own: 1, self: typeof (function () { return this; })() };
set(2);
result(['live', value]);
