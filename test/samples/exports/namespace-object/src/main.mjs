import * as all from './names.mjs';
const attempt = (run) => {
  try {
    return run();
  } catch (error) {
    return error.name;
  }
};
result(Object.getPrototypeOf(all));
result(Object.keys(all));
result(Object.prototype.toString.call(all));
result(all[Symbol.toStringTag]);
result(Object.isExtensible(all));
result(Object.isSealed(all));
result(attempt(() => (all.a = 2)));
result(attempt(() => (all.other = 2)));
result(attempt(() => delete all.a));
const { writable = true, enumerable, configurable } = Object.getOwnPropertyDescriptor(all, 'a');
result({ writable, enumerable, configurable });
result('a' in all);
result('hasOwnProperty' in all);
result([Reflect.set(all, 'a', 1), Reflect.deleteProperty(all, 'b')]);
result(Reflect.ownKeys(all).includes(Symbol.toStringTag));
