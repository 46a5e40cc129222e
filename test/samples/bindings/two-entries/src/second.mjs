import { add } from './seen.mjs';
add('second');
