/**
 * Script text that defines the globals by which modules tell what they see. The same text runs in Node and in pages.
 * It needs `rest()`, which waits until no promise has anything to do.
 */
export const RECORDER = `(() => {
  'use strict';
  const { Object, Reflect, Array, JSON, Promise, Error } = globalThis;
  // A name that only newer Nodes give to namespaces of CommonJS modules.
  const NEWER = 'module.exports';
  const events = [];
  // What functions look like as strings is nothing that bundles keep.
  const SOURCE = /=>|\\b(function|class)\\b[^]*\\{/;
  const laters = [];
  const offers = [];
  const known = [];
  const identity = (value) => '#' + (known.includes(value) ? known.indexOf(value) : known.push(value) - 1);
  const tagOf = (value) => Object.prototype.toString.call(value).slice(8, -1);

  const attempt = (thunk) => {
    try {
      return thunk();
    } catch (error) {
      return 'threw ' + error?.constructor?.name;
    }
  };

  function showError(error) {
    const own = /^m\\d/.test(error.message) ? ' ' + error.message : '';
    return error.constructor.name + own + (own && identity(error));
  }

  function showMembers(value, depth) {
    if (depth > 3) return '…';
    const keys = Reflect.ownKeys(value).filter((key) => typeof key === 'string' && key !== NEWER);
    return keys.map((key) => JSON.stringify(key) + ': ' + attempt(() => show(value[key], depth + 1))).join(', ');
  }

  function showObject(value, depth) {
    const tag = tagOf(value);
    if (value === globalThis) return 'global';
    if (tag === 'Error') return showError(value);
    if (tag === 'Promise') value.catch(() => {});
    if (tag === 'Module') return 'Module' + identity(value) + '{' + showMembers(value, depth) + '}';
    if (Object.hasOwn(value, 'constructor')) return 'prototype';
    if (Array.isArray(value)) {
      const items = Array.from(value).filter((item) => item !== NEWER);
      return '[' + items.map((item) => show(item, depth + 1)) + ']';
    }
    return (tag === 'Object' ? '' : tag) + '{' + showMembers(value, depth) + '}';
  }

  function show(value, depth = 0) {
    if (typeof value === 'function') return 'function ' + show(value.name, depth + 1);
    if (typeof value === 'string') return SOURCE.test(value) ? 'source text' : JSON.stringify(value);
    if (typeof value === 'object' && value !== null) return showObject(value, depth);
    return Object.is(value, -0) ? '-0' : String(value);
  }

  const trace = (label, ...values) => {
    events.push(label + ' ' + values.map((value) => show(value)).join(' '));
  };

  const look = (label, thunk) => {
    try {
      trace(label, thunk());
    } catch (error) {
      trace(label + ' threw', error);
    }
  };

  /** Whether everything in a namespace can be read. */
  const isWhole = (namespace) => {
    try {
      return Reflect.ownKeys(namespace).every((key) => (namespace[key], true));
    } catch {
      return false;
    }
  };

  /** What can be asked about a namespace. Bundles do not promise that it is an error to ask too early. */
  const shape = (namespace) =>
    [
      () => isWhole(namespace) && Object.keys(namespace),
      () => Reflect.ownKeys(namespace).map(String),
      () => namespace[Symbol.toStringTag],
      () => Object.isExtensible(namespace),
      () => isWhole(namespace) && Object.isSealed(namespace),
      () => Object.getPrototypeOf(namespace),
      () => Reflect.set(namespace, 'a', 1),
      () => Reflect.deleteProperty(namespace, 'a'),
      () => Reflect.deleteProperty(namespace, 'unknown'),
      () => Reflect.has(namespace, 'toString'),
      () => Reflect.defineProperty(namespace, 'unknown', { value: 1 }),
      () => Object.getOwnPropertyDescriptor(namespace, 'unknown'),
    ].map(attempt);

  /** When exactly a promise of import() settles is for nobody to say, so what it gives is told when all is quiet. */
  async function step(label, load) {
    const tell = await Promise.resolve()
      .then(load)
      .then(
        (value) => () => trace(label + ' gives', value),
        (error) => () => trace(label + ' throws', error),
      );
    await rest();
    tell();
    for (const [name, thunk] of laters) look(label + ': ' + name, thunk);
  }

  /** Loads one after the other, then what was offered meanwhile, then everything again. */
  async function drive(...loads) {
    for (const [index, load] of loads.entries()) await step('load ' + index, load);
    for (let index = 0; index < offers.length && index < 10; index++) await step(...offers[index]);
    for (const [index, load] of loads.entries()) await step('again ' + index, load);
    trace('end');
    finished();
  }

  Object.assign(globalThis, {
    events,
    trace,
    look,
    attempt,
    shape,
    isWhole,
    drive,
    later: (label, thunk) => laters.push([label, thunk]),
    offer: (label, load) => offers.push([label, load]),
    owns: (value, key) => Object.prototype.hasOwnProperty.call(value, key),
    settled: (value) => Promise.resolve(value),
    failed: (message) => Promise.reject(new Error(message)),
  });
})();
`;
