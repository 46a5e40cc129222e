import { f, u, object, list } from './values.mjs';
result([typeof f, typeof u, typeof object]);
result([void f, delete object.gone, 'a' in object]);
result([object instanceof f, new f() instanceof f]);
result([...list, { ...object }]);
