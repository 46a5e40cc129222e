import { count } from './count.mjs';
export const before = count;
[count] = [1];
