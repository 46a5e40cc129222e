import index, { object } from 'itself';
import part from 'itself/part';
import { object as same } from './index.mjs';
result([index, part]);
result(object === same);
