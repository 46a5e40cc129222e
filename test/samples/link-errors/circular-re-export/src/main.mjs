import { x } from './a.mjs';
result(x);
