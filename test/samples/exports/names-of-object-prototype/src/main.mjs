import { constructor, toString, hasOwnProperty, __proto__ as proto, prototype } from './names.mjs';
import * as numbers from './numbers.mjs';
result([constructor, toString, hasOwnProperty, proto, prototype]);
result({ constructor, toString, hasOwnProperty }.constructor);
result(Object.keys(numbers).sort());
result(await import('./then.mjs'));
