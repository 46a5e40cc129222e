let n = 0;
for (let i = await 0; i < (await 2); i += await 1) n++;
result(['for', n]);
const list = [];
for (const each of await ['a', 'b']) list.push(await each);
result(['of', list]);
while ((await n) < 3) n = await (n + 1);
result(['while', n]);
const nested = [];
for await (const a of ['a', 'b']) for await (const b of [1, 2]) nested.push(a + b);
result(['nested', nested]);
const kept = [];
outer: for await (const each of ['x', 'y', 'z']) {
  for await (const other of [1]) if (each === 'y') continue outer;
  kept.push(each);
}
result(['continue', kept]);
const closures = [];
for await (const each of [1, 2]) closures.push(() => each);
result(['closures', closures.map((call) => call())]);
const shadowed = [];
for await (const each of [1, 2]) {
  let each = 'inner';
  shadowed.push(each);
}
result(['shadowed', shadowed]);
for await (var last of ['first', 'last']);
result(['var', last]);
const inFunction = async () => {
  const found = [];
  for await (const each of [1, 2]) found.push(each);
  return found;
};
result(['in function', await inFunction()]);
const object = {};
for await (object.member of [1, 2]);
result(['member', object.member]);
if (n) for await (const each of ['statement']) result(['body', each]);
do n = await 1;
while (n > 1);
result(['do', n]);
