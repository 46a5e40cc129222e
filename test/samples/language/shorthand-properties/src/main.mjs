import { a, b as renamed, proto as __proto__ } from './values.mjs';
import { default as b } from './values.mjs';
result({ a, renamed, b });
const object = { __proto__ };
result([Object.getPrototypeOf(object) === Object.prototype, object['__proto__']]);
result(['nested', ((given = { a }) => given.a)()]);
let target;
({ a: target = a } = {});
{
  const { a = 'pattern' } = {};
  result([target, a]);
}
