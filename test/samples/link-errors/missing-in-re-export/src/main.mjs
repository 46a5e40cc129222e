import { a } from './index.mjs';
result(a);
