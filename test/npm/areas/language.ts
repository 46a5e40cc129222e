import { type Use, use } from '../use';

/** What the language itself might have had: collections, text, promises, events, helpers of compilers. */
export const language: Use[] = [
  use('lodash', 'require')`
    const _ = require('lodash');
    module.exports = [
      _.groupBy([1.2, 1.8, 2.1], Math.floor),
      _.template('Hello <%= name %>')({ name: 'Ada' }),
      _.chain([3, 1, 2]).sortBy().map((n) => n * 2).value(),
      _.merge({ a: [{ b: 1 }] }, { a: [{ c: 2 }] }),
    ];
  `,
  use('lodash', 'import')`
    import _ from 'lodash';
    import debounce from 'lodash/debounce.js';
    export default [_.camelCase('foo-bar baz'), _.chunk([1, 2, 3], 2), _.VERSION, typeof debounce(() => 1).cancel];
  `,
  use('lodash', 'both')`
    const _ = require('lodash');
    module.exports = import('lodash').then((module) => [module.default === _, module.default.startCase('foo-bar')]);
  `,
  use('lodash-es', 'import')`
    import { cloneDeep, kebabCase, range, zipObject } from 'lodash-es';
    const original = { a: [new Date(0)] };
    export default [cloneDeep(original), cloneDeep(original).a === original.a, kebabCase('fooBar'), range(4), zipObject(['a'], [1])];
  `,
  use('lodash-es', 'import()')`
    export default import('lodash-es').then(({ default: _, sum }) => [sum([1, 2, 3]), _.upperFirst('abc')]);
  `,
  use('underscore', 'import')`
    import _, { pluck } from 'underscore';
    export default [pluck([{ a: 1 }, { a: 2 }], 'a'), _.compact([0, 1, '']), _.invert({ a: 'b' })];
  `,
  use('underscore', 'require')`
    const _ = require('underscore');
    module.exports = [_.countBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')), _.template('<%- x %>')({ x: '<' })];
  `,
  use('ramda', 'require')`
    const R = require('ramda');
    module.exports = [R.pipe(R.filter(R.gt(3)), R.sum)([1, 2, 3, 4]), R.assocPath(['a', 'b'], 1, {}), R.xprod([1], [2, 3])];
  `,
  use('ramda', 'import')`
    import { evolve, groupBy, lensProp, over } from 'ramda';
    export default [evolve({ n: (n) => n + 1 }, { n: 1 }), over(lensProp('x'), String, { x: 5 }), groupBy(String, [1, 1])];
  `,
  use('es-toolkit', 'import')`
    import { chunk, kebabCase, omit } from 'es-toolkit';
    import { get } from 'es-toolkit/compat';
    export default [chunk([1, 2, 3], 2), kebabCase('helloWorld'), omit({ a: 1, b: 2 }, ['a']), get({ a: [{ b: 3 }] }, 'a[0].b')];
  `,
  use('fp-ts', 'require')`
    const { pipe } = require('fp-ts/function');
    const Option = require('fp-ts/Option');
    const { sort } = require('fp-ts/Array');
    const { Ord } = require('fp-ts/number');
    module.exports = [pipe(Option.some(2), Option.map((n) => n * 3), Option.toNullable), sort(Ord)([3, 1, 2])];
  `,
  use('fp-ts', 'import')`
    import { either, function as functions } from 'fp-ts';
    const parse = (text) => either.tryCatch(() => JSON.parse(text), () => 'bad');
    export default [functions.pipe(parse('[1]'), either.getOrElse((error) => error)), parse('[')];
  `,
  use('ts-pattern', 'import')`
    import { match, P } from 'ts-pattern';
    const size = (value) => match(value).with(P.string, (text) => text.length).with([P._, P._], () => 2).otherwise(() => 0);
    export default [size('abc'), size([1, 2]), size(null)];
  `,
  use('tslib', 'import')`
    import { __assign, __rest, __spreadArray } from 'tslib';
    export default [__assign({ a: 1 }, { b: 2 }), __rest({ a: 1, b: 2 }, ['a']), __spreadArray([1], [2, 3], false)];
  `,
  use('tslib', 'require')`
    const { __awaiter, __generator, __extends } = require('tslib');
    function Base() {}
    function Derived() {}
    __extends(Derived, Base);
    module.exports = __awaiter(undefined, undefined, undefined, function () {
      return __generator(this, () => [2, new Derived() instanceof Base]);
    });
  `,
  use('@babel/runtime', 'require')`
    const objectSpread = require('@babel/runtime/helpers/objectSpread2');
    const slicedToArray = require('@babel/runtime/helpers/slicedToArray');
    module.exports = [(objectSpread.default || objectSpread)({ a: 1 }, { b: 2 }), (slicedToArray.default || slicedToArray)([1, 2, 3], 2)];
  `,
  use('@babel/runtime', 'import')`
    import extend from '@babel/runtime/helpers/extends';
    import without from '@babel/runtime/helpers/objectWithoutProperties';
    export default [extend({ a: 1 }, { c: 3 }), without({ a: 1, b: 2 }, ['a'])];
  `,
  use('core-js-pure', 'require')`
    const flat = require('core-js-pure/actual/array/flat-map');
    const structuredClone = require('core-js-pure/actual/structured-clone');
    const ToSet = require('core-js-pure/actual/set');
    module.exports = [flat([1, 2], (n) => [n, n]), structuredClone({ a: [1] }), [...new ToSet([1, 2]).union(new ToSet([3]))]];
  `,
  use('regenerator-runtime', 'require')`
    const runtime = require('regenerator-runtime/runtime');
    const marked = runtime.mark(function count() {
      return runtime.wrap((context) => {
        if (context.prev === 0) { context.next = 2; return 'first'; }
        return context.abrupt('return', 'last');
      }, marked);
    });
    const iterator = marked();
    module.exports = [iterator.next(), typeof iterator.return];
  `,
  use('clsx', 'both')`
    const clsx = require('clsx');
    module.exports = import('clsx').then((module) => [clsx('a', { b: true, c: false }), module.clsx(['d', null])]);
  `,
  use('classnames', 'require')`
    const classNames = require('classnames');
    module.exports = [classNames('a', { b: true }, ['c', { d: false }]), require('classnames/bind').call({ a: 'x1' }, 'a')];
  `,
  use('deepmerge', 'require')`
    const deepmerge = require('deepmerge');
    module.exports = [deepmerge({ a: [1], b: { c: 1 } }, { a: [2], b: { d: 2 } }), deepmerge.all([{ a: 1 }, { b: 2 }])];
  `,
  use('fast-deep-equal', 'import')`
    import equal from 'fast-deep-equal';
    import equalElements from 'fast-deep-equal/es6/react.js';
    export default [equal({ a: [1, /x/] }, { a: [1, /x/] }), equalElements(new Map([[1, 2]]), new Map([[1, 3]]))];
  `,
  use('p-limit', 'import')`
    import limit from 'p-limit';
    const one = limit(1);
    const log = [];
    const task = (name) => one(async () => { log.push('+' + name); await null; log.push('-' + name); return name; });
    export default Promise.all(['a', 'b'].map(task)).then((names) => [names, log]);
  `,
  use('p-limit', 'require')`
    const { default: limit } = require('p-limit');
    const two = limit(2);
    module.exports = Promise.all([1, 2, 3].map((n) => two(() => n * n)));
  `,
  use('p-queue', 'import()')`
    module.exports = import('p-queue').then(async ({ default: Queue }) => {
      const queue = new Queue({ concurrency: 1, autoStart: false });
      const order = [];
      queue.add(() => order.push('low'), { priority: 0 });
      queue.add(() => order.push('high'), { priority: 1 });
      await queue.start().onIdle();
      return order;
    });
  `,
  use('async', 'require')`
    const { mapLimit, waterfall } = require('async');
    const double = (n, done) => setTimeout(done, 1, null, n * 2);
    module.exports = Promise.all([mapLimit([1, 2, 3], 2, double), waterfall([(done) => done(null, 5), double])]);
  `,
  use('async', 'import')`
    import { eachSeries } from 'async';
    const seen = [];
    export default eachSeries(['a', 'b'], async (name) => void seen.push(name)).then(() => seen);
  `,
  use('bluebird', 'require')`
    const Bluebird = require('bluebird');
    module.exports = Bluebird.props({ a: Bluebird.delay(1, 'later'), b: Bluebird.map([1, 2], (n) => n + 1) });
  `,
  use('mitt', 'import')`
    import mitt from 'mitt';
    const emitter = mitt();
    const seen = [];
    emitter.on('*', (type, event) => seen.push([type, event]));
    emitter.emit('ready', { n: 1 });
    export default seen;
  `,
  use('eventemitter3', 'both')`
    const EventEmitter = require('eventemitter3');
    module.exports = import('eventemitter3').then((module) => {
      const seen = [];
      const emitter = new module.EventEmitter();
      emitter.once('a', (value) => seen.push(value));
      emitter.emit('a', 1);
      emitter.emit('a', 2);
      return [seen, module.default === module.EventEmitter, new EventEmitter().eventNames()];
    });
  `,
  use('invariant', 'require')`
    const invariant = require('invariant');
    try { invariant(false, 'no %s', 'way'); } catch (error) { module.exports = error.name; }
  `,
  use('tiny-invariant', 'import')`
    import invariant from 'tiny-invariant';
    let message = '';
    try { invariant(false, 'hidden in production'); } catch (error) { message = error.message; }
    export default message;
  `,
  use('ms', 'require')`
    const ms = require('ms');
    module.exports = [ms('2 days'), ms(90000, { long: true }), ms('-1h')];
  `,
  use('debug', 'require')`
    const createDebug = require('debug');
    createDebug.enable('app:*,-app:secret');
    module.exports = ['app:http', 'app:secret', 'other'].map((name) => createDebug(name).enabled);
  `,
  use('debug', 'import')`
    import createDebug from 'debug';
    export default [createDebug.humanize(60000), createDebug('npm').extend('more').namespace, createDebug.coerce(4)];
  `,
  use('nanoid', 'import')`
    import { customRandom, nanoid, urlAlphabet } from 'nanoid';
    export default [nanoid().length, /^[\\w-]+$/.test(nanoid(40)), customRandom('abcd', 6, (size) => new Uint8Array(size).fill(2))(), urlAlphabet.length];
  `,
  use('uuid', 'import')`
    import { parse, stringify, v4, v5, validate, version } from 'uuid';
    export default [v5('example.org', v5.DNS), validate(v4()), version(v4()), stringify(parse('6ba7b810-9dad-11d1-80b4-00c04fd430c8'))];
  `,
  use('uuid', 'require')`
    const { NIL, v3, v5 } = require('uuid');
    module.exports = [NIL, v3('name', v5.URL), v5('name', v5.URL)];
  `,
  use('uuid', 'both')`
    const uuid = require('uuid');
    module.exports = import('uuid').then((module) => [module.v5 === uuid.v5, Object.keys(module).length, module.MAX]);
  `,
  use('camelcase', 'import')`
    import camelCase from 'camelcase';
    export default [camelCase('foo-bar'), camelCase('foo bar', { pascalCase: true })];
  `,
  use('change-case', 'import()')`
    export default import('change-case').then(({ constantCase, snakeCase }) => [constantCase('fooBar'), snakeCase('aB c')]);
  `,
  use('slugify', 'require')`
    const slugify = require('slugify');
    module.exports = [slugify('Crème Brûlée!', { lower: true, strict: true }), slugify('a & b')];
  `,
  use('pluralize', 'require')`
    const pluralize = require('pluralize');
    module.exports = [pluralize('person', 2), pluralize('sheep', 3, true), pluralize.singular('geese')];
  `,
  use('he', 'require')`
    const he = require('he');
    module.exports = [he.encode('foo © bar'), he.decode('&lt;&eacute;&#x1F600;'), he.escape('<a>')];
  `,
  use('chalk', 'import')`
    import { Chalk } from 'chalk';
    const chalk = new Chalk({ level: 2 });
    export default [chalk.red.bold('stop'), chalk.hex('#00ff00')('go')];
  `,
];
