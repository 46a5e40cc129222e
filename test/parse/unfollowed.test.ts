// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the strings are sources.
/** What a build cannot follow, with its place; and where the author knows that, or has said that he does. */
import { expect } from 'chai';
import { moduleFacts, scriptFacts } from '../../lib/parse/from-tokens';
import { looksLikeModule } from '../../lib/parse/gate';
import { agreedFacts, factsOf, meriyah, withoutParts } from './engines';

const env = { NODE_ENV: 'production' };

/** The concerns of a source at its marks, by all readers, each as its kind and name. */
function expectConcerns(marked: string, kinds: readonly string[]): void {
  const places: number[] = [];
  const source = marked.replace(/§/g, (_, at: number) => {
    places.push(at - places.length);
    return '';
  });
  const { concerns } = agreedFacts(source, { env });
  expect(concerns.map(({ kind, name = '' }) => `${kind} ${name}`.trim())).to.deep.equal(kinds);
  expect(concerns.map(({ start }) => start)).to.deep.equal(places);
  const plain = (looksLikeModule(source) ? moduleFacts : scriptFacts)(source, env);
  if (plain) expect(withoutParts(plain)).to.deep.equal(factsOf(source, { env, parser: meriyah }));
}

const EXPRESSION = 'require() of an expression';
const VALUE = 'require as a value';
const IMPORT = 'import() of an expression';
const WORKER = 'worker of a module';
const ofPaths = (name: string) => `member of module paths.${name}`;
const ENSURE = 'ensure() without label require';
const foreign = (name: string) => `name of another bundler ${name}`;
const meta = (name: string) => `member of import.meta ${name}`;
const member = (name: string) => `member of require ${name}`;

