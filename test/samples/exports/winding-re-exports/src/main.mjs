import { a } from './first.mjs';
result(a);
