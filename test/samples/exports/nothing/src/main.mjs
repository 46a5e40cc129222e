import * as effect from './effect.mjs';
import * as marked from './marked.mjs';
import * as empty from './empty.mjs';
result([Object.keys(effect).length, Object.keys(marked).length, Object.prototype.toString.call(empty)]);
