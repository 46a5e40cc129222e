import { count } from './counter.js';
export const later = await count;
for await (const each of [count]) console.log(each);
