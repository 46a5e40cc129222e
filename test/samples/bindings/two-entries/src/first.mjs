import { add } from './seen.mjs';
add('first');
