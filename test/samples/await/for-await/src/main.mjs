async function* count() {
  try {
    for (let n = 1; ; n++) yield n;
  } finally {
    result('closed');
  }
}
for await (const n of count()) {
  result(n);
  if (n < 2) continue;
  break;
}
for await (const [key, { value }] of [['x', { value: 1 }]]) result([key, value]);
let kept;
const list = [];
for await (kept of [Promise.resolve('promised')]) list.push(kept);
result(list);
outer: for (;;) {
  for await (const each of ['labelled']) {
    result(each);
    break outer;
  }
}
try {
  for await (const each of [Promise.reject('rejected')]) result(each);
} catch (error) {
  result(error);
}
const none = [];
for await (const each of none) result(each);
result(none);
