import { type Use, use } from '../use';

/** Streams and buffers, on the shims of Node's builtins and beside them; compression. */
export const bytes: Use[] = [
  use('buffer', 'require')`
    const { Buffer: Builtin } = require('buffer');
    const { Buffer: Shim } = require('buffer/');
    const shown = (Kind) => [Kind.from('h\u00e9llo').toString('base64'), Kind.concat([Kind.from([1]), Kind.alloc(2, 3)]).toJSON()];
    module.exports = [shown(Builtin), shown(Shim), shown(Buffer), Buffer.from('ff00', 'hex').readUInt16LE(0)];
  `,
  use('buffer', 'import')`
    import { Buffer } from 'buffer';
    export default [Buffer.byteLength('\u20ac'), Buffer.compare(Buffer.from('a'), Buffer.from('b')), Buffer.from('abc').subarray(1).toString()];
  `,
  use('events', 'require')`
    const EventEmitter = require('events');
    const emitter = new EventEmitter();
    module.exports = EventEmitter.once(emitter, 'done').then((found) => [found, emitter.listenerCount('done')]);
    emitter.emit('done', 1, 2);
  `,
  use('events', 'import')`
    import EventEmitter, { once } from 'node:events';
    class Door extends EventEmitter {}
    const door = new Door();
    const opened = once(door, 'open');
    door.emit('open', 'wide');
    export default opened;
  `,
  use('node:stream', 'require')`
    const { PassThrough, pipeline, Transform } = require('node:stream');
    const source = new PassThrough();
    const upper = new Transform({ transform: (chunk, encoding, done) => done(null, String(chunk).toUpperCase()) });
    const chunks = [];
    upper.on('data', (chunk) => chunks.push(String(chunk)));
    source.write('a');
    source.end('b');
    module.exports = new Promise((resolve, reject) =>
      pipeline(source, upper, (error) => (error ? reject(error) : resolve(chunks))),
    );
  `,
  use('node:stream', 'import')`
    // The shim is that of browserify, of an age before Readable.from.
    import { Readable } from 'node:stream';
    const source = ['a', 'b', null];
    const stream = new Readable({ objectMode: true, read() { this.push(source.shift()); } });
    const read = async (parts = []) => {
      for await (const part of stream) parts.push(part);
      return parts;
    };
    export default read();
  `,
  use('node:util', 'require')`
    const { format, inherits, inspect, promisify } = require('node:util');
    function Child() {}
    inherits(Child, Array);
    module.exports = promisify((n, done) => done(null, n + 1))(1).then((two) => [
      two, format('%s is %d', 'one', 1), inspect({ a: [1, 'b'] }), new Child() instanceof Array,
    ]);
  `,
  use('node:path', 'import')`
    import path, { basename, posix } from 'node:path';
    export default [path.join('/a', '../b', 'c.js'), basename('/x/y.ts', '.ts'), posix.relative('/a/b', '/a/c/d'), path.parse('/h/f.txt')];
  `,
  use('node:url', 'require')`
    const { parse, resolve } = require('node:url');
    const { host, pathname, query } = parse('http://example.org:80/a/b?c=d&e=f', true);
    module.exports = [host, pathname, { ...query }, resolve('/one/two/three', '../four')];
  `,
  use('node:querystring', 'import')`
    import { parse, stringify } from 'node:querystring';
    export default [stringify({ a: [1, 2], b: '\u00fc' }), { ...parse('x=1&y=2&x=3') }];
  `,
  use('node:assert', 'require')`
    const assert = require('node:assert');
    const codes = [() => assert.deepStrictEqual({ a: [1] }, { a: [1] }), () => assert.strictEqual(1, 2), () => assert.throws(() => 1)];
    module.exports = codes.map((check) => { try { return check() ?? 'fine'; } catch (error) { return error.code; } });
  `,
  use('node:zlib', 'require')`
    const zlib = require('node:zlib');
    const text = 'dynapack '.repeat(50);
    module.exports = [
      zlib.gunzipSync(zlib.gzipSync(text)).toString() === text,
      zlib.inflateRawSync(zlib.deflateRawSync(Buffer.from('raw'))).toString(),
    ];
  `,
  use('node:timers', 'require')`
    const { clearImmediate: cancel, setImmediate: soon, setTimeout: later } = require('node:timers');
    const order = [];
    cancel(soon(() => order.push('never')));
    soon((name) => order.push(name), 'immediate');
    module.exports = new Promise((resolve) => later(() => resolve(order), 20));
  `,
  use('node:process', 'require')`
    const process = require('node:process');
    const order = [];
    const done = new Promise((resolve) => process.nextTick((name) => resolve(order.concat(name)), 'tick'));
    order.push('now', process.env.NODE_ENV, typeof process.version);
    module.exports = done;
  `,
  use('readable-stream', 'require')`
    const { finished, PassThrough, pipeline, Readable } = require('readable-stream');
    const through = new PassThrough({ objectMode: true });
    const seen = [];
    through.on('data', (item) => seen.push(item.n * 2));
    module.exports = new Promise((resolve) => {
      finished(through, () => resolve(seen));
      pipeline(Readable.from([{ n: 1 }, { n: 2 }]), through, () => {});
    });
  `,
  use('readable-stream', 'import')`
    import { Readable } from 'readable-stream';
    const read = async () => {
      const parts = [];
      for await (const part of Readable.from(['x', 'y'])) parts.push(part);
      return parts;
    };
    export default read();
  `,
  use('through2', 'import')`
    import { transform } from 'through2';
    const seen = [];
    const double = transform((chunk, encoding, done) => done(null, chunk + chunk));
    double.on('data', (chunk) => seen.push(String(chunk)));
    double.write('ab');
    double.end();
    export default new Promise((resolve) => double.on('end', () => resolve(seen)));
  `,
  use('concat-stream', 'require')`
    const concat = require('concat-stream');
    module.exports = new Promise((resolve) => {
      const sink = concat((all) => resolve(all.toString()));
      sink.write(Buffer.from('one '));
      sink.end(Buffer.from('two'));
    });
  `,
  use('split2', 'require')`
    const split = require('split2');
    const lines = [];
    const stream = split(JSON.parse).on('data', (line) => lines.push(line));
    stream.write('{"a":1}\\n{"b"');
    stream.end(':2}\\n');
    module.exports = new Promise((resolve) => stream.on('end', () => resolve(lines)));
  `,
  use('pump', 'require')`
    const pump = require('pump');
    const { PassThrough } = require('stream');
    const [source, target] = [new PassThrough(), new PassThrough()];
    const chunks = [];
    target.on('data', (chunk) => chunks.push(String(chunk)));
    source.write('p');
    source.end('q');
    module.exports = new Promise((resolve) => pump(source, target, (error) => resolve([!error, chunks])));
  `,
  use('duplexify', 'require')`
    const duplexify = require('duplexify');
    const { PassThrough } = require('readable-stream');
    const both = duplexify(new PassThrough(), new PassThrough());
    module.exports = [both.readable, both.writable, typeof both.cork, duplexify.obj()._readableState.objectMode];
  `,
  use('bl', 'import')`
    import { BufferListStream } from 'bl';
    const list = new BufferListStream();
    list.append(Buffer.from('abc'));
    list.append(Buffer.from('def'));
    export default [list.length, list.slice(2, 5).toString(), list.readInt8(3), list.indexOf('e')];
  `,
  use('string_decoder', 'require')`
    const { StringDecoder } = require('string_decoder');
    const decoder = new StringDecoder('utf8');
    module.exports = [[0xe2, 0x82], [0xac]].map((part) => decoder.write(Buffer.from(part))).concat(decoder.end());
  `,
  use('inherits', 'require')`
    const inherits = require('inherits');
    function Parent() {}
    function Child() {}
    inherits(Child, Parent);
    module.exports = [new Child() instanceof Parent, Child.super_ === Parent];
  `,
  use('pako', 'import')`
    import { deflate, gzip, inflate, ungzip } from 'pako';
    const packed = deflate('text text text text');
    export default [packed.join(), inflate(packed).join(), ungzip(gzip(new Uint8Array(9))).length];
  `,
  use('pako', 'require')`
    const { deflateRaw, inflateRaw } = require('pako');
    module.exports = inflateRaw(deflateRaw(new Uint8Array([1, 2, 3]))).join();
  `,
  use('fflate', 'import')`
    import { gzipSync, strFromU8, strToU8, unzipSync, zipSync, zlibSync } from 'fflate';
    const zipped = zipSync({ 'a.txt': strToU8('hello') }, { mtime: new Date(2000, 0, 1) });
    export default [strFromU8(unzipSync(zipped)['a.txt']), zlibSync(new Uint8Array(100)).join(), gzipSync(strToU8('x'), { mtime: 1 }).length];
  `,
  use('jszip', 'require')`
    const JSZip = require('jszip');
    const zip = new JSZip().file('a/b.txt', 'packed', { date: new Date(0) });
    module.exports = zip.generateAsync({ type: 'uint8array', compression: 'DEFLATE' })
      .then((data) => JSZip.loadAsync(data))
      .then((read) => read.file('a/b.txt').async('string').then((text) => [text, Object.keys(read.files)]));
  `,
  use('lz-string', 'require')`
    const { compressToBase64, compressToUTF16, decompressFromUTF16 } = require('lz-string');
    module.exports = [compressToBase64('aaaaaaaabbbb'), decompressFromUTF16(compressToUTF16('again and again'))];
  `,
];
