import { list, suffix, change } from './list.mjs';
const closures = [];
for (const each of list) closures.push(() => each + suffix);
result(closures.map((call) => call()));
change();
result(closures.map((call) => call()));
const counters = [];
for (let i = 0; i < list.length; i++) counters.push(() => i);
result(counters.map((call) => call()));
