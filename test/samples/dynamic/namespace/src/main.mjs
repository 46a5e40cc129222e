import * as known from './known.mjs';
const promise = import('./part.mjs');
promise.then(async (part) => {
  result(Object.keys(part));
  result([part === (await import('./part.mjs')), promise instanceof Promise, part.value, part.default]);
  result((await import('./known.mjs')) === known);
});
