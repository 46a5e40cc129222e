import { value } from './main.mjs';
result(`part sees main ${value}`);
export const done = 'done';
