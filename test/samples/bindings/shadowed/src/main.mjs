import { x } from './x.mjs';
result(['parameter', ((x) => x)('own')]);
{
  let x = 'own';
  result(['let', x]);
}
(function () {
  var x = 'own';
  result(['var', x]);
})();
try {
  throw 'own';
} catch (x) {
  result(['catch', x]);
}
{
  function x() {}
  result(['function', typeof x]);
}
(function () {
  class x {}
  result(['class', typeof x]);
})();
{
  const {
    y: [x],
  } = { y: ['own'] };
  result(['destructured', x]);
}
for (const x of ['own']) result(['for', x]);
result(['arrow', ['own'].map((x) => x)[0]]);
result(['default parameter', ((y = x) => {
  var x = 'own';
  return [y, x];
})()]);
x: for (;;) {
  result(['label', x]);
  break x;
}
result(['key', { x: x }.x]);
result(['after a block', x]);
(function () {
  result(['hoisted var', typeof x]);
  if (false) var x;
})();