const followed: Record<string, [source: string, ...kinds: string[]][]> = {
  'require() of an expression': [
    ['require(§a)', EXPRESSION],
    ['require(§`./${a}`); require(§"./" + a)', EXPRESSION, EXPRESSION],
    ['require(a ? "./b" : §c)', EXPRESSION],
    ['require(§a, "./b"); require(§...a); require(§["a", "b"], f)', EXPRESSION, EXPRESSION, EXPRESSION],
    ['require(§process.env.OTHER); require(§"./" + process.env.OTHER)', EXPRESSION, EXPRESSION],
    ['require(§__dirname + "/a"); require(§require.resolve)', EXPRESSION, EXPRESSION],
    ['function f() { return require(§a) } if (b) require(§c)', EXPRESSION, EXPRESSION],
    ['try { a() } catch (e) { require(§e) } finally { require(§b) }', EXPRESSION, EXPRESSION],
    ['if (typeof module === "object") require(§a)', EXPRESSION],
    ['require?.(§a)', EXPRESSION],
    ['require(§require.resolve(a)); b.resolve("./c")', EXPRESSION],
  ],
  'require that is not called': [
    ['const r = §require; r("./a")', VALUE],
    ['(0, §require)("./a")', VALUE],
    ['§require.call(null, "./a"); §require.apply(null, a); §require.bind(null)', VALUE, VALUE, VALUE],
    ['f(§require); a = { §require }; a = [§require]; exports.a = §require', VALUE, VALUE, VALUE, VALUE],
    ['new §require("a"); §require`a`', VALUE, VALUE],
    ['if (a) b = §require', VALUE],
    [
      '(function (f) { if (typeof module === "object") f(§require, exports) })(function (require) { require("./a") })',
      VALUE,
    ],
  ],
  'what require does not have': [
    ['§require.context("./a", true, /b/)', 'pattern without files context ./a /b/ sync'],
    ['§require.async("./a"); §require.extensions[".a"]', member('async'), member('extensions')],
    ['const c = §require.context; c("./a")', member('context')],
  ],
  "webpack's ensure()": [
    ['require.ensure(§[], f); if (require.ensure) require.ensure(§[], f)', ENSURE, ENSURE],
    ['require.ensure(§["./a"], function (require) { require("./a") })', ENSURE],
    ['require.ensure(§["a", "b"], (require) => require("a"), "c")', ENSURE],
  ],
  "webpack's names": [
    ['§__webpack_public_path__ = self.path', foreign('__webpack_public_path__')],
    [
      'import "./a"; §__webpack_nonce__ = f(§__resourceQuery)',
      foreign('__webpack_nonce__'),
      foreign('__resourceQuery'),
    ],
    ['() => §__non_webpack_require__("fs")', foreign('__non_webpack_require__')],
  ],
  AMD: [
    ['§define(["./a"], (a) => a); §define("b", ["./a"], f)', foreign('define'), foreign('define')],
    ['§define(function (require, exports, module) { require("a" + b) })', foreign('define')],
    ['§define(a => b); §define (async (a, b) => c)', foreign('define'), foreign('define')],
    ['require(§["./a"], (a) => a)', EXPRESSION],
  ],
  'what module does not have': [
    [
      'f(§module.parent.filename); §module.parent.require("./a")',
      'member of module parent.filename',
      'member of module parent.require',
    ],
    ['§module.paths.push("/a"); §module["paths"].unshift("/b")', ofPaths('push'), ofPaths('unshift')],
  ],
  'what import.meta does not have': [
    ['§import.meta.env.A', meta('env')],
    ['f(§import.meta.env); const e = §import.meta["env"]', meta('env'), meta('env')],
    ['const { url, §env } = import.meta', meta('env')],
    [
      '§import.meta.glob("./*.js"); §import.meta.globEager("./*.js")',
      'pattern without files glob ./*.js',
      meta('globEager'),
    ],
    ['const { §glob } = import.meta; (0, §import.meta.glob)("./*.js")', meta('glob'), meta('glob')],
    [
      '§import.meta.resolve("a"); §import.meta.webpackContext("./a")',
      meta('resolve'),
      meta('webpackContext'),
    ],
    ['§import.meta.dirname + "/a"; §import.meta.hot.accept()', meta('dirname'), meta('hot')],
    ['if (a) §import.meta.env.A; () => §import.meta.env', meta('env'), meta('env')],
  ],
  'createRequire()': [
    ['import { createRequire } from "module"; §createRequire(import.meta.url)("./a")', 'createRequire()'],
    ['import { createRequire as r } from "node:module"; const a = §r(import.meta.url)', 'createRequire()'],
    ['import m from "module"; §m.createRequire(import.meta.url)', 'createRequire()'],
    ['import * as m from "node:module"; () => §m.createRequire(import.meta.url)', 'createRequire()'],
    ['const { createRequire } = require("module"); §createRequire(__filename)', 'createRequire()'],
    ['§require("node:module").createRequire(__filename)', 'createRequire()'],
  ],
  'workers of modules': [
    ['§new Worker(new URL(a, import.meta.url))', WORKER],
    ['§new self.SharedWorker(new URL(`./${a}.js`, import.meta.url), { type: "module" })', WORKER],
    ['§new Worker(__filename); new a(__filename)', WORKER],
    ['§new Worker(require.resolve("./a"))', WORKER],
    ['§navigator.serviceWorker.register(import.meta.url); §a.addModule(import.meta.url)', WORKER, WORKER],
    ['import Worker from "a"; new Worker(§new URL("./a.js", import.meta.url))', 'new URL()'],
  ],
  'import() of an expression': [
    ['§import(a); §import(`./${a}.js`)', IMPORT, IMPORT],
    ['§import(/* webpackChunkName: "a" */ a); §import(/* webpackIgnore: false */ a)', IMPORT, IMPORT],
    ['async () => { try { await §import(a) } catch {} }', IMPORT],
    ['§import(a).catch(b)', IMPORT],
  ],
};

