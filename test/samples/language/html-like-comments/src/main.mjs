import { one, zero } from './numbers.mjs';
let n = 1, m = 1;
result(zero<!--n);
result(one<!--m);
result('<!-- text -->');
n = 1;
while (n-->0);
result(n);
