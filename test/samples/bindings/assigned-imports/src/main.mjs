import value, { count } from './count.mjs';
import * as all from './count.mjs';
import common, { part } from './common.cjs';
import * as parts from './common.cjs';

const attempts = {
  assignment: () => { count = 2; },
  'assignment to a default import': () => { value = 2; },
  'assignment to a namespace': () => { all = {}; },
  addition: () => { count += 1; },
  increment: () => count++,
  decrement: () => --count,
  'array pattern': () => { [count] = [2]; },
  'object pattern': () => { ({ count } = { count: 2 }); },
  'object pattern with a default': () => { ({ count = 2 } = {}); },
  'object pattern with a key and rest': () => { ({ a: { b: count }, ...value } = { a: { b: 2 } }); },
  'for of': () => { for (count of [2]); },
  'for of a pattern': () => { for ([count] of [[2]]); },
  'for in': () => { for (count in { a: 2 }); },
  'for of nothing': () => { for (count of []); },
  'logical assignment': () => { count &&= 2; },
  'logical assignment that comes to nothing': () => { count ||= 2; count ??= 2; },
  'member of a namespace': () => { all.count = 2; },
  'increment of a member': () => { all.count++; },
  'unknown member of a namespace': () => { all.gone = 2; },
  'computed member of a namespace': () => { all['cou' + 'nt'] = 2; },
  'pattern of a member': () => { [all.count] = [2]; },
  'for of a member': () => { for (all.count of [2]); },
  'deleted member': () => { delete all.count; },
  'deleted optional member': () => { delete all?.count; },
  'deleted unknown member': () => delete all.gone,
  'name of CommonJS': () => { part = 2; },
  'default import of CommonJS': () => { common = {}; },
  'member of a namespace of CommonJS': () => { parts.part = 2; },
  'deleted member of a namespace of CommonJS': () => { delete parts.part; },
  'member of what CommonJS exports': () => { common.part = 3; },
};

for (const [name, attempt] of Object.entries(attempts)) {
  let outcome = 'nothing';
  try {
    outcome = attempt() ?? outcome;
  } catch (error) {
    outcome = error.name;
  }
  result(`${name}: ${outcome}`);
}
result([count, value, all.count, Object.keys(all), common.part]);

try {
  for await (count of [2]);
} catch (error) {
  result(error.name);
}
