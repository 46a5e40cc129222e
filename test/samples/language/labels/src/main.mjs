import { limit, list, outer } from './values.mjs';
let count = 0;
outer: for (;;) {
  for (const each of list) {
    count++;
    if (each < limit) continue;
    result([outer, count]);
    break outer;
  }
}
switch (limit) {
  case list[2]:
    result('two');
}
switch (outer) {
  case list:
    break;
  default:
    result('default');
}
const seen = [];
for (const index in list) seen.push(list[index]);
result(seen);
