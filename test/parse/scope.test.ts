import { expect } from 'chai';
import { sameFacts } from './engines';

/** Sources in which `require('yes')` reaches Node's require and `require('no')` does not. */
const table: [name: string, source: string][] = [
  ['var', "require('no'); var require = a"],
  ['var in a function', "function f() { require('no'); var require } require('yes')"],
  [
    'var hoists out of blocks',
    "function f() { require('no'); if (a) { for (;;) { var require } } } require('yes')",
  ],
  ['var in a for head', "function f() { for (var require in a); require('no') } require('yes')"],
  ['var in destructuring', "var { a: [b, ...require] } = c; require('no')"],
  ['var in defaults of destructuring', "var { a = require('yes'), [require('yes')]: b } = c"],
  ['let in a block', "{ require('no'); let require } require('yes')"],
  ['const in a block', "{ const { require = 1 } = a; require('no') } require('yes')"],
  ['let in a for head', "for (let require of require('no')) require('no'); require('yes')"],
  ['let in a for', "for (let require = 1; require('no'); require('no')) { require('no') } require('yes')"],
  [
    'let in a switch',
    "switch (require('yes')) { case require('no'): let require; default: require('no') } require('yes')",
  ],
  ['function', "require('no'); function require() {}"],
  ['function in a function', "function f() { require('no'); function require() {} } require('yes')"],
  ['function in a block hoists', "if (a) { function require() {} } require('no')"],
  [
    'function in a strict block',
    "'use strict'; if (a) { require('no'); function require() {} } require('yes')",
  ],
  [
    'function in a block of a strict function',
    "function f() { 'use strict'; { function require() {} } require('yes') }",
  ],
  ['async function in a block', "{ async function require() {} require('no') } require('yes')"],
  ['generator in a block', "{ function* require() {} require('no') } require('yes')"],
  ['function as a branch', "if (a) function require() {}\nrequire('no')"],
  ['labelled function', "a: function require() {}\nrequire('no')"],
  ['named function expression', "(function require() { require('no') }); require('yes')"],
  ['parameter', "(function (require) { require('no') }); require('yes')"],
  [
    'parameter of an arrow function',
    "a(require => require('no'), (require) => { require('no') }, () => require('yes'))",
  ],
  [
    'parameter of a method',
    "a = { f(require) { require('no') }, set b(require) { require('no') } }; require('yes')",
  ],
  ['destructured parameter', "function f({ a: { require } }) { require('no') }"],
  ['rest parameter', "function f(...require) { require('no') }"],
  ['default sees parameters', "function f(a = require('no'), require) {}"],
  ['default does not see the body', "function f(a = require('yes')) { var require; require('no') }"],
  [
    'function around a default',
    "function f(a = function () { require('yes') }) { let require; require('no') }",
  ],
  ['catch', "try {} catch (require) { require('no'); var a } require('yes')"],
  ['destructured catch', "try {} catch ({ require }) { require('no') } require('yes')"],
  ['var in catch hoists', "try {} catch (e) { var require } require('no')"],
  ['class', "{ class require { f() { require('no') } } require('no') } require('yes')"],
  ['class expression', "a = class require extends require('no') { f() { require('no') } }; require('yes')"],
  ['class without name', "a = class extends require('yes') { [require('yes')]() { require('yes') } }"],
  ['function in a class is strict', "class A { f() { { function require() {} } require('yes') } }"],
  ['import', "import require from 'a'; require('no')"],
  ['import namespace', "import * as require from 'a'; require('no')"],
  ['import as', "import { a as require } from 'a'; require('no')"],
  ['import of the name as another', "import { require as a } from 'a'; require('yes')"],
  ['export', "export function require() {} require('no')"],
  ['export default', "export default class require {} require('no')"],
  ['export as', "export { a as require }; var a; require('yes')"],
  ['assignment is no declaration', "require = a; require('yes'); [require] = b; ({ require } = c)"],
  ['outer of two functions', "function f(require) { return function () { return () => require('no') } }"],
  ['sibling functions', "function f() { var require } function g() { require('yes') }"],
  ['the own names of functions', "function f() {} (function require() {}); require('yes')"],
  [
    'browserified UMD',
    "(function(f){if(typeof exports==='object')module.exports=f();else{var g;g=window;g.u=f()}})(function(){var define,module,exports;return (function e(t,n,r){function s(o,u){if(!n[o]){var a=typeof require=='function'&&require;if(!u&&a)return a(o,!0);throw new Error(o)}return n[o]}return s})({1:[function(require,module,exports){var a=require('no')},{'no':2}],2:[function(require,module,exports){require('no')},{}]},{},[1])(1)});require('yes')",
  ],
];

