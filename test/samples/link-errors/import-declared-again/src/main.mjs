import { x } from './x.mjs';
const x = 2;
result(x);
