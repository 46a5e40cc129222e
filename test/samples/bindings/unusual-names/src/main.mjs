import { _$, _$0, $, async, of, get, undefined_ as undefine, π } from './names.mjs';
import module, { exports, require, self } from './common.mjs';
result([_$, _$0, $, async, of, get, undefine, π]);
result([module, exports, require, self]);