const none: Record<string, string[]> = {
  'what is caught': [
    'try { require(a) } catch (e) {}',
    'try { const r = require; r("./a" + b) } catch (e) {}',
    'try { require.context("./a"); new Worker(__filename) } catch (e) {} finally {}',
    'try { import.meta.env.A; import.meta.resolve("a"); new Worker(new URL(a, import.meta.url)) } catch (e) {}',
  ],
  'what is asked for before': [
    'if (typeof require === "function") require(a)',
    'typeof require !== "undefined" ? f(require) : g()',
    'var a = typeof require == "function" && require',
    'var r = typeof require !== "undefined" ? require : typeof Proxy !== "undefined" ? new Proxy(a, {}) : a',
    'if (typeof require !== "undefined") { b(); require.apply(this, arguments) }',
    'if (require) a(); require && b(); !require || c(); require === d; while (require) break',
    'if (require.context) require.context("./a"); typeof require.async === "function" && require.async("a")',
    'if (import.meta.hot) { import.meta.hot.accept() }',
    'import.meta.env?.A; import.meta?.env?.B; (import.meta.env ?? {}).C; import.meta.env && import.meta.env.D',
    'if (a && import.meta.env) b(import.meta.env.C); typeof import.meta.glob; import.meta.resolve?.("a")',
    'const { env = {} } = import.meta; import.meta.env.A',
    'import.meta.env = {}; import.meta.env.A = 1',
    'require.ensure = require("node-ensure"); require.a = f; require.a("b")',
    'if (module.parent && module.parent.filename) f(module.parent.filename); module.parent.require?.("./a")',
  ],
  'names of other bundlers that are asked for': [
    'typeof define === "function" && define.amd ? define(["a"], f) : f()',
    'f(typeof __webpack_nonce__ !== "undefined" ? __webpack_nonce__ : a)',
  ],
  'names of other bundlers that are none, or not called so': [
    'a = { __webpack_hash__: 1, define() {} }; a.__webpack_hash__; define("a", class {}); define(a, b); define',
  ],
  'workers that are followed': [
    'new Worker(new URL("./a.js", import.meta.url)); new self.SharedWorker(new URL("a", import.meta.url), { type: "module" })',
    'new Worker(import.meta.url); new SharedWorker(new URL(import.meta.url)); new Worker(new URL("", import.meta.url))',
  ],
  'what is there': [
    'if (!module.parent) f(); module.parent.exports.a = module.children.length + module.paths.concat(a)',
    'function f(module) { module.parent.filename; module.paths.push(a) }',
    'require("./a"); require.resolve("./a"); require.cache[a]; require.ensure(["./a" /*js*/], f); require["resolve"]("a")',
    'require.resolve(a); require.resolve.paths',
    'typeof require; a.require(b); b = { require: 1, require() {} }; b.require; function f() { this.require(a) }',
    'import.meta.url; f(import.meta); const { url } = import.meta; import.meta[a]; function g() { new.target }',
    'new Worker("./a.js"); new Worker(a); f(__filename); new URL(import.meta.url); new URL("./a", b); new URL(a, import.meta.url)',
    'import { createRequire } from "module"; createRequire; export { createRequire }',
    'import { createRequire } from "./a.js"; createRequire(b)',
    'function createRequire() {} createRequire(a); a.createRequire(b)',
    'a.register(b); register("./a", import.meta.url)',
  ],
  'what is declared by the source': [
    'function f(require) { require(a); g(require); require.context("b") }',
    'var require = f(); require(a); b(require); require.b()',
    '(function e(t, n, r) { t(n, r) })({ 1: [function (require, module, exports) { require(a); f(require) }] }, {}, [1])',
    'a.define(function (require, exports, module) { require("a" + b) })',
    'function f(define, __webpack_hash__) { define(["a"], __webpack_hash__) }',
    'import define from "a"; define(["a"], f); let __resourceQuery = 1; f(__resourceQuery)',
    'function f(__filename) { new Worker(__filename) }',
  ],
  'dead code': [
    'if (process.env.NODE_ENV !== "production") { require(a); f(require); require.context("b") }',
    'false && import(a); if (false) { import.meta.env.A; new Worker(new URL(a, import.meta.url)) }',
  ],
  'what declared strings may name': [
    'const part = "./a" /*js*/; ensure([part], () => require(part))',
    'function load(path, done) { require.ensure([path], () => done(require(path))) }',
    'exports.routes = { "/": "./home" /*js*/ }; exports.open = (path) => require(exports.routes[path])',
  ],
  'what require.resolve gives': [
    'require(require.resolve("./a")); new Map([[1, require.resolve("./" + "b")]])',
    'const path = require.resolve("./a"); if (path in require.cache) delete require.cache[path]; require(path)',
  ],
  'what its author has opted out of': [
    'import(/* webpackIgnore: true */ a); import(/* webpackChunkName: "a", webpackIgnore: true */ `./${a}.js`)',
    'import(/* @vite-ignore */ a); import(a /* @vite-ignore */); import(\n// @vite-ignore\na)',
    'require(/* webpackIgnore: true */ a); require(/* @vite-ignore */ a)',
    'new URL("https://a.b/c.js", import.meta.url); new URL("data:text/plain,a", import.meta.url)',
    'new URL(/* webpackIgnore: true */ "./a", import.meta.url); new URL(/* @vite-ignore */ "./a", import.meta.url)',
    'new Worker(/* @vite-ignore */ new URL(a, import.meta.url))',
    'new Worker(/* webpackIgnore: true */ new URL(a, import.meta.url))',
  ],
};

