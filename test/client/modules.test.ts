import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { type Site, startSite } from '../helpers/site';
import { type Bodies, bundle, configOf, html, logs, snippet, type Visit, visit } from './fixtures';
import { wholeRuntime as runtime } from './runtime';

describe('modules', () => {
  let site: Site;
  let visitor: Visit;

  /**
   * Opens a page whose entry gives its `require` to the test, beside the given modules and the runtime of ES modules, `*`;
   * `L` is loaded lazily.
   */
  async function enter(modules: Bodies, lazy: Bodies = {}): Promise<void> {
    const body = 'self.req = require;';
    site = await startSite({
      '/': html(snippet(configOf({ L: ['lazy.js'] }))),
      '/js/e.js': bundle('e.js', { E: body, '*': runtime, ...modules }),
      '/js/lazy.js': bundle('lazy.js', lazy),
    });
    visitor = await visit(site);
    await visitor.until('self.req');
  }

  afterEach(async () => {
    await visitor.close();
    await site.close();
  });

  describe('require', () => {
    it('runs a module once and gives its exports', async () => {
      await enter({ A: `${logs('A')} module.exports = { own: true };` });
      expect(await visitor.evaluate('req("A") === req("A") && req("A").own')).to.equal(true);
      expect(await visitor.log()).to.deep.equal(['A']);
    });

    it('calls a module as Node does', async () => {
      await enter({
        A: 'exports.seen = [this === module.exports, exports === module.exports, module.id, typeof require];',
      });
      expect(await visitor.evaluate('req("A").seen')).to.deep.equal([true, true, 'A', 'function']);
    });

    it('gives falsy exports, too, without running again', async () => {
      await enter({
        A: 'log.push("A"); module.exports = 0;',
        U: 'log.push("U"); module.exports = undefined;',
      });
      expect(
        await visitor.evaluate('[req("A"), req("A"), String(req("U")), String(req("U"))]'),
      ).to.deep.equal([0, 0, 'undefined', 'undefined']);
      expect(await visitor.log()).to.deep.equal(['A', 'U']);
    });

    it('gives a cycle the exports as far as they are', async () => {
      await enter({
        A: 'exports.early = 1; exports.seenByB = require("B").seen; exports.late = 2;',
        B: 'exports.seen = Object.keys(require("A"));',
      });
      expect(await visitor.evaluate('req("A")')).to.deep.equal({ early: 1, seenByB: ['early'], late: 2 });
    });

    it('runs a module again that has thrown', async () => {
      await enter({ A: 'log.push("A"); if (!self.ready) throw Error("not ready"); exports.fine = true;' });
      const attempt =
        '(function () { try { return req("A").fine; } catch (error) { return error.message; } })()';
      expect(await visitor.evaluate(attempt)).to.equal('not ready');
      expect(await visitor.evaluate(attempt)).to.equal('not ready');
      expect(await visitor.evaluate(`self.ready = true, ${attempt}`)).to.equal(true);
      expect(await visitor.log()).to.deep.equal(['A', 'A', 'A']);
    });

    it('throws for an unknown id as Node does', async () => {
      await enter({});
      const attempt =
        '(function () { try { req("x"); } catch (error) { return [error instanceof Error, error.message, error.code]; } })()';
      expect(await visitor.evaluate(attempt)).to.deep.equal([
        true,
        "Cannot find module 'x'",
        'MODULE_NOT_FOUND',
      ]);
    });

    it('resolves an id to itself', async () => {
      await enter({});
      expect(await visitor.evaluate('req.resolve("A")')).to.equal('A');
    });

    it('is another function for every module', async () => {
      await enter({ A: 'exports.require = require;', B: 'exports.require = require;' });
      expect(
        await visitor.evaluate('req("A").require !== req("B").require && req("A").require !== req'),
      ).to.equal(true);
    });

    for (const id of ['constructor', '__proto__', 'hasOwnProperty', 'toString', 'then', '']) {
      it(`knows no module '${id}' until there is one`, async () => {
        await enter({});
        const key = JSON.stringify(id);
        const attempt = `(function () { try { return req(${key}).id; } catch (error) { return error.message; } })()`;
        const asked = `new Promise(function (resolve) { req.ensure(${key}, function (error) { resolve(error ? error.message : 'fine'); }); })`;
        expect(await visitor.evaluate(attempt)).to.equal(`Cannot find module '${id}'`);
        expect(await visitor.evaluate(asked)).to.equal(`Cannot find module '${id}'`);
        // Computed, because "__proto__" in an object literal sets the prototype: no bundle can hold such an id.
        await visitor.evaluate(
          `dynapack.push([{ [${key}]: function (require, module, exports) { exports.id = 'mine'; } }])`,
        );
        expect(await visitor.evaluate(attempt)).to.equal('mine');
        expect(await visitor.evaluate(asked)).to.equal('fine');
      });
    }
  });

  describe('require.ensure = require("node-ensure")', () => {
    it('loads as require.ensure does', async () => {
      const nodeEnsure = await readFile('node_modules/node-ensure/browser.js', 'utf8');
      const body = `require.ensure = require('N');
        self.done = new Promise(function (resolve) {
          require.ensure(['L'], function (error) { resolve(error || require('L').id); });
        });`;
      await enter({ M: body, N: nodeEnsure }, { L: logs('L') });
      await visitor.evaluate('req("M"), 0');
      expect(await visitor.evaluate('done')).to.equal('L');
      expect(site.paths('lazy.js')).to.have.lengthOf(1);
    });
  });

  describe('import()', () => {
    /** The namespace of a CommonJS module, as an importer that respects `__esModule` sees it. */
    const imported = (id: string, then: string) => `req("*").import("${id}", 0).then((namespace) => ${then})`;
    const keys = (id: string) => imported(id, 'Object.keys(namespace)');

    it('loads, runs, and gives the names of an ES module that was compiled to CommonJS', async () => {
      const lazy =
        'log.push("L"); Object.defineProperty(exports, "__esModule", { value: true }); exports.default = 1; exports.a = 2;';
      await enter({}, { L: lazy });
      expect(await visitor.evaluate(imported('L', '[namespace.default, namespace.a]'))).to.deep.equal([1, 2]);
      expect(await visitor.evaluate(keys('L'))).to.deep.equal(['a', 'default']);
      expect(await visitor.log()).to.deep.equal(['L']);
      expect(site.paths('lazy.js')).to.have.lengthOf(1);
    });

    it('gives the exports of such a module as default to an importer that sees as Node does', async () => {
      await enter({ A: 'exports.__esModule = true; exports.default = 1; exports.a = 2;' });
      const asInNode =
        'req("*").import("A", 1).then((namespace) => [namespace.default === req("A"), namespace.a])';
      expect(await visitor.evaluate(asInNode)).to.deep.equal([true, 2]);
    });

    it('gives one namespace of a module, whose names are live and read-only', async () => {
      await enter({ A: 'exports.count = 0; exports.add = function () { exports.count++; };' });
      const twice = `Promise.all([${imported('A', 'namespace')}, ${imported('A', 'namespace')}])`;
      const same = `${twice}.then(([first, second]) => [first === second, Object.prototype.toString.call(first)])`;
      expect(await visitor.evaluate(same)).to.deep.equal([true, '[object Module]']);
      const counted = imported('A', '(namespace.add(), namespace.count)');
      expect(await visitor.evaluate(counted)).to.equal(1);
      const written = imported(
        'A',
        '(function () { "use strict"; try { namespace.count = 5; } catch (error) { return error.name; } })()',
      );
      expect(await visitor.evaluate(written)).to.equal('TypeError');
    });

    it('gives the exports of another module as default, and their own properties by name', async () => {
      await enter({
        object:
          'module.exports = Object.create({ inherited: 1 }, { hidden: { value: 2 }, own: { value: 3, enumerable: true } });',
        function: 'module.exports = function () { return 4; }; module.exports.own = 5;',
        null: 'module.exports = null;',
        string: 'module.exports = "text";',
        bare: 'module.exports = Object.create(null); module.exports.own = 6;',
        default: 'exports.default = 7;',
      });
      expect(await visitor.evaluate(keys('object'))).to.deep.equal(['default', 'own']);
      expect(await visitor.evaluate(keys('function'))).to.deep.equal(['default', 'own']);
      expect(await visitor.evaluate(imported('function', 'namespace.default() + namespace.own'))).to.equal(9);
      expect(await visitor.evaluate(keys('null'))).to.deep.equal(['default']);
      expect(await visitor.evaluate(keys('string'))).to.deep.equal(['default']);
      expect(await visitor.evaluate(imported('string', 'namespace.default'))).to.equal('text');
      expect(await visitor.evaluate(keys('bare'))).to.deep.equal(['default', 'own']);
      expect(await visitor.evaluate(imported('default', 'namespace.default.default'))).to.equal(7);
    });

    it('of an ES module waits for what it awaits', async () => {
      const lazy =
        'function*(){"use strict";yield[[],["a",()=>a,"default",()=>f],[],[],1];yield; log.push("L"); const a = yield Promise.resolve(8); function f() {}}';
      await enter({}, { L: lazy });
      const told = 'req("*").import("L").then((namespace) => [Object.keys(namespace), namespace.a])';
      expect(await visitor.evaluate(told)).to.deep.equal([['a', 'default'], 8]);
      expect(await visitor.evaluate(told)).to.deep.equal([['a', 'default'], 8]);
      expect(await visitor.log()).to.deep.equal(['L']);
      expect(site.paths('lazy.js')).to.have.lengthOf(1);
    });

    it('of an ES module that throws rejects with the same error ever after, and so does require', async () => {
      const body = 'function*(){"use strict";yield[];yield;log.push("A");throw Error("broken");}';
      await enter({ A: body });
      const error = 'req("*").import("A").catch((error) => error)';
      const required = '(() => { try { req("A"); } catch (error) { return error; } })()';
      const same = `Promise.all([${error}, ${error}]).then(([a, b]) => [a.message, a === b, a === ${required}])`;
      expect(await visitor.evaluate(same)).to.deep.equal(['broken', true, true]);
      expect(await visitor.log()).to.deep.equal(['A']);
    });

    const rejection = (id: string) =>
      `req("*").import("${id}", 0).then(String, function (error) { return 'rejected: ' + error.message; })`;

    it('rejects with what the module throws', async () => {
      await enter({}, { L: 'throw Error("while evaluating");' });
      expect(await visitor.evaluate(rejection('L'))).to.equal('rejected: while evaluating');
    });

    it('rejects with the error of the download, and can be asked again', async () => {
      await enter({}, { L: 'exports.fine = true;' });
      const text = bundle('lazy.js', { L: 'exports.fine = true;' });
      site.set('/js/lazy.js', { fail: true });
      expect(await visitor.evaluate(rejection('L'))).to.equal(`rejected: Cannot load ${site.url}/js/lazy.js`);
      site.set('/js/lazy.js', text);
      expect(await visitor.evaluate(imported('L', 'namespace.fine'))).to.equal(true);
    });

    it('rejects for an unknown id', async () => {
      await enter({});
      expect(await visitor.evaluate(rejection('nobody'))).to.equal("rejected: Cannot find module 'nobody'");
    });
  });

  describe('require of an ES module', () => {
    it('runs what it imports first, and gives its exports with the mark of a default export', async () => {
      await enter({
        A: 'function*(){"use strict";var[b]=yield[["B"],["a",()=>a,"default",()=>a]];yield; log.push("A"); const a = b.b + 1;}',
        B: 'function*(){"use strict";yield[[],["b",()=>b]];yield; log.push("B"); let b = 1;}',
      });
      expect(await visitor.evaluate('[req("A").a, req("A").default, req("A").__esModule]')).to.deep.equal([
        2,
        2,
        true,
      ]);
      expect(await visitor.evaluate('[Object.keys(req("B")), req("B") === req("B")]')).to.deep.equal([
        ['b'],
        true,
      ]);
      expect(await visitor.log()).to.deep.equal(['B', 'A']);
    });
  });
});
