import { hoisted } from './a.mjs';
result(`b sees ${typeof hoisted}`);
export const b = await Promise.resolve(2);
result('b');
