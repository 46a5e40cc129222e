import { type Use, use } from '../use';

/** Data formats, and small languages of paths, queries and versions. */
export const parsing: Use[] = [
  use('yaml', 'import')`
    import { parse, parseDocument, stringify } from 'yaml';
    const document = parseDocument('# note\\na: [1, &x b]\\nc: *x');
    document.set('d', true);
    export default [parse('- 1\\n- a: null'), stringify({ list: ['x', { y: 'multi\\nline' }] }), String(document)];
  `,
  use('yaml', 'require')`
    const { parseAllDocuments } = require('yaml');
    module.exports = parseAllDocuments('a: 1\\n---\\nb: 2').map((document) => document.toJS());
  `,
  use('yaml', 'import()')`
    export default import('yaml').then(({ isMap, parseDocument }) => isMap(parseDocument('a: 1').contents));
  `,
  use('js-yaml', 'import')`
    import { dump, load } from 'js-yaml';
    export default [load('a: {b: 0x1F, c: yes}\\nd: |\\n  text\\n'), dump({ z: [1, { y: null }] })];
  `,
  use('js-yaml', 'require')`
    const yaml = require('js-yaml');
    module.exports = yaml.load('- 1.5\\n- "two"\\n- ~');
  `,
  use('smol-toml', 'import')`
    import { parse, stringify } from 'smol-toml';
    export default [parse('title = "x"\\n[a.b]\\nn = [1, 2]'), stringify({ s: { t: 'u' } })];
  `,
  use('toml', 'require')`
    module.exports = require('toml').parse('name = "n"\\n[[item]]\\nid = 1\\n[[item]]\\nid = 2');
  `,
  use('ini', 'require')`
    const { parse, stringify } = require('ini');
    module.exports = [parse('a=1\\n[s.t]\\nlist[]=x\\nlist[]=y'), stringify({ s: { k: true } })];
  `,
  use('json5', 'import')`
    import JSON5 from 'json5';
    export default [JSON5.parse("{a: .5, /* c */ 'b': [0xF,],}"), JSON5.stringify({ 'a-b': 1, c: ['d'] })];
  `,
  use('json5', 'require')`
    module.exports = require('json5').parse('{unquoted: "yes", last: +1,}');
  `,
  use('papaparse', 'require')`
    const Papa = require('papaparse');
    module.exports = [Papa.parse('a,b\\n1,"x, y"\\n', { header: true, dynamicTyping: true, skipEmptyLines: true }).data, Papa.unparse([['a', 'b"c']])];
  `,
  use('csv-parse', 'import')`
    import { parse } from 'csv-parse/sync';
    export default parse('a;b\\n1;"2"', { columns: true, delimiter: ';' });
  `,
  use('fast-xml-parser', 'import')`
    import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';
    const read = new XMLParser({ ignoreAttributes: false }).parse('<a id="1"><b>2</b><b>x</b></a>');
    export default [read, new XMLBuilder({ ignoreAttributes: false }).build(read), XMLValidator.validate('<a><b></a>')];
  `,
  use('xml2js', 'require')`
    const { Builder, parseStringPromise } = require('xml2js');
    module.exports = parseStringPromise('<a x="1"><b>t</b></a>').then((read) => [read, new Builder({ headless: true }).buildObject(read)]);
  `,
  use('sax', 'require')`
    const parser = require('sax').parser(true);
    const seen = [];
    parser.onopentag = ({ name, attributes }) => seen.push([name, attributes]);
    parser.ontext = (text) => seen.push(text);
    parser.write('<x y="z">&lt;in<q/></x>').close();
    module.exports = seen;
  `,
  use('jsonpath-plus', 'import')`
    import { JSONPath } from 'jsonpath-plus';
    export default JSONPath({ path: '$.books[?(@.price < 10)].title', json: { books: [{ title: 'a', price: 5 }, { title: 'b', price: 15 }] } });
  `,
  use('semver', 'require')`
    const semver = require('semver');
    module.exports = [semver.satisfies('1.2.3', '^1.2 || >=3'), semver.inc('1.2.3', 'minor'), semver.coerce('v2.x').version, semver.rsort(['1.0.0', '1.0.0-a'])];
  `,
  use('semver', 'import')`
    import { compare, Range } from 'semver';
    import valid from 'semver/functions/valid.js';
    export default [compare('1.0.0', '2.0.0'), new Range('~1.2').range, valid('=v1.2.3')];
  `,
  use('qs', 'require')`
    const qs = require('qs');
    module.exports = [qs.parse('a[b][]=1&a[b][]=2&c=%20'), qs.stringify({ a: [1, { b: 2 }] }, { encode: false })];
  `,
  use('query-string', 'import')`
    import queryString from 'query-string';
    export default [{ ...queryString.parse('a=1&b=2&a=3', { parseNumbers: true }) }, queryString.stringifyUrl({ url: '/x', query: { q: ['a', 'b'] } })];
  `,
  use('url-parse', 'require')`
    const parse = require('url-parse');
    const { protocol, port, query, pathname } = parse('https://example.org:8080/a/../b?c=d#e', {}, true);
    module.exports = [protocol, port, { ...query }, pathname];
  `,
  use('path-to-regexp', 'import')`
    import { compile, match } from 'path-to-regexp';
    export default [{ ...match('/users/:id{/:page}')('/users/4/x').params }, compile('/a/*rest')({ rest: ['b', 'c'] })];
  `,
  use('minimatch', 'import')`
    import { braceExpand, minimatch } from 'minimatch';
    export default [minimatch('src/a/b.ts', 'src/**/*.{js,ts}'), minimatch('.a', '*'), braceExpand('{1..3}')];
  `,
  use('minimatch', 'require')`
    const { minimatch } = require('minimatch');
    module.exports = minimatch.filter('*.js')('a.js');
  `,
  use('picomatch', 'require')`
    const picomatch = require('picomatch');
    module.exports = [picomatch(['*.js', '!b.js'])('a.js'), picomatch.makeRe('a/{b,c}/*.md').source, picomatch.scan('!./foo/*.js').base];
  `,
  use('protobufjs', 'require')`
    const protobuf = require('protobufjs');
    const { root } = protobuf.parse('syntax = "proto3"; message Point { int32 x = 1; repeated string tags = 2; }');
    const Point = root.lookupType('Point');
    const written = Point.encode({ x: 150, tags: ['a'] }).finish();
    module.exports = [[...written], Point.toObject(Point.decode(written))];
  `,
  use('protobufjs', 'import')`
    import protobuf from 'protobufjs/minimal.js';
    const { Reader, Writer } = protobuf;
    export default new Reader(new Uint8Array(Writer.create().uint32(300).string('x').finish())).uint32();
  `,
  use('@msgpack/msgpack', 'require')`
    const { decode, encode } = require('@msgpack/msgpack');
    const written = encode({ a: [1, -2.5, 'x', null], b: new Uint8Array([1]) });
    module.exports = [[...written], decode(written).a];
  `,
  use('bson', 'import')`
    import { BSON, EJSON, ObjectId } from 'bson';
    const written = BSON.serialize({ _id: new ObjectId('0123456789abcdef01234567'), n: 5 });
    export default [[...written], EJSON.stringify(BSON.deserialize(written))];
  `,
];
