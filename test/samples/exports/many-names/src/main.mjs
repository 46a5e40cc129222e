import fallback, { one, two, if as conditional, class as kind, set } from './names.mjs';
import * as all from './names.mjs';
result([fallback, one, conditional, kind]);
set();
result([fallback, two, all.if, all.class]);
result(Object.keys(all));