describe('what a build cannot follow', () => {
  for (const [name, rows] of Object.entries(followed)) {
    describe(name, () => {
      for (const [source, ...kinds] of rows) it(source, () => expectConcerns(source, kinds));
    });
  }
});

describe('nothing is said of', () => {
  for (const [name, sources] of Object.entries(none)) {
    describe(name, () => {
      for (const source of sources) it(source, () => expectConcerns(source, []));
    });
  }
});

describe('what CommonJS has, in an ES module of Node', () => {
  const missing = (source: string) =>
    factsOf(source, { type: 'module' }).concerns.map(({ kind, start, name }) => `${kind} ${start} ${name}`);

  it('is missed where nothing asks for it', () => {
    for (const source of [
      "import './a.js'; require(name);",
      "import './a.js'; require('./' + name);",
      "import './a.js'; require.resolve('./b');",
      "import './a.js'; (require)('./b'); typeof module;",
    ])
      expect(missing(source), source).to.deep.equal([
        `name of CommonJS ${source.indexOf('require')} require`,
      ]);
    const unguarded = "import './a.js'; if (typeof module === 'object') f(module, require); require(name);";
    expect(missing(unguarded)).to.deep.equal([
      `name of CommonJS ${unguarded.lastIndexOf('require')} require`,
    ]);
  });

  it('is not missed where something does, or depends on what was asked', () => {
    for (const source of [
      "import './a.js'; if (typeof require === 'function') require(name);",
      "import './a.js'; const has = typeof require === 'function'; has && require(name);",
      "import './a.js'; if (typeof module === 'object' && module.exports) module.exports = f(require('./b'));",
      "import './a.js'; typeof exports === 'object' ? f(exports, require('./b')) : f(self);",
      "import './a.js'; try { require(name); } catch {}",
    ])
      expect(missing(source), source).to.deep.equal([]);
  });
});

describe('import() with webpackIgnore', () => {
  it('is left to the browser, whatever it names', () => {
    for (const source of [
      "import(/* webpackIgnore: true */ './a.js')",
      "import /* webpackIgnore: true */ ('a')",
    ])
      expect(agreedFacts(source).references).to.deep.equal([]);
    expect(agreedFacts("import(/* webpackIgnore: false */ './a.js')").references).to.have.length(1);
    expect(agreedFacts("import(/* @vite-ignore */ './a.js')").references).to.have.length(1);
  });
});
