/** `import()` and `require()` of texts that are known in part. */
import { expect } from 'chai';
import type dynapack from 'dynapack';
import type { ProjectFiles } from '../helpers/project';
import { Project } from '../helpers/project';
import { bundle, HOSTILE, result, shown, warnings } from './run';

const LOCALES: ProjectFiles = {
  'src/locales/en.js': 'export default "english";',
  'src/locales/de.js': 'export default "deutsch";',
  'src/locales/fr/index.js': 'export default "français";',
  'src/locales/fr/ca.js': 'export default "québécois";',
  'src/locales/types.d.ts': 'export {};',
  'src/locales/README.md': '# Locales',
  'src/locales/.hidden.js': 'throw new Error("hidden");',
  'src/data/x-1.json': { x: 1 },
  'src/data/x-2.json': { x: 2 },
  'src/data/y.txt': 'text',
  'src/data/node_modules/x-3.json': { x: 3 },
};

const HEAD =
  "const en = 'en', fr = 'fr', deep = 'fr/ca', xx = 'xx', ca = 'ca', y = 'y', one = 1, packaged = 'node_modules/x-3', proto = '__proto__', fail = (error) => [error.code, error.message];\n";

const showing = (
  expression: string,
  files: ProjectFiles = {},
  options?: dynapack.Options,
): Promise<unknown> =>
  result({ ...LOCALES, 'src/main.js': `${HEAD}show(${expression});`, ...files }, options);

describe('import() of a text that is known in part', () => {
  const cases: [expression: string, value: unknown][] = [
    ['import(`./locales/${en}.js`)', { default: 'english' }],
    ["import('./locales/' + en + '.js')", { default: 'english' }],
    ["import('./locales/' + (en || 'de') + `.${'j'}s`)", { default: 'english' }],
    ["import('./locales/' + en)", { default: 'english' }],
    ["import('./locales/' + en + en.slice(2) + '.js')", { default: 'english' }],
    ["import('./locales/'.concat(en, '.js'))", { default: 'english' }],
    ["import('./locales/'.concat(en.slice(0, 1)).concat(en.slice(1) + '.j', 's'))", { default: 'english' }],
    ["import('./data/x-'.concat(one, '.json'))", { default: { x: 1 }, x: 1 }],
    ['import(`../src/locales/${en}`)', { default: 'english' }],
    ['import(`./locales/../locales/${en}.js`)', { default: 'english' }],
    ['import(`./locales/${"f" + en.slice(2)}r`)', { default: 'français' }],
    ['import(`./locales/fr/${ca}${""}.js`)', { default: 'québécois' }],
    ['import(`./${en.replace("en", "locales")}/en.js`)', { default: 'english' }],
    ['import(`./data/x-${one}.json`)', { default: { x: 1 }, x: 1 }],
    ['import(`./data/x-${one}.json`, { with: { type: "json" } })', { default: { x: 1 }, x: 1 }],
    ['import(`./data/${y}.txt?raw`)', { default: 'text' }],
    [
      'import(`./locales/${xx}.js`).catch(fail)',
      ['MODULE_NOT_FOUND', "Cannot find module './locales/xx.js'"],
    ],
    [
      'import(`./locales/${deep}.js`).catch(fail)',
      ['MODULE_NOT_FOUND', "Cannot find module './locales/fr/ca.js'"],
    ],
    [
      'import("./locales/" + proto).catch(fail)',
      ['MODULE_NOT_FOUND', "Cannot find module './locales/__proto__'"],
    ],
    [
      '(async () => { try { return await import(`./locales/${xx}.js`) } catch (error) { return fail(error) } })()',
      ['MODULE_NOT_FOUND', "Cannot find module './locales/xx.js'"],
    ],
  ];
  for (const [expression, value] of cases) {
    it(`loads the file that is meant: ${expression}`, async () => {
      expect(await showing(expression)).to.deep.equal(value);
      // In an ES module, of a package of such as well.
      const files = { 'src/main.js': `${HEAD}show(${expression}); export {};` };
      expect(await showing('', files)).to.deep.equal(value);
      const { x: _, ...inNode } = value as { x?: number };
      const isList = Array.isArray(value);
      // There, JSON exports its value, and nothing by name.
      expect(await showing('', { ...files, 'package.json': { type: 'module' } })).to.deep.equal(
        isList ? value : inNode,
      );
    });
  }

  it('loads one of fifty, and nothing but that', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `l${index}`);
    const files = Object.fromEntries(
      names.map((name) => [`src/l/${name}.js`, `self.loaded.push('${name}'); export default '${name}';`]),
    );
    const packed = await bundle(
      new Project({
        ...files,
        'src/main.js':
          'self.loaded = []; show(import(`./l/${["l", 7].join("")}.js`).then((found) => [found.default, ...self.loaded]));',
      }),
    );
    expect(Object.keys(packed.bundles)).to.have.length(51);
    expect(await shown(packed)).to.deep.equal(['l7', 'l7']);
  });

  it('finds files of any name', async () => {
    const files = Object.fromEntries(
      HOSTILE.map((name) => [`src/h/${name}.js`, `export default ${JSON.stringify(name)};`]),
    );
    const load = `${JSON.stringify(HOSTILE)}.map((name) => [import('./h/' + name), import('./h/' + name + '.js')].map(async (each) => (await each).default))`;
    expect(await showing(load, files)).to.deep.equal(HOSTILE.map((name) => [name, name]));
  });

  it('means what it says where names are declared otherwise, and where statements are not ended', async () => {
    const source =
      "let n = 'en'\nfunction f(require, module) { return import('./locales/' + n + '.js') }\nimport('./locales/' + n)\nrequire('./locales/' + n)\nshow(f())";
    expect(await showing('', { 'src/main.js': source })).to.deep.equal({ default: 'english' });
  });

  it('is left alone where it says too little, or no file is meant, or its author wants that', async () => {
    const left = [
      'import(name)',
      'import(`./${name}`)',
      "import('../' + name)",
      'import(`${name}/a.js`)',
      'import(`locales/${name}.js`)',
      'import(`/src/locales/${name}.js`)',
      'import(`./nothing/${name}.js`)',
      'import(`./locales/${name}.xyz`)',
      "import(name + './locales/')",
    ];
    const lines = left.map((each) => `self.f = (name) => ${each};`).join('\n');
    expect(await warnings({ ...LOCALES, 'src/main.js': lines })).to.deep.equal(
      left.map((_, index) => `UNKNOWN_IMPORT src/main.js:${index + 1}:20`),
    );
    const silent =
      'self.f = (name) => import(/* @vite-ignore */ `./locales/${name}.js`);\nself.g = (name) => import(/* webpackIgnore: true */ `./locales/${name}.js`);';
    expect(await warnings({ ...LOCALES, 'src/main.js': silent })).to.deep.equal([]);
    const { bundles } = await bundle(new Project({ ...LOCALES, 'src/main.js': silent }));
    expect(Object.keys(bundles)).to.deep.equal(['main.js']);
  });
});

