import { count, letter as named, increment, next } from './counter.mjs';
result([count, named]);
increment();
result([count, named]);
increment();
next();
result([count, named]);
