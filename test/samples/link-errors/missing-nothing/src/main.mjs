import { x } from './effect.mjs';
result(x);