describe('require() of a text that is known in part', () => {
  const cases: [expression: string, value: unknown][] = [
    ["require('./locales/' + en)", { default: 'english' }],
    ["require('./locales/' + en + '.js')", { default: 'english' }],
    ['require(`./locales/${fr}`)', { default: 'français' }],
    ["require('./locales/' + fr + '/')", { default: 'français' }],
    ['require(`./locales/${deep}`)', { default: 'québécois' }],
    ['require(`./locales/${deep}.js`)', { default: 'québécois' }],
    ['module.require(`./data/x-${one}.json`)', { x: 1 }],
    ['require(`./data/${packaged}.json`)', undefined],
    [
      '(() => { try { return require("./locales/" + xx); } catch (error) { return fail(error); } })()',
      ['MODULE_NOT_FOUND', "Cannot find module './locales/xx'"],
    ],
  ];
  for (const [expression, value] of cases) {
    it(`gives the file that is meant: ${expression}`, async () => {
      const safe = value === undefined ? `(() => { try { return ${expression}; } catch {} })()` : expression;
      expect(await showing(safe)).to.deep.equal(value);
      if (expression.startsWith('module')) return;
      expect(
        await showing('', { 'src/main.js': `import './locales/de.js'; ${HEAD}show(${safe});` }),
      ).to.deep.equal(value);
    });
  }

  it('runs what is asked for, when it is asked for', async () => {
    const files = {
      'src/l/a.js': "self.ran.push('a'); module.exports = 'a';",
      'src/l/b.js': "self.ran.push('b');",
    };
    const source =
      "self.ran = []; var name = 'a'; var before = self.ran.slice(); show([before, require('./l/' + name), self.ran]);";
    expect(await result({ ...files, 'src/main.js': source })).to.deep.equal([[], 'a', ['a']]);
  });

  it('loads a locale as moment does', async () => {
    const files = {
      'src/moment.js':
        "var locales = {}; function load(name) { if (locales[name] === undefined) { try { require('./locale/' + name); } catch (e) { locales[name] = null; } } return locales[name]; } exports.define = function (name, value) { locales[name] = value; }; exports.locale = load;",
      'src/locale/de.js': "require('../moment').define('de', 'deutsch');",
      'src/main.js': "const moment = require('./moment'); show([moment.locale('de'), moment.locale('xx')]);",
    };
    expect(await result(files)).to.deep.equal(['deutsch', null]);
    expect(await warnings(files)).to.deep.equal([]);
  });

  it('is left alone where no file is meant, and in packages, where import() is not', async () => {
    const source =
      "exports.f = (name) => require('./nothing/' + name);\nexports.g = (name) => require('./' + name);";
    expect(await warnings({ ...LOCALES, 'src/main.js': source })).to.deep.equal([
      'UNKNOWN_REQUIRE src/main.js:1:31',
      'UNKNOWN_REQUIRE src/main.js:2:31',
    ]);
    const files = {
      'src/main.js':
        "const { load, get } = require('p'); show([load('a'), (() => { try { return get('a'); } catch (error) { return error.code; } })()]);",
      'node_modules/p/index.js':
        "exports.load = (name) => import('./l/' + name);\nexports.get = (name) => require('./l/' + name);\nexports.other = (name) => import('./nothing/' + name);",
      'node_modules/p/l/a.js': 'exports.a = 1;',
      'node_modules/p/l/b.ts': 'export const b: number = 1;',
    };
    expect(await result(files)).to.deep.equal([{ a: 1, default: { a: 1 } }, 'MODULE_NOT_FOUND']);
    expect(await warnings(files)).to.deep.equal([
      'UNKNOWN_REQUIRE node_modules/p/index.js:2:33',
      'UNKNOWN_IMPORT node_modules/p/index.js:3:27',
    ]);
  });
});