describe('scope', () => {
  for (const [name, source] of table) {
    it(name, () => {
      const required = sameFacts(source).references.filter(({ kind }) => kind === 'require');
      const specifiers = required.map(({ specifier }) => specifier);
      expect(specifiers).to.deep.equal(source.match(/'yes'/g)?.map(() => 'yes') ?? []);
    });
  }

  const globals: [source: string, ...names: string[]][] = [
    ['process.nextTick(f)', 'process'],
    ['global.x = Buffer', 'Buffer', 'global'],
    ['typeof process'],
    [
      'process = 1; for (global of a); [Buffer] = b; __filename++',
      'Buffer',
      '__filename',
      'global',
      'process',
    ],
    ['a = { process, __dirname: 1, global() {} }', 'process'],
    ['a.process; a.Buffer.global; process: for (;;) break process'],
    [
      'setImmediate(f); clearImmediate(g); f(__filename, __dirname)',
      '__dirname',
      '__filename',
      'clearImmediate',
      'setImmediate',
    ],
    ['process; process; process', 'process'],
    ['var process = 1, Buffer; process; Buffer'],
    ['function f(process) { process } global', 'global'],
    ['function f(process) {} process', 'process'],
    ["var Buffer = require('buffer').Buffer; Buffer"],
    ["'process'; /* global */ `Buffer`; /__dirname/"],
    ["import process from 'process'; process; export { process as global }"],
    ['export { a as process }; var a'],
    ["export { process } from 'a'; export * from 'b'"],
    ['export default process', 'process'],
    ["typeof process !== 'undefined' && process.title"],
    ["typeof process === 'object' && typeof process.emit === 'function'"],
    ["if ('undefined' != typeof process && process.a) process.b; else c(typeof process)"],
    ["a = typeof process === 'undefined' || process.type === 'b' || process.browser ? c : process.d"],
    ["a = b && typeof Buffer === 'function' && Buffer.isBuffer(b) ? Buffer.from(b) : b"],
    ["a = b || typeof process < 'u' && process.c; d(typeof Buffer > 'u' ? b : Buffer)"],
    ["a = typeof Buffer === 'function' ? () => Buffer.b : typeof process === 'object' ? process.c : d"],
    ["if (typeof process === 'undefined') a(); else if (process.b) process.c(); else process.d()"],
    ["typeof process === 'object' && process.title; function f(process) { process }"],
    ["function f(process) { typeof process === 'object' } process", 'process'],
    ["typeof process !== 'undefined' && process.a; typeof Buffer !== 'undefined' && process.b", 'process'],
    ["typeof process.env === 'object' && process.env.A", 'process'],
    ["typeof window === 'undefined' && process.exit()", 'process'],
    ["typeof process === 'undefined' && process.a", 'process'],
    ["typeof process !== 'undefined' ? process.a : process.b", 'process'],
    ["typeof process !== 'undefined' || process.a", 'process'],
    ["a = typeof process !== 'undefined'; if (a) process.b", 'process'],
    ["if (typeof Buffer === 'undefined') throw a; Buffer.b", 'Buffer'],
    ["if (typeof process === 'undefined') process = {}", 'process'],
    ["typeof global !== 'undefined' && global.a", 'global'],
    ['f(typeof Buffer, typeof global)'],
    ["typeof setImmediate === 'function' ? setImmediate : setTimeout"],
    ['function f(setImmediate) { typeof setImmediate } setImmediate()', 'setImmediate'],
    ['typeof setImmediate; if (clearImmediate) clearImmediate()'],
  ];
  const askers = [
    'a instanceof Buffer',
    'a(Buffer.isBuffer(b))',
    'if (a instanceof Buffer) { Buffer.from(a) } else b(typeof Buffer)',
    'a instanceof Buffer ? Buffer.b(a) : a instanceof Buffer && Buffer.c',
    'if (!(a instanceof Buffer)) b(); else Buffer.b',
    'a = !(b instanceof Buffer) || b.length > Buffer.poolSize',
    'if (a && a instanceof Buffer) Buffer.b; if (a instanceof Buffer || Buffer.isBuffer(a)) b()',
    'function f(a) { if (a instanceof Buffer) return () => Buffer.b }',
    "if (typeof Buffer !== 'undefined' && a instanceof Buffer) Buffer.b; a instanceof Buffer",
    'function f(Buffer) { Buffer.b } f instanceof Buffer',
  ];
  for (const source of askers) {
    it(`only asks what is a Buffer: ${source}`, () => {
      const { nodeGlobals, onlyTestsBuffer } = sameFacts(source);
      expect([nodeGlobals, onlyTestsBuffer]).to.deep.equal([['Buffer'], true]);
    });
  }

  const users = [
    'a instanceof Buffer; Buffer',
    'a instanceof Buffer || Buffer.b',
    'a instanceof Buffer ? b : Buffer.b',
    'if (a instanceof Buffer || b) Buffer.b',
    'Buffer.isBuffer(a) ? Buffer.b : a',
    'if (a instanceof Buffer) b(); Buffer.b',
    'if (!(a instanceof Buffer)) throw b; Buffer.b',
    'while (a instanceof Buffer) Buffer.b',
    'a = b instanceof Buffer; if (a) Buffer.b',
    "if (typeof Buffer !== 'undefined') Buffer.b; a instanceof Buffer",
    'Buffer instanceof a',
    'Buffer instanceof Buffer',
    'a instanceof Buffer.b',
    'a = Buffer.isBuffer; b instanceof Buffer',
    'new Buffer.isBuffer(a)',
    "Buffer['isBuffer'](a)",
    'Buffer[isBuffer](a)',
    'Buffer.isBuffer.call(a, b)',
    'Buffer.isBuffer`a`',
    'Buffer.isBuffer = a; b instanceof Buffer',
    'Buffer = a; b instanceof Buffer',
    'a.constructor === Buffer; a instanceof Buffer',
    '[Buffer] = a; b instanceof Buffer',
    'a = { Buffer }; b instanceof Buffer',
    'a(Buffer); b instanceof Buffer',
    'delete Buffer.isBuffer; a instanceof Buffer',
    'a in Buffer; a instanceof Buffer',
  ];
  for (const source of users) {
    it(`does more with Buffer: ${source}`, () => {
      const { nodeGlobals, onlyTestsBuffer } = sameFacts(source);
      expect([nodeGlobals, onlyTestsBuffer]).to.deep.equal([['Buffer'], undefined]);
    });
  }

  for (const [source, ...names] of globals) {
    it(`globals: ${source}`, () => expect(sameFacts(source).nodeGlobals).to.deep.equal(names));
  }
});
