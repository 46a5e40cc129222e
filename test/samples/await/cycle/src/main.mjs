import { a } from './a.mjs';
result(`main ${a}`);
